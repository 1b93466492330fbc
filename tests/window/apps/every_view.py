"""A cell of NEURON with a view of each kind that needs a model: morphology, two plots, heat map, state graph."""

import numpy as np
from neuron import h

from compneurovis import (
    Field,
    FieldReplace,
    HeatMapViewSpec,
    HistoryCaptureMode,
    LayoutSpec,
    LinePlotViewSpec,
    NeuronSession,
    PanelSpec,
    StateGraphViewSpec,
    build_neuron_app,
    run_app,
)

SHAPE = {  # name → parent, 3-D points (x, y, z, diameter) in µm
    "soma": (None, [(-15, 0, 0, 30), (15, 0, 0, 30)]),
    "apical": ("soma", [(15, 0, 0, 12), (200, 20, 0, 8)]),
    "basal": ("soma", [(-15, 0, 0, 12), (-160, -90, 0, 8)]),
}


class EveryView(NeuronSession):
    def __init__(self):
        super().__init__(
            dt=0.025,
            display_dt=0.25,
            max_samples=100_000,
            title="Every view",
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
            section.nseg = 5 if parent else 1
            section.insert("hh")
        return list(made.values())

    def setup_model(self, sections):
        self.clamp = h.IClamp(sections[0](0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 2.0, 1e9, 1.0

    def _prepare_recorders(self):
        super()._prepare_recorders()
        self.record_many(["m"], [self.clamp.get_segment().hh._ref_m])

    def on_recorded_samples(self, times, values):
        m = values["m"][-1]
        self.emit(FieldReplace("states", np.array([1 - m, m])))

    def build_scene(self, *, geometry, display_values, time_value):
        scene = super().build_scene(geometry=geometry, display_values=display_values, time_value=time_value)
        scene.fields["states"] = Field("states", np.array([1.0, 0.0]), ("state",), {"state": ["closed", "open"]})
        time = dict(x_label="t", x_unit="ms")
        views = (
            LinePlotViewSpec(
                "ends",
                "Three places",
                "segment_history",
                x_dim="time",
                series_dim="segment",
                y_label="v",
                y_unit="mV",
                **time,
                selectors={"segment": [geometry.entity_ids[0], geometry.entity_ids[3], geometry.entity_ids[8]]},
            ),
            HeatMapViewSpec(
                "map", "All segments", field_id="segment_history", x_dim="time", color_limits=(-80.0, 50.0), **time
            ),
            StateGraphViewSpec(
                "gate",
                "Gate m",
                "states",
                "",
                [("closed", 0.2, 0.5), ("open", 0.8, 0.5)],
                [("closed", "open", "opens")],
            ),
        )
        for view in views:
            scene.views[view.id] = view
        kinds = {
            "morphology": "view_3d",
            "trace": "line_plot",
            "ends": "line_plot",
            "map": "heat_map",
            "gate": "state_graph",
        }
        scene.layout = LayoutSpec(
            "Every view",
            tuple(PanelSpec(f"{id}-panel", kind, view_ids=(id,)) for id, kind in kinds.items()),
            (("morphology-panel", "trace-panel", "ends-panel"), ("map-panel", "gate-panel")),
        )
        return scene


run_app(build_neuron_app(EveryView))
