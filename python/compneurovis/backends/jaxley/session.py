"""JaxleySession: a live Jaxley model. Steps are computed in compiled blocks; a C++ core hands them out one by one."""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

import numpy as np

from ... import _core
from ..._methods.app import HistoryCaptureMode
from ..._records import Status
from .._context import SessionInteractionContext as SessionInteractionContext
from .._sampled import SampledSession
from ._xla_flags import schedule_in_order
from .scene import JaxleySceneBuilder


class JaxleySession(SampledSession):
    """A Jaxley model with its geometry, display and traces. Override build_cells() and setup_model().

    dt: solver step, ms. v_init: initial potential, mV, unless the model sets "v" itself. max_samples: least history
    length per trace. display_dt: simulated ms per display batch; None: one step.

    Whatever is changed while the model runs acts at the very next step and is not compiled again, with the exceptions
    that `refresh_runtime_parameters` and `refresh_runtime_externals` name. Numbers are float32, or what
    `jax_enable_x64` says.
    """

    _cnv_defaults = True
    _cnv_core_type = _core.JaxleyCore

    cells: list | None = None
    network: Any = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        schedule_in_order()

    def __init__(
        self,
        *,
        dt: float = 0.1,
        v_init: float = -70.0,
        max_samples: int = 1000,
        display_dt: float | None = 0.1,
        history_capture_mode: HistoryCaptureMode | str = HistoryCaptureMode.ON_DEMAND,
        title: str = "CompNeuroVis",
    ) -> None:
        super().__init__(
            dt=dt,
            v_init=v_init,
            max_samples=max_samples,
            display_dt=display_dt,
            history_capture_mode=history_capture_mode,
            title=title,
        )
        if sys.modules.get("jax") is not None:
            from ._compile_cache import use_compile_cache

            use_compile_cache()

    # ---- hooks: the model --------------------------------------------------------------------------------------------

    @abstractmethod
    def build_cells(self) -> Any:
        """Creates and returns one jaxley.Cell, or an iterable of cells."""

    def build_network(self, cells: list) -> Any:
        """The network of the cells."""
        from ._package import jaxley

        return jaxley().Network(cells)

    def setup_model(self, network: Any, cells: list) -> Any:
        """Inserts channels, synapses, stimuli. The result is kept alive.

        `stimulate` takes one number, which is held for good, or one value per step, after which the current is zero.
        `clamp` likewise, but keeps its last value. Later calls act after refresh_runtime_externals().
        """

    def cell_names(self, cells: list) -> list[str]:
        """Names for sections and entities: each cell's meta_name, else "cell_<i>"."""
        return [getattr(cell, "meta_name", None) or f"cell_{index}" for index, cell in enumerate(cells)]

    def _build_geometry(self) -> Any:
        return JaxleySceneBuilder.build_morphology_geometry(
            self.network.nodes,
            xyzr=self.network.xyzr,
            cell_names=self.cell_names(self.cells),
            branch_edges=getattr(self.network, "branch_edges", None),
        )

    # ---- to call -----------------------------------------------------------------------------------------------------

    def refresh_runtime_parameters(self, *, preserve_state: bool = True) -> None:
        """After `network.set(…)`: the next step has the new parameters. Nothing before initialize().

        preserve_state=False also takes the states from the network's tables; time goes on. Where states were set and
        are not taken, a status says so. Channels or synapses that came or went are compiled in, which takes about a
        second. ValueError: compartments came or went.
        """
        runner = self._cnv_core.runner
        if runner is not None:
            self._cnv_core.rewind()
            states = runner.refresh_parameters(self.dt, preserve_state)
            if states:
                text = f"The running states go on: what the network was set to ({', '.join(states)}) acts after "
                self.emit(Status(text + "refresh_runtime_parameters(preserve_state=False), or Reset", 8000))

    def refresh_runtime_externals(self) -> None:
        """After stimuli or clamps of the network have changed: they act from the next step on.
        Nothing before initialize().

        Values, lengths and places may change freely, and there may be four electrodes; more, and clamps of other
        states, are compiled in, which takes about half a second.
        """
        runner = self._cnv_core.runner
        if runner is not None:
            self._cnv_core.rewind()
            runner.refresh_externals(self.dt)

    def _rebuild_stimulus(self) -> None:
        """Runs setup_model() again and takes over its stimuli and clamps, with what attributes say now; all else that
        it does to the network is undone. Nothing before there is a network."""
        if self.network is None:
            return
        from ._internals import redo_stimuli

        redo_stimuli(self.network, lambda: self.setup_model(self.network, self.cells))
        self.refresh_runtime_externals()

    def _read_state(self, state_name: str) -> np.ndarray:
        """float32, new memory: (entities,) at the displayed compartments for "v" or a state such as "HH_m"; NaN where a
        channel is absent. (synapses,) in Jaxley's order for a state of synapses. KeyError, with the names that there
        are."""
        return self._running().read(state_name, self._cnv_core.taken)

    def _read_display_values(self) -> np.ndarray:
        """(entities,) float32, in geometry order. RuntimeError before initialize()."""
        self._running()
        return self._cnv_core.read_display_values()

    def _running(self) -> Any:
        runner = self._cnv_core.runner
        if runner is None:
            raise RuntimeError(f"{type(self).__name__} has no values before initialize()")
        return runner

    def _sample(self) -> tuple[float, np.ndarray]:
        return self._time, self._read_display_values()

    # ---- names that scripts read -------------------------------------------------------------------------------------

    @property
    def _time(self) -> float:
        """ms."""
        return self._cnv_core.model_time_ms or 0.0

    @property
    def _step_index(self) -> int:
        return self._cnv_core.step_index

    @property
    def _state(self) -> Mapping[str, np.ndarray] | None:
        """The present states by name, in Jaxley's own order of places; valid until the next step. None before
        initialize(). Assigning a mapping changes the states that it names."""
        runner = self._cnv_core.runner
        return None if runner is None else runner.state_at(self._cnv_core.taken)

    @_state.setter
    def _state(self, states: Mapping[str, Any]) -> None:
        runner = self._running()
        states = {name: np.array(values) for name, values in states.items()}
        self._cnv_core.rewind()
        runner.set_state(states)

    @property
    def _all_params(self) -> dict[str, Any] | None:
        runner = self._cnv_core.runner
        return None if runner is None else runner.arrays.params

    @property
    def _externals(self) -> dict[str, np.ndarray]:
        """Tables (places, steps) of injected currents "i" (nA) and clamped states; NaN holds the value before."""
        runner = self._cnv_core.runner
        return {} if runner is None else runner.externals[0]

    @_externals.setter
    def _externals(self, tables: Mapping[str, Any]) -> None:
        runner = self._running()
        self._cnv_core.rewind()
        runner.set_externals(tables, self._external_inds, self.dt)

    @property
    def _external_inds(self) -> dict[str, np.ndarray]:
        runner = self._cnv_core.runner
        return {} if runner is None else runner.externals[1]

    @property
    def _rec_indices(self) -> np.ndarray | None:
        """Places of the displayed compartments in a state's array."""
        runner = self._cnv_core.runner
        return None if runner is None else runner.arrays.display_index

    @property
    def _rec_states(self) -> np.ndarray | None:
        runner = self._cnv_core.runner
        return None if runner is None else runner.arrays.rec_states

    @property
    def _init_fn(self) -> Any:
        runner = self._cnv_core.runner
        return None if runner is None else runner.arrays.init_fn

    @property
    def _step_fn(self) -> Any:
        runner = self._cnv_core.runner
        return None if runner is None else runner.arrays.step_fn
