"""The project in README, which has this folder as a part of its own, is built and starts."""

import re

from conftest import ROOT, command


def block(language):
    """The one block of README in that language."""
    (code,) = re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / "README.md").read_text(), re.M | re.S)
    return code


def test_the_project_of_the_readme_is_built_and_starts(tmp_path):
    lines, present = re.subn(
        r"^add_subdirectory\(compneurovis\).*$", f'add_subdirectory("{ROOT}" compneurovis)', block("cmake"), flags=re.M
    )
    assert present == 1
    (tmp_path / "CMakeLists.txt").write_text(lines)
    (tmp_path / "cell.cpp").write_text(block("cpp"))
    configure = ("cmake", "-S", ".", "-G", "Ninja", "-DCNV_VIEWER=OFF")
    command(*configure, "-B", "plain", folder=tmp_path)
    kind = re.search(r"^CMAKE_BUILD_TYPE:\w+=(.*)$", (tmp_path / "plain/CMakeCache.txt").read_text(), re.M)
    assert kind is None or kind[1] == "", "the build type is the project's own"
    # Without precompiled headers: each file includes what it uses.
    options = ("-DCMAKE_BUILD_TYPE=Release", "-DCNV_WARNINGS_AS_ERRORS=ON", "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON")
    command(*configure, "-B", "build", *options, folder=tmp_path)
    command("cmake", "--build", "build", "--target", "cell", folder=tmp_path)
    assert not list((tmp_path / "build").rglob("_core*")) and not list((tmp_path / "build").rglob("test_*")), (
        "only what its programs need"
    )
    usage = command(tmp_path / "build/cell", "--help", folder=tmp_path).stdout
    assert "--headless" in usage and "--until-ms" in usage
