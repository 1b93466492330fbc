"""Jaxley programs as users run them: numbers against Jaxley's own integration, the examples,
changes while a model runs, bad input."""

import json
import os
import pathlib
import runpy
import subprocess
import sys
import textwrap

import numpy as np
import pytest

pytest.importorskip("jaxley")
import jax

import compneurovis as cnv
from hosts import host
from jaxley_models import Pair, compilations

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "python" / "jaxley"
MODEL = pathlib.Path(__file__).with_name("jaxley_fidelity_model.py")
FLOAT32_MV, FLOAT64_MV = 0.16, 1e-5  # what two ways of computing the same steps may differ by


def run(folder, script, *arguments, until=5.0, **environment):
    """(status, stderr, report) of a windowless run; its dump lies in `folder`/dump."""
    if "\n" in str(script):
        path = folder / "script.py"
        path.write_text(textwrap.dedent(script))
        script = path
    command = [
        sys.executable,
        "-m",
        "compneurovis",
        "run",
        "--headless",
        "--speed",
        "max",
        "--until-ms",
        str(until),
        "--wall",
        "60",
        "--report",
        str(folder / "r.json"),
        "--dump",
        str(folder / "dump"),
        "--screenshot",
        str(folder / "s.png"),
        str(script),
        *map(str, arguments),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, env=os.environ | environment)
    report = folder / "r.json"
    return done.returncode, done.stderr, json.loads(report.read_text()) if report.exists() else {}


def field(folder, name):
    return np.load(folder / "dump" / f"{name}.npy")


# ---- numbers ---------------------------------------------------------------------------------------------------------


def spikes(v):
    """(entities, steps): true where the potential passes 0 mV upwards."""
    return (v[:, 1:] > 0) & (v[:, :-1] <= 0)


def shown_and_integrated(folder, kind, *arguments, **environment):
    status, stderr, _ = run(folder, MODEL, kind, *arguments, until=60.0, **environment)
    assert status == 0, stderr
    shown = field(folder, "segment_history")
    times = field(folder, "segment_history.time")
    np.testing.assert_allclose(times, 0.025 * np.arange(len(times)), rtol=1e-12)
    np.testing.assert_array_equal(field(folder, "segment_display"), shown[:, -1])
    assert shown.shape[1] >= 2401
    return shown[:, :2401], np.load(arguments[0]) if arguments else None


@pytest.fixture(scope="module")
def exact_pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exact")
    return shown_and_integrated(folder, "pair", folder / "v.npy", JAX_ENABLE_X64="1")


def test_the_viewers_numbers_in_double_precision_are_those_of_integrate(exact_pair):
    shown, integrated = exact_pair
    assert integrated.dtype == np.float64 and spikes(integrated).sum() >= 20
    assert np.abs(shown - integrated).max() <= FLOAT64_MV


def test_the_viewers_numbers_in_single_precision_are_close_to_them(exact_pair, tmp_path):
    shown, _ = shown_and_integrated(tmp_path, "pair")
    assert np.abs(shown - exact_pair[1]).max() <= FLOAT32_MV
    np.testing.assert_array_equal(spikes(shown), spikes(exact_pair[1]))


def test_the_viewers_numbers_of_a_traced_cell_are_those_of_integrate(tmp_path):
    shown, integrated = shown_and_integrated(tmp_path, "swc", tmp_path / "v.npy")
    assert spikes(integrated).sum() >= 20
    assert np.abs(shown - integrated).max() <= FLOAT32_MV
    np.testing.assert_array_equal(spikes(shown), spikes(integrated))


# ---- changes ---------------------------------------------------------------------------------------------------------

RANGES = {
    "HH_gNa": (0.08, 0.2),
    "HH_gK": (0.02, 0.06),
    "HH_gLeak": (2e-4, 6e-4),
    "capacitance": (0.7, 1.5),
    "axial_resistivity": (2e3, 6e3),
    "IonotropicSynapse_gS": (5e-4, 2e-3),
}


class Steered(Pair):
    """Notes at which step each change was made."""

    def control_specs(self):
        number = lambda name, low, high: cnv.ControlSpec(
            id=name, label=name, value_spec=cnv.ScalarValueSpec(default=low, min=low, max=high), send_to_session=True
        )
        return [
            number("amplitude", 0.0, 0.3),
            number("place", 0, 2),
            *(number(name, *limits) for name, limits in RANGES.items()),
        ]

    def apply_control(self, control_id, value):
        steer(self.network, control_id, value)
        if control_id in RANGES:
            self.refresh_runtime_parameters()
        else:
            self.refresh_runtime_externals()
        self.__dict__.setdefault("changes", []).append((self._step_index, control_id, value))
        return True


