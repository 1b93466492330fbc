"""compneurovis doctor, and what each of the things that it finds says elsewhere: one sentence for one fault."""

import ast
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig

import pytest

import compneurovis as cnv
from compneurovis import _cli, _loading
from compneurovis._simulators import works_with

PACKAGE = pathlib.Path(cnv.__file__).parent
EMPTY_APP = "from compneurovis import *\nrun_app(AppSpec(scene=Scene({}, {}, {})))\n"


def run(*arguments, timeout=60, **environment):
    """`environment`: variables on top of those of this process; None: without it."""
    kept = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        env={name: value for name, value in kept.items() if value is not None},
    )


def doctor(*arguments, **environment):
    return run("-m", "compneurovis", "doctor", *arguments, **environment)


def findings(text):
    """Name → (value, problem)."""
    found, name = {}, None
    for line in text.splitlines():
        if line.startswith("  ! "):
            found[name] = (found[name][0], line[4:])
        elif match := re.fullmatch(r"(\S+(?: \S+)*)  +(.*)", line):
            name = match[1]
            found[name] = (match[2], "")
    return found


def program(folder, text, name="compneurovis-viewer"):
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


NO_DISPLAY = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}


def test_it_tells_what_an_error_report_needs():
    done = doctor(**NO_DISPLAY)
    found = findings(done.stdout)
    assert found["Python"][0].startswith(sys.version.split()[0]) and sys.executable in found["Python"][0]
    assert found["NEURON"][0].startswith("9.") and found["NEURON"][1] == ""
    assert re.search(r"glibc \d", found["system"][0])
    assert found["viewer"][0].startswith(os.environ["COMPNEUROVIS_VIEWER"]) and "(0.1.0)" in found["viewer"][0]
    assert re.match(r"6\.\d", found["Qt"][0]) and found["drawing"][0] and found["fonts"][0]
    assert (
        found["display"] == ("none", found["display"][1]) and "no display (DISPLAY is not set)" in found["display"][1]
    )
    assert done.returncode == 1 and done.stdout.endswith("One thing is wrong, see the lines with !\n")


def test_with_a_window_nothing_is_wrong():
    done = doctor(QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stdout
    assert findings(done.stdout)["display"][0].startswith("offscreen")
    assert done.stdout.endswith("Nothing is wrong.\n")


@pytest.mark.parametrize(
    "environment, said",
    [
        ({}, "there is no display (DISPLAY is not set)"),
        ({"DISPLAY": ":7654"}, "the display ':7654' does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-none"}, "the Wayland display 'wayland-none' does not answer"),
        ({"QT_QPA_PLATFORM": "plaform"}, "no Qt platform plugin could be initialized"),
    ],
)
def test_what_stands_in_the_way_of_a_window_is_said_by_run_and_doctor(tmp_path, environment, said):
    environment = {**NO_DISPLAY, **environment}
    script = tmp_path / "model.py"
    script.write_text(EMPTY_APP)
    ran, asked = run("-m", "compneurovis", "run", script, **environment), doctor(**environment)
    assert ran.returncode == 1 and asked.returncode == 1
    assert said in ran.stderr and said in asked.stdout + asked.stderr
    for text in (ran.stderr, asked.stdout):
        assert "without a window: compneurovis run --headless script.py" in text or "what Qt said stands above" in text
    assert "Traceback" not in ran.stderr


def test_a_missing_viewer_is_told_alike(tmp_path):
    script = tmp_path / "model.py"
    script.write_text(EMPTY_APP)
    nowhere = str(tmp_path / "nowhere")
    sentence = f"there is no viewer at {nowhere}, which COMPNEUROVIS_VIEWER names: unset it"
    assert sentence in run("-m", "compneurovis", "run", "--headless", script, COMPNEUROVIS_VIEWER=nowhere).stderr
    assert sentence in findings(doctor(COMPNEUROVIS_VIEWER=nowhere).stdout)["viewer"][1]
    # A package without its viewer: copied to where nothing lies near it.
    lonely = tmp_path / "lonely/site/compneurovis"
    shutil.copytree(PACKAGE, lonely)
    environment = {"COMPNEUROVIS_VIEWER": None, "PYTHONPATH": str(lonely.parent)}
    for done in (doctor(**environment), run("-m", "compneurovis", "run", "--headless", script, **environment)):
        text = done.stdout + done.stderr
        assert done.returncode == 1
        assert (
            "was not found. Looked at:" in text and f"{lonely.parent}/compneurovis_viewer/compneurovis-viewer" in text
        )
        assert "pip install compneurovis-viewer==0.1.0" in text


def test_the_viewer_of_the_other_package_is_found(tmp_path):
    site = tmp_path / "site"
    shutil.copytree(PACKAGE, site / "compneurovis")
    (site / "compneurovis_viewer").mkdir()
    viewer = program(site / "compneurovis_viewer", f'#!/bin/sh\nexec "{os.environ["COMPNEUROVIS_VIEWER"]}" "$@"\n')
    done = doctor(COMPNEUROVIS_VIEWER=None, PYTHONPATH=str(site), QT_QPA_PLATFORM="offscreen")
    assert findings(done.stdout)["viewer"] == (f"{viewer} (0.1.0)", "")


