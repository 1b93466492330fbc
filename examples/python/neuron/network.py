"""Four Hodgkin–Huxley cells in a ring of synapses: the spike of each excites the next.

The cells lie on a circle; the axon of each ends at the dendrite of the next. The first spike comes from a clamp.
"""

from math import cos, pi, sin

from neuron import h

from compneurovis import (
    ActionSpec,
    ControlPresentationSpec,
    ControlSpec,
    NeuronSession,
    ScalarValueSpec,
    build_neuron_app,
    run_app,
)

CELLS, RADIUS = 4, 200.0  # µm, of the circle
FIRST_SPIKE = 1.0  # ms


def along_circle(section, start, end, diameter):
    """3-D points on the circle from one angle to another, in radians."""
    for k in range(21):
        angle = start + (end - start) * k / 20
        section.pt3dadd(RADIUS * cos(angle), RADIUS * sin(angle), 0, diameter)


class Cell:
    def __init__(self, number):
        self.number = number  # before the sections, whose names hold it
        self.soma = h.Section(name="soma", cell=self)
        self.dendrite = h.Section(name="dendrite", cell=self)
        self.axon = h.Section(name="axon", cell=self)
        middle, half = 2 * pi * number / CELLS, 10.0 / RADIUS  # the soma is 20 µm long
        along_circle(self.soma, middle - half, middle + half, 20.0)
        along_circle(self.dendrite, middle - half, middle - half - 120.0 / RADIUS, 2.0)
        along_circle(self.axon, middle + half, middle + half + 160.0 / RADIUS, 1.0)
        self.dendrite.nseg, self.axon.nseg = 5, 7
        self.dendrite.connect(self.soma(0))
        self.axon.connect(self.soma(1))
        for section in self.sections:
            section.insert("hh")
        self.synapse = h.ExpSyn(self.dendrite(0.8))
        self.synapse.tau = 2.0  # ms

    def __repr__(self):
        return f"cell{self.number}"

    @property
    def sections(self):
        return [self.soma, self.dendrite, self.axon]


class Ring(NeuronSession):
    def __init__(self):
        super().__init__(
            dt=0.025, display_dt=0.25, max_samples=20_000, title="A ring of four cells", detail="compartment"
        )
        self.weight, self.delay = 0.01, 5.0  # µS, ms

    def build_sections(self):
        self.cells = [Cell(number) for number in range(CELLS)]
        return [section for cell in self.cells for section in cell.sections]

    def setup_model(self, sections):
        self.connections = []
        for source, target in zip(self.cells, self.cells[1:] + self.cells[:1]):
            connection = h.NetCon(source.axon(1)._ref_v, target.synapse, sec=source.axon)
            connection.threshold, connection.delay, connection.weight[0] = 0.0, self.delay, self.weight
            self.connections.append(connection)
        self.start = h.IClamp(self.cells[0].soma(0.5))
        self.start.delay, self.start.dur, self.start.amp = FIRST_SPIKE, 1.0, 1.0

    def trace_view_updates(self):
        return {"rolling_window": 120.0, "y_min": -90.0, "y_max": 50.0, "x_label": "t"}

    def control_specs(self):
        def slider(id, label, unit, default, low, high):
            return ControlSpec(
                id,
                label,
                ScalarValueSpec(default, low, high),
                ControlPresentationSpec("slider", steps=100),
                unit=unit,
                send_to_session=True,
            )

        return [
            slider("weight", "Synaptic weight", "µS", self.weight, 0.0, 0.05),
            slider("delay", "Synaptic delay", "ms", self.delay, 1.0, 30.0),
        ]

    def apply_control(self, control_id, value):
        for connection in self.connections:
            if control_id == "weight":
                connection.weight[0] = value
            elif control_id == "delay":
                connection.delay = value
        return control_id in ("weight", "delay")

    def action_specs(self):
        return [ActionSpec("kick", "Spike in the first cell", shortcuts=("K",))]

    def on_action(self, action_id, payload, context):
        if action_id == "kick":
            self.start.delay = h.t
        elif action_id == "reset":
            self.start.delay = FIRST_SPIKE
        return action_id == "kick"  # of the rest nothing is done yet: the session's own Reset follows


run_app(build_neuron_app(Ring))