def steer(network, name, value):
    if name in RANGES:
        return network.set(name, value)
    network.delete_stimuli()
    place, amplitude = (int(value), 0.1) if name == "place" else (0, value)
    network.cell(0).branch(place).loc(0.5).stimulate(amplitude, verbose=False)


def stepped(changes, steps):
    """The same model step by step: Jaxley's step function, and after each change its own slow way to parameters."""
    model = Pair(dt=0.1)
    model.network = network = model.build_network(model.build_cells())
    model.setup_model(network, None)
    steer(network, "amplitude", 0.0)  # what its pulses begin with
    network.record("v", verbose=False)
    network.to_jax()
    init, step = jax_steps(network)
    state, params = init(network.get_parameters(), None, None, 0.1)
    index, rows, due = network.recordings.rec_index.to_numpy(), [], list(changes)
    for now in range(steps):
        while due and due[0][0] == now:
            steer(network, *due.pop(0)[1:])
            network.to_jax()
            params = init(network.get_parameters(), {}, None, 0.1)[1]
        current = np.nan_to_num(np.float32(network.externals["i"])[:, 0])
        state = step(state, params, {"i": current}, {"i": np.asarray(network.external_inds["i"])})
        rows.append(np.asarray(state["v"])[index])
    return np.array(rows)


def jax_steps(network):
    from jaxley.integrate import build_init_and_step_fn

    init, step = build_init_and_step_fn(network, voltage_solver="jaxley.dhs.cpu")
    return init, jax.jit(
        lambda state, params, externals, places: step(dict(state), params, externals, places, delta_t=0.1)
    )


def test_a_hundred_controls_compile_nothing_and_each_acts_at_the_next_step():
    rng = np.random.default_rng(7)
    kept = []

    def source():
        kept.append(Steered(dt=0.1, display_dt=0.3, history_capture_mode="full", max_samples=100_000))
        return kept[0]

    made = host(source)
    made.tick(2)
    session = kept[0]
    made.send_control("amplitude", 0.1)
    made.tick(1)
    # The first change of each kind may compile.
    for name, (low, _high) in RANGES.items():
        made.send_control(name, low)
        made.tick(1)
    before = compilations[0]
    for _ in range(100):
        name = str(rng.choice([*RANGES, "amplitude", "place"]))
        value = float(rng.integers(0, 3)) if name == "place" else float(rng.uniform(*RANGES.get(name, (0.0, 0.3))))
        at = session._step_index
        made.send_control(name, value)
        made.tick(int(rng.integers(1, 4)))
        assert session.changes[-1] == (at, name, value), "it is taken before the next step"
    assert compilations[0] == before
    assert len(session.changes) == 107 and made.failures == []
    steps = session._step_index
    shown = made.model().fields["segment_history"].values[:, 1 : steps + 1].T
    expected = stepped(session.changes, steps)
    # In single precision an upstroke may also come a small part of a step earlier or later.
    slope = np.maximum(
        np.abs(np.diff(expected, axis=0, prepend=expected[:1])), np.abs(np.diff(expected, axis=0, append=expected[-1:]))
    )
    assert (np.abs(shown - expected) <= FLOAT32_MV + 0.05 * slope).all()


# ---- the examples ----------------------------------------------------------------------------------------------------


def session_of(example, monkeypatch):
    """The session class of an example, which is read but not run."""
    apps = []
    monkeypatch.setattr(cnv, "run_app", apps.append)
    monkeypatch.setattr(sys, "argv", [str(example)])
    runpy.run_path(str(example), run_name="__main__")
    (app,) = apps
    return app.session


