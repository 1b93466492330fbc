"""compneurovis run: options, arguments, exit status."""
import subprocess
import sys

import pytest


def run(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "compneurovis", *map(str, arguments)], capture_output=True, text=True, timeout=60, **options)


def script(folder, text):
    path = folder / "model.py"
    path.write_text(text)
    return path


def test_the_script_runs_as_main_with_its_own_arguments(tmp_path):
    (tmp_path / "beside.py").write_text("value = 7")
    path = script(tmp_path, "import sys, beside\nprint(__name__, sys.argv[1:], beside.value, sys.argv[0].endswith('model.py'))")
    done = run("run", "--headless", "--speed", "max", path, "--own", "--headless")
    assert done.returncode == 0 and done.stdout == "__main__ ['--own', '--headless'] 7 True\n"


@pytest.mark.parametrize(
    "text, status",
    [("", 0), ("import sys; sys.exit(3)", 3), ("import sys; sys.exit('no model')", 1), ("1 / 0", 1), ("raise KeyboardInterrupt", 130), ("import sys; sys.exit()", 0)],
)
def test_exit_status(tmp_path, text, status):
    done = run("run", script(tmp_path, text))
    assert done.returncode == status
    assert ("ZeroDivisionError" in done.stderr) == ("1 / 0" in text) and ("no model" in done.stderr) == ("no model" in text)


@pytest.mark.parametrize("arguments, text", [(["fly"], "fly"), (["run"], "which script"), (["run", "--speed", "x", "m.py"], "--speed"), (["run", "--nonsense", "m.py"], "--nonsense"), (["run", "missing.py"], "missing.py")])
def test_mistakes_are_named(arguments, text):
    done = run(*arguments)
    assert done.returncode == 2 and text in done.stderr


def test_help_lists_the_options():
    done = run("run", "--help")
    assert done.returncode == 0 and all(option in done.stdout for option in ("--headless", "--until-ms", "--screenshot", "--report"))


def test_a_missing_viewer_is_an_error_that_names_the_path(tmp_path):
    path = script(tmp_path, "from compneurovis import *\nrun_app(AppSpec(scene=Scene({}, {}, {})))")
    done = run("run", "--viewer", tmp_path / "nowhere", path)
    assert done.returncode == 1 and "ViewerError" in done.stderr and str(tmp_path / "nowhere") in done.stderr


def test_a_failing_target_or_source_is_raised_by_run_app(tmp_path):
    path = script(tmp_path, "from compneurovis import *\nrun_app(AppSpec(session=3))")
    assert "TypeError" in run("run", path).stderr
