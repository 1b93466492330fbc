"""Surfaces in whole windowless programs: the examples against independent solutions, heights that change each frame,
and what cannot be drawn."""

import csv
import importlib.util
import pathlib
import subprocess

import numpy as np
import pytest

import compneurovis
from test_whole_program import ROOT, Run

EXAMPLES = ROOT / "examples/python/surface"


def module_of(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pulse_on_the_cable_solves_the_cable_equation(tmp_path):
    run = Run(tmp_path, EXAMPLES / "static.py", wall=2.0)
    assert run.status == 0, run.stderr
    surface = run.report["views"]["surface"]
    assert surface["size"] == [121, 79] and surface["draw_calls"] == 1 and surface["message"] == ""
    v, x, t = (run.field(name).astype(float) for name in ("v", "v.x", "v.t"))
    # Crank–Nicolson from the row at t = 2 ms on: tau dv/dt = lambda² d²v/dx² - v.
    start, step, substeps = int(np.argmin(abs(t - 2.0))), t[1] - t[0], 40
    n, dx, dt = 4 * (len(x) - 1) + 1, (x[1] - x[0]) / 4, step / substeps
    fine = np.linspace(x[0], x[-1], n)
    laplace = (np.diag(np.full(n, -2.0)) + np.diag(np.ones(n - 1), 1) + np.diag(np.ones(n - 1), -1)) / dx**2
    right = (500.0**2 * laplace - np.eye(n)) / 10.0
    advance = np.linalg.solve(np.eye(n) - 0.5 * dt * right, np.eye(n) + 0.5 * dt * right)
    advance = np.linalg.matrix_power(advance, substeps)
    cable = module_of("static").cable(fine, t[start : start + 1])[0]
    for row in range(start, start + 20):
        inner = slice(20, -20)  # away from the ends, which an infinite cable does not have
        np.testing.assert_allclose(cable[::4][inner], v[row][inner], rtol=0, atol=0.02)
        cable = advance @ cable


def test_the_cut_and_its_plot_show_the_rate_of_a_simulated_neuron(tmp_path):
    run = Run(tmp_path, EXAMPLES / "cross_section.py", wall=2.0)
    assert run.status == 0, run.stderr
    rate, current, tau = (run.field(name).astype(float) for name in ("rate", "rate.I", "rate.tau"))
    for row in (0, 24, 59):
        for column in (60, 61, 100, 160):
            assert simulated_rate(current[column], tau[row]) == pytest.approx(rate[row, column], rel=2e-3, abs=0.2)
    (cut,) = run.report["views"]["surface"]["slices"]
    assert cut["operator"] == "cut" and cut["index"] == round(0.4 * 59)
    rows = list(csv.reader((tmp_path / "dump" / "plots" / "curve.csv").open(encoding="utf-8")))
    shown = np.array([row for row in rows if row and row[0][0] in "-0123456789"], dtype=float)
    np.testing.assert_allclose(shown[:, 0], current, rtol=1e-6)
    np.testing.assert_allclose(shown[:, 1], rate[24], rtol=1e-5, atol=1e-6)


def simulated_rate(current, tau, dt=0.002, spikes=12):
    """Hz: spikes counted one by one, refractory time included."""
    target, v, time, times = 10.0 * current, 0.0, 0.0, []
    if target <= 15.0:
        return 0.0
    decay = np.exp(-dt / tau)
    while len(times) < spikes and time < 3000:
        v = target + (v - target) * decay
        time += dt
        if v >= 15.0:
            times.append(time)
            v, time = 0.0, time + 2.0
    return 1e3 * (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0


ANIMATED = """
import numpy as np
from compneurovis import AppSpec, FieldReplace, StatePatch, SurfaceViewSpec, run_app
from compneurovis.builders import build_surface_app, grid_field
from compneurovis.session import BufferedSession

x, y = np.cumsum(np.linspace(0.1, 0.5, 70)), np.linspace(-3, 3, 50)
xx, yy = np.meshgrid(x, y)

class Wave(BufferedSession):
    frame = 0

    def values(self):
        v = np.sin(xx + 0.1 * self.frame) * np.cos(yy)
        v[20, 30] = np.nan
        return v.astype(np.float32)

    def initialize(self):
        field, grid = grid_field(field_id="h", values=self.values(), x_coords=x, y_coords=y)
        view = SurfaceViewSpec("s", "Wave", field_id="h", geometry_id=grid.id, color_map="mpl:viridis",
                               color_limits=(-1.0, 1.0), render_axes=True)
        return build_surface_app(field=field, geometry=grid, surface_view=view).scene

    def advance(self):
        self.frame += 1
        self.emit(FieldReplace("h", self.values()))

    def handle(self, command):
        pass

run_app(AppSpec(session=Wave))
"""


def test_new_heights_each_frame_upload_the_heights_only(tmp_path):
    run = Run(tmp_path, ANIMATED, wall=8.0)
    assert run.status == 0, run.stderr
    assert run.report["errors"] == [] and run.report["problem_counts"] == {}
    surface = run.report["views"]["s"]
    assert surface["paints"] > 3
    assert surface["uploaded_bytes"] == 4 * 70 * 50
    assert surface["triangles"] == 2 * 69 * 49 - 4, "each of the four cells at the hole keeps one of its two triangles"
    assert surface["color_limits"] == [-1.0, 1.0]
    assert np.isnan(run.field("h")).sum() == 1


def test_a_grid_of_one_row_is_refused_in_words(tmp_path):
    script = """
    import numpy as np
    from compneurovis import run_app
    from compneurovis.builders import build_surface_app, grid_field

    field, grid = grid_field(field_id="row", values=np.zeros((1, 40)), x_coords=np.arange(40), y_coords=[0.0])
    run_app(build_surface_app(field=field, geometry=grid))
    """
    run = Run(tmp_path, script, wall=1.0)
    assert run.report["problem_counts"] == {"surface surface": 1}
    assert run.report["views"]["surface"]["message"] == "Field 'row' is 40 × 1; a surface needs at least 2 × 2 samples."
    assert "2 × 2" in run.stderr


def test_an_unknown_colour_map_is_a_warning_and_the_surface_is_drawn(tmp_path):
    run = Run(tmp_path, ANIMATED.replace("mpl:viridis", "mpl:no_such_map"), wall=1.0)
    assert run.status == 0, run.stderr
    assert run.report["problem_counts"] == {"color map mpl:no_such_map": 1}
    assert run.report["views"]["s"]["triangles"] > 0
    assert "mpl:RdBu_r" in run.stderr, "what such a name looks like"


def test_the_same_surface_in_cpp_has_the_same_values(tmp_path):
    name = pathlib.Path(compneurovis.__file__).parents[2] / "bin" / "cross_section"
    if not name.exists():
        pytest.skip("the C++ examples are not built beside this package")
    subprocess.run([name, "--headless", "--wall", "1", "--dump", tmp_path / "cpp"], check=True, timeout=60)
    module = module_of("cross_section")
    np.testing.assert_allclose(
        np.load(tmp_path / "cpp" / "rate.npy"), module.rate(module.CURRENT, module.TAU[:, None]), rtol=1e-5
    )
