"""The check of who may include whom: what is forbidden is found, directly and through chains,
and the sources are clean."""

import pathlib
import subprocess
import sys

import pytest

CHECK = pathlib.Path(__file__).resolve().parents[2] / "tools/check_layers.py"


def check(*root):
    """Exit status, and what is said of each forbidden include."""
    done = subprocess.run([sys.executable, CHECK, *root], capture_output=True, text=True, timeout=120)
    assert done.stderr == ""
    *lines, count = done.stdout.splitlines()
    assert count.endswith(f" files, {len(lines)} problems") and done.returncode == (1 if lines else 0)
    return lines


@pytest.fixture
def tree(tmp_path):
    """Writes files of a source tree, `path: [what it includes]`, and checks them."""

    def write(files):
        for path, targets in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text("#pragma once\n" + "".join(f"#include {target}\n" for target in targets))
        return check(tmp_path)

    return write


def test_the_sources_are_clean():
    assert check() == []


def test_what_the_table_allows_passes(tree):
    assert not tree(
        {
            "src/cnv/base/ids.hpp": ["<vector>", "<sys/types.h>"],
            "src/cnv/core/field.hpp": ['"cnv/base/ids.hpp"'],
            "src/cnv/draw/mesh.hpp": ['"cnv/base/ids.hpp"', "<glm/vec3.hpp>"],
            "src/cnv/view/plot.cpp": ['"cnv/core/field.hpp"', '"cnv/draw/mesh.hpp"'],
            "src/cnv/desktop/window.hpp": ["<QWidget>"],
            "src/cnv/desktop/controls/slider.cpp": ['"cnv/desktop/window.hpp"', "<QSlider>"],
            "python/src/fields.cpp": ['"fields.hpp"', '"cnv/core/field.hpp"', "<nanobind/nanobind.h>"],
            "python/src/fields.hpp": [],
        }
    )


@pytest.mark.parametrize(
    "file, target",
    [
        ("src/cnv/base/ids.hpp", "cnv/core/field.hpp"),
        ("src/cnv/render/mesh.cpp", "cnv/core/field.hpp"),
        ("src/cnv/view/plot.cpp", "cnv/runtime/session.hpp"),
        ("src/cnv/view/plot.cpp", "QString"),
        ("src/cnv/runtime/session.hpp", "epoxy/gl.h"),
        ("src/cnv/desktop/window.cpp", "cnv/transport/channel.hpp"),
        ("src/cnv/runtime/outbox.cpp", "cnv/transport/pipe/spawn.hpp"),
        ("src/cnv/backends/neuron/session.cpp", "cnv/backends/jaxley/session.hpp"),
        ("src/cnv/backends/jaxley/session.cpp", "cnv/backends/neuron/session.hpp"),
        ("src/cnv/backends/replay/session.cpp", "cnv/backends/shape/cut.hpp"),
        ("src/cnv/backends/shape/cut.hpp", "cnv/runtime/session.hpp"),
        ("src/cnv/builders/apps.hpp", "cnv/neuron.hpp"),
        ("src/cnv/app/main.cpp", "cnv/neuron.hpp"),
        ("python/src/run.cpp", "cnv/session.hpp"),
        ("python/src/run.cpp", "cnv/desktop/window.hpp"),
        ("python/src/run.cpp", "cnv/render/mesh.hpp"),
        ("python/src/run.cpp", "cnv/view/plot.hpp"),
        ("python/src/run.cpp", "cnv/app/viewer.hpp"),
        ("python/src/run.cpp", "QString"),
        ("python/src/run.cpp", "epoxy/gl.h"),
    ],
)
def test_a_forbidden_include_is_named_with_its_place(tree, file, target):
    (line,) = tree({file: ["<vector>", f"<{target}>"]})
    assert line.startswith(f"{file}:3: ") and line.endswith(f" may not include <{target}>")


def test_a_chain_is_told_whole_and_where_it_begins(tree):
    (line,) = tree(
        {
            "src/cnv/backends/neuron/section.hpp": ['"cnv/base/ids.hpp"', '"cnv/runtime/host.hpp"'],
            "src/cnv/runtime/host.hpp": ['"host_settings.hpp"'],
            "src/cnv/runtime/host_settings.hpp": ['"cnv/transport/channel.hpp"'],
            "src/cnv/transport/channel.hpp": [],
            "src/cnv/base/ids.hpp": [],
        }
    )
    assert line == (
        "src/cnv/backends/neuron/section.hpp:3: 'backends/neuron' may not include <cnv/transport/channel.hpp>, "
        "reached by cnv/runtime/host.hpp → cnv/runtime/host_settings.hpp → cnv/transport/channel.hpp"
    )


def test_a_chain_to_a_third_party_header_is_told_once_at_the_last_file_that_may_not_have_it(tree):
    lines = tree(
        {
            "python/src/run.cpp": ['"run.hpp"'],
            "python/src/run.hpp": ['"cnv/builders/apps.hpp"'],
            "src/cnv/builders/apps.hpp": ['"cnv/runtime/run_options.hpp"'],
            "src/cnv/runtime/run_options.hpp": ["<CLI/CLI.hpp>"],
        }
    )
    assert lines == [
        "src/cnv/builders/apps.hpp:2: 'builders' may not include <CLI/CLI.hpp>, reached by "
        "cnv/runtime/run_options.hpp → CLI/CLI.hpp"
    ]


def test_an_umbrella_header_is_followed(tree):
    lines = tree(
        {
            "src/cnv/neuron.hpp": ['"cnv/backends/neuron/session.hpp"', '"cnv/view/plot.hpp"'],
            "src/cnv/backends/neuron/session.hpp": ["<QTimer>"],
            "src/cnv/view/plot.hpp": [],
        }
    )
    assert [line.split(": ")[0] for line in lines] == ["src/cnv/backends/neuron/session.hpp:2", "src/cnv/neuron.hpp:3"]


def test_headers_that_include_each_other_end(tree):
    lines = tree(
        {"src/cnv/core/a.hpp": ['"cnv/core/b.hpp"'], "src/cnv/core/b.hpp": ['"cnv/core/a.hpp"', '"cnv/draw/mesh.hpp"']}
    )
    assert [line.split(": ")[0] for line in lines] == ["src/cnv/core/b.hpp:3"]


def test_unknown_folders_and_names_of_files_are_told(tree):
    lines = tree({"src/cnv/backends/arbor/session.cpp": [], "src/cnv/helpers/x.hpp": [], "python/src/old.h": []})
    assert [line.split(": ")[0] for line in lines] == [
        "src/cnv/backends/arbor/session.cpp",
        "src/cnv/helpers/x.hpp",
        "python/src/old.h",
    ]
