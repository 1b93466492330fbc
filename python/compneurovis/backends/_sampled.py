"""What the sessions of all simulators share: parameters, hooks, traces, and the names that scripts of theirs use."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._errors import ControlRefused
from .._methods.app import HistoryCaptureMode
from .._records import FieldReplace, Scene
from ..session.base import BufferedSession
from ._context import SessionInteractionContext, UiState
from ._controls import apply_to_attribute


def _parameter(name: str, doc: str) -> property:
    def get(self):
        return getattr(self._cnv_core, name)

    def put(self, value) -> None:
        setattr(self._cnv_core, name, value)

    return property(get, put, doc=doc)


class SampledSession(BufferedSession):
    """A model that is stepped and sampled by a C++ core, which the class attribute `_cnv_core_type` makes."""

    _cnv_defaults = True
    _cnv_core_type: Any = None
    HISTORY_CAPTURE_ON_DEMAND = HistoryCaptureMode.ON_DEMAND
    HISTORY_CAPTURE_FULL = HistoryCaptureMode.FULL

    _runtime_handles: Any = None

    def __new__(cls, *args: Any, **kwargs: Any):
        session = super().__new__(cls)
        session._cnv_core = cls._cnv_core_type(session, {})
        return session

    def __init__(
        self,
        *,
        dt: float | None = None,
        v_init: float | None = None,
        max_samples: int,
        display_dt: float | None,
        history_capture_mode: HistoryCaptureMode | str,
        title: str,
        **of_simulator: Any,
    ) -> None:
        super().__init__()
        given = {name: value for name, value in (("dt", dt), ("v_init", v_init)) if value is not None}
        self._cnv_core = self._cnv_core_type(
            self,
            {
                **given,
                "max_samples": max_samples,
                "display_dt": display_dt,
                "full_history": HistoryCaptureMode(history_capture_mode) is HistoryCaptureMode.FULL,
                "title": title,
                **of_simulator,
            },
        )

    dt = _parameter("dt", "Solver step, ms.")
    v_init = _parameter("v_init", "Initial potential, mV.")
    max_samples = _parameter("max_samples", "Least history length per trace.")
    display_dt = _parameter("display_dt", "Simulated ms per display batch; None: one step.")
    title = _parameter("title", "Window title when the app gives none.")
    geometry = _parameter("geometry", "The MorphologyGeometry; None before initialize().")

    @property
    def history_capture_mode(self) -> HistoryCaptureMode:
        """Which entities have a trace. FULL: all of them; ON_DEMAND: those that were clicked."""
        return HistoryCaptureMode.FULL if self._cnv_core.full_history else HistoryCaptureMode.ON_DEMAND

    @history_capture_mode.setter
    def history_capture_mode(self, mode: HistoryCaptureMode | str) -> None:
        self._cnv_core.full_history = HistoryCaptureMode(mode) is HistoryCaptureMode.FULL

    # ---- hooks: what is shown ----------------------------------------------------------------------------------------

    def control_specs(self):
        """Controls: a dict by id, or an iterable."""
        return {}

    def action_specs(self):
        """Actions: a dict by id, or an iterable. "reset" is added unless it is there."""
        return {}

    def control_order(self) -> list[str] | None:
        """Order and choice of the controls in the panel; None: all."""
        return None

    def action_order(self) -> list[str] | None:
        """Order and choice of the actions in the panel; None: all."""
        return None

    def display_field_id(self) -> str:
        """Id of the field with one value per entity that colours the cell."""
        return self._cnv_core.default_text("display_field_id")

    def history_field_id(self) -> str:
        """Id of the field (entities, time) that the view "trace" plots."""
        return self._cnv_core.default_text("history_field_id")

    def display_unit(self) -> str:
        """Unit of the values that colour the cell."""
        return self._cnv_core.default_text("display_unit")

    def history_unit(self) -> str:
        """Unit of the traces; by default display_unit()."""
        return self._cnv_core.default_text("history_unit")

    def morphology_color_map(self) -> str:
        """Name of the colour map of the cell, as in MorphologyViewSpec."""
        return self._cnv_core.default_text("morphology_color_map")

    def morphology_color_limits(self) -> tuple[float, float] | None:
        """Values at the two ends of the colour map, in display_unit(); None: from the data."""
        return self._cnv_core.default_limits()

    def morphology_color_norm(self) -> str:
        """How values are spread over the colour map, as in MorphologyViewSpec."""
        return self._cnv_core.default_text("morphology_color_norm")

    def shows_trace(self) -> bool:
        """False: the default scene has no plot of the history."""
        return True

    def trace_title(self) -> str:
        """Title of the view "trace"."""
        return self._cnv_core.default_text("trace_title")

    def trace_y_label(self) -> str:
        """What the y axis of the view "trace" is called."""
        return self._cnv_core.default_text("trace_y_label")

    def trace_y_unit(self) -> str:
        """Unit at the y axis of the view "trace"; by default history_unit()."""
        return self._cnv_core.default_text("trace_y_unit")

    def trace_view_updates(self) -> dict[str, Any]:
        """Attributes patched into the view "trace" after the default scene is built."""
        return {}

    def build_scene(self, *, geometry, display_values, time_value) -> Scene:
        """The default scene; override and call super() to change views or layout."""
        return self._cnv_core.build_scene(geometry, display_values, time_value)

    # ---- hooks: reactions --------------------------------------------------------------------------------------------

    def apply_control(self, control_id: str, value: Any) -> bool | None:
        """False refuses the value; None and True accept it. The default sets an existing plain
        attribute of that name."""
        if apply_to_attribute(self, control_id, value):
            return True
        self._cnv_core.set_unhandled()
        return False

    def apply_action(self, action_id: str, payload: dict[str, Any]) -> bool | None:
        """Does what an action of action_specs() stands for; true when it is handled.
        Called unless on_action() handled it."""
        return False

    def on_action(self, action_id: str, payload: dict[str, Any], context: SessionInteractionContext) -> bool | None:
        """First to see an action, also "reset"; true when it is handled."""
        return False

    def on_key_press(self, key: str, context: SessionInteractionContext) -> bool | None:
        """A key that is no shortcut of an action, such as "A" or "Shift+Left"; true: handled."""
        return False

    def on_entity_clicked(self, entity_id: str, context: SessionInteractionContext) -> bool | None:
        """A click on an entity, after it was selected and its trace begun; true: handled."""
        return False

    def should_capture_trace_on_click(self, entity_id: str, context: SessionInteractionContext) -> bool:
        """False: the click selects the entity, but begins no trace."""
        return True

    # ---- hooks: stepping ---------------------------------------------------------------------------------------------

    def steps_per_update(self) -> int:
        """max(1, ceil(display_dt / dt)). ValueError for display_dt ≤ 0."""
        return self._cnv_core.steps_per_update()

    def idle_sleep(self) -> float:
        """0: the host paces by model time. A subclass that overrides it keeps its own pace, seconds."""
        return 0.0

    def _sample_step(self) -> Any:
        """After each step: whatever is wanted per step."""
        return self._read_display_values()

    def _emit_batch(self, times_array: np.ndarray, steps: list) -> None:
        """Once per display batch: float64 times (ms) and what _sample_step() returned, one per step."""
        self._cnv_core.emit_samples(times_array, steps)

    # ---- to call -----------------------------------------------------------------------------------------------------

    @property
    def display_variables(self) -> list[str]:
        """Names of the variables that can colour the cell; a person at the window chooses from the same list. Empty
        before initialize(), and when _sample_step() or _emit_batch() decide what is displayed."""
        return self._cnv_core.display_variables

    @property
    def display_variable(self) -> str:
        """The variable that colours the cell."""
        return self._cnv_core.display_variable("display_variable")

    def set_display_variable(self, name: str, key: str = "display_variable") -> None:
        """Colours the cell by another variable; traces stay what they are. `key`: the attribute "variable_key" of the
        fields that follow the choice. ValueError: it is not one of display_variables, or no field has the key."""
        if not self._cnv_core.set_display_variable(name, key):
            raise ValueError(
                f"{name!r} cannot be displayed with key {key!r}; display_variables are {self.display_variables}"
            )

    @property
    def plotted_variables(self) -> list[str]:
        """Names of the variables that have plots of their own, beside the default trace."""
        return self._cnv_core.plotted_variables

    def plot_variables(self, *names: str) -> None:
        """Plots these of display_variables, and no others, each in a plot of its own at the segments that were clicked:
        one sample per step from now on. A click by itself plots the variable that colours the cell. ValueError: a name
        is not among them (before the model is built, as in setup_model(): it is left out later)."""
        self._cnv_core.plot_variables(list(names))

    def _read_display_values(self) -> np.ndarray:
        """(entities,) float32, in geometry order."""
        return self._cnv_core.read_display_values()

    def _interaction_context(self) -> SessionInteractionContext:
        return SessionInteractionContext(self)

    def _dispatch_action(self, action_id: str, payload: dict[str, Any]) -> bool:
        context = self._interaction_context()
        return bool(self.on_action(action_id, payload, context)) or bool(self.apply_action(action_id, payload))

    def _resolved_action_specs(self) -> dict[str, Any]:
        return {action.id: action for action in self._cnv_core.resolved_action_specs()}

    def _resolved_action_order(self, actions: dict[str, Any]) -> list[str]:
        order = self.action_order()
        return list(actions) if order is None else [action_id for action_id in order if action_id in actions]

    def _resolved_field_max_samples(self, scene: Scene, *, field_id: str, append_dim: str) -> int:
        """Samples to keep: max_samples, or what the widest rolling window of a line plot of this field shows."""
        limit = self.max_samples
        for view in scene.views.values():
            window = getattr(view, "rolling_window", None)
            if window is not None and view.field_id == field_id and view.x_dim in (None, append_dim) and self.dt > 0:
                limit = max(limit, int(np.ceil(window / self.dt)) + 1)
        return limit

    def _capture_trace_entity(self, entity_id: str, *, include_current_sample: bool = True) -> bool:
        """Starts a trace; False when it is captured already or unknown. Its past comes from recent values."""
        return self._cnv_core.capture_trace(entity_id)

    def _trace_field_snapshot(self) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
        """(segment ids, times, values) of the history field."""
        field = self._cnv_core.field(self.history_field_id())
        if field is None:
            return (), np.zeros(0), np.zeros((0, 0), np.float32)
        return tuple(str(name) for name in field.coord("segment")), field.coord("time"), field.values

    def _display_field_replace(self, display_values) -> FieldReplace:
        return FieldReplace(self.display_field_id(), np.asarray(display_values, dtype=np.float32))

    def _trace_field_replace(self) -> FieldReplace:
        ids, times, values = self._trace_field_snapshot()
        return FieldReplace(self.history_field_id(), values, coords={"segment": np.array(ids), "time": times})

    @property
    def _entity_index_by_id(self) -> dict[str, int]:
        geometry = self.geometry
        known = self.__dict__.get("_cnv_entity_index")
        if geometry is not None and (known is None or known[0] is not geometry):
            index: dict[str, int] = {}
            for position, entity_id in enumerate(geometry.entity_ids):
                index.setdefault(entity_id, position)
            known = self.__dict__["_cnv_entity_index"] = (geometry, index)
        return known[1] if known else {}

    @_entity_index_by_id.setter
    def _entity_index_by_id(self, index: dict[str, int]) -> None:
        self.__dict__["_cnv_entity_index"] = (self.geometry, index)

    @property
    def _ui_state(self) -> UiState:
        return UiState(self._cnv_core)

    @property
    def _field_max_samples(self) -> dict[str, int]:
        return {self.history_field_id(): self._cnv_core.field_max_samples}

    @property
    def _trace_segment_ids(self) -> list[str]:
        return self._cnv_core.captured_entities()

    @property
    def _trace_history_times(self) -> np.ndarray:
        return self._trace_field_snapshot()[1]

    @property
    def _trace_history_values_by_id(self) -> dict[str, np.ndarray]:
        ids, _, values = self._trace_field_snapshot()
        return dict(zip(ids, values))

    @property
    def _last_display_values(self) -> np.ndarray:
        return self._read_display_values()

    _last_voltage_values = _last_display_values

    # ---- Session -----------------------------------------------------------------------------------------------------

    def initialize(self) -> Scene | None:
        return self._cnv_core.initialize()

    def advance(self) -> None:
        self._cnv_core.advance()

    def handle(self, command) -> None:
        try:
            self._cnv_core.handle(command)
        except ControlRefused:
            if self._cnv_hosted:
                raise

    def read_updates(self) -> list:
        return [*self._cnv_core.read_updates(), *super().read_updates()]

    def shutdown(self) -> None:
        self._cnv_core.shutdown()
