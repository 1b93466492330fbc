"""NeuronSession: a live NEURON model. Stepping and sampling are C++;
hooks that a subclass overrides are called from there."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np

from ... import _core
from ..._methods.app import HistoryCaptureMode
from .._context import SessionInteractionContext as SessionInteractionContext
from .._sampled import SampledSession


class _Recorded(list):
    """Names or references of what a session records; clear() ends the recording of all of them."""

    def __init__(self, items, core) -> None:
        super().__init__(items)
        self._core = core

    def clear(self) -> None:
        super().clear()
        self._core.forget_recorded()


class NeuronSession(SampledSession):
    """A NEURON model with its geometry, display and traces. Override build_sections() and setup_model().

    dt: solver step, ms. v_init: initial potential, mV. None: what the program has set in NEURON (h.dt, h.v_init) by the
    end of setup_model(), where that is not NEURON's own default (0.025 and -65); else 0.1 and -65. max_samples: least
    history length per trace. display_dt: simulated ms per display batch; None: one step. detail: "points" (one entity
    per pair of 3-D points) or "compartment" (one per segment).
    """

    _cnv_defaults = True
    _cnv_core_type = _core.NeuronCore

    sections: list | None = None

    def __init__(
        self,
        *,
        dt: float | None = None,
        v_init: float | None = None,
        max_samples: int = 1000,
        display_dt: float | None = 0.1,
        history_capture_mode: HistoryCaptureMode | str = HistoryCaptureMode.ON_DEMAND,
        title: str = "CompNeuroVis",
        detail: str = "points",
        variable: str = "v",
    ) -> None:
        """`detail`: what an entity is, a pair of 3-D points ("points") or a compartment ("compartment"). `variable`:
        the range variable that colours the cell and fills the traces ("v", "m_hh", "ina" …); where a section lacks it:
        NaN.
        """
        if detail not in ("points", "compartment"):
            raise ValueError(f"detail is 'points' or 'compartment', not {detail!r}")
        super().__init__(
            dt=dt,
            v_init=v_init,
            max_samples=max_samples,
            display_dt=display_dt,
            history_capture_mode=history_capture_mode,
            title=title,
            compartments=detail == "compartment",
            variable=variable,
        )

    # ---- hooks: the model --------------------------------------------------------------------------------------------

    @abstractmethod
    def build_sections(self) -> list:
        """Creates and returns the sections to show, in display order."""

    def setup_model(self, sections: list) -> Any:
        """Inserts mechanisms, stimuli, synapses. The result is kept alive."""

    def _prepare_recorders(self) -> None:
        """Calls of record() belong here, after super()."""
        self._cnv_core.prepare_display()

    def on_recorded_samples(self, times: np.ndarray, values: dict[str, np.ndarray]) -> None:
        """After each batch, if anything is recorded: float32 arrays with one entry per step.
        `recorded_times` has the same times as float64."""

    # ---- to call -----------------------------------------------------------------------------------------------------

    def record(self, name: str, ref: Any) -> None:
        """One value per step of a variable reference such as `soma(0.5)._ref_n_hh`, taken where NEURON's Vector.record
        takes it: before the events at the end of a step. A name may be given again once what it stood for has left the
        model. ValueError: `name` is taken."""
        self._cnv_core.record(name, ref)

    @property
    def recorded_times(self) -> np.ndarray:
        """(steps,) float64, ms: the times of the samples that on_recorded_samples() gets; empty outside of it."""
        return self._cnv_core.recorded_times

    def record_many(self, names, refs) -> None:
        """record() for several: names and references in the same order.
        ValueError: not equally many, a name twice or taken."""
        self._cnv_core.record_many(list(names), list(refs))

    def plot(
        self, title: str, variables: dict[str, Any], *, unit: str = "", y_label: str = "", window: float | None = 100.0
    ) -> None:
        """A plot beside the cell, one trace for each label and variable reference: `self.plot("Gates", {"m":
        seg._ref_m_hh, "h": seg._ref_h_hh})` in setup_model(). Every step is recorded, as record() does; Resets, runs
        and times are its own business. `unit`: of the values; `window`: ms of time in view, None: all. Its field and
        view have the title as id. ValueError: no variables, or a title that is taken."""
        self._cnv_core.plot(title, list(variables), list(variables.values()), unit, y_label, window or 0.0)

    def recorded_values(self) -> dict[str, float]:
        """Name → value at this moment."""
        return self._cnv_core.recorded_values()

    def _read_recorded_values(self) -> np.ndarray:
        return np.array(list(self.recorded_values().values()), dtype=np.float32)

    def _sample(self) -> tuple[float, np.ndarray]:
        from ._neuron import hoc

        return float(hoc().t), self._read_display_values()

    @property
    def _last_time_value(self) -> float:
        return self._sample()[0]

    @property
    def _recorded_names(self) -> list[str]:
        return _Recorded(self._cnv_core.recorded_names, self._cnv_core)

    @_recorded_names.setter
    def _recorded_names(self, names) -> None:
        self._stop_recording("_recorded_names", names)

    @property
    def _recorded_refs(self) -> list:
        return _Recorded(self._cnv_core.recorded_references, self._cnv_core)

    @_recorded_refs.setter
    def _recorded_refs(self, refs) -> None:
        self._stop_recording("_recorded_refs", refs)

    def _stop_recording(self, name: str, items) -> None:
        if len(items):
            raise ValueError(f"{name} can only be set to an empty list, which stops recording; use record_many()")
        self._cnv_core.forget_recorded()
