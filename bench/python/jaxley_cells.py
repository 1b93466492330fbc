"""The Jaxley models of the benchmarks, in Jaxley's own words: also for programs that have no compneurovis of ours."""

import pathlib

import jaxley as jx
import numpy as np
from jaxley.channels import HH
from jaxley.connect import connect
from jaxley.synapses import IonotropicSynapse

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
DT = {"three": 0.1, "large": 0.025}  # ms
PULSE_STEPS = 1_000_000


def cells_of(model):
    """three: 3 cells, 87 compartments. large: a traced cell, 2,541 compartments."""
    if model == "large":
        cells = [jx.read_swc(str(DATA / "Series006ok-2.CNG.swc"), ncomp=1)]
    else:
        cells = [
            jx.Cell([jx.Branch(jx.Compartment(), ncomp=n) for n in (5, 6, 6, 6, 6)], parents=[-1, 0, 0, 0, 3])
            for _ in range(3)
        ]
    for cell in cells:
        cell.insert(HH())
    return cells


def set_up(model, network):
    """A ring of three synapses; pulses of 2 ms in every 25 ms at the first soma."""
    if model == "three":
        for pre, post in ((0, 1), (1, 2), (2, 0)):
            connect(network.cell(pre).branch(1).loc(1.0), network.cell(post).branch(3).loc(0.5), IonotropicSynapse())
    every, length = round(25 / DT[model]), round(2 / DT[model])
    network.cell(0).branch(0).loc(0.5).stimulate((np.arange(PULSE_STEPS) % every < length) * 0.1, verbose=False)
