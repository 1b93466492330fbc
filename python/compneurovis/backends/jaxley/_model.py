"""Steps of building a Jaxley session, in the order in which its C++ core asks for them."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterable
from typing import Any

from ..._records import Status
from ._compile_cache import use_compile_cache
from ._internals import accept_held_values, check_versions, mark_live, mend_hodgkin_huxley, start_at
from ._package import jaxley
from ._runner import Runner


def prepare(session: Any) -> None:
    """ModuleNotFoundError, ImportError: JAX or Jaxley is absent or another version than the known ones."""
    check_versions()
    use_compile_cache()
    accept_held_values()
    mend_hodgkin_huxley()


def cells_of(made: Any) -> list:
    """What build_cells() returned, as a list of cells."""
    cell_type = jaxley().Cell
    cells = (
        [made]
        if isinstance(made, cell_type)
        else list(made)
        if isinstance(made, Iterable) and not isinstance(made, str)
        else None
    )
    if cells is None or not all(isinstance(cell, cell_type) for cell in cells):
        wrong = made if cells is None else next(cell for cell in cells if not isinstance(cell, cell_type))
        raise TypeError(f"build_cells() returned {wrong!r}: return one jaxley.Cell or a list of them")
    if not cells:
        raise ValueError(
            "build_cells() returned no cells: there is nothing to simulate or to show. "
            "Return one jaxley.Cell or a list of them"
        )
    return cells


def network_of(made: Any) -> Any:
    """What build_network() returned, made ready for live stimuli."""
    if not isinstance(made, jaxley("jaxley.modules.base").Module):
        raise TypeError(f"build_network() returned {made!r}: return a jaxley.Network")
    if made.nodes is None or len(made.nodes) == 0:
        raise ValueError(
            "build_network() returned a network without compartments: there is nothing to simulate or to show"
        )
    mark_live(made)
    return made


def make_runner(session: Any, keep_states: bool) -> Runner:
    alive = weakref.ref(session)

    def tell(text: str) -> None:
        here = alive()
        if here is not None:
            here.emit(Status(text, 3000))

    start_at(session.network, session.v_init)
    runner = Runner(session.network, keep_states, tell)
    # What JAX and pandas have made so far is so much that looking through it for garbage stops the run for 0.2 s,
    # again and again.
    gc.freeze()
    weakref.finalize(runner, gc.unfreeze).atexit = False
    return runner
