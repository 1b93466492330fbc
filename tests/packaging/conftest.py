"""What the packaging tests share: runs as a user's, away from this tree, with nothing that names it."""

import json
import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build/package"  # kept between runs: what is built again is little
SITE_PACKAGES = next(path for path in sys.path if path.endswith("site-packages"))


def users_environment(**more):
    """The environment without what ./run sets."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    kept = {k: v for k, v in os.environ.items() if k not in ours and not k.startswith(("COMPNEUROVIS_", "CNV_"))}
    kept["PATH"] = os.pathsep.join(p for p in kept["PATH"].split(os.pathsep) if not p.startswith(str(ROOT)))
    return {**kept, "NEURON_MODULE_OPTIONS": "-nogui", **more}


def command(*words, folder, timeout=900, environment=None):
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=environment or users_environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done


class HeadlessRun:
    """An app's report and fields after 20 ms of model time; `words` start it."""

    def __init__(self, *words, script=(), folder, environment=None):
        options = [
            "--headless",
            "--speed",
            "max",
            "--until-ms",
            "20",
            "--wall",
            "60",
            "--report",
            "r.json",
            "--dump",
            "dump",
            "--screenshot",
            "s.png",
        ]
        self.stderr = command(*words, *options, *script, folder=folder, timeout=120, environment=environment).stderr
        self.report = json.loads((folder / "r.json").read_text())
        self.fields = {path.stem: np.load(path) for path in (folder / "dump").glob("*.npy")}
        self.picture_bytes = (folder / "s.png").stat().st_size


@pytest.fixture(scope="session")
def environment():
    """Path of a virtual environment that is made anew;
    it sees the packages of the project's own, so nothing is fetched."""
    folder = WORK / "venv"
    command(sys.executable, "-m", "venv", "--without-pip", "--clear", folder, folder="/")
    site = next((folder / "lib").glob("python*/site-packages"))
    (site / "simulators.pth").write_text(SITE_PACKAGES + "\n")
    return folder
