"""The Python package compneurovis 0.4.0a1 with its window, against a bare loop in the same process.

    original.py MODEL ROUNDS SECONDS FILE STEPS     needs a display; one JSON object per round goes to FILE

It computes at most 60 pieces of STEPS steps per second, so that few steps per piece bound its speed.

The package runs this script a second time, in the process of the model, where the steps are counted.
"""

import json
import os
import signal
import sys
import time

from neuron import h

import compneurovis as cnv
import compneurovis.neuron as cnv_neuron
import models

SETTLE_S = 3.0  # until the window shows its first picture


class Counter:
    """The model's step; after the last round it ends both processes."""

    def __init__(self, model, rounds, seconds, path):
        self.model, self.rounds, self.seconds, self.path = model, rounds, seconds, path
        self.steps, self.start = 0, None

    def step(self):
        h.fadvance()
        now = time.perf_counter()
        if self.start is None:
            self.start = now + SETTLE_S
        if now < self.start:
            return
        self.steps += 1
        if now - self.start < self.seconds:
            return
        shown = self.steps / (now - self.start)
        with open(self.path, "a") as out:
            print(json.dumps({"model": self.model, "bare": self.bare, "shown": shown}), file=out)
        self.rounds -= 1
        if self.rounds == 0:
            os.killpg(os.getpgrp(), signal.SIGKILL)
        self.measure_bare()
        self.steps, self.start = 0, time.perf_counter()

    def measure_bare(self):
        self.bare = models.bare_steps_per_s(self.seconds)


def main(model, rounds, seconds, path, steps):
    sections, alive = models.build(model)
    counter = Counter(model, rounds, seconds, path)
    counter.measure_bare()
    source = cnv_neuron.source(sections=sections, step=counter.step, dt=h.dt, display_dt=steps * h.dt)
    morphology = source.morphology(variable="v", unit="mV", color_limits=(-80, 50), selected=sections[0](0.5))
    source.line("Voltage", variables={"v": "v"}, source=morphology.selection, rolling_window=100)
    source.alive = alive
    cnv.show(title=model)


main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
