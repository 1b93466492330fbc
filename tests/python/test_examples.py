"""Every example in examples/python, run windowless;
where there is an independent solution, its dump is compared with it."""

import json
import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples/python"
SCRIPTS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*.py"))
# Those that need more than the simulator have tests of their own.
APART = {"neuron/cascade.py", "custom/error_on_purpose.py"}
UNTIL = {
    "neuron/activity_map.py": 60.0,
    "custom/fitzhugh_nagumo.py": 100.0,
    "custom/lif.py": 100.0,
    "neuron/complex_cell.py": 20.0,
    "neuron/network.py": 60.0,
    "neuron/many_cells.py": 30.0,
}


class Run:
    """A Python script of the folder, or a program by its whole path."""

    def __init__(self, folder, script, until=10.0, wall=None, cwd=ROOT):
        self.folder, self.script = folder, script
        python = str(script).endswith(".py")
        command = [sys.executable, "-m", "compneurovis", "run"] if python else [str(script)]
        command += [
            "--headless",
            "--speed",
            "max",
            "--until-ms",
            str(until),
            f"--wall={wall or 30}",
            "--theme",
            "dark",
            "--report",
            str(folder / "r.json"),
            "--dump",
            str(folder / "dump"),
            "--screenshot",
            str(folder / "s.png"),
        ]
        command += [str(FOLDER / script)] if python else []
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=120,
            cwd=cwd,
            env=os.environ | {"NEURON_MODULE_OPTIONS": "-nogui"},
        )
        self.status, self.stderr = done.returncode, done.stderr
        self.report = json.loads((folder / "r.json").read_text()) if (folder / "r.json").exists() else None

    def field(self, name):
        return np.load(self.folder / "dump" / f"{name}.npy")


# ---- what each must show ---------------------------------------------------------------------------------------------


def fitzhugh_nagumo(run):
    from scipy.integrate import solve_ivp

    t, states = run.field("states.time"), run.field("states")
    exact = solve_ivp(
        lambda _, y: [y[0] - y[0] ** 3 / 3 - y[1] + 0.5, 0.08 * (y[0] + 0.7 - 0.8 * y[1])],
        (0, t[-1]),
        [-1.2, -0.625],
        t_eval=t,
        rtol=1e-10,
        atol=1e-12,
    ).y
    assert t[-1] >= 99 and np.ptp(states[0]) > 3, "it oscillates"
    np.testing.assert_allclose(states, exact, atol=1e-6)
    v, curves = run.field("plane.v"), run.field("plane")
    np.testing.assert_array_equal(curves[0][-2000:], states[1][-2000:])
    np.testing.assert_allclose(curves[1][:201], v[:201] - v[:201] ** 3 / 3 + 0.5)


def integrate_and_fire(run):
    t, v = run.field("v.time"), run.field("v")
    rest, threshold, reset, target, tau = -65.0, -50.0, -70.0, -65.0 + 10.0 * 1.8, 10.0
    first = tau * np.log((target - rest) / (target - threshold))
    between = tau * np.log((target - reset) / (target - threshold)) + 2.0
    spikes = t[v == 20.0]
    assert len(spikes) == 4 and 0 <= spikes[0] - first < 0.1 + 1e-9, "at the first step after the crossing"
    np.testing.assert_allclose(np.diff(spikes), between, atol=0.11)
    charging = t < spikes[0]
    np.testing.assert_allclose(v[charging], target + (rest - target) * np.exp(-t[charging] / tau), atol=1e-9)


def live_cell(run):
    assert run.report["views"]["morphology"]["visible_pieces"] > 50
    assert run.field("segment_history").max() > 0, "the first pulse makes a spike"


