"""Reset in every live example: the fields are back where they started, whatever was done before,
and the next run is the first one again."""

import pathlib
import subprocess
import sys

import pytest

from example_reset import check_reset

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "examples/python"
STILL = {"surface/cross_section.py", "surface/static.py"}  # no session
SCRIPTS = sorted(name for path in FOLDER.glob("*/*.py") if (name := str(path.relative_to(FOLDER))) not in STILL)
TICKS = {
    "custom/error_on_purpose.py": 15,
    "neuron/complex_cell.py": 8,
    "neuron/many_cells.py": 16,
}  # before the error; large models


@pytest.mark.parametrize("script", SCRIPTS)
def test_reset_starts_an_example_again(script, request, tmp_path):
    path, ticks = str(FOLDER / script), TICKS.get(script, 36)
    simulator = script.split("/")[0]
    if simulator in ("neuron", "jaxley"):
        pytest.importorskip(simulator)
    if simulator != "neuron":
        check_reset(path, ticks)
        return
    # NEURON has one model per process, and knows the mechanisms of the folder where it starts.
    folder = request.getfixturevalue("mechanisms") if script == "neuron/cascade.py" else tmp_path
    done = subprocess.run(
        [sys.executable, str(pathlib.Path(__file__).with_name("example_reset.py")), path, str(ticks)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr[-3000:]
