"""compneurovis run: options, arguments, exit status."""

import json
import signal
import subprocess
import sys

import pytest

import compneurovis as cnv


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "compneurovis", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        **options,
    )


def script(folder, text):
    path = folder / "model.py"
    path.write_text(text)
    return path


def test_the_script_runs_as_main_with_its_own_arguments(tmp_path):
    (tmp_path / "beside.py").write_text("value = 7")
    path = script(
        tmp_path, "import sys, beside\nprint(__name__, sys.argv[1:], beside.value, sys.argv[0].endswith('model.py'))"
    )
    done = run("run", "--headless", "--speed", "max", path, "--own", "--headless")
    assert done.returncode == 0 and done.stdout == "__main__ ['--own', '--headless'] 7 True\n"


@pytest.mark.parametrize(
    "text, status",
    [
        ("", 0),
        ("import sys; sys.exit(3)", 3),
        ("import sys; sys.exit('no model')", 1),
        ("1 / 0", 1),
        ("raise KeyboardInterrupt", 130),
        ("import sys; sys.exit()", 0),
    ],
)
def test_exit_status(tmp_path, text, status):
    done = run("run", script(tmp_path, text))
    assert done.returncode == status
    assert ("ZeroDivisionError" in done.stderr) == ("1 / 0" in text) and ("no model" in done.stderr) == (
        "no model" in text
    )


@pytest.mark.parametrize(
    "arguments, text",
    [
        (["fly"], "fly"),
        (["run"], "which script"),
        (["run", "--speed", "x", "m.py"], "--speed"),
        (["run", "--nonsense", "m.py"], "--nonsense"),
        (["run", "missing.py"], "missing.py"),
    ],
)
def test_mistakes_are_named(arguments, text):
    done = run(*arguments)
    assert done.returncode == 2 and text in done.stderr


SCENE_ALONE = """
import numpy as np
from compneurovis import *
wave = Field("wave", np.sin(np.arange(50.0)), ("x",), {"x": np.arange(50.0)})
view = LinePlotViewSpec("plot", "Wave", "wave", x_dim="x")
run_app(AppSpec(scene=Scene({"wave": wave}, {}, {"plot": view})))
"""


def test_a_scene_without_a_session_is_painted_written_and_over(tmp_path):
    done = run(
        "run",
        "--headless",
        "--report",
        tmp_path / "r.json",
        "--screenshot",
        tmp_path / "s.png",
        script(tmp_path, SCENE_ALONE),
    )
    assert done.returncode == 0, done.stderr
    plot = json.loads((tmp_path / "r.json").read_text())["views"]["plot"]
    assert (
        plot["paints"] >= 1 and plot["x_range"] == [0, 49] and (tmp_path / "s.png").read_bytes().startswith(b"\x89PNG")
    )


RESTING = """
import sys, time
from compneurovis import *
from compneurovis.session import BufferedSession
class Resting(BufferedSession):
    def initialize(self):
        return Scene({}, {}, {})
    def advance(self):
        print("here", flush=True)
        time.sleep(0.01)
    def handle(self, command):
        pass
run_app(AppSpec(session=Resting))
"""


def test_files_are_written_while_the_model_goes_on_when_sigusr1_asks(tmp_path):
    report = tmp_path / "r.json"
    command = [sys.executable, "-m", "compneurovis", "run", "--headless", "--report", report, script(tmp_path, RESTING)]
    # What is started in the background of a shell is deaf to Ctrl-C otherwise.
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as model:
        steps = []
        for _ in range(2):
            model.stdout.readline()
            report.unlink(missing_ok=True)
            model.send_signal(signal.SIGUSR1)
            while not report.exists():
                assert model.stdout.readline() == "here\n", "it goes on"
            steps.append(json.loads(report.read_text())["steps"])
        model.send_signal(signal.SIGINT)
        model.stdout.read()
    assert 0 < steps[0] < steps[1]


def test_a_file_that_was_asked_for_and_is_not_there_is_a_failure(tmp_path):
    path = script(tmp_path, "print('a script without run_app')")
    done = run("run", "--headless", "--screenshot", tmp_path / "s.png", path)
    assert done.returncode == 1 and "no picture, report or dump was written" in done.stderr
    assert run("run", "--headless", path).returncode == 0


def test_help_lists_the_options():
    done = run("run", "--help")
    assert done.returncode == 0 and all(
        option in done.stdout for option in ("--headless", "--until-ms", "--screenshot", "--report")
    )


def test_a_missing_viewer_is_an_error_that_names_the_path(tmp_path):
    path = script(tmp_path, "from compneurovis import *\nrun_app(AppSpec(scene=Scene({}, {}, {})))")
    done = run("run", "--viewer", tmp_path / "nowhere", path)
    assert done.returncode == 1 and str(tmp_path / "nowhere") in done.stderr
    assert done.stderr.startswith("compneurovis: the viewer executable") and "Traceback" not in done.stderr


def test_run_app_raises_a_viewer_error_when_there_is_no_viewer(tmp_path, monkeypatch):
    monkeypatch.setenv("COMPNEUROVIS_VIEWER", str(tmp_path / "nowhere"))
    monkeypatch.setattr("compneurovis._run.exit_status", 0)
    with pytest.raises(cnv.ViewerError, match="nowhere"):
        cnv.run_app(cnv.AppSpec(scene=cnv.Scene({}, {}, {})))


def test_a_failing_target_or_source_is_raised_by_run_app(tmp_path):
    path = script(tmp_path, "from compneurovis import *\nrun_app(AppSpec(session=3))")
    assert "TypeError" in run("run", path).stderr
