"""A time that starts again: what was drawn before stays, in the plot and in its file, as a sweep of its own."""

import csv
import json

import numpy as np
import pytest

from hosts import run_script

SCRIPT = """
import numpy as np
from compneurovis import *

TIMES = {times}


class Sweeps(BufferedSession):
    k = 0

    def initialize(self):
        return Scene({{"p": Field("p", [-1.0], ("time",), {{"time": [{start}]}})}}, {{}}, {{"p": {view}}})

    def advance(self):
        if self.k < len(TIMES):
            self.emit(FieldAppend("p", "time", [float(self.k)], [TIMES[self.k]]))
        self.k += 1

    def handle(self, command):
        pass


run_app(AppSpec(session=Sweeps))
"""
LINES = 'LinePlotViewSpec("p", "Sweeps", "p", x_dim="time", x_label="t", x_unit="ms")'


def run(tmp_path, times, view=LINES):
    script = SCRIPT.format(times=list(times)[1:], start=next(iter(times)), view=view)
    done = run_script(tmp_path, script, "--speed max --wall 1.5 --report r.json --dump d --screenshot s.png")
    assert done.returncode == 0, done.stderr
    with open(tmp_path / "d/plots/p.csv", newline="") as file:
        rows = list(csv.reader(file))
    return rows, json.loads((tmp_path / "r.json").read_text())


@pytest.mark.parametrize(
    "sweeps",
    [
        [np.arange(50.0)] * 4,
        [np.arange(5.0), np.arange(3.0, 9.0), np.arange(-4.0, 0.0)],
        [np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0])],
        [1e6 + np.arange(0, 1, 0.025)] * 2,
    ],
)
def test_every_sample_is_in_the_file_with_the_number_of_its_sweep(tmp_path, sweeps):
    rows, report = run(tmp_path, np.concatenate(sweeps).tolist())
    assert rows[0][0] == "t (ms)" and rows[0][-1] == "sweep"
    numbers = [i + 1 for i, sweep in enumerate(sweeps) for _ in sweep]
    np.testing.assert_array_equal([float(row[0]) for row in rows[1:]], np.concatenate(sweeps))
    assert [int(row[-1]) for row in rows[1:]] == numbers
    assert [float(row[1]) for row in rows[1:]] == [float(k - 1) for k in range(len(numbers))]
    assert report["warnings"] == []


def test_one_sweep_has_no_column_for_its_number(tmp_path):
    rows, _ = run(tmp_path, np.arange(20.0).tolist())
    assert len(rows) == 21 and len(rows[0]) == 2


def test_the_picture_shows_sweeps_apart(tmp_path):
    from PIL import Image

    times = [0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0]
    _rows, report = run(tmp_path, times)
    x, y, width, height = (int(k) for k in report["views"]["p"]["plot"])
    shown = np.asarray(Image.open(tmp_path / "s.png").convert("RGB")).astype(int)
    shown = shown[y + 3 : y + height - 3, x + 3 : x + width - 3]
    coloured = shown[..., 2] - shown[..., 0] > 25
    # Two lines that rise from left to right, and none that leads from the end of one to the start of the other.
    middle = coloured[:, coloured.shape[1] // 2]
    runs = np.flatnonzero(np.diff(np.concatenate([[0], middle.astype(int), [0]])) == 1)
    assert len(runs) == 2


def test_a_heat_map_says_that_it_shows_the_newest_sweep(tmp_path):
    script = """
import numpy as np
from compneurovis import *
time = np.concatenate([np.arange(10.0), np.arange(10.0)])
field = Field("m", np.zeros((3, 20)), ("row", "time"), {"row": ["a", "b", "c"], "time": time})
run_app(AppSpec(scene=Scene({"m": field}, {}, {"m": HeatMapViewSpec("m", "m", "m")})))
"""
    done = run_script(tmp_path, script, "--report r.json --until-ms 0")
    assert done.returncode == 0, done.stderr
    (text,) = json.loads((tmp_path / "r.json").read_text())["warnings"]
    assert "newest of 2 sweeps" in text
