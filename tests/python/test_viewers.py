"""Several viewers of one session, as separate processes."""

import subprocess
import sys

import numpy as np

SCRIPT = """
import numpy as np
import compneurovis as cnv
from compneurovis.session import BufferedSession

class Wave(BufferedSession):
    def initialize(self):
        self.t = 0.0
        wave = cnv.Field("wave", np.zeros((1, 1)), ("series", "time"), {"series": ["a"], "time": [0.0]})
        return cnv.Scene({"wave": wave}, {}, {"p": cnv.LinePlotViewSpec("p", field_id="wave", series_dim="series")})
    def model_time(self):
        return self.t
    def advance(self):
        self.t += 1
        self.emit(cnv.FieldAppend("wave", "time", [[np.sin(self.t)]], [self.t]))
    def handle(self, command):
        pass

cnv.run_app(cnv.AppSpec(session=Wave))
"""


def test_each_viewer_ends_with_everything(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    files = ["--report", tmp_path / "r.json", "--dump", tmp_path / "dump", "--screenshot", tmp_path / "s.png"]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "compneurovis",
            "run",
            "--headless",
            "--viewers",
            "2",
            "--until-ms",
            "200",
            *map(str, files),
            str(tmp_path / "script.py"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    for name in ("dump", "dump-2"):
        assert np.load(tmp_path / name / "wave.time.npy").tolist() == list(range(201))
        assert np.allclose(np.load(tmp_path / name / "wave.npy")[0], np.sin(np.arange(201)))
    assert (tmp_path / "s.png").stat().st_size > 1000 and (tmp_path / "s-2.png").stat().st_size > 1000
    assert (tmp_path / "r-2.json").exists()