@pytest.mark.parametrize("name", ["first_cell", "three_cells", "swc_cell"])
def test_an_example_spikes_and_follows_all_its_sliders(name, monkeypatch, capsys):
    example = EXAMPLES / f"{name}.py"
    made = host(session_of(example, monkeypatch))
    made.tick(80)
    scene = made.viewer()
    history = scene.fields["segment_history"]
    assert made.failures == [] and history.values.max() > 0 and made.model_time == pytest.approx(20.0)
    assert np.isfinite(scene.fields["segment_display"].values).all()
    before = None
    for _ in range(2):  # the first change of a kind may compile
        before = compilations[0]
        for control in scene.controls.values():
            made.send_control(control.id, 0.9 * float(control.value_spec.default))
            made.tick(1)
            made.send_control(control.id, float(control.value_spec.default))
            made.tick(1)
    assert compilations[0] == before and made.failures == []
    if name == "first_cell":
        gates = made.viewer().fields["gates"]
        assert list(gates.coords["gate"]) == ["m", "h", "n"] and gates.values.shape[1] > 800
        assert gates.values.min() >= 0 and 0.9 < gates.values[0].max() <= 1
    made.send_run_control("reset")
    made.tick(1)
    assert made.model_time == pytest.approx(0.25)
    assert capsys.readouterr().out == "", "a slider that prints fills the terminal"


def test_the_gates_are_plotted_in_a_whole_run(tmp_path):
    status, stderr, report = run(tmp_path, EXAMPLES / "first_cell.py", until=10.0)
    assert status == 0, stderr
    assert report["errors"] == [] and report["pictures"] > 0 and (tmp_path / "s.png").stat().st_size > 10_000
    assert field(tmp_path, "gates").shape == (3, len(field(tmp_path, "gates.time")))
    assert field(tmp_path, "segment_history").max() > 0


# ---- bad input -------------------------------------------------------------------------------------------------------

CELL = """
import sys, types
{before}
import numpy as np
from compneurovis import JaxleySession, build_jaxley_app, run_app

class Cell(JaxleySession):
    def build_cells(self):
        import jaxley as jx
        return jx.Cell([jx.Branch(jx.Compartment(), ncomp=2)], parents=[-1])

{more}

run_app(build_jaxley_app(Cell))
"""


def program(more="", before=""):
    return CELL.format(before=before, more=textwrap.indent(textwrap.dedent(more), "    "))


VERSION = (
    "import importlib.metadata as m; real = m.version; "
    "m.version = lambda name: {version!r} if name == {name!r} else real(name)"
)


@pytest.mark.parametrize(
    "script, words",
    [
        (program(before="sys.modules['jaxley'] = None"), ["'jaxley'", "pip install 'jaxley==0.14.*' 'jax==0.10.*'"]),
        (program(before="sys.modules['jax'] = None"), ["'jax'", "pip install 'jaxley==0.14.*' 'jax==0.10.*'"]),
        (
            program(before=VERSION.format(name="jaxley", version="0.15.1")),
            ["jaxley 0.15.1", "jaxley 0.14.*", "pip install 'jaxley==0.14.*' 'jax==0.10.*'"],
        ),
        (
            program(before=VERSION.format(name="jax", version="0.4.30")),
            ["jax 0.4.30", "jax 0.10.*", "pip install 'jaxley==0.14.*' 'jax==0.10.*'"],
        ),
        (program("def build_cells(self):\n    return []"), ["build_cells() returned no cells"]),
        (
            program(
                "def build_network(self, cells):\n    network = super().build_network(cells)\n"
                "    network.nodes = network.nodes.iloc[:0]\n    return network"
            ),
            ["build_network", "without compartments"],
        ),
        (
            program("def setup_model(self, network, cells):\n    raise OSError('disk gone')"),
            ["setup_model", "disk gone"],
        ),
        (program("def _sample_step(self):\n    return self._read_state('HH_q')"), ["no state 'HH_q'", "it has: v"]),
    ],
)
def test_what_a_program_does_wrong_is_said_once_and_ends_a_windowless_run(tmp_path, script, words):
    status, stderr, report = run(tmp_path, script)
    assert status == 1
    (error,) = report["errors"]
    for word in words:
        assert word in json.dumps(error) or word in stderr
    assert stderr.count(words[-1]) <= 2, "said once, with its traceback at most"


def test_a_potential_that_is_no_number_is_one_warning_with_place_and_time(tmp_path):
    script = program("def setup_model(self, network, cells):\n    network.cell(0).branch(0).comp(1).set('v', np.nan)")
    status, stderr, report = run(tmp_path, script)
    assert status == 0, stderr
    (warning,) = report["warnings"]
    assert "cell_0_branch_0" in warning and "not a number" in warning and "t = " in warning
