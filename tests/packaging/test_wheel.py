"""`pip install .` into a fresh virtual environment gives the whole package, viewer included."""

import pathlib
import shutil
import sys

import pytest

from conftest import ROOT, HeadlessRun, command, users_environment

VIEWER = {"bin/compneurovis-viewer", "bin/libcompneurovis-viewer.so"}
DEMO = {"demo/live_cell.py", "demo/m3s4s4t-vp-sup.CNG.swc"}


@pytest.fixture(scope="module")
def package(environment):
    """The folder of the installed package."""
    # The optional simulators are there already: --no-index would fail if the extras named anything else.
    command(
        sys.executable,
        "-m",
        "pip",
        "--python",
        environment / "bin/python",
        "install",
        "--no-index",
        "--no-build-isolation",
        "--disable-pip-version-check",
        "-C",
        "cmake.define.CNV_WARNINGS_AS_ERRORS=ON",
        f"{ROOT}[neuron,jaxley]",
        folder="/",
        environment=users_environment(CXX="c++"),  # compiled as in the build of this folder: ccache has it
    )
    where = command(
        environment / "bin/python", "-c", "import compneurovis; print(compneurovis.__file__)", folder="/"
    ).stdout.strip()
    folder = pathlib.Path(where).parent
    assert folder.is_relative_to(environment)
    return folder


def test_it_holds_the_python_files_the_extension_and_the_viewer(package):
    source = ROOT / "python/compneurovis"
    wanted = {
        str(path.relative_to(source)): path.read_bytes()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    present = {
        str(path.relative_to(package)): path
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    extensions = {name for name in present if name.startswith("_core.") and name.endswith(".so")}
    assert len(extensions) == 1
    assert set(present) == set(wanted) | VIEWER | DEMO | extensions
    assert all(present[name].read_bytes() == text for name, text in wanted.items())


def test_nothing_in_it_names_the_folder_it_was_built_in(package):
    built = [package / name for name in VIEWER] + list(package.glob("_core.*.so"))
    assert [path.name for path in built if str(ROOT).encode() in path.read_bytes()] == []


def test_the_tutorial_runs_from_another_folder(package, environment, tmp_path):
    shutil.copy(ROOT / "tests/python/tutorial_neuron.py", tmp_path / "tutorial.py")
    run = HeadlessRun(environment / "bin/compneurovis", "run", script=["tutorial.py"], folder=tmp_path)
    assert run.report["errors"] == [] and run.report["pictures"] > 0
    assert run.report["model_time_ms"] >= 19.9
    assert run.fields["segment_display"].shape == (1,)
    assert run.fields["segment_display"] != -65, "0.5 nA into a 20 µm soma moved it from where it started"
    assert run.picture_bytes > 10_000
