"""SWC files, caches and places of Jaxley cells."""

import json
import pathlib
import pickle
import subprocess
import sys

import jaxley as jx
import numpy as np
import pandas as pd
import pytest

from compneurovis import jaxleyutils as tools
from compneurovis.backends.jaxley import utils

DATA = pathlib.Path(__file__).parents[2] / "data"
TRACED = DATA / "m3s4s4t-vp-sup.CNG.swc"
OPTIONS = {"ncomp": 2, "max_branch_len": 60.0}

TREES = """# two trees and a point, ids and trees not in order

10 3 100 0 0 1 3
 3 1 90 0 0 8 -1
11 3 130 0 0 1 10
 1 1 0 0 0 5 -1
# a comment
 2 1 10 0 0 5 1
 4 3 20 0 0 1 2
 6 3 20 10 0 1 4
 5 2 40 0 0 1 4
20 4 300 0 0 3 -1
"""


@pytest.fixture
def trees(tmp_path):
    path = tmp_path / "trees.swc"
    path.write_text(TREES)
    return path


@pytest.fixture(scope="module")
def cell():
    return tools.load_swc_jaxley(TRACED, **OPTIONS)


def expect_equal(a, b):
    pd.testing.assert_frame_equal(a.nodes, b.nodes)
    assert list(a.group_names) == list(b.group_names)
    np.testing.assert_array_equal(a.comb_parents, b.comb_parents)
    assert len(a.xyzr) == len(b.xyzr)
    for mine, other in zip(a.xyzr, b.xyzr):
        np.testing.assert_array_equal(mine, other)


def test_the_same_nine_names_are_in_both_homes():
    names = (
        "load_cached_swc_jaxley load_cached_swc_multi_jaxley load_swc_jaxley load_swc_multi_jaxley parse_swc "
        "save_swc_jaxley_cache save_swc_multi_jaxley_cache translate_cell_xyzr translate_cells_xyzr"
    ).split()
    from compneurovis.jaxleyutils import layout, swc_utils

    for name in names:
        home = layout if name.startswith("translate") else swc_utils
        assert getattr(tools, name) is getattr(utils, name) is getattr(home, name)


def test_nodes_hold_their_ids(trees):
    nodes, children = tools.parse_swc(trees)
    assert nodes[10] == {"id": 10, "type": 3, "x": 100.0, "y": 0.0, "z": 0.0, "radius": 1.0, "parent": 3}
    assert (
        list(nodes) == [10, 3, 11, 1, 2, 4, 6, 5, 20]
        and children[4] == [6, 5]
        and children[-1] == [3, 1, 20]
        and children[99] == []
    )


def test_one_tree_is_as_jaxley_reads_it(cell):
    expect_equal(cell, jx.read_swc(str(TRACED), ncomp=2, max_branch_len=60.0))
    assert cell.meta_name == TRACED.stem


def test_each_tree_is_a_cell(trees):
    cells = tools.load_swc_multi_jaxley(trees, ncomp=2, min_radius=None)
    assert (
        [name for name, _ in cells]
        == ["trees_tree_0", "trees_tree_1", "trees_tree_2"]
        == [made.meta_name for _, made in cells]
    )
    first, second, third = (made.nodes for _, made in cells)
    np.testing.assert_allclose(first["x"], [5, 15, 25, 35, 20, 20])
    assert cells[0][1].comb_parents.tolist() == [-1, 0, 0]
    np.testing.assert_allclose(second[["length", "radius"]], [[8, 8], [8, 8], [15, 1], [15, 1]])
    np.testing.assert_allclose(third[["length", "radius"]], [[3, 3], [3, 3]])
    # A ball has the surface of its tube.
    assert third["area"].sum() == pytest.approx(4 * np.pi * 9)
    assert cells[2][1].group_names == ["apical"]
    assert [name for name, _ in tools.load_swc_multi_jaxley(trees, ncomp=1, basename="net", assign_groups=False)] == [
        "net_tree_0",
        "net_tree_1",
        "net_tree_2",
    ]


