"""A script may choose any locale: what is written, read, and said to NEURON stays as it is in C."""

import subprocess

import numpy as np
import pytest

from hosts import run_script

SCRIPT = """
import locale, os
locale.setlocale(locale.LC_ALL, os.environ["LC_ALL"])
from neuron import h
from compneurovis import NeuronSession, build_neuron_app, run_app
from compneurovis.backends.neuron.utils import export_section_json, import_section_json


class Cell(NeuronSession):
    def __init__(self):
        super().__init__(dt=0.025, display_dt=0.25)

    def build_sections(self):
        self.soma, self.dend = h.Section(name="soma"), h.Section(name="dend")
        self.soma.L = self.soma.diam = 20
        self.dend.L, self.dend.diam, self.dend.nseg = 300, 1.25, 5
        self.dend.connect(self.soma(1))
        return [self.soma, self.dend]

    def setup_model(self, sections):
        for section in sections:
            section.insert("hh")
        for section in sections:
            section.insert("extracellular")
        self.clamp = h.IClamp(self.soma(0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 0.5, 2, 1.5
        file = "cell.json"
        export_section_json(file, sections)
        again, _ = import_section_json(file)
        print("READ", [[round(s(x).diam, 6) for x in (0.1, 0.5, 0.9)] for s in again.values()])


run_app(build_neuron_app(Cell))
"""


def locale_of(name, folder):
    subprocess.run(["localedef", "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8"], check=True)
    return {"LOCPATH": str(folder), "LC_ALL": f"{name}.UTF-8"}


def run(folder, environment):
    done = run_script(folder, SCRIPT, "--speed max --until-ms 2.5 --wall 60.5 --dump d", environment)
    assert done.returncode == 0, done.stderr
    files = {p.name: p.read_bytes() for p in sorted((folder / "d").rglob("*")) if p.is_file() and p.suffix != ".pdf"}
    return done.stdout, files


@pytest.mark.parametrize("name", ["de_DE", "tr_TR", "fr_FR"])
def test_a_run_is_the_same_in_every_locale(tmp_path, name):
    (tmp_path / "c").mkdir()
    (tmp_path / "l").mkdir()
    environment = locale_of(name, tmp_path)
    said, files = run(tmp_path / "c", {"LC_ALL": "C.UTF-8"})
    said_there, files_there = run(tmp_path / "l", environment)
    assert said == said_there
    assert "READ [[20.0, 20.0, 20.0], [1.25, 1.25, 1.25]]" in said
    assert (tmp_path / "c/cell.json").read_bytes() == (tmp_path / "l/cell.json").read_bytes()
    assert files.keys() == files_there.keys() >= {"scene.json", "trace.csv", "trace.svg", "segment_history.npy"}
    for file, content in files.items():
        assert content == files_there[file], file
    ids = np.load(tmp_path / "l/d/segment_display.segment.npy")
    assert ids[0] == "soma@0.50000" and all("," not in one for one in ids)