def hodgkin_huxley(run):
    from scipy.integrate import solve_ivp

    area = np.pi * 20e-4**2  # cm²

    def rhs(_, y):
        v, m, h, n = y
        am, bm = 0.1 * (v + 40) / (1 - np.exp(-(v + 40) / 10)), 4 * np.exp(-(v + 65) / 18)
        ah, bh = 0.07 * np.exp(-(v + 65) / 20), 1 / (np.exp(-(v + 35) / 10) + 1)
        an, bn = 0.01 * (v + 55) / (1 - np.exp(-(v + 55) / 10)), 0.125 * np.exp(-(v + 65) / 80)
        current = (
            0.1e-9 / area
            - 0.12 * m**3 * h * (v - 50) * 1e-3
            - 0.036 * n**4 * (v + 77) * 1e-3
            - 0.0003 * (v + 54.3) * 1e-3
        )  # A/cm²
        return [current / 1e-6, am * (1 - m) - bm * m, ah * (1 - h) - bh * h, an * (1 - n) - bn * n]

    t, v, gates = run.field("v.time"), run.field("v"), run.field("gates")
    exact = solve_ivp(rhs, (0, t[-1]), [-65.0, *gates[:, 0]], t_eval=t, rtol=1e-9, atol=1e-9).y
    assert exact[0].max() > 30, "it fires"
    # NEURON's steps of 25 µs are of first order: the spike comes a little late and is otherwise the same.
    assert abs(t[v.argmax()] - t[exact[0].argmax()]) < 0.1 and abs(v.max() - exact[0].max()) < 2
    np.testing.assert_allclose(gates[:, -1], exact[1:, -1], atol=0.02)
    m, h, n = gates[:, -1]
    sodium, potassium = run.field("sodium occupancy"), run.field("potassium occupancy")
    np.testing.assert_allclose(
        [sodium.sum(), potassium.sum(), sodium[3], potassium[4]], [1, 1, m**3 * h, n**4], rtol=1e-9
    )
    # The chain of states obeys its own rates: in each pair the flux is that of independent gates,
    # at the potential of now.
    last = v[-1]
    alpha, beta = 0.01 * (last + 55) / (1 - np.exp(-(last + 55) / 10)), 0.125 * np.exp(-(last + 65) / 80)
    np.testing.assert_allclose(
        run.field("potassium rates"), [4 * alpha, 3 * alpha, 2 * alpha, alpha, beta, 2 * beta, 3 * beta, 4 * beta]
    )
    opens, closes = 0.1 * (last + 40) / (1 - np.exp(-(last + 40) / 10)), 4 * np.exp(-(last + 65) / 18)
    row = [3 * opens, 2 * opens, opens, closes, 2 * closes, 3 * closes]
    frees, blocks = 0.07 * np.exp(-(last + 65) / 20), 1 / (np.exp(-(last + 35) / 10) + 1)
    np.testing.assert_allclose(
        run.field("sodium rates"),
        [*row, *row, *[frees, blocks] * 4],
        err_msg="both rows open alike; each column inactivates alike",
    )
    shown = run.report["views"]["potassium"]["states"]
    assert list(shown) == ["n₀", "n₁", "n₂", "n₃", "n₄"] and float(shown["n₄"]) == pytest.approx(potassium[4], abs=6e-4)


