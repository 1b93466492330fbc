"""Small Jaxley models for tests, and how they are run."""

import jax
import jax.monitoring
import jaxley as jx
import numpy as np
from jaxley.channels import HH
from jaxley.connect import connect
from jaxley.synapses import IonotropicSynapse

import compneurovis as cnv
from compneurovis import JaxleySession

compilations = [0]
jax.monitoring.register_event_duration_secs_listener(
    lambda name, seconds, **facts: compilations.__setitem__(
        0, compilations[0] + name.endswith("backend_compile_duration")
    )
)


def pulse(steps=40, start=5, stop=25, amplitude=0.5):
    current = np.zeros(steps)
    current[start:stop] = amplitude
    return current


class Cell(JaxleySession):
    """Three compartments, of which the last has no channels; a pulse at the first."""

    def build_cells(self):
        cell = jx.Cell([jx.Branch(jx.Compartment(), ncomp=3)], parents=[-1])
        for comp in (0, 1):
            cell.branch(0).comp(comp).insert(HH())
        cell.set("length", 20.0)
        cell.set("radius", 5.0)
        return cell

    def setup_model(self, network, cells):
        network.cell(0).branch(0).comp(0).stimulate(pulse(), verbose=False)


class Pair(JaxleySession):
    """Two branched cells and a synapse; pulses at the first cell."""

    def build_cells(self):
        cells = []
        for _ in range(2):
            cell = jx.Cell([jx.Branch(jx.Compartment(), ncomp=2)] * 3, parents=[-1, 0, 0])
            cell.insert(HH())
            cell.set("length", 30.0)
            cells.append(cell)
        return cells

    def setup_model(self, network, cells):
        connect(network.cell(0).branch(1).loc(1.0), network.cell(1).branch(0).loc(0.0), IonotropicSynapse())
        network.set("IonotropicSynapse_gS", 1e-3)
        network.cell(0).branch(0).loc(0.0).stimulate(np.tile(pulse(400, 40, 120, 0.1), 3), verbose=False)


def run(session, steps):
    """(steps, entities): what the session shows after each step."""
    rows = []
    session.display_dt = session.dt
    for _ in range(steps):
        session.advance()
        rows.append(session._read_display_values())
    return np.array(rows)


def reset(session):
    session.handle(cnv.Reset())
