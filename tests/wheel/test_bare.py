"""What `./run wheels` makes, on a machine that has Python and nothing else."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile

import numpy as np
import pytest

from bare import DIST, ROOT, Bare, simulators

sys.path.insert(0, str(ROOT / "tests/window"))
from hands import App, middle, until

COMMAND = "venv/bin/compneurovis"
LIGHT = ("--theme", "light")
# Rows of a picture without the menus, which offer a new start only where there is /proc, and the bars that tell times.
PANELS = slice(30, -80)


def one(pattern):
    """The newest of a kind in dist/."""
    return max(DIST.glob(pattern), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture(scope="module")
def machine():
    """With both wheels installed from files."""
    bare = Bare("python")
    files = bare.home / "files"
    shutil.copytree(simulators(), files)
    for pattern in ("compneurovis_viewer-*.whl", "compneurovis-*cp311*.whl"):
        shutil.copy(one(pattern), files)
    start = time.monotonic()
    bare.run("python3", "-m", "venv", "venv")
    bare.run("venv/bin/pip", "install", "--quiet", "--no-index", "--find-links", "files", "compneurovis[neuron]")
    bare.installing_s = time.monotonic() - start
    print(f"\nvirtual environment and installation: {bare.installing_s:.1f} s")
    return bare


def pixels(path):
    size = subprocess.run(["identify", "-format", "%h %w", path], capture_output=True, text=True, check=True).stdout
    raw = subprocess.run(["convert", path, "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(*map(int, size.split()), 3).astype(int)


def test_the_two_are_bound_to_each_other():
    with zipfile.ZipFile(one("compneurovis-*cp311*.whl")) as package:
        (name,) = (name for name in package.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = package.read(name).decode()
        assert not [name for name in package.namelist() if "viewer" in name], "no viewer inside"
    version = re.search(r"^Version: (.*)$", metadata, re.M)[1]
    assert f"Requires-Dist: compneurovis-viewer=={version}" in metadata
    assert one("compneurovis_viewer-*.whl").name.startswith(f"compneurovis_viewer-{version}-py3-none-manylinux_2_")


def test_nothing_names_the_folder_it_was_built_in():
    for wheel in (one("compneurovis_viewer-*.whl"), one("compneurovis-*cp311*.whl")):
        with zipfile.ZipFile(wheel) as files:
            assert [name for name in files.namelist() if str(ROOT).encode() in files.read(name)] == []
    with tarfile.open(one("compneurovis-*-cpp-*.tar.gz")) as files:
        members = [member for member in files if member.isfile()]
        assert [m.name for m in members if str(ROOT).encode() in files.extractfile(m).read()] == []


def test_what_is_inside_has_its_licence():
    with zipfile.ZipFile(one("compneurovis_viewer-*.whl")) as files:
        names = files.namelist()
        told = files.read("compneurovis_viewer/licenses/README.txt").decode()
        brought = [
            name.removeprefix("compneurovis_viewer/") for name in names if re.search(r"/(lib|plugins|fonts)/", name)
        ]
        assert len(brought) > 60
        for name in brought:
            if not name.endswith(("ORDER", "fonts.conf")):
                (line,) = (line for line in told.splitlines() if re.search(rf"[ :]{re.escape(name)}(,|$)", line))
                assert f"compneurovis_viewer/licenses/{line.split()[0]}.txt" in names


def test_the_doctor_finds_what_it_brought(machine):
    told = subprocess.run(machine.words([COMMAND, "doctor"]), capture_output=True, text=True, timeout=120)
    assert told.returncode == 1 and told.stdout.endswith("One thing is wrong, see the lines with !\n"), told.stdout
    assert "there is no display (DISPLAY is not set)" in told.stdout
    assert "compneurovis_viewer/compneurovis-viewer (" in told.stdout
    assert "compneurovis_viewer/lib/libQt6Core.so.6" in told.stdout
    assert re.search(r"^fonts +Inter", told.stdout, re.M)
    assert re.search(r"^drawing +painter on the processor", told.stdout, re.M)
    assert told.stderr == ""


def test_a_picture_is_that_of_the_build(machine, tmp_path):
    """Cell, trace and controls."""
    options = ["demo", "--headless", "--until-ms", "30", *LIGHT, "--screenshot", "picture.png", "--report", "r.json"]
    start = time.monotonic()
    done = machine.run(COMMAND, *options)
    print(f"\nfrom the command to the picture: {time.monotonic() - start:.2f} s")
    assert done.stderr == ""
    subprocess.run([sys.executable, "-m", "compneurovis", *options], cwd=tmp_path, check=True, timeout=120)
    there, here = pixels(machine.home / "picture.png"), pixels(tmp_path / "picture.png")
    assert there.shape == here.shape
    assert abs(there[PANELS] - here[PANELS]).max() <= 2
    assert (here[PANELS] < 128).any(axis=2).mean() > 0.005, "there is something to see"
    assert json.loads((machine.home / "r.json").read_text())["errors"] == []


SURFACE = """
import numpy as np
from compneurovis import *
y, x = np.mgrid[-1:1:60j, -1:1:50j]
field, grid = grid_field(
    field_id="h", values=np.exp(-4 * (x * x + y * y)), x_coords=x[0], y_coords=y[:, 0]
)
run_app(build_surface_app(field=field, geometry=grid))
"""


def test_a_surface_needs_no_driver(machine, tmp_path):
    for folder in (machine.home, tmp_path):
        (folder / "surface.py").write_text(SURFACE)
    options = ["run", "--headless", "--wall", "0.5", *LIGHT, "--screenshot", "surface.png", "surface.py"]
    machine.run(COMMAND, *options)
    subprocess.run([sys.executable, "-m", "compneurovis", *options], cwd=tmp_path, check=True, timeout=120)
    there, here = pixels(machine.home / "surface.png"), pixels(tmp_path / "surface.png")
    assert abs(there[PANELS] - here[PANELS]).max() <= 2 and len(np.unique(here.reshape(-1, 3), axis=0)) > 200


@pytest.fixture
def display():
    """An X server outside."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as said:
        number = said.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


