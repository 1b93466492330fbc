"""From the start of a program to the first computed steps of the Jaxley model `three`. Prints the seconds.

    jaxley_start.py ours|original STARTED      STARTED: time.time() when the process was begun
"""

import sys
import time

import jaxley_cells

DT = jaxley_cells.DT["three"]


class Three:
    """What both programs are asked to build."""

    def build_cells(self):
        return jaxley_cells.cells_of("three")

    def setup_model(self, network, cells):
        jaxley_cells.set_up("three", network)


def ours():
    from compneurovis import JaxleySession

    class Session(Three, JaxleySession):
        pass

    session = Session(dt=DT)
    session.initialize()
    session.advance()
    return session._step_index


def original():
    """The Python package compneurovis 0.4.0a1."""
    from compneurovis.backends.jaxley.backend import JaxleyBackend

    class Backend(Three, JaxleyBackend):
        pass

    backend = Backend(dt=DT, display_dt=DT)
    backend._initialize_model()
    backend.tick()
    return backend._step_index


steps = {"ours": ours, "original": original}[sys.argv[1]]()
assert steps >= 1
print(time.time() - float(sys.argv[2]))
