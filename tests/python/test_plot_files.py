"""The files of a plot in a dump: the table holds the samples themselves,
the pictures are SVG and PDF of the same plot."""

import subprocess
import sys
import textwrap
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

SCRIPT = """
import numpy as np
from compneurovis import AppSpec, BufferedSession, Field, FieldAppend, LinePlotViewSpec, Scene, run_app

LABELS = ["soma(0.5)", "dend[3](0.1), tip"]

def samples(first, count):
    t = (first + np.arange(count)) * 0.025
    v = np.stack([-65 + 40 * np.sin(t), np.cos(t) * 1e-3]).astype(np.float32)
    v[1, t < 1.0] = np.nan
    return t, v

class Waves(BufferedSession):
    def initialize(self):
        self.n = 100
        t, v = samples(0, 100)
        field = Field("v", v, ("segment", "time"), {"segment": np.array(LABELS), "time": t}, unit="mV")
        view = dict(field_id="v", x_dim="time", series_dim="segment", x_label="t", x_unit="ms", y_label="v")
        return Scene(fields={"v": field}, geometries={}, views={
            "all": LinePlotViewSpec("all", **view),
            "last": LinePlotViewSpec("last", rolling_window=2.0, trim_to_rolling_window=True, **view),
        })

    def advance(self):
        if self.n < 500:
            t, v = samples(self.n, 10)
            self.n += 10
            self.emit(FieldAppend("v", "time", v, t))

    def current_time(self):
        return self.n * 0.025

    def handle(self, command):
        pass

run_app(AppSpec(session=Waves, title="Waves"))
"""


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plots")
    (folder / "waves.py").write_text(textwrap.dedent(SCRIPT))
    command = [
        sys.executable,
        "-m",
        "compneurovis",
        "run",
        "--headless",
        "--speed",
        "max",
        "--wall",
        "3",
        "--dump",
        str(folder / "dump"),
        str(folder / "waves.py"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return folder / "dump"


def test_the_table_holds_the_samples_of_the_field(dump):
    x, values = np.load(dump / "v.time.npy"), np.load(dump / "v.npy")
    table = np.loadtxt(dump / "plots/all.csv", delimiter=",", skiprows=1)
    assert table.shape == (500, 3) and values.shape == (2, 500)
    np.testing.assert_array_equal(table[:, 0], x)
    np.testing.assert_array_equal(table[:, 1:].astype(np.float32), values.T)
    assert np.isnan(table[:40, 2]).all() and not np.isnan(table[40:]).any()


def test_the_table_names_traces_and_units(dump):
    header = (dump / "plots/all.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == 't (ms),soma(0.5) (mV),"dend[3](0.1), tip (mV)"'


def test_a_rolling_window_is_what_the_table_of_its_plot_shows(dump):
    x = np.load(dump / "v.time.npy")
    table = np.loadtxt(dump / "plots/last.csv", delimiter=",", skiprows=1)
    np.testing.assert_array_equal(table[:, 0], x[x >= x[-1] - 2.0])


def test_the_pictures_are_svg_with_a_group_per_trace_and_pdf(dump):
    root = ElementTree.parse(dump / "plots/all.svg").getroot()
    space = {"svg": "http://www.w3.org/2000/svg"}
    traces = root.findall("./svg:g[@id='traces']/svg:g", space)
    assert [trace.find("svg:title", space).text for trace in traces] == ["soma(0.5)", "dend[3](0.1), tip"]
    points = np.array(traces[0].find("svg:path", space).get("d")[1:].split(), float).reshape(-1, 2)
    v = np.load(dump / "v.npy")[0]
    assert len(points) == 500 and points[np.argmax(v), 1] == points[:, 1].min()
    assert {"t (ms)", "v"} <= {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert (dump / "plots/all.pdf").read_bytes().startswith(b"%PDF-")
