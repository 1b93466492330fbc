"""A small Hodgkin–Huxley cell, section by section: click one, and its potential, its gates and its currents follow.

The gates and currents are recorded by name at every step; their plots hang on the same selection as the default trace.
"""

import numpy as np
from neuron import h

from compneurovis import (
    ControlPresentationSpec,
    ControlSpec,
    Field,
    FieldAppend,
    FieldReplace,
    HistoryCaptureMode,
    LayoutSpec,
    LinePlotViewSpec,
    NeuronSession,
    PanelSpec,
    Reset,
    ScalarValueSpec,
    StateBinding,
    build_neuron_app,
    run_app,
)

# Name → parent, 3-D points (x, y, z, diameter) in µm
SHAPE = {
    "soma": (None, [(-10, 0, 0, 18), (10, 0, 0, 18)]),
    "apical": ("soma", [(10, 0, 0, 4), (70, 12, 0, 3), (140, 10, 0, 2)]),
    "tuft": ("apical", [(140, 10, 0, 2), (190, 50, 10, 1.2), (240, 62, 20, 0.8)]),
    "oblique": ("apical", [(140, 10, 0, 2), (200, -30, -10, 1)]),
    "basal": ("soma", [(-10, 0, 0, 3), (-60, -40, 0, 2), (-110, -52, 10, 1)]),
    "axon": ("soma", [(-10, 0, 0, 1.2), (-80, 45, 0, 1), (-170, 60, 0, 1)]),
}
GATES = ["m", "h", "n"]
CURRENTS = {"Na⁺": "_ref_ina", "K⁺": "_ref_ik", "leak": "_ref_il_hh"}


class SectionInspector(NeuronSession):
    def __init__(self):
        super().__init__(
            dt=0.025,
            display_dt=0.25,
            max_samples=8000,
            title="Section inspector",
            detail="compartment",
            history_capture_mode=HistoryCaptureMode.FULL,
        )

    def build_sections(self):
        made = {}
        for name, (parent, points) in SHAPE.items():
            made[name] = section = h.Section(name=name)
            for x, y, z, diameter in points:
                section.pt3dadd(x, y, z, diameter)
            if parent:
                section.connect(made[parent](0 if points[0][0] < 0 else 1))
            section.nseg = 2 * int(section.L / 40) + 1
        return list(made.values())

    def setup_model(self, sections):
        for section in sections:
            section.insert("hh")
        self.segments = [segment for section in sections for segment in section]
        # A clamp that never ends: the slider acts at once.
        self.clamp = h.IClamp(sections[0](0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 0.0, 1e9, 0.5

    def _prepare_recorders(self):
        super()._prepare_recorders()
        for i, segment in enumerate(self.segments):
            self.record_many([f"{gate} {i}" for gate in GATES], [getattr(segment.hh, f"_ref_{gate}") for gate in GATES])
            self.record_many([f"{ion} {i}" for ion in CURRENTS], [getattr(segment, ref) for ref in CURRENTS.values()])

    def on_recorded_samples(self, times, values):
        for id, names in (("gates", GATES), ("currents", CURRENTS)):
            batch = np.array([[values[f"{name} {i}"] for name in names] for i in range(len(self.segments))])
            self.emit(FieldAppend(id, "time", batch, self.recorded_times, max_length=self.max_samples))

    def fields(self, segments, time):
        """Gates and currents as they are now: one sample in time."""
        now = self.recorded_values()
        for id, dim, names, unit in (("gates", "gate", GATES, ""), ("currents", "ion", CURRENTS, "mA/cm²")):
            values = np.array([[[now[f"{name} {i}"]] for name in names] for i in range(len(segments))])
            yield Field(
                id,
                values,
                ("segment", dim, "time"),
                {"segment": segments, dim: list(names), "time": np.array([time])},
                unit=unit,
            )

    def handle(self, command):
        super().handle(command)
        if isinstance(command, Reset):  # the default fields have started again
            for field in self.fields(self.geometry.entity_ids, h.t):
                self.emit(FieldReplace(field.id, field.values, coords=field.coords))

    def build_scene(self, *, geometry, display_values, time_value):
        scene = super().build_scene(geometry=geometry, display_values=display_values, time_value=time_value)
        window = dict(
            x_dim="time",
            selectors={"segment": StateBinding("selected_entity_id")},
            x_label="t",
            x_unit="ms",
            rolling_window=60.0,
        )
        for field in self.fields(geometry.entity_ids, time_value):
            title, label = ("Gates", "open") if field.id == "gates" else ("Membrane currents", "i")
            scene.fields[field.id] = field
            scene.views[field.id] = LinePlotViewSpec(
                field.id, title, field.id, series_dim=field.dims[1], y_label=label, y_unit=field.unit, **window
            )
        scene.replace_view("gates", {"y_min": 0.0, "y_max": 1.0})
        scene.replace_view("trace", {"rolling_window": 60.0, "y_min": -90.0, "y_max": 50.0, "x_label": "t"})
        panels = [PanelSpec("morphology-panel", "view_3d", view_ids=("morphology",))]
        panels += [PanelSpec(f"{id}-panel", "line_plot", view_ids=(id,)) for id in ("trace", "gates", "currents")]
        panels.append(
            PanelSpec("controls", "controls", control_ids=tuple(scene.controls), action_ids=tuple(scene.actions))
        )
        scene.layout = LayoutSpec(
            scene.layout.title,
            tuple(panels),
            (("morphology-panel", "trace-panel"), ("gates-panel", "currents-panel", "controls")),
        )
        return scene

    def control_specs(self):
        return [
            ControlSpec(
                "amplitude",
                "Current at the soma",
                ScalarValueSpec(0.5, 0.0, 2.0),
                ControlPresentationSpec("slider", steps=80),
                unit="nA",
                send_to_session=True,
            )
        ]

    def apply_control(self, control_id, value):
        if control_id != "amplitude":
            return super().apply_control(control_id, value)
        self.clamp.amp = value


run_app(build_neuron_app(SectionInspector))
