"""One Jaxley model hosted, and integrated by Jaxley itself: test_jaxley_programs.py compares the two.

Run as a script: `jaxley_fidelity_model.py KIND [OUT]`. With OUT it builds the network once more after the hosted run,
without a session, and writes what jx.integrate gives.
"""

import pathlib
import sys

import jaxley as jx
import numpy as np
from jaxley.channels import HH
from jaxley.connect import connect
from jaxley.synapses import IonotropicSynapse

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
DT, DURATION = 0.025, 60.0  # ms
PULSES = np.tile(np.repeat([0.0, 0.1, 0.0], [40, 80, 280]), 10)  # nA


def cells_of(kind):
    if kind == "pair":
        cells = [jx.Cell([jx.Branch(jx.Compartment(), ncomp=2)] * 3, parents=[-1, 0, 0]) for _ in range(2)]
        for cell in cells:
            cell.set("length", 30.0)
    else:
        cells = [jx.read_swc(str(DATA / "m3s4s4t-vp-sup.CNG.swc"), ncomp=1)]
    for cell in cells:
        cell.insert(HH())
    return cells


def set_up(network):
    if len(network.base._cells_in_view) > 1:
        connect(network.cell(0).branch(1).loc(1.0), network.cell(1).branch(0).loc(0.0), IonotropicSynapse())
        network.set("IonotropicSynapse_gS", 1e-3)
    network.cell(0).branch(0).loc(0.0).stimulate(PULSES, verbose=False)


def integrated(kind):
    network = jx.Network(cells_of(kind))
    set_up(network)
    network.record("v", verbose=False)
    return np.asarray(jx.integrate(network, delta_t=DT, t_max=DURATION))


def main(kind, out=None):
    from compneurovis import JaxleySession, build_jaxley_app, run_app

    class Hosted(JaxleySession):
        def __init__(self):
            super().__init__(dt=DT, display_dt=7 * DT, max_samples=100_000, history_capture_mode="full")

        def build_cells(self):
            return cells_of(kind)

        def setup_model(self, network, cells):
            set_up(network)

    run_app(build_jaxley_app(Hosted))
    if out:
        np.save(out, integrated(kind))


if __name__ == "__main__":
    main(*sys.argv[1:])
