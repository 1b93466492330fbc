"""Step and initial potential: what was given to the session, else what the program set in NEURON, else 0.1 and -65."""

import json

import numpy as np
import pytest

from hosts import run_script

SCRIPT = """
from neuron import h
from compneurovis import NeuronSession, build_neuron_app, run_app
{before}

class Cell(NeuronSession):
    def __init__(self):
        super().__init__({given})
        {in_init}

    def build_sections(self):
        self.soma = h.Section(name="soma")
        return [self.soma]

    def setup_model(self, sections):
        self.soma.insert("pas")
        {in_setup}


run_app(build_neuron_app(Cell))
"""
STDRUN = 'h.load_file("stdrun.hoc")\n'


@pytest.mark.parametrize(
    ("before", "given", "in_init", "in_setup", "dt", "v", "said"),
    [
        ("", "", "", "", 0.1, -65, ("dt = 0.1 ms (default)", "v_init = -65 mV (default)")),
        (STDRUN, "", "", "", 0.1, -65, ("default", "default")),
        (STDRUN + "h.dt, h.v_init = 0.01, -70", "", "", "", 0.01, -70, ("from h.dt", "from h.v_init")),
        ("", "", "", "h.dt = 0.05", 0.05, -65, ("dt = 0.05 ms (from h.dt)", "default")),
        (STDRUN, "", "", "h.v_init = -58.5", 0.1, -58.5, ("default", "v_init = -58.5 mV (from h.v_init)")),
        ("h.dt = 0.01", "dt=0.05", "", "", 0.05, -65, ("dt = 0.05 ms (given", "default")),
        ("h.dt = 0.01", "dt=0.1", "", "", 0.1, -65, ("dt = 0.1 ms (given", "default")),
        (STDRUN + "h.v_init = -70", "v_init=-65", "", "", 0.1, -65, ("default", "given to the session")),
        ("h.dt = 0.01", "", "self.dt = 0.2", "", 0.2, -65, ("dt = 0.2 ms (given", "default")),
        (STDRUN + "h.v_init = -70", "", "self.v_init = -65", "", 0.1, -65, ("default", "given to the session")),
        ("h.dt = 0.025", "", "", "", 0.1, -65, ("default", "default")),
    ],
)
def test_the_settings_that_a_run_starts_with(tmp_path, before, given, in_init, in_setup, dt, v, said):
    fill = {"before": before, "given": given, "in_init": in_init or "pass", "in_setup": in_setup or "pass"}
    options = "--speed max --until-ms 2 --wall 60 --report r.json --dump d"
    done = run_script(tmp_path, SCRIPT.format(**fill), options)
    assert done.returncode == 0, done.stderr
    times, values = np.load(tmp_path / "d/segment_history.time.npy"), np.load(tmp_path / "d/segment_history.npy")
    assert times[1] - times[0] == pytest.approx(dt, abs=1e-6) and values[0, 0] == pytest.approx(v)
    (step,) = [step for step in json.loads((tmp_path / "r.json").read_text())["start"] if step["step"] == "Initialise"]
    for part in said:
        assert part in step["detail"]


def test_reset_starts_as_the_run_started(tmp_path):
    from neuron import h

    from compneurovis import NeuronSession

    class Cell(NeuronSession):
        def build_sections(self):
            self.soma = h.Section(name="soma")
            return [self.soma]

        def setup_model(self, sections):
            h.dt = 0.05

    before = h.dt
    try:
        session = Cell()
        session.initialize()
        assert session.dt == 0.05 and h.dt == 0.05
        session.dt = 0.0125
        assert h.dt == 0.0125
    finally:
        session.shutdown()
        h.dt = before