@pytest.mark.parametrize(
    "text, said",
    [
        ("#!/bin/sh\nprintf 'viewer\\t9.9.9\\t\\n' >&3\n", "is of version 9.9.9, this program of version 0.1.0"),
        ("#!/bin/sh\necho 'libx.so: cannot open shared object' >&2\nexit 126\n", "it does not start (exit status 126)"),
        ("\x7fELF\x02\x01\x01" + "\0" * 9 + "\x02\0\x28\0" + "\0" * 44, "it does not start (Exec format error)"),
        ("#!/bin/sh\nkill -SEGV $$\n", "it does not start (killed by signal 11"),
    ],
    ids=["version", "libraries", "machine", "crash"],
)  # fmt: skip
def test_a_viewer_that_is_of_no_use_is_a_finding(tmp_path, text, said):
    done = doctor("--viewer", program(tmp_path, text))
    assert done.returncode == 1 and said in findings(done.stdout)["viewer"][1]
    assert "cannot open shared" not in text or "cannot open shared" in done.stderr, "what it says is seen"


def test_a_simulator_that_cannot_be_loaded_is_told_alike(tmp_path):
    (tmp_path / "neuron").mkdir()
    (tmp_path / "neuron/__init__.py").write_text("raise ImportError('libX11.so.6: cannot open shared object file')\n")
    environment = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ['PYTHONPATH']}"}
    said = findings(doctor(**environment).stdout)["NEURON"][1]
    assert "libX11.so.6: cannot open shared object file" in said and "pip install 'neuron>=9,<10'" in said
    done = run("-c", "from compneurovis.backends.neuron._neuron import hoc; hoc()", **environment)
    assert "libX11.so.6: cannot open shared object file; install it into this environment" in done.stderr


def test_versions_are_compared_by_their_numbers():
    assert works_with("9.0.2", ">=9,<10") and works_with("9", ">=9,<10") and works_with("9.1.0.dev3", ">=9,<10")
    assert not works_with("8.2.6", ">=9,<10") and not works_with("10.0", ">=9,<10")
    assert (
        works_with("0.14.0", "==0.14.*") and not works_with("0.15.1", "==0.14.*") and not works_with("0.1", "==0.14.*")
    )


def test_a_package_for_another_python_says_so(tmp_path):
    foreign = tmp_path / "compneurovis"
    shutil.copytree(PACKAGE, foreign)
    (extension,) = foreign.glob("_core.*")
    extension.rename(foreign / "_core.cpython-39-s390x-linux-gnu.so")
    said = run("-c", "import compneurovis", PYTHONPATH=str(tmp_path)).stderr
    here = sysconfig.get_python_version()
    assert f"compneurovis has no extension for Python {here} on" in said
    assert "_core.cpython-39-s390x-linux-gnu.so" in said and "pip install --force-reinstall compneurovis" in said


def test_an_extension_that_cannot_be_loaded_says_why(tmp_path):
    broken = tmp_path / "compneurovis"
    shutil.copytree(PACKAGE, broken)
    (extension,) = broken.glob("_core.*")
    extension.unlink()
    extension.write_bytes(b"\x7fELF of another machine")
    said = run("-c", "import compneurovis", PYTHONPATH=str(tmp_path)).stderr
    assert "the extension of compneurovis cannot be loaded into Python" in said and "--force-reinstall" in said


def test_an_older_c_library_is_named():
    error = ImportError("/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by _core.so)")
    assert str(_loading.explain(error)).startswith("compneurovis needs glibc 2.34 or later (Ubuntu 22.04")


def test_an_older_python_is_named(monkeypatch):
    for file in ("_loading.py", "__init__.py"):  # which an older one reads
        ast.parse((PACKAGE / file).read_text(), feature_version=(3, 8))
    monkeypatch.setattr(_loading.sys, "version_info", (3, 8, 18))
    with pytest.raises(ImportError, match=r"needs Python 3\.10 or later; this is Python"):
        _loading.load_extension()


def test_the_demo_shows_a_live_cell(tmp_path):
    done = run("-m", "compneurovis", "demo", "--headless", "--until-ms", "5", "--screenshot", tmp_path / "cell.png")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "cell.png").stat().st_size > 20_000


def test_the_demo_without_neuron_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert _cli.main(["demo", "--headless"]) == 1
    assert "the demo needs NEURON: pip install 'neuron>=9,<10'" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["demo", "script.py"], ["doctor", "script.py"], ["demo", "--no-such"], ["fly"]])
def test_words_that_a_command_does_not_take(words):
    done = run("-m", "compneurovis", *words)
    assert done.returncode == 2 and done.stderr.startswith("compneurovis: ")


def test_the_version_is_that_of_the_project():
    assert run("-m", "compneurovis", "--version").stdout == "compneurovis 0.1.0\n"