def bare(run):
    """Name → values of the same model, stepped as often by its simulator alone. See bare_example.py."""
    out = run.folder / "bare.npz"
    steps = len(run.field("segment_history.time")) - 1
    program = pathlib.Path(__file__).with_name("bare_example.py")
    done = subprocess.run(
        [sys.executable, str(program), str(FOLDER / run.script), str(steps), str(out)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env=os.environ | {"NEURON_MODULE_OPTIONS": "-nogui"},
    )
    assert done.returncode == 0, done.stderr
    return np.load(out)


def spikes(v):
    """How often the potential passes 0 mV upwards, along the last axis."""
    return ((v[..., 1:] > 0) & (v[..., :-1] <= 0)).sum(axis=-1)


def equals_neuron(run, display="segment_display"):
    """The trace and what was displayed last are NEURON's own numbers, rounded to single precision."""
    alone = bare(run)
    v, trace = alone["v"].astype(np.float32), run.field("segment_history")
    np.testing.assert_array_equal(trace, v[: len(trace)])
    np.testing.assert_array_equal(run.field(display), v[:, -1])
    return alone


def complex_cell(run):
    assert spikes(equals_neuron(run, "segment_compartments")["v"])[0] == 2, (
        "each pulse makes a spike: one at 1 ms, one at 16 ms"
    )


def section_inspector(run):
    alone = equals_neuron(run)
    assert run.field("segment_history").shape[0] == 30
    for id in ("gates", "currents"):
        np.testing.assert_array_equal(run.field(id).astype(np.float32), alone[id].astype(np.float32))
    assert np.ptp(alone["gates"][:, 0]) > 0.9, "it fires"
    assert [series["label"] for series in run.report["views"]["gates"]["series"]] == ["m", "h", "n"], (
        "the plots follow the selected segment"
    )


def network(run):
    assert spikes(equals_neuron(run)["v"])[0] >= 2, "the ring brings the spike back to the first cell"


def many_cells(run):
    assert run.report["views"]["morphology"]["visible_pieces"] > 25 * 20
    somata = equals_neuron(run)["v"][:: 1200 // 25]
    assert 5 < spikes(somata).sum() and len(set(spikes(somata))) > 1, "random input: the cells differ"


def equals_jaxley(run):
    """The trace and what was displayed last, within what two ways of computing the same steps in single precision may
    differ by."""
    v, trace = bare(run)["v"], run.field("segment_history")
    assert spikes(trace)[0] >= 1, "it fires"
    np.testing.assert_array_equal(spikes(trace), spikes(v[: len(trace)]))
    np.testing.assert_allclose(trace, v[: len(trace)], rtol=0, atol=0.16)
    np.testing.assert_allclose(run.field("segment_display"), v[:, -1], rtol=0, atol=0.16)


def recording(run):
    x, (now, start) = run.field("dye.x"), run.field("dye")

    def drops(t):
        """With the mirror images that closed ends at ±60 µm make."""
        variance = 16 + 0.8 * t
        images = [(image, a) for x0, a in ((-16.0, 1.0), (14.0, 0.6)) for image in (x0, 120 - x0, -120 - x0)]
        return sum(a * 4 / np.sqrt(variance) * np.exp(-((x - x0) ** 2) / (2 * variance)) for x0, a in images)

    np.testing.assert_allclose(start, drops(0), atol=1e-12)
    assert min(np.abs(now - drops(t)).max() for t in range(200)) < 2e-4, "one of the frames, by the closed form"


def phase_of(values, cosine, sine):
    """φ of values = cosine cos φ + sine sin φ; that such a φ exists is checked."""
    parts = np.stack([cosine.ravel(), sine.ravel()], axis=1)
    (c, s), *_ = np.linalg.lstsq(parts, values.ravel(), rcond=None)
    np.testing.assert_allclose(values, c * cosine + s * sine, atol=1e-5)
    assert np.hypot(c, s) == pytest.approx(1.0, abs=1e-5)
    return np.arctan2(s, c)


def animated_live(run):
    x, y, u = run.field("u.x"), run.field("u.y"), run.field("u")
    mode = np.sin(np.pi * y)[:, None] * np.sin(np.pi * x)
    k = 4 * np.pi * np.broadcast_to(x, u.shape)
    steps = phase_of(u, 0.6 * mode + 0.2 * np.sin(k), -0.2 * np.cos(k)) * 120 / (2 * np.pi)
    assert steps == pytest.approx(round(steps), abs=1e-2), "a whole number of steps of 1/60 s, 120 to a period"


def animated_replay(run):
    r = np.hypot(run.field("u.x"), run.field("u.y")[:, None])
    frame = (
        phase_of(run.field("u"), np.cos(2 * np.pi * r) * np.exp(-r / 1.5), np.sin(2 * np.pi * r) * np.exp(-r / 1.5))
        * 40
        / (2 * np.pi)
    )
    assert frame == pytest.approx(round(frame), abs=1e-2)


def activity_map(run):
    t, path, v = run.field("v.time"), run.field("v.path"), run.field("v")
    assert v.shape == (len(path), len(t)) and run.report["views"]["map"]["rows"] == len(path) == 50
    early = t < 14
    arrival = t[early][np.argmax(v[:, early] > 0, axis=1)]
    assert v[:, early].max(axis=1).min() > 0 and np.all(np.diff(arrival) >= -0.05), (
        "a spike runs from the soma to the tip"
    )
    late = (t > 52) & (t < 58)
    peaks = t[late][np.argmax(v[:, late], axis=1)]
    assert v[-3, late].max() > 0 and peaks[-3] < peaks[30], "the synapse near the tip fires it, and the spike runs back"


CHECKS = {
    "jaxley/first_cell.py": equals_jaxley,
    "jaxley/swc_cell.py": equals_jaxley,
    "jaxley/three_cells.py": equals_jaxley,
    "neuron/complex_cell.py": complex_cell,
    "custom/fitzhugh_nagumo.py": fitzhugh_nagumo,
    "custom/lif.py": integrate_and_fire,
    "neuron/live_cell.py": live_cell,
    "neuron/hh_point_states.py": hodgkin_huxley,
    "neuron/section_inspector.py": section_inspector,
    "neuron/network.py": network,
    "neuron/many_cells.py": many_cells,
    "replay/recording.py": recording,
    "surface/animated_live.py": animated_live,
    "surface/animated_replay.py": animated_replay,
    "neuron/activity_map.py": activity_map,
}


def test_examples_are_short():
    lines = {script: len((FOLDER / script).read_text().splitlines()) for script in SCRIPTS}
    # The formatter gives each argument of a long call a line of its own.
    assert {script: count for script, count in lines.items() if count >= 180} == {}


@pytest.mark.parametrize("script", [script for script in SCRIPTS if script not in APART])
def test_an_example_runs_and_shows_what_it_says(tmp_path, script):
    if script.startswith("jaxley/"):
        pytest.importorskip("jaxley")
    no_time = script.startswith(("replay/", "surface/", "custom/controls"))
    run = Run(tmp_path, script, UNTIL.get(script, 10.0), wall=1.5 if no_time else None)
    assert run.status == 0, run.stderr
    assert run.report["errors"] == [] and run.report["warnings"] == []
    assert run.report["views"] and all(view.get("paints", 0) > 0 for view in run.report["views"].values())
    assert (tmp_path / "s.png").stat().st_size > 10_000
    if script in CHECKS:
        CHECKS[script](run)


@pytest.mark.parametrize(
    "name, script",
    [
        ("fitzhugh_nagumo", "custom/fitzhugh_nagumo.py"),
        ("lif", "custom/lif.py"),
        ("cross_section", "surface/cross_section.py"),
        ("live_cell", "neuron/live_cell.py"),
        ("recording", "replay/recording.py"),
    ],
)
def test_the_program_in_cpp_shows_what_its_twin_does(tmp_path, name, script):
    program = pathlib.Path(os.environ.get("COMPNEUROVIS_VIEWER", "viewer")).with_name(name)
    if not program.exists():
        pytest.skip(f"{program} is not built (CNV_EXAMPLES)")
    run = Run(tmp_path, program, UNTIL.get(script, 10.0), wall=1.5 if script.startswith("replay/") else None)
    assert run.status == 0, run.stderr
    (tmp_path / "twin").mkdir()
    twin = Run(tmp_path / "twin", script, UNTIL.get(script, 10.0), wall=1.5 if script.startswith("replay/") else None)
    assert set(run.report["views"]) == set(twin.report["views"]) and all(
        view.get("paints", 0) > 0 for view in run.report["views"].values()
    )
    if script in CHECKS:
        CHECKS[script](run)


def test_the_cascade_without_its_mechanisms_says_what_to_do(tmp_path):
    run = Run(tmp_path, "neuron/cascade.py", cwd=tmp_path)
    assert run.status == 1 and "nrnivmodl examples/python/neuron/mod" in run.stderr


def test_the_cascade_follows_its_equations(tmp_path, mechanisms):
    from scipy.integrate import solve_ivp

    run = Run(tmp_path, "neuron/cascade.py", 150.0, cwd=mechanisms)
    assert run.status == 0, run.stderr
    t, species = run.field("species.time"), run.field("species")
    exact = solve_ivp(
        lambda _, y: [-y[0] / 40, 0.05 * y[0] * (1 - y[1]) - 0.05 * y[1], 0.04 * y[1] * (1 - y[2]) - 0.01 * y[2]],
        (0, t[-1]),
        [5.0, 0.0, 0.0],
        t_eval=t,
        rtol=1e-9,
    ).y
    np.testing.assert_allclose(species, exact / [[10], [1], [1]], atol=5e-3)
    assert species[2].max() > 0.6


def test_the_error_on_purpose_is_told_with_its_line(tmp_path):
    run = Run(tmp_path, "custom/error_on_purpose.py", 60.0)
    assert run.status == 1
    for words in (
        "The electrode drifts",
        "the conductance became 0 at t = 41.0 ms",
        "error_on_purpose.py",
        "in conductance",
    ):
        assert words in run.stderr + json.dumps(run.report)
    assert run.field("v.time")[-1] == pytest.approx(40.0), "what was computed before stays"
