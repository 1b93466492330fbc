"""What the tests of the tools for NEURON models share: an empty model after each, and facts of sections."""

from pathlib import Path

import numpy as np
import pytest
from neuron import h

DATA = Path(__file__).parents[2] / "data"
LABELS = {1: "soma", 2: "axon", 3: "dendrite", 4: "apical"}


@pytest.fixture(autouse=True)
def empty_model():
    yield
    for section in list(h.allsec()):
        h.delete_section(sec=section)


def points(section):
    """(n, 4): x, y, z, diam."""
    return np.array(
        [[section.x3d(i), section.y3d(i), section.z3d(i), section.diam3d(i)] for i in range(section.n3d())]
    ).reshape(-1, 4)


def area(sections):
    return sum(segment.area() for section in sections for segment in section)


def flat(trees):
    return [section for tree in trees.values() for section in tree]


def make(name, length=50.0, diam=2.0):
    section = h.Section(name=name)
    section.L, section.diam = length, diam
    return section


def description(section):
    def shape(one):
        return tuple(map(tuple, points(one).round(4)))

    parent = section.parentseg()
    return (shape(section), shape(parent.sec) if parent else None, parent.x if parent else None)
