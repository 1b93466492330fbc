"""A value that is not a number: the message names the cause, the place and the time at which it began."""

import math
import re
import subprocess

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

from compneurovis import HistoryCaptureMode, NeuronSession
from hosts import host, run_script


@pytest.fixture(autouse=True)
def temperature():
    """NEURON has one for all models."""
    before = h.celsius
    yield
    h.celsius = before


class Cell(NeuronSession):
    """A soma and a dendrite of five compartments; `change` is called before the batch number `at`."""

    at = 0

    def __init__(self, **options):
        super().__init__(**{"dt": 0.025, "display_dt": 0.5, "max_samples": 5000, **options})
        self.batches = 0

    def build_sections(self):
        self.soma, self.dend = h.Section(name="soma"), h.Section(name="dend")
        self.soma.L = self.soma.diam = 20
        self.dend.L, self.dend.diam, self.dend.nseg = 300, 2, 5
        self.dend.connect(self.soma(1))
        return [self.soma, self.dend]

    def setup_model(self, sections):
        for section in sections:
            section.insert("hh")
        self.clamp = h.IClamp(self.soma(0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 0, 1, 0.1
        if self.at == 0:
            self.change()

    def advance(self):
        self.batches += 1
        if self.batches == self.at:
            self.change()
        super().advance()

    def change(self):
        pass


def warning(change, at=0, **options):
    made = host(
        type("Changed", (Cell,), {"change": change, "at": at, "__init__": lambda self: Cell.__init__(self, **options)})
    )
    made.tick(12)
    (line,) = {line for line in made.lines if "is not a number" in line}
    return line


def zero_points(cell):
    for x in (0, 100, 200):
        cell.dend.pt3dadd(x, 0, 0, 0)


def no_length(cell):
    for section in (cell.soma, cell.dend):
        for _ in range(2):
            section.pt3dadd(5, 5, 5, 1)


def bad_diameter(cell):
    cell.dend(0.3).diam = math.nan


def bad_conductance(cell):
    cell.dend(0.7).hh.gnabar = math.nan


def bad_clamp(cell):
    cell.clamp.dur, cell.clamp.amp = 1e9, math.inf


def bad_array(cell):
    cell.dend.insert("extracellular")
    cell.dend(0.1).xg[1] = math.nan


def bad_temperature(cell):
    h.celsius = math.nan


def bad_reversal(cell):
    cell.soma.ena = math.nan


def bad_weight(cell):
    cell.synapse, cell.source = h.ExpSyn(cell.dend(0.5)), h.NetStim()
    cell.source.start, cell.source.number = 0.2, 1
    cell.good, cell.bad = h.NetCon(None, cell.synapse), h.NetCon(cell.source, cell.synapse)
    cell.good.weight[0], cell.bad.weight[0], cell.bad.delay = 0.1, math.nan, 0


def without_hh(cell):
    cell.dend.uninsert("hh")


@pytest.mark.parametrize(
    ("change", "named", "at"),
    [
        (zero_points, ["dend(0.1)", "diameter of 0 µm"], 0),
        (zero_points, ["dend(0.1)", "diameter of 0 µm"], 3),
        (no_length, ["soma has a length of", "µm"], 0),
        (bad_diameter, ["dend(0.3)", "diameter of nan"], 0),
        (bad_diameter, ["dend(0.3)", "diameter of nan"], 3),
        (bad_conductance, ["gnabar_hh of dend(0.7) is nan"], 0),
        (bad_conductance, ["gnabar_hh of dend(0.7) is nan"], 3),
        (bad_clamp, ["amp of IClamp on soma(0.5) is inf"], 0),
        (bad_clamp, ["amp of IClamp on soma(0.5) is inf"], 3),
        (bad_array, ["xg[1] of dend(0.1) is nan"], 0),
        (bad_temperature, ["celsius is nan"], 0),
        (bad_reversal, ["ena of soma(0.5) is nan"], 0),
        (bad_weight, ["NetCon with the number 1", "is not a number"], 0),
    ],
)
def test_the_cause_is_named_with_section_and_place(change, named, at):
    text = warning(change, at)
    for part in named:
        assert part in text
    assert "smaller dt" not in text


def test_a_variable_that_is_switched_off_says_how_to_switch_it_on():
    assert "use_fast_imem(True)" in warning(lambda cell: None, variable="i_membrane_")


def test_following_that_advice_gives_values():
    def switch_on(cell):
        cell.solver = h.CVode()
        cell.solver.use_fast_imem(True)

    made = host(
        type(
            "Imem",
            (Cell,),
            {"change": switch_on, "__init__": lambda self: Cell.__init__(self, variable="i_membrane_")},
        )
    )
    made.tick(6)
    h.CVode().use_fast_imem(False)
    assert not [line for line in made.lines if "is not a number" in line]
    assert np.all(np.isfinite(made.viewer().fields["segment_display"].values))


def test_a_mechanism_that_was_removed_is_named():
    text = warning(without_hh, at=3, variable="m_hh")
    assert "section 'dend'" in text and "'m_hh'" in text


def test_a_deleted_section_is_named():
    def delete(cell):
        h.delete_section(sec=cell.dend)

    text = warning(delete, at=3)
    assert "section 'dend'" in text and "deleted" in text


@pytest.mark.parametrize("mode", [HistoryCaptureMode.FULL, HistoryCaptureMode.ON_DEMAND])
def test_the_time_is_that_of_the_first_sample_without_a_number(mode):
    text = warning(bad_conductance, at=4, history_capture_mode=mode)
    assert float(re.search(r"from t = ([0-9.]+) ms", text).group(1)) == pytest.approx(1.525)


def test_a_growing_oscillation_keeps_the_advice_about_dt():
    def stiff(cell):
        cell.soma.cm = 1e-12
        cell.clamp.dur, cell.clamp.amp = 1e9, 1e200

    made = host(type("Stiff", (Cell,), {"change": stiff}))
    made.tick(20)
    lines = [line for line in made.lines if "is not a number" in line]
    assert not lines or "smaller dt" in lines[0]


def test_an_unset_pointer_is_named_before_the_model_can_end_the_process(tmp_path):
    (tmp_path / "gap.mod").write_text(
        "NEURON { POINT_PROCESS PtrGap\nPOINTER vpre\nRANGE g, i\nNONSPECIFIC_CURRENT i }\n"
        "PARAMETER { g = 0.001 }\nASSIGNED { v (mV) vpre (mV) i (nA) }\nBREAKPOINT { i = g*(v - vpre) }\n"
    )
    import shutil

    nrnivmodl = shutil.which("nrnivmodl")
    if not nrnivmodl:
        pytest.skip("NEURON's nrnivmodl is not installed")
    subprocess.run([nrnivmodl, "."], cwd=tmp_path, check=True, capture_output=True, timeout=300)
    script = (
        "from neuron import h\n"
        "from compneurovis import NeuronSession, build_neuron_app, run_app\n"
        "class Cell(NeuronSession):\n"
        "    def build_sections(self):\n"
        "        self.soma = h.Section(name='soma')\n"
        "        return [self.soma]\n"
        "    def setup_model(self, sections):\n"
        "        self.gap = h.PtrGap(self.soma(0.5))\n"
        "run_app(build_neuron_app(Cell))\n"
    )
    done = run_script(tmp_path, script, "--until-ms 1 --wall 60")
    assert done.returncode != 0
    assert "a POINTER is not set (PtrGap on soma(0.5): vpre)" in done.stderr
