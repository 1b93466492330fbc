"""`cmake --install` gives what a CMake project outside the tree needs, viewer included."""

import os
import pathlib
import re
import shutil

import pytest

from conftest import ROOT, WORK, HeadlessRun, command, users_environment

# The folder whose build is installed: that of the viewer which the other tests use.
BUILD = pathlib.Path(os.environ.get("COMPNEUROVIS_VIEWER", ROOT / "build/release/bin/viewer")).resolve().parents[1]
DECLARATION = re.compile(r"^(#include|struct )", re.M)


def tutorial():
    """The declarations of the C++ tutorial; its main is in main.cpp."""
    page = (ROOT / "docs/tutorials/neuron-session.md").read_text()
    blocks = re.findall(r"^```cpp\n(.*?)^```$", page, re.M | re.S)
    return "#pragma once\n" + "\n".join(block for block in blocks if DECLARATION.search(block))


@pytest.fixture(scope="module")
def prefix():
    """An installation that was moved after it was made."""
    first, moved = WORK / "installed", WORK / "moved"
    for folder in (first, moved):
        shutil.rmtree(folder, ignore_errors=True)
    command("cmake", "--install", BUILD, "--prefix", first, "--strip", folder="/")
    return first.rename(moved)


@pytest.fixture(scope="module")
def program(prefix, tmp_path_factory):
    """The program of a project of three files outside the tree."""
    folder = tmp_path_factory.mktemp("outside")
    shutil.copytree(ROOT / "tests/packaging/outside", folder, dirs_exist_ok=True)
    (folder / "tutorial.hpp").write_text(tutorial())
    command(
        "cmake",
        "-S",
        ".",
        "-B",
        "build",
        "-G",
        "Ninja",
        "-DCMAKE_BUILD_TYPE=Release",
        f"-DCMAKE_PREFIX_PATH={prefix}",
        folder=folder,
    )
    command("cmake", "--build", "build", folder=folder)
    return folder / "build/my_cell"


def test_nothing_in_it_names_the_folder_it_was_built_in(prefix):
    files = [path for path in prefix.rglob("*") if path.is_file()]
    assert any(path.name == "compneurovis-config.cmake" for path in files)
    assert [str(path) for path in files if str(ROOT).encode() in path.read_bytes()] == []


def test_the_installed_viewer_is_the_one_that_is_found(prefix, program, tmp_path):
    viewer = prefix / "libexec/compneurovis/compneurovis-viewer"
    assert command(program, "--which-viewer", folder=tmp_path).stdout.strip() == str(viewer)


def test_a_program_beside_the_installation_finds_the_viewer_by_itself(prefix, program, tmp_path):
    """Installed into the same prefix, which is then moved: the built-in path leads nowhere."""
    elsewhere = tmp_path / "usr"
    (elsewhere / "bin").mkdir(parents=True)
    shutil.copy(program, elsewhere / "bin")
    shutil.copytree(prefix / "libexec", elsewhere / "libexec")
    found = command(elsewhere / "bin/my_cell", "--which-viewer", folder=tmp_path).stdout.strip()
    assert found == str(elsewhere / "libexec/compneurovis/compneurovis-viewer")


def test_the_tutorial_runs_from_another_folder(program, environment, tmp_path):
    active = users_environment(VIRTUAL_ENV=str(environment))  # as `activate` sets it: where NEURON is
    run = HeadlessRun(program, folder=tmp_path, environment=active)
    assert run.report["errors"] == [] and run.report["pictures"] > 0
    assert run.report["model_time_ms"] >= 19.9
    assert run.fields["m"].shape == (5, 801), "the dendrite's five segments, 20 ms in steps of 0.025 ms"
    assert run.fields["m"].max() > 0.9, "0.5 nA makes spikes, which open the sodium gates"
    assert run.picture_bytes > 10_000
