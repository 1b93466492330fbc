"""A reconstructed cell. The model waits for the first picture: then the program prints time.time() and ends.

compneurovis run first_step.py
"""

import os
import pathlib
import time

from compneurovis import NeuronSession, build_neuron_app, run_app
from compneurovis.neuronutils import load_swc_neuron

CELL = pathlib.Path(__file__).resolve().parents[2] / "data" / "m3s4s4t-vp-sup.CNG.swc"


class Cell(NeuronSession):
    def build_sections(self):
        return load_swc_neuron(str(CELL))

    def setup_model(self, sections):
        for section in sections:
            section.insert("hh")

    # Asked before each batch.
    def is_live(self):
        print(time.time(), flush=True)
        os._exit(0)


run_app(build_neuron_app(Cell))
