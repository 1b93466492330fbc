"""Computes a network block by block for the C++ core of a session: ahead of what is shown,
and back when something changes."""

from __future__ import annotations

import collections
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ._block import make_block, most_steps
from ._internals import NetworkArrays, externals_of, structure_of
from ._states import StateView
from ._stimuli import CURRENT, Stimuli


@dataclass(slots=True, eq=False)
class _Run:
    """A block that was begun: what it was begun with, and what comes of it."""

    block: Callable
    state: dict[str, Any]
    fixed: tuple  # params, externals, places, dt
    steps: int
    after: dict[str, Any]
    rows: Any
    kept: dict[str, Any]
    view: StateView | None = None
    shown: dict[str, np.ndarray] = field(
        default_factory=dict
    )  # kept states at the displayed places, (steps, places) float32


class Runner:
    """The BlockRunner of a network. `tell(text)` shows a message to the user."""

    def __init__(self, network: Any, keep_states: bool, tell: Callable[[str], None]) -> None:
        import jax

        self.network = network
        self._keep_states = keep_states
        self._tell = tell
        self._device_put = jax.device_put
        self._float = np.float64 if jax.config.jax_enable_x64 else np.float32
        self._numbers: dict[tuple[type, float], Any] = {}
        self._compiled: set[tuple] = set()
        self._slots: dict[str, int] = {}
        self._state: dict[str, Any] = {}  # while there is no present block
        self._run: _Run | None = None
        self._begun: collections.deque[_Run] = collections.deque()
        self._between: tuple[_Run, int, StateView] | None = None  # states within the present block
        self._make_step()
        self._externals_seen: dict[str, Any] = {}
        self._take_externals()

    def _make_step(self) -> None:
        self.arrays = NetworkArrays(self.network)
        self.most_steps = most_steps(len(self.arrays.display_index))
        self._block = make_block(self.arrays.step_fn, self.arrays.display_index, self.most_steps, self._keep_states)

    # ---- blocks ------------------------------------------------------------------------------------------------------

    def compile(self, dt: float) -> None:
        """Compiles and begins nothing: a block of no steps."""
        self._state = self.arrays.initial_state(dt)
        self._begin(self._state, 0, 0, dt).rows.block_until_ready()
        self._compiled.add(self._shape())

    def dispatch(self, first_step: int, steps: int, dt: float) -> None:
        self._ensure_compiled(dt)
        last = self._begun[-1] if self._begun else self._run
        self._begun.append(self._begin(last.after if last else self._state, first_step, steps, dt))

    def take(self) -> tuple[np.ndarray, int, bool]:
        """(rows, steps, whether they were still being computed)."""
        run = self._begun.popleft()
        waited = not run.rows.is_ready()
        if waited:
            run.rows.block_until_ready()
        rows = np.asarray(run.rows)
        self._run, self._between = run, None
        return rows, run.steps, waited

    def rewind(self, taken: int) -> None:
        if self._run is not None:
            self._state = self._after(self._run, taken)
        self._run = self._between = None
        self._begun.clear()

    def restart(self, dt: float) -> None:
        self._run = self._between = None
        self._begun.clear()
        self._follow_structure(dt, keep=False)
        self._state = self.arrays.initial_state(dt)
        self.refresh_externals(dt)

    def _begin(self, state: dict[str, Any], first_step: int, steps: int, dt: float) -> _Run:
        fixed = (
            self.arrays.params,
            self._stimuli.block(first_step),
            self._stimuli.places,
            self._number(self._float, dt),
        )
        after, rows, kept = self._block(state, *fixed, self._number(np.int32, steps))
        return _Run(self._block, state, fixed, steps, after, rows, kept)

    def _after(self, run: _Run, taken: int) -> dict[str, Any]:
        """Exactly the state after `taken` steps of a run: it does not depend on how many steps follow."""
        if taken <= 0:
            return run.state
        if taken >= run.steps:
            return run.after
        return run.block(run.state, *run.fixed, self._number(np.int32, taken))[0]

    def _number(self, kind: type, value: float) -> Any:
        key = (kind, value)
        if key not in self._numbers:
            if len(self._numbers) > 1000:
                self._numbers.clear()
            self._numbers[key] = self._device_put(kind(value))
        return self._numbers[key]

    # ---- states ------------------------------------------------------------------------------------------------------

    def state_at(self, taken: int) -> StateView:
        """The states after the first `taken` steps of the present block."""
        run = self._run
        if run is None:
            return StateView(self._state)
        if run.kept and taken > 0:
            run.view = run.view or StateView(run.kept)
            return run.view.at(taken - 1)
        if self._between is None or self._between[:2] != (run, taken):
            self._between = (run, taken, StateView(self._after(run, taken)))
        return self._between[2]

    def set_state(self, states: Mapping[str, Any]) -> None:
        """Other values of some states, in the shape that they have. After rewind()."""
        changed = dict(self._state)
        for name, values in states.items():
            self._known(name, changed)
            values = np.asarray(values, changed[name].dtype)
            if values.shape != changed[name].shape:
                raise ValueError(f"state {name!r} has shape {changed[name].shape}, not {values.shape}")
            changed[name] = self._device_put(values)
        self._state = changed

    def read(self, name: str, taken: int) -> np.ndarray:
        """(entities,) float32 at the displayed compartments, or (synapses,) for a state of synapses; new memory."""
        run = self._run
        if run is None or not run.kept or taken <= 0:
            return self._at_displayed(name, self.state_at(taken))
        rows = run.shown.get(name)
        if rows is None:  # for all steps of the block at once: hooks read the same states at each
            rows = run.shown[name] = self._at_displayed(name, run.kept)
        return rows[taken - 1].copy()

    def _at_displayed(self, name: str, states: Mapping[str, Any]) -> np.ndarray:
        self._known(name, states)
        values = np.asarray(states[name])
        values = (
            values.copy() if name in self.arrays.synapse_states else values.take(self.arrays.display_index, axis=-1)
        )
        return values.astype(np.float32, copy=False)

    def _known(self, name: str, states: Mapping[str, Any]) -> None:
        if name not in states:
            raise KeyError(f"this network has no state {name!r}; it has: {', '.join(sorted(states))}")

    def cause_of_missing(self) -> str:
        """What of the network's tables makes values that are not numbers; empty: nothing that is known."""
        from ._missing import cause_of_missing

        return cause_of_missing(self.network)

    def variables(self) -> list[tuple[str, str, str]]:
        return [variable for variable in self.arrays.variables() if variable[0] in self._state]

    # ---- changes: after rewind() -------------------------------------------------------------------------------------

    def refresh_parameters(self, dt: float, preserve_state: bool) -> list[str]:
        """The states that were set in the tables and do not act, as the running ones go on."""
        self._follow_structure(dt, keep=preserve_state)
        states = self.arrays.refresh()
        if preserve_state:
            return states
        self._state = self.arrays.initial_state(dt)
        return []

    def refresh_externals(self, dt: float) -> None:
        if self._take_externals():
            self._ensure_compiled(dt)

    def set_externals(self, tables: Mapping[str, Any], places: Mapping[str, Any], dt: float) -> None:
        """Tables of the caller's own instead of the network's."""
        self._set_stimuli(dict(tables), dict(places))
        self._externals_seen = {}
        self._ensure_compiled(dt)

    @property
    def externals(self) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        return self._tables

    def _take_externals(self) -> bool:
        """False: they are the same objects as before."""
        now = {
            **{("table", key): value for key, value in self.network.externals.items()},
            **{("places", key): value for key, value in self.network.external_inds.items()},
        }
        seen = self._externals_seen
        if seen and now.keys() == seen.keys() and all(now[key] is seen[key] for key in now):
            return False
        self._set_stimuli(*externals_of(self.network))
        self._externals_seen = now
        return True

    def _set_stimuli(self, tables: dict[str, Any], places: dict[str, Any]) -> None:
        tables = {key: np.atleast_2d(np.asarray(table, np.float64)) for key, table in tables.items()}
        for key, table in tables.items():
            if len(table) != len(places[key]):
                raise ValueError(f"{len(table)} rows of values of {key!r} for {len(places[key])} places")
        self._tables = (tables, places)
        self._stimuli = Stimuli(tables, places, self.most_steps, self._float, self._slots)
        self._slots.update(self._stimuli.slots)

    def _follow_structure(self, dt: float, keep: bool) -> None:
        """Another step function when channels or synapses have come or gone; states that still exist go on."""
        if structure_of(self.network) == self.arrays.structure:
            return
        if len(self.network.nodes) != len(self.arrays.display_index):
            raise ValueError(
                f"the network has {len(self.network.nodes)} compartments now instead of "
                f"{len(self.arrays.display_index)}; start the session again to show them"
            )
        before = self._state
        self._make_step()
        fresh = self.arrays.initial_state(dt)
        same = lambda name: name in before and before[name].shape == fresh[name].shape
        self._state = {name: before[name] if keep and same(name) else values for name, values in fresh.items()}
        self._ensure_compiled(dt)

    # ---- compiling ---------------------------------------------------------------------------------------------------

    def _shape(self) -> tuple:
        return (self._block, tuple(sorted(self._stimuli.slots.items())))

    def _ensure_compiled(self, dt: float) -> None:
        shape = self._shape()
        if shape in self._compiled or not self._state:
            return
        self._tell(f"Recompiling for {self._reason()} …")
        self._begin(self._state, 0, 0, dt).rows.block_until_ready()
        self._compiled.add(shape)
        self._tell("ready")

    def _reason(self) -> str:
        known = [dict(slots) for block, slots in self._compiled if block is self._block]
        if not known:
            return "other channels or synapses"
        clamped = sorted(self._stimuli.slots.keys() - {key for slots in known for key in slots})
        if clamped:
            return f"a clamp of {', '.join(clamped)}"
        if self._stimuli.slots[CURRENT] not in {slots[CURRENT] for slots in known}:
            return f"{self._stimuli.counts[CURRENT]} electrodes"
        return "other clamps"
