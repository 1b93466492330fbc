"""Twenty-five reconstructed cells in one scene, each driven by random synaptic input at its soma.

Run it with `./run app examples/python/neuron/many_cells.py [folder of SWC files]`;
without a folder one small cell is repeated.
"""

import pathlib
import sys

import numpy as np
from neuron import h

from compneurovis import ControlPresentationSpec, ControlSpec, NeuronSession, ScalarValueSpec, build_neuron_app, run_app
from compneurovis.neuronutils import load_swc_multi

DATA = pathlib.Path(__file__).resolve().parents[3] / "data"
COLUMNS, ROWS, SPACING = 5, 5, 260.0  # µm
FILES = (
    sorted(pathlib.Path(sys.argv[1]).glob("*.swc"))
    if len(sys.argv) > 1
    else [DATA / "m3s4s4t-vp-sup.CNG.swc"] * (COLUMNS * ROWS)
)


def move(sections, offset):
    """Shifts the 3-D points of a cell by (x, y, z) in µm."""
    for section in sections:
        for i in range(section.n3d()):
            place = [section.x3d(i), section.y3d(i), section.z3d(i)]
            section.pt3dchange(i, *np.add(place, offset), section.diam3d(i))


class ManyCells(NeuronSession):
    def __init__(self):
        super().__init__(dt=0.05, display_dt=0.25, max_samples=8000, title="Many cells", detail="compartment")
        self.rate = 40.0  # inputs per second and cell

    def build_sections(self):
        self.cells = []
        for number, path in enumerate(FILES):
            # By SWC type: soma, axon, dendrites.
            sections = [section for group in load_swc_multi(str(path), f"cell{number}").values() for section in group]
            if len(sys.argv) == 1:
                move(sections, (number % COLUMNS * SPACING, number // COLUMNS * SPACING, 0.0))
            self.cells.append(sections)
        return [section for cell in self.cells for section in cell]

    def setup_model(self, sections):
        for section in sections:
            section.nseg = 2 * int(section.L / 40) + 1
            section.insert("hh")
        self.inputs = []
        for number, cell in enumerate(self.cells):
            soma = next((section for section in cell if "soma" in section.name()), cell[0])
            synapse, source = h.ExpSyn(soma(0.5)), h.NetStim()
            synapse.tau = 2.0  # ms
            source.noise, source.number, source.start, source.interval = 1.0, 1e9, 0.0, 1000 / self.rate
            source.noiseFromRandom123(number, 0, 0)
            connection = h.NetCon(source, synapse)
            connection.weight[0] = 0.01  # µS
            self.inputs.append((source, synapse, connection))

    def trace_view_updates(self):
        return {"rolling_window": 100.0, "y_min": -90.0, "y_max": 50.0, "x_label": "t"}

    def control_specs(self):
        return [
            ControlSpec(
                "rate",
                "Inputs per cell",
                ScalarValueSpec(self.rate, 5.0, 200.0),
                ControlPresentationSpec("slider", steps=100, scale="log"),
                unit="1/s",
                send_to_session=True,
            )
        ]

    def apply_control(self, control_id, value):
        if control_id != "rate":
            return super().apply_control(control_id, value)
        for source, _, _ in self.inputs:
            source.interval = 1000 / value


run_app(build_neuron_app(ManyCells))
