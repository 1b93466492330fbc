"""NEURON's own windows, a PlotShape and a Graph of v in the run loop, against a bare loop in the same process.

neuron_gui.py MODEL ROUNDS SECONDS      needs a display; one JSON object per round
"""

import json
import sys
import time

from neuron import h

import models


def shown_steps_per_s(seconds, chunk):
    """The run control itself decides when it draws; `chunk` steps are run between looks at the clock."""
    h.stdinit()
    steps, start = 0, time.perf_counter()
    while (now := time.perf_counter()) - start < seconds:
        h.continuerun(h.t + chunk * h.dt)
        steps += chunk
    return steps / (now - start)


def main(model, rounds, seconds):
    sections, _alive = models.build(model)  # what would end with its last reference
    h.load_file("stdgui.hoc")
    shape = h.PlotShape(True)
    shape.variable("v")
    shape.scale(-80, 50)
    shape.exec_menu("Shape Plot")
    graph = h.Graph()
    graph.size(0, 1000, -80, 50)
    graph.addvar("v", sections[0](0.5)._ref_v)
    h.flush_list.append(shape)
    h.graphList[0].append(graph)
    models.bare_steps_per_s(0.2)
    for _ in range(rounds):
        bare = models.bare_steps_per_s(seconds)
        print(
            json.dumps({"model": model, "bare": bare, "shown": shown_steps_per_s(seconds, max(1, int(bare / 10)))}),
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
