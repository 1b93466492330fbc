"""Where nothing is seen, it is said why, and the exit status tells."""

import json

import pytest

from hosts import run_python

FORGOTTEN = """
from compneurovis import *
{imports}


class Mine({base}):
    def initialize(self):
        return Scene({{}}, {{}}, {{}})

    def advance(self):
        pass

    def handle(self, command):
        pass

    def build_sections(self):
        return []
{end}
"""
NEURON = "from compneurovis import NeuronSession"


def run(until="1", wall="20"):
    return ("-m", "compneurovis", "run", "--headless", "--until-ms", until, "--wall", wall, "--report", "r.json")


@pytest.mark.parametrize(
    ("imports", "base", "end", "advice"),
    [
        ("", "BufferedSession", "", "run_app(AppSpec(session=Mine))"),
        (NEURON, "NeuronSession", "", "run_app(build_neuron_app(Mine))"),
        ("", "BufferedSession", "app = AppSpec(session=Mine)", "run_app(app)"),
    ],
)
@pytest.mark.parametrize("before", [run(), ()])
def test_a_script_that_forgets_run_app_is_told_what_to_add(tmp_path, imports, base, end, advice, before):
    done = run_python(tmp_path, FORGOTTEN.format(imports=imports, base=base, end=end), *before)
    assert f"nothing was shown. End it with {advice}" in done.stderr
    assert done.returncode == (1 if before else 0)


def test_following_that_advice_shows_something(tmp_path):
    script = FORGOTTEN.format(imports="", base="BufferedSession", end="run_app(AppSpec(session=Mine))")
    done = run_python(tmp_path, script, *run(wall="0.5"))
    assert done.returncode == 0 and "nothing was shown" not in done.stderr


@pytest.mark.parametrize(
    "end",
    [
        "import sys\nif '--plain' in sys.argv:\n    sys.exit()\nrun_app(AppSpec(session=Mine))",
        "raise RuntimeError('no')",
        "Mine().initialize()",
    ],
)
def test_a_script_that_did_something_else_on_purpose_is_left_alone(tmp_path, end):
    done = run_python(tmp_path, FORGOTTEN.format(imports="", base="BufferedSession", end=end), after=("--plain",))
    assert "nothing was shown" not in done.stderr


def test_a_network_of_artificial_cells_runs(tmp_path):
    pytest.importorskip("neuron")
    script = """
from neuron import h
from compneurovis import NeuronSession, build_neuron_app, run_app


class Artificial(NeuronSession):
    def build_sections(self):
        self.stim, self.cell = h.NetStim(), h.IntFire1()
        self.stim.start, self.stim.interval, self.stim.number, self.stim.noise = 1, 1, 10, 0
        self.connection = h.NetCon(self.stim, self.cell)
        self.connection.weight[0] = 2
        self.spikes = h.Vector()
        self.watch = h.NetCon(self.cell, None)
        self.watch.record(self.spikes)
        return []

    def shutdown(self):
        print("SPIKES", self.spikes.to_python())


run_app(build_neuron_app(Artificial))
"""
    done = run_python(tmp_path, script, *run(until="20"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("SPIKES [2.0, ")


def test_nothing_to_simulate_is_an_error_that_says_so(tmp_path):
    pytest.importorskip("neuron")
    script = (
        "from compneurovis import NeuronSession, build_neuron_app, run_app\n"
        "class Empty(NeuronSession):\n"
        "    def build_sections(self):\n"
        "        return []\n"
        "run_app(build_neuron_app(Empty))\n"
    )
    done = run_python(tmp_path, script, *run())
    assert "nothing to simulate" in done.stderr and done.returncode == 1


def test_sections_made_while_the_model_runs_are_named_once():
    h = pytest.importorskip("neuron").h
    from hosts import host
    from neuron_cell import Cell

    class Growing(Cell):
        batches = 0

        def advance(self):
            self.batches += 1
            if self.batches == 2:
                self.sprouts = [h.Section(name=f"sprout{i}") for i in range(4)]
            super().advance()

    made = host(Growing)
    made.tick(8)
    lines = [line for line in made.lines if "made while the model ran" in line]
    assert len(set(lines)) == 1
    assert "4 sections were" in lines[0] and "sprout0, sprout1, sprout2, …" in lines[0] and made.failures == []


def test_a_recording_without_frames_says_so_and_ends(tmp_path):
    script = """
import numpy as np
from compneurovis import *
field = Field("p", np.zeros(3), ("x",), {"x": np.arange(3.0)})
scene = Scene({"p": field}, {}, {"p": LinePlotViewSpec("p", "p", "p", x_dim="x")})
run_app(build_replay_app(scene=scene, field_id="p", frames=[]))
"""
    done = run_python(tmp_path, script, *run(wall="2"))
    report = json.loads((tmp_path / "r.json").read_text())
    assert any("no frames" in text for text in report["status_messages"]) and done.returncode == 0, done.stderr
