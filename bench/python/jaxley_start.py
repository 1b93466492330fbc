"""From the start of a program to the first computed steps of the Jaxley model `three`: prints the seconds. Then how
fast the session alone goes on, without a viewer: prints the steps per second.

    jaxley_start.py ours|original STARTED [SECONDS]      STARTED: time.time() when the process was begun
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
    """The session, and what computes its next batch."""
    from compneurovis import JaxleySession

    class Session(Three, JaxleySession):
        pass

    session = Session(dt=DT)
    session.initialize()
    return session, session.advance


def original():
    """The Python package compneurovis 0.4.0a1."""
    from compneurovis.backends.jaxley.backend import JaxleyBackend

    class Backend(Three, JaxleyBackend):
        pass

    backend = Backend(dt=DT, display_dt=DT)
    backend._initialize_model()
    return backend, backend.tick


def steps_per_s(session, advance, seconds):
    first, start = session._step_index, time.perf_counter()
    while (now := time.perf_counter()) - start < seconds:
        advance()
    return (session._step_index - first) / (now - start)


def main(program, started, seconds):
    session, advance = {"ours": ours, "original": original}[program]()
    advance()
    assert session._step_index >= 1
    print(time.time() - started)
    if seconds > 0:
        print(steps_per_s(session, advance, seconds))


main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0)
