"""Jaxley sessions that the tests of one file share, because building one takes long;
each test gets them at their start."""

import pytest

from hosts import started
from jaxley_models import Cell, Pair, reset


@pytest.fixture(scope="module")
def shared_cell():
    return started(Cell, dt=0.1)


@pytest.fixture(scope="module")
def shared_pair():
    return started(Pair, dt=0.1)


def fresh(session):
    """The session at its start, as its class sets it up."""
    session.dt = session.display_dt = 0.1
    session.network.set("v", -70.0)
    session.network.set("HH_gNa", 0.12)
    session.network.set("capacitance", 1.0)
    session.network.set("radius", 5.0 if isinstance(session, Cell) else 1.0)
    session.network.delete_clamps()
    session._rebuild_stimulus()
    reset(session)
    session.read_updates()
    return session


@pytest.fixture
def cell(shared_cell):
    return fresh(shared_cell)


@pytest.fixture
def pair(shared_pair):
    return fresh(shared_pair)