def test_a_soma_of_one_point_may_stand_anywhere(tmp_path):
    sorted_file, other = tmp_path / "sorted.swc", tmp_path / "other.swc"
    sorted_file.write_text("1 1 0 0 0 5 -1\n2 3 0 5 0 1 1\n3 3 0 50 0 1 2\n")
    other.write_text("3 3 0 50 0 1 2\n2 3 0 5 0 1 1\n1 1 0 0 0 5 -1\n")
    expect_equal(tools.load_swc_jaxley(other, ncomp=3), tools.load_swc_jaxley(sorted_file, ncomp=3))
    tail_first = tmp_path / "tail.swc"
    tail_first.write_text("1 3 0 50 0 1 -1\n2 3 0 5 0 1 1\n3 1 0 0 0 5 2\n")
    nodes = tools.load_swc_jaxley(tail_first, ncomp=1).nodes
    soma = nodes[nodes["soma"]]
    np.testing.assert_allclose(soma[["length", "radius", "y"]], [[10, 5, 0]], atol=1e-6)


@pytest.mark.parametrize(
    "text, message",
    [
        ("1 1 0 0 0 5 -1\n\n2 3 0 1 0 1\n", "bad.swc:3: "),
        ("1 1 0 0 x 5 -1\n", "bad.swc:1: z 'x'"),
        ("1 1 0 0 0 5 -1\n1 3 0 1 0 1 1\n", "bad.swc:2: id 1 is used already on line 1"),
        ("1 1 0 0 0 5 -1\n2 3 0 1 0 1 3\n3 3 0 1 0 1 2\n", "bad.swc:2: point 2 is its own ancestor"),
        ("# nothing\n", "bad.swc: holds no points"),
        ("1 1 0 0 0 5 2\n2 1 0 0 0 5 1\n", "bad.swc:1: point 1 is its own ancestor"),
    ],
)
def test_errors_name_the_file_and_the_line(tmp_path, text, message):
    path = tmp_path / "bad.swc"
    path.write_text(text)
    with pytest.raises(ValueError) as caught:
        tools.load_swc_multi_jaxley(path)
    assert message in str(caught.value)


def test_several_trees_are_not_one_cell(trees, tmp_path):
    with pytest.raises(ValueError, match=r"3 cells.*load_swc_multi_jaxley"):
        tools.load_swc_jaxley(trees)
    with pytest.raises(ValueError, match="3 cells"):
        tools.save_swc_jaxley_cache(trees, tmp_path / "cache.npz")
    assert not (tmp_path / "cache.npz").exists()
    with pytest.raises(FileNotFoundError):
        tools.load_swc_jaxley(tmp_path / "absent.swc")


def test_a_cached_cell_is_the_one_of_the_file(cell, tmp_path):
    path = tmp_path / "deep" / "folder" / "cell.cache"
    assert tools.save_swc_jaxley_cache(TRACED, path, **OPTIONS) == str(path)
    assert [item.name for item in path.parent.iterdir()] == ["cell.cache"], "nothing else is left"
    again = tools.load_cached_swc_jaxley(path)
    expect_equal(again, cell)
    assert again.meta_name == cell.meta_name
    pd.testing.assert_frame_equal(again._comp_edges, cell._comp_edges)


def test_cached_trees_are_those_of_the_file(trees, tmp_path):
    path = tools.save_swc_multi_jaxley_cache(trees, tmp_path / "trees.npz", ncomp=2, basename="b")
    made, cached = tools.load_swc_multi_jaxley(trees, ncomp=2, basename="b"), tools.load_cached_swc_multi_jaxley(path)
    assert [name for name, _ in cached] == [name for name, _ in made]
    for (_, a), (_, b) in zip(cached, made):
        expect_equal(a, b)
    with pytest.raises(ValueError, match="3 cells"):
        tools.load_cached_swc_jaxley(path)


def rewritten(path, **changes):
    with np.load(path) as arrays:
        content = dict(arrays)
    header = json.loads(str(content["header"]))
    header.update(changes)
    content["header"] = np.array(json.dumps(header))
    with open(path, "wb") as file:
        np.savez(file, **content)
    return path


def test_caches_of_other_versions_and_without_cells_are_refused(trees, tmp_path):
    path = tools.save_swc_multi_jaxley_cache(trees, tmp_path / "trees.npz", ncomp=1)
    with pytest.raises(ValueError, match="version 2"):
        tools.load_cached_swc_multi_jaxley(rewritten(path, version=2))
    with pytest.raises(ValueError, match="no cells"):
        tools.load_cached_swc_multi_jaxley(rewritten(path, version=1, cells=[]))
    with pytest.raises(ValueError, match="format 'other'"):
        tools.load_cached_swc_multi_jaxley(rewritten(path, format="other"))


