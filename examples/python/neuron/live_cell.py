"""A reconstructed cell, alive: Hodgkin–Huxley channels everywhere, current pulses at the soma, two sliders.

Run it with `./run app examples/python/neuron/live_cell.py [cell.swc]`. Click a dendrite to see its trace.
"""

import pathlib
import sys

from neuron import h

from compneurovis import ControlPresentationSpec, ControlSpec, NeuronSession, ScalarValueSpec, build_neuron_app, run_app
from compneurovis.neuronutils import load_swc_neuron

DATA = pathlib.Path(__file__).resolve().parents[3] / "data"
CELL = sys.argv[1] if len(sys.argv) > 1 else DATA / "m3s4s4t-vp-sup.CNG.swc"

PULSE_EVERY = 20.0  # ms
PULSE_LENGTH = 2.0  # ms


class LiveCell(NeuronSession):
    def __init__(self):
        super().__init__(dt=0.025, display_dt=0.25, max_samples=20_000, title="Live cell", detail="compartment")

    def build_sections(self):
        return load_swc_neuron(str(CELL))

    def setup_model(self, sections):
        for section in sections:
            # An odd number of compartments, none longer than 20 µm:
            # space is resolved at about a tenth of a length constant.
            section.nseg = 2 * int(section.L / 40) + 1
            section.insert("hh")
        # A clamp that never ends, played from a table, gives pulses for ever.
        soma = next((s for s in sections if "soma" in s.name()), sections[0])
        self.clamp = h.IClamp(soma(0.5))
        self.clamp.delay, self.clamp.dur = 0, 1e9
        self.amp = 1.0
        self.handler = h.FInitializeHandler(self.start_pulses)

    def start_pulses(self):
        self.clamp.amp = 0
        self.in_pulse = False
        h.CVode().event(1.0, self.toggle)

    def toggle(self):
        self.in_pulse = not self.in_pulse
        self.clamp.amp = self.amp if self.in_pulse else 0
        h.CVode().event(h.t + (PULSE_LENGTH if self.in_pulse else PULSE_EVERY - PULSE_LENGTH), self.toggle)

    def trace_title(self):
        return "Membrane potential"

    def trace_y_label(self):
        return "v"

    def trace_view_updates(self):
        return {"rolling_window": 100.0, "y_min": -90.0, "y_max": 60.0, "x_label": "t"}

    def control_specs(self):
        return {
            "amp": ControlSpec(
                id="amp",
                label="Pulse amplitude",
                unit="nA",
                value_spec=ScalarValueSpec(default=1.0, min=0.0, max=4.0),
                presentation=ControlPresentationSpec(kind="slider", steps=80),
                send_to_session=True,
            ),
            "display_dt": ControlSpec(
                id="display_dt",
                label="Update every",
                unit="ms",
                value_spec=ScalarValueSpec(default=0.25, min=0.025, max=2.5),
                presentation=ControlPresentationSpec(kind="slider", steps=99),
                send_to_session=True,
            ),
        }

    def apply_control(self, control_id, value):
        if control_id == "amp":
            self.amp = value
            if self.in_pulse:
                self.clamp.amp = value
            return True
        return super().apply_control(control_id, value)

    def on_entity_clicked(self, entity_id, ctx):
        info = ctx.entity_info(entity_id)
        ctx.show_status(f"Recording {info['section_name']} at x = {info['xloc']:.2f}", 4000)
        return True


run_app(build_neuron_app(LiveCell))