def test_a_real_window_worked_with_the_mouse(machine, display, monkeypatch):
    monkeypatch.setenv("DISPLAY", display)
    folder = machine.home / "window"
    folder.mkdir()
    words = machine.words(
        ["/bin/bash", "-c", 'cd window && exec ../venv/bin/compneurovis "$@"', "-", "demo"], display=display
    )
    app = App(folder, None, options=[*LIGHT, "--speed", "20"], files=("report",), command=words)
    try:
        app.open()
        app.see(lambda report: report["views"]["morphology"]["visible_pieces"] > 0, "the cell")
        before = app.see(lambda report: report["model_time_ms"] > 5, "a live model")
        assert before["errors"] == []
        track = app.place("Pulse amplitude", "Track")
        app.drag(*middle(track, x=0.25), track[0] - 20, middle(track)[1])
        app.see(lambda report: report["state"]["amp"] == 0, "the amplitude at 0")
        app.key_unheard("ctrl+q")
        until(lambda: app.process.poll() is not None, "the end")
        assert app.process.returncode == 0, app.stderr()
    finally:
        app.process.kill()


def test_the_newer_cxx_library_is_taken_and_its_own_where_there_is_none(machine):
    """The viewer alone: numpy and NEURON need the system's."""
    viewer = "venv/lib/python3.11/site-packages/compneurovis_viewer/"
    libraries = machine.folder / "usr/lib/x86_64-linux-gnu"
    (real,) = libraries.glob("libstdc++.so.6.0.*")
    link, unwinder = libraries / "libstdc++.so.6", libraries / "libgcc_s.so.1"

    def taken():
        facts = machine.run(viewer + "compneurovis-viewer", "--facts", "--headless").stdout
        (line,) = (line for line in facts.splitlines() if line.startswith("C++ library"))
        return line.split("\t")[1]

    def becomes(name):
        link.unlink()
        link.symlink_to(name)
        (libraries / name).exists() or shutil.copy(real, libraries / name)

    own = f"/root/{viewer}lib/host-first/libstdc++.so.6"
    try:
        assert taken() == "/lib/x86_64-linux-gnu/libstdc++.so.6", "equal: the system's"
        becomes("libstdc++.so.6.0.99")
        assert taken() == "/lib/x86_64-linux-gnu/libstdc++.so.6"
        becomes("libstdc++.so.6.0.9")
        assert taken() == own
        link.unlink()
        unwinder.rename(unwinder.with_suffix(".away"))
        assert taken() == own
    finally:
        link.unlink(missing_ok=True)
        link.symlink_to(real.name)
        if unwinder.with_suffix(".away").exists():
            unwinder.with_suffix(".away").rename(unwinder)


CMAKE = """
cmake_minimum_required(VERSION 3.25)
project(cell CXX)
find_package(compneurovis REQUIRED)
add_executable(cell cell.cpp)
target_link_libraries(cell PRIVATE compneurovis::neuron)
"""


def test_a_cpp_program_is_built_and_shows_its_cell(machine):
    """The README's cell, with a compiler added and nothing else."""
    bare = Bare("cpp")
    bare.install_packages("g++", "cmake", "make")
    kit = one("compneurovis-*-cpp-*.tar.gz")
    with tarfile.open(kit) as files:
        files.extractall(bare.home, filter="data")
    (kit_folder,) = bare.home.glob("compneurovis-*")
    project = bare.home / "project"
    project.mkdir()
    (project / "CMakeLists.txt").write_text(CMAKE)
    (code,) = re.findall(r"^```cpp\n(.*?)^```$", (ROOT / "README.md").read_text(), re.M | re.S)
    (project / "cell.cpp").write_text(code)
    bare.run(
        "cmake",
        "-S",
        "project",
        "-B",
        "build",
        "-DCMAKE_BUILD_TYPE=Release",
        f"-DCMAKE_PREFIX_PATH=/root/{kit_folder.name}",
    )
    bare.run("cmake", "--build", "build")
    (library,) = machine.home.glob("venv/lib/python3*/site-packages/neuron/.data/lib")
    shutil.copytree(library, bare.home / "neuron/lib")
    environment = ["env", "CNV_NEURON_LIBRARY=/root/neuron/lib/libnrniv.so", "NEURONHOME=/root/neuron"]
    bare.run(
        *environment, "build/cell", "--headless", "--until-ms", "20", "--screenshot", "cell.png", "--report", "r.json"
    )
    report = json.loads((bare.home / "r.json").read_text())
    assert report["errors"] == [] and report["model_time_ms"] >= 19.9
    assert pathlib.Path(bare.home / "cell.png").stat().st_size > 10_000
    told = bare.run("bash", "-c", "build/cell --doctor || true").stdout
    assert f"/root/{kit_folder.name}/libexec/compneurovis/compneurovis-viewer (" in told
