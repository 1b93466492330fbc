"""The files of a plot in a dump: the table holds the samples themselves,
the pictures are SVG and PDF of the same plot."""

import re
import struct
import subprocess
import sys
import textwrap
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from hosts import run_script

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


def dumped(folder, script, *options):
    """What a run without a window leaves in its dump."""
    (folder / "waves.py").write_text(textwrap.dedent(script))
    command = [sys.executable, "-m", "compneurovis", "run", "--headless", "--speed", "max", "--wall", "3"]
    command += ["--dump", str(folder / "dump"), *options, str(folder / "waves.py")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return folder / "dump"


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    return dumped(tmp_path_factory.mktemp("plots"), SCRIPT)


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


SURFACE = """
import numpy as np
from compneurovis import (AppSpec, Field, LayoutSpec, LinePlotViewSpec, PanelSpec, Scene, SurfaceViewSpec, run_app)

t = np.linspace(0, 10, 200)
hill = np.exp(-np.linspace(-2, 2, 40)[:, None] ** 2 - np.linspace(-2, 2, 30)[None, :] ** 2)
run_app(AppSpec(title="Hill", scene=Scene(
    fields={
        "v": Field("v", np.sin(t)[None], ("series", "time"), {"series": ["a"], "time": t}, unit="mV"),
        "h": Field("h", hill, ("y", "x"), {"y": np.arange(40.0), "x": np.arange(30.0)}),
    },
    geometries={},
    views={
        "p": LinePlotViewSpec("p", field_id="v", x_dim="time", series_dim="series", x_label="t", x_unit="ms"),
        "s": SurfaceViewSpec("s", field_id="h"),
    },
    layout=LayoutSpec(panels=(PanelSpec("s", kind="view_3d", view_ids=("s",)),
                              PanelSpec("p", kind="line_plot", view_ids=("p",)))),
)))
"""


def test_pictures_of_a_dump_take_the_size_of_a_figure(tmp_path):
    plots = dumped(tmp_path, SURFACE, "--figure", "85x60mm,7pt,450dpi") / "plots"
    root = ElementTree.parse(plots / "p.svg").getroot()
    assert (root.get("width"), root.get("height")) == ("85mm", "60mm")
    pt = 85 / 25.4 * 72 / float(root.get("viewBox").split()[2])
    texts = {text.text: float(text.get("font-size")) * pt for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert texts["t (ms)"] == pytest.approx(7, abs=0.01)
    page = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+) *\]", (plots / "p.pdf").read_bytes())
    assert [float(side) for side in page.groups()] == pytest.approx([85 / 25.4 * 72, 60 / 25.4 * 72], abs=1e-3)
    for name in ("p", "s"):  # a surface too
        head = (plots / f"{name}.png").read_bytes()[16:24]
        assert struct.unpack(">II", head) == (round(85 / 25.4 * 450), round(60 / 25.4 * 450))


def test_a_figure_that_cannot_be_is_refused_before_the_run(tmp_path):
    done = run_script(tmp_path, "raise SystemExit('it ran')", "--figure 5x60mm")
    assert "it ran" not in done.stderr
    assert done.returncode != 0 and "The width must be 10 to 2000 mm." in done.stderr
