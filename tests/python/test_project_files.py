"""What several files of the project say is the same in all of them."""

import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]


def found(pattern, name):
    match = re.search(pattern, (ROOT / name).read_text(), re.M)
    assert match, f"{name} does not match {pattern}"
    return match[1]


def test_the_version_is_the_same_everywhere():
    assert {
        found(r"^project\(compneurovis VERSION ([\d.]+)", "CMakeLists.txt"),
        found(r'^version = "([\d.]+)"', "pyproject.toml"),
        found(r"^version: ([\d.]+)", "CITATION.cff"),
        found(r"^## \[(\d[\d.]*)\] - \d{4}-\d\d-\d\d$", "CHANGELOG.md"),
    } == {found(r'^version = "([\d.]+)"', "pyproject.toml")}


def test_the_licence_is_the_same_everywhere():
    assert found(r'^license = "(.*)"', "pyproject.toml") == found(r"^license: (.*)", "CITATION.cff") == "BSD-3-Clause"
    assert (ROOT / "LICENSE").read_text().startswith("BSD 3-Clause License")


def test_presets_of_the_sanitizers_build_what_the_test_stage_builds():
    presets = json.loads((ROOT / "CMakePresets.json").read_text())
    settings = {preset["name"]: preset.get("cacheVariables", {}) for preset in presets["configurePresets"]}["sanitized"]
    stage = dict(re.findall(r"-D(CNV_\w+)=(\w+)", found(r"^ *configure (.*CNV_SANITIZE.*)$", "run")))
    assert {name: settings.get(name) for name in stage} == stage
    targets = set(found(r'build_sanitized "\$kind" (.*)$', "run").split())
    for preset in presets["buildPresets"]:
        if preset["name"] in ("address", "thread"):
            assert set(preset["targets"]) == targets
