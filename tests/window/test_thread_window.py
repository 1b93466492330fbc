"""The real window in the model's own process, as where the system lets no process start."""

import os
import signal

import numpy as np
import pytest

from hands import ROOT, until
from test_window import cell_pixels


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    monkeypatch.setenv("COMPNEUROVIS_TRANSPORT", "thread")


def test_closing_the_window_ends_the_model(start):
    app = start(ROOT / "examples/python/neuron/live_cell.py")
    until(lambda: cell_pixels(app), "the first picture of the cell")
    assert app.viewers() == []
    assert app.quit() == 0, app.stderr()
    history = app.field("segment_history")
    assert history.shape[1] > 5 and np.isfinite(history).any()
    assert app.report()["errors"] == []


def test_ctrl_c_closes_the_window(start):
    app = start(ROOT / "examples/python/neuron/live_cell.py")
    until(lambda: cell_pixels(app), "the first picture of the cell")
    os.killpg(app.process.pid, signal.SIGINT)
    assert app.end() in (130, -signal.SIGINT), "as a program that Ctrl-C ended"