class Touch:
    """Runs code when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (pathlib.Path.touch, (self.path,))


def test_opening_a_foreign_file_runs_no_code(trees, tmp_path):
    mark = tmp_path / "mark"
    old = tmp_path / "old.cache"
    old.write_bytes(pickle.dumps({"version": 1, "cells": Touch(mark)}))
    with pytest.raises(ValueError, match=r"not a cache.*save_swc"):
        tools.load_cached_swc_multi_jaxley(old)
    hidden = tools.save_swc_multi_jaxley_cache(trees, tmp_path / "hidden.npz", ncomp=1)
    with np.load(hidden) as arrays:
        content = {**arrays, "0/order": np.array([Touch(mark)], dtype=object)}
    np.savez(hidden, **content)
    with pytest.raises(ValueError):
        tools.load_cached_swc_multi_jaxley(hidden)
    assert not mark.exists()


def test_damaged_caches_are_value_errors(trees, tmp_path):
    path = pathlib.Path(tools.save_swc_multi_jaxley_cache(trees, tmp_path / "trees.npz", ncomp=1))
    whole = path.read_bytes()
    for content in (b"", whole[:200], whole[: len(whole) // 2], whole[:300] + b"\0" * 200 + whole[500:]):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"trees\.npz"):
            tools.load_cached_swc_multi_jaxley(path)
    with pytest.raises(FileNotFoundError):
        tools.load_cached_swc_jaxley(tmp_path / "absent.npz")


def test_cells_are_shifted_with_their_centres():
    cell = jx.Cell(
        jx.Branch(jx.Compartment(), 2),
        parents=[-1, 0],
        xyzr=[
            np.array([[0, 0, 0, 1], [20, 0, 0, 1]], np.float32),
            np.array([[20, 0, 0, 1], [20, 30, 0, 2]], np.float32),
        ],
    )
    cell.compute_compartment_centers()
    before, points = cell.nodes[["x", "y", "z"]].to_numpy(), [p.copy() for p in cell.xyzr]
    tools.translate_cell_xyzr(cell, (100, -5, 0.25))
    np.testing.assert_allclose(cell.nodes[["x", "y", "z"]], before + np.array([100, -5, 0.25]), atol=1e-4)
    for old, new in zip(points, cell.xyzr):
        np.testing.assert_allclose(new, old + np.array([100, -5, 0.25, 0]), atol=1e-5)
    tools.translate_cells_xyzr([cell, cell], [(1, 0, 0), (2, 0, 0)])
    np.testing.assert_allclose(cell.nodes["x"], before[:, 0] + 103, atol=1e-4)
    with pytest.raises(ValueError):
        tools.translate_cells_xyzr([cell], [])
    with pytest.raises(ValueError, match="offset"):
        tools.translate_cell_xyzr(cell, (1, 2))


def test_cells_are_shifted_in_x64_too():
    code = (
        "import jax; jax.config.update('jax_enable_x64', True)\n"
        "import jaxley as jx, numpy as np\n"
        "from compneurovis.jaxleyutils import translate_cell_xyzr\n"
        "xyzr = [np.array([[0, 0, 0, 1], [20, 0, 0, 1]], np.float32)]\n"
        "cell = jx.Cell(jx.Branch(jx.Compartment(), 2), parents=[-1], xyzr=xyzr)\n"
        "cell.nodes[['x', 'y', 'z']] = cell.nodes[['x', 'y', 'z']].astype(np.float32)\n"
        "translate_cell_xyzr(cell, (1.1, 2, 3))\n"
        "print(cell.nodes[['x', 'y', 'z']].to_numpy().tolist())\n"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
        == "[[6.1, 2.0, 3.0], [16.1, 2.0, 3.0]]"
    )


def test_a_missing_jaxley_says_what_to_install(trees):
    code = (
        "import sys; sys.modules['jaxley'] = None\n"
        "from compneurovis.jaxleyutils import load_swc_jaxley, parse_swc\n"
        f"assert parse_swc({str(trees)!r})\n"
        "try: load_swc_jaxley(%r)\n"
        "except ModuleNotFoundError as error: print(error.name, 'jax==0.10.*' in str(error))\n"
    ) % str(TRACED)
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
        == "jaxley True"
    )
