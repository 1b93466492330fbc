"""Voltage along a dendrite as a map of place and time: spikes run from the soma outwards,
and back from a distal synapse.

The row of the map is a place on the path from the soma to the tip, its column a time;
the map grows while the model runs.
"""

import numpy as np
from neuron import h

from compneurovis import (
    ActionSpec,
    AppSpec,
    ControlPresentationSpec,
    ControlSpec,
    Field,
    FieldAppend,
    FieldReplace,
    HeatMapViewSpec,
    LayoutSpec,
    LinePlotViewSpec,
    PanelSpec,
    ScalarValueSpec,
    Scene,
    run_app,
)
from compneurovis.session import BufferedSession, Reset, SetControl

DT, STEPS, MAX_SAMPLES = 0.025, 10, 20000  # ms, steps per frame
SOMA, DENDRITE = 20.0, 1000.0  # µm


class Dendrite(BufferedSession):
    def __init__(self):
        super().__init__()
        h.load_file("stdrun.hoc")
        self.soma, self.dend = h.Section(name="soma"), h.Section(name="dend")
        self.soma.L = self.soma.diam = SOMA
        self.dend.L, self.dend.diam, self.dend.nseg = DENDRITE, 2.0, 49
        self.dend.connect(self.soma(1))
        for section in (self.soma, self.dend):
            section.Ra = 100.0
            section.insert("hh")
        self.clamp = h.IClamp(self.soma(0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 2.0, 1e9, 0.4  # ms, ms, nA
        self.distal = h.ExpSyn(self.dend(0.95))
        self.distal.tau = 2.0  # ms
        self.source = h.NetStim()
        self.source.start, self.source.interval, self.source.number = 22.0, 30.0, 1e9  # ms
        self.connection = h.NetCon(self.source, self.distal)
        self.connection.weight[0] = 0.1  # µS
        segments = [self.soma(0.5), *self.dend]
        self.places = np.round([h.distance(self.soma(0.5), segment) for segment in segments], 1)  # µm
        self.voltages = [segment._ref_v for segment in segments]
        self.begin()

    def begin(self):
        h.dt = DT
        h.finitialize(-65.0)

    def row(self):
        """mV at each place now, shape (places, 1)."""
        return np.array([[v[0]] for v in self.voltages])

    def initialize(self):
        now = {"time": np.array([h.t])}
        fields = {
            "v": Field("v", self.row(), ("path", "time"), {"path": self.places, **now}, unit="mV"),
            "ends": Field("ends", self.row()[[0, -1]], ("end", "time"), {"end": ["soma", "tip"], **now}, unit="mV"),
        }
        views = (
            HeatMapViewSpec(
                "map",
                "Along the dendrite",
                field_id="v",
                x_label="t",
                x_unit="ms",
                y_label="distance",
                y_unit="µm",
                color_limits=(-80.0, 50.0),
                rolling_window=60.0,
            ),
            LinePlotViewSpec(
                "ends",
                "Soma and tip",
                field_id="ends",
                x_dim="time",
                series_dim="end",
                x_label="t",
                x_unit="ms",
                y_label="v",
                y_unit="mV",
                y_min=-90.0,
                y_max=60.0,
                rolling_window=60.0,
            ),
        )
        current = ControlSpec(
            "current",
            "Current into the soma",
            ScalarValueSpec(0.4, 0.0, 1.0),
            ControlPresentationSpec("slider"),
            send_to_session=True,
            unit="nA",
        )
        reset = ActionSpec("reset", "Reset", shortcuts=("Space",))
        layout = LayoutSpec(
            "Voltage along a dendrite",
            panels=(
                PanelSpec("map-panel", "heat_map", view_ids=("map",)),
                PanelSpec("ends-panel", "line_plot", view_ids=("ends",)),
                PanelSpec("controls-panel", "controls", control_ids=("current",), action_ids=("reset",)),
            ),
            panel_grid=(("map-panel",), ("ends-panel", "controls-panel")),
        )
        return Scene(
            fields=fields,
            geometries={},
            views={view.id: view for view in views},
            controls={"current": current},
            actions={"reset": reset},
            layout=layout,
        )

    def advance(self):
        values, times = [], []
        for _ in range(STEPS):
            h.fadvance()
            values.append(self.row())
            times.append(h.t)
        batch = np.concatenate(values, axis=1)
        self.emit(FieldAppend("v", "time", batch, np.array(times), max_length=MAX_SAMPLES))
        self.emit(FieldAppend("ends", "time", batch[[0, -1]], np.array(times), max_length=MAX_SAMPLES))

    def handle(self, command):
        if isinstance(command, SetControl):
            self.clamp.amp = command.value
        elif isinstance(command, Reset):
            self.begin()
            now = {"time": np.array([h.t])}
            self.emit(FieldReplace("v", self.row(), {"path": self.places, **now}))
            self.emit(FieldReplace("ends", self.row()[[0, -1]], {"end": ["soma", "tip"], **now}))


if __name__ == "__main__":
    run_app(AppSpec(session=Dendrite))
