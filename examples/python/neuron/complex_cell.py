"""A whole reconstructed neuron of many thousand compartments: Hodgkin–Huxley channels everywhere,
five pulses at the soma.

Run it with `./run app examples/python/neuron/complex_cell.py [cell.swc]`.
"""

import pathlib
import sys

from neuron import h

from compneurovis import ControlPresentationSpec, ControlSpec, NeuronSession, ScalarValueSpec, build_neuron_app, run_app
from compneurovis.neuronutils import load_swc_neuron

DATA = pathlib.Path(__file__).resolve().parents[3] / "data"
CELL = sys.argv[1] if len(sys.argv) > 1 else DATA / "Series006ok-2.CNG.swc"


class ComplexCell(NeuronSession):
    def __init__(self):
        super().__init__(dt=0.025, display_dt=0.25, max_samples=8000, title="Complex cell")

    def build_sections(self):
        return load_swc_neuron(str(CELL))

    def setup_model(self, sections):
        for section in sections:
            section.nseg = 2 * int(section.L / 40) + 1
            section.insert("hh")
        soma = next((section for section in sections if "soma" in section.name()), sections[0])
        self.pulses = []
        for k in range(5):
            pulse = h.IClamp(soma(0.5))
            pulse.delay, pulse.dur, pulse.amp = 1.0 + 15.0 * k, 2.0, 3.0  # ms, ms, nA
            self.pulses.append(pulse)

    def trace_view_updates(self):
        return {"rolling_window": 80.0, "y_min": -90.0, "y_max": 50.0, "x_label": "t"}

    def control_specs(self):
        def slider(id, label, unit, default, low, high, steps):
            return ControlSpec(
                id,
                label,
                ScalarValueSpec(default, low, high),
                ControlPresentationSpec("slider", steps=steps),
                unit=unit,
                send_to_session=True,
            )

        return [
            slider("display_dt", "Update every", "ms", 0.25, 0.025, 2.5, 99),
            slider("amplitude", "Pulse amplitude", "nA", 3.0, 0.0, 10.0, 100),
        ]

    def apply_control(self, control_id, value):
        if control_id != "amplitude":
            return super().apply_control(control_id, value)
        for pulse in self.pulses:
            pulse.amp = value


run_app(build_neuron_app(ComplexCell))
