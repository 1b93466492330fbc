"""Scripts run windowless from end to end, as a user runs them: the tutorial, the examples, and what goes wrong."""

import json
import pathlib
import subprocess
import sys
import textwrap

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Run:
    def __init__(self, tmp_path, script, *args, until=5.0, wall=20.0, environment=None):
        if "\n" in str(script):
            path = tmp_path / "script.py"
            path.write_text(textwrap.dedent(script))
            script = path
        self.folder = tmp_path
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
            str(wall),
            "--report",
            str(tmp_path / "r.json"),
            "--dump",
            str(tmp_path / "dump"),
            "--screenshot",
            str(tmp_path / "s.png"),
            str(script),
            *args,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
        self.status, self.stderr = done.returncode, done.stderr
        report = tmp_path / "r.json"
        self.report = json.loads(report.read_text()) if report.exists() else None

    def field(self, name):
        return np.load(self.folder / "dump" / f"{name}.npy")


def cell(build="pass", setup="pass", more=""):
    """A one-compartment session; `more` are further methods, not indented."""
    return f"""
from neuron import h
from compneurovis import FieldReplace, NeuronSession, build_neuron_app, run_app
import numpy as np

class Cell(NeuronSession):
    def build_sections(self):
        self.soma = h.Section(name="soma")
        {build}
        return [self.soma]

    def setup_model(self, sections):
        self.soma.insert("hh")
        {setup}

{textwrap.indent(more, "    ")}

run_app(build_neuron_app(Cell))
"""


def test_the_tutorial_runs_and_its_unknown_fields_are_warnings(tmp_path):
    run = Run(tmp_path, ROOT / "tests/python/tutorial_neuron.py", until=20.0)
    assert run.status == 0, run.stderr
    assert run.report["errors"] == []
    assert {"unknown field gating_history", "unknown field n_history"} == set(run.report["problem_counts"])
    assert run.report["model_time_ms"] >= 19.9 and run.report["pictures"] > 0
    assert run.stderr.count("gating_history") == 1


@pytest.mark.parametrize(
    "script, words",
    [
        (cell(build="return []"), ["build_sections", "no sections"]),
        (cell(build="raise OSError('disk gone')"), ["build_sections", "disk gone"]),
        (cell(setup="self.soma.insert('nax')"), ["mechanism name"]),
        (cell(more="def control_specs(self):\n    raise KeyError('amplitude')"), ["amplitude"]),
        (cell(more="def build_scene(self, **parts):\n    raise RuntimeError('no scene today')"), ["no scene today"]),
        (cell(more="def _sample_step(self):\n    raise ZeroDivisionError('in sample')"), ["in sample"]),
        (cell(more="def _emit_batch(self, times, steps):\n    raise ValueError('in batch')"), ["in batch"]),
        (cell(more="def __init__(self):\n    raise RuntimeError('in constructor')"), ["in constructor"]),
        (
            cell(
                more="def advance(self):\n    self.emit(FieldReplace('segment_display', np.zeros(7)))\n"
                "    super().advance()"
            ),
            ["segment_display", "(7,)"],
        ),
    ],
)
def test_what_a_program_does_wrong_is_said_and_ends_a_windowless_run(tmp_path, script, words):
    run = Run(tmp_path, script)
    assert run.status == 1
    told = run.stderr + json.dumps(run.report)
    for word in words:
        assert word in told


def test_values_that_are_not_numbers_are_a_warning_with_place_and_time(tmp_path):
    run = Run(tmp_path, cell(more="def _sample_step(self):\n    return np.array([np.nan], dtype=np.float32)"))
    assert run.status == 0, run.stderr
    (warning,) = run.report["warnings"]
    assert "soma" in warning and "x = 0.5" in warning and "t = 0.1" in warning


def test_a_malformed_swc_file_is_named_with_its_line(tmp_path):
    path = tmp_path / "cell.swc"
    path.write_text("1 1 0 0 0 5 -1\n2 3 0 0 nonsense 1 1\n")
    script = f"""
        from compneurovis import NeuronSession, build_neuron_app, run_app
        from compneurovis.neuronutils import load_swc_neuron
        class Cell(NeuronSession):
            def build_sections(self):
                return load_swc_neuron({str(path)!r})
        run_app(build_neuron_app(Cell))
    """
    run = Run(tmp_path, script)
    assert run.status == 1
    assert f"{path}:2" in run.stderr
    path.unlink()
    assert str(path) in Run(tmp_path, script).stderr


@pytest.mark.parametrize(
    "fake, words",
    [
        ("sys.modules['neuron'] = None", ["'neuron'", "pip install 'neuron>=9,<10'"]),
        (
            "sys.modules['neuron'] = types.SimpleNamespace(__version__='8.2.6', h=None)",
            ["8.2.6", "too old", "pip install 'neuron>=9,<10'"],
        ),
    ],
)
def test_a_simulator_that_is_absent_or_too_old_is_named_with_what_to_install(tmp_path, fake, words):
    script = f"""
        import sys, types
        {fake}
        from compneurovis import NeuronSession, build_neuron_app, run_app
        class Cell(NeuronSession):
            def build_sections(self):
                return []
        run_app(build_neuron_app(Cell))
    """
    run = Run(tmp_path, script)
    assert run.status == 1
    for word in words:
        assert word in run.stderr


def test_a_viewer_that_is_missing_is_named(tmp_path):
    import os

    run = Run(tmp_path, cell(), environment=os.environ | {"COMPNEUROVIS_VIEWER": "/nonexistent/viewer"})
    assert run.status == 1
    assert "/nonexistent/viewer" in run.stderr


@pytest.mark.parametrize("count, channel_threads", [(10, 0), (3_000_000, 1)])
def test_the_models_process_gets_a_thread_only_for_what_the_system_does_not_take_at_once(
    tmp_path, count, channel_threads
):
    """Once a process has a second thread, a simulator pays for each of its locks."""
    large = f"""def advance(self):
    self.emit(FieldReplace("values", np.full({count}, float(self.n_samples))))
    self.n_samples += 1
    super().advance()
    names = [task.read_text().strip() for task in pathlib.Path("/proc/self/task").glob("*/comm")]
    self.n_threads = max(self.n_threads, names.count("cnv-channel"))
def initialize(self):
    self.n_samples = self.n_threads = 0
    scene = super().initialize()
    values = np.zeros({count}, dtype=np.float32)
    scene.fields["values"] = Field(id="values", values=values, dims=("i",), coords={{"i": np.arange({count})}})
    return scene
def shutdown(self):
    print("channel threads:", self.n_threads, file=sys.stderr)
"""
    run = Run(
        tmp_path,
        cell(more=large).replace(
            "import numpy as np", "import pathlib, sys\nfrom compneurovis import Field\nimport numpy as np"
        ),
        until=2.0,
    )
    assert run.status == 0, run.stderr
    assert f"channel threads: {channel_threads}\n" in run.stderr


def test_an_interrupt_that_the_simulator_swallows_ends_the_run(tmp_path):
    """NEURON prints what its events raise in Python, and goes on."""
    pressed = """def advance(self):
    if not hasattr(self, "pressed"):
        self.pressed = h.CVode()
        self.pressed.event(h.t + 0.1, lambda: signal.raise_signal(signal.SIGINT))
    super().advance()
"""
    # A shell's background job would hand on that SIGINT is ignored.
    script = cell(more=pressed).replace(
        "import numpy as np", "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)"
    )
    run = Run(tmp_path, script, until=1e9, wall=20)
    assert "KeyboardInterrupt" in run.stderr
    assert run.status == 130
