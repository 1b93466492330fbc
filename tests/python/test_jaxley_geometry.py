"""The shape of real Jaxley models."""

import pathlib
import subprocess
import sys

import jaxley as jx
import numpy as np
import pytest

from compneurovis.backends.jaxley.scene import JaxleySceneBuilder
from compneurovis.backends.neuron.scene import NeuronSceneBuilder

DATA = pathlib.Path(__file__).parents[2] / "data"
TRACED = DATA / "m3s4s4t-vp-sup.CNG.swc"


def geometry_of(network, **names):
    return JaxleySceneBuilder.build_morphology_geometry(
        network.nodes, xyzr=network.xyzr, branch_edges=network.branch_edges, **names
    )


def expect_sound(geometry, network):
    """True of every model: one finite entity per compartment, pieces that belong to them and hang together."""
    count = len(network.nodes)
    assert len(geometry.entity_ids) == len(set(geometry.entity_ids)) == count
    for name in ("positions", "orientations", "radii", "lengths", "xlocs"):
        assert np.isfinite(getattr(geometry, name)).all(), name
    assert (geometry.radii > 0).all() and (geometry.lengths > 0).all()
    pieces = geometry.pieces
    assert np.isfinite(pieces.start).all() and np.isfinite(pieces.end).all()
    assert (pieces.start_radius > 0).all() and (pieces.end_radius > 0).all()
    assert set(pieces.entity) == set(range(count))
    followers = np.flatnonzero(pieces.parent >= 0)
    inside = followers[pieces.section[followers] == pieces.section[pieces.parent[followers]]]
    np.testing.assert_array_equal(pieces.start[inside], pieces.end[pieces.parent[inside]])
    roots = pieces.section[pieces.parent < 0]
    assert len(roots) == len(set(network.nodes["global_cell_index"]))
    turned = np.einsum("nij,nkj->nik", geometry.orientations, geometry.orientations)
    np.testing.assert_allclose(turned, np.broadcast_to(np.eye(3), (count, 3, 3)), atol=1e-5)
    np.testing.assert_allclose(np.linalg.det(geometry.orientations), 1, atol=1e-5)


def drawn_length(geometry, section):
    pieces = geometry.pieces
    mine = pieces.section == section
    return np.linalg.norm(pieces.end[mine] - pieces.start[mine], axis=1).sum()


def polyline_length(points):
    return np.linalg.norm(np.diff(np.asarray(points)[:, :3], axis=0), axis=1).sum()


def boxes(geometry, network):
    cells = np.asarray(network.nodes["global_cell_index"])[geometry.pieces.entity]
    ends = np.stack([geometry.pieces.start, geometry.pieces.end])
    return [(ends[:, cells == c].min((0, 1))[:2], ends[:, cells == c].max((0, 1))[:2]) for c in np.unique(cells)]


def overlap(a, b):
    return bool((a[0] < b[1]).all() and (b[0] < a[1]).all())


@pytest.fixture(scope="module")
def branch():
    return jx.Branch(jx.Compartment(), 4)


@pytest.fixture(scope="module")
def unnamed(branch):
    """Three cells without names and coordinates."""
    return jx.Network([jx.Cell(branch, parents=[-1, 0, 0, 1]) for _ in range(3)])


@pytest.fixture(scope="module")
def traced():
    return jx.Network([jx.read_swc(str(TRACED), ncomp=2)])


def test_cells_without_coordinates_or_names_lie_apart(unnamed):
    geometry = geometry_of(unnamed)
    expect_sound(geometry, unnamed)
    np.testing.assert_allclose(geometry.radii, unnamed.nodes["radius"], rtol=1e-6)
    np.testing.assert_allclose(geometry.lengths, unnamed.nodes["length"], rtol=1e-6)
    assert geometry.entity_ids[0] == "cell_0_branch_0@0.125" and geometry.entity_ids[-1] == "cell_2_branch_3@0.875"
    places = boxes(geometry, unnamed)
    assert not any(overlap(a, b) for i, a in enumerate(places) for b in places[:i])
    np.testing.assert_allclose(geometry.positions[:16], np.asarray(unnamed.nodes[["x", "y", "z"]])[:16], atol=1e-4)


def test_every_parent_is_the_branch_that_jaxley_names(unnamed):
    geometry = geometry_of(unnamed)
    pieces = geometry.pieces
    parents = np.asarray(unnamed.comb_parents)
    for section in range(len(parents)):
        first = np.flatnonzero(pieces.section == section)[0]
        above = pieces.parent[first]
        assert (pieces.section[above] if above >= 0 else -1) == parents[section]
        if above >= 0:
            np.testing.assert_array_equal(pieces.start[first], pieces.end[above])
    found = JaxleySceneBuilder.build_morphology_geometry(unnamed.nodes, xyzr=unnamed.xyzr)
    np.testing.assert_array_equal(found.pieces.parent, pieces.parent)


def test_lengths_changed_after_the_layout_are_drawn(branch):
    network = jx.Network([jx.Cell(branch, parents=[-1, 0])])
    network.cell(0).branch(0).set("length", 25.0)
    network.set("radius", 2.5)
    geometry = geometry_of(network)
    expect_sound(geometry, network)
    assert drawn_length(geometry, 0) == pytest.approx(100) and drawn_length(geometry, 1) == pytest.approx(40)
    np.testing.assert_array_equal(geometry.radii, 2.5)


def test_names_may_be_equal_or_missing(unnamed):
    geometry = geometry_of(unnamed, cell_names=["pyramid", "pyramid", None])
    assert len(set(geometry.entity_ids)) == 48
    assert geometry.entity_ids[0] == "pyramid_branch_0@0.125" and geometry.entity_ids[16] == "pyramid_branch_0@0.125#2"
    assert geometry.section_names[16] == "pyramid_branch_0" and geometry.section_names[-1] == "cell_2_branch_3"


def test_a_cell_of_one_compartment():
    network = jx.Network([jx.Cell(jx.Branch(jx.Compartment(), 1), parents=[-1])])
    geometry = geometry_of(network)
    expect_sound(geometry, network)
    assert geometry.entity_ids == ("cell_0_branch_0@0.500",)
    alone = JaxleySceneBuilder.build_morphology_geometry(network.nodes)
    np.testing.assert_array_equal(alone.orientations[0], np.eye(3))
    assert alone.lengths[0] == 10 and len(alone.pieces.entity) > 0


def test_branches_against_z_are_turned_over(branch):
    xyzr = [np.array([[0, 0, 0, 2.0], [0, 0, -50, 1.0]])]
    network = jx.Network([jx.Cell(branch, parents=[-1], xyzr=xyzr)])
    geometry = geometry_of(network)
    expect_sound(geometry, network)
    np.testing.assert_allclose(geometry.orientations[:, :, 2], np.tile([0, 0, -1], (4, 1)), atol=1e-6)
    np.testing.assert_allclose(geometry.radii, [1.875, 1.625, 1.375, 1.125], rtol=1e-6)
    assert drawn_length(geometry, 0) == pytest.approx(50)


def test_a_traced_cell_is_drawn_along_its_polylines(traced):
    geometry = geometry_of(traced)
    expect_sound(geometry, traced)
    tables = traced.nodes.groupby("global_branch_index")["length"].sum()
    drawn = [drawn_length(geometry, section) for section in range(len(traced.xyzr))]
    along = [polyline_length(points) for points in traced.xyzr]
    with_extent = np.array(along) > 0
    assert with_extent.sum() > 20 and not with_extent.all()
    np.testing.assert_allclose(np.array(drawn)[with_extent], np.array(along)[with_extent], rtol=1e-5)
    # Jaxley keeps one point of branches that leave the soma's middle.
    np.testing.assert_allclose(np.array(drawn)[~with_extent], tables[~with_extent], rtol=1e-4)
    pieces = geometry.pieces
    assert len(pieces.entity) > 2 * len(geometry.entity_ids), "bent branches have several pieces per compartment"
    bends = np.concatenate([np.asarray(points)[:, :3] for points in traced.xyzr]).astype(np.float32)
    ends = np.concatenate([pieces.start, pieces.end])
    assert max(np.linalg.norm(ends - bend, axis=1).min() for bend in bends) < 1e-4, "every traced point is a joint"


@pytest.fixture
def one_point_soma(tmp_path):
    path = tmp_path / "cell.swc"
    path.write_text("1 1 5 6 7 8 -1\n2 3 5 14 7 1 1\n3 3 5 60 7 1 2\n")
    return path


def test_a_soma_of_one_point_is_as_wide_as_it_is_long(one_point_soma):
    network = jx.Network([jx.read_swc(str(one_point_soma), ncomp=4)])
    geometry = geometry_of(network)
    expect_sound(geometry, network)
    assert polyline_length(network.xyzr[0]) == 0
    assert drawn_length(geometry, 0) == pytest.approx(16)
    np.testing.assert_allclose(geometry.radii[:4], 8)
    soma = geometry.pieces.section == 0
    np.testing.assert_allclose(
        (geometry.pieces.start[soma][0] + geometry.pieces.end[soma][-1]) / 2, [5, 6, 7], atol=1e-5
    )


def test_traced_cells_stay_where_they_are(traced):
    cell = jx.read_swc(str(TRACED), ncomp=2)
    twice = jx.Network([cell, cell])
    geometry = geometry_of(twice)
    assert len(set(geometry.entity_ids)) == len(geometry.entity_ids)
    np.testing.assert_array_equal(geometry.positions[: len(traced.nodes)], geometry.positions[len(traced.nodes) :])


def test_columns_of_a_dict_are_enough():
    columns = {
        "length": [10.0, 10.0],
        "radius": [1.0, np.nan],
        "global_cell_index": [0, 0],
        "global_branch_index": [0, 0],
        "global_comp_index": [1, 0],
    }
    geometry = JaxleySceneBuilder.build_morphology_geometry(columns)
    assert geometry.entity_ids == ("cell_0_branch_0@0.250", "cell_0_branch_0@0.750")
    np.testing.assert_allclose(geometry.radii, [1e-6, 1], rtol=1e-6)


def test_tables_that_do_not_fit_are_refused(unnamed):
    build = JaxleySceneBuilder.build_morphology_geometry
    with pytest.raises(ValueError, match="empty"):
        build(unnamed.nodes.iloc[:0])
    with pytest.raises(ValueError, match="empty"):
        build({})
    with pytest.raises(ValueError, match="radius"):
        build(unnamed.nodes.drop(columns="radius"))
    with pytest.raises(ValueError, match=r"xyzr\[1\].*\(2, 3\)"):
        build(unnamed.nodes, xyzr=[np.zeros((2, 4)), np.zeros((2, 3))])


def test_both_simulators_have_the_same_scene(unnamed):
    geometry = geometry_of(unnamed)
    ids = geometry.entity_ids[:2]
    parts = {
        "geometry": geometry,
        "display_values": np.arange(48),
        "trace_values": np.zeros((2, 3)),
        "trace_segment_ids": ids,
        "trace_times": [0.0, 0.1, 0.2],
    }
    scene = JaxleySceneBuilder.build_scene(**parts, display_unit="mV")
    assert JaxleySceneBuilder.build_scene is NeuronSceneBuilder.build_scene
    assert (
        JaxleySceneBuilder.DISPLAY_FIELD_ID == "segment_display"
        and JaxleySceneBuilder.TRACE_FIELD_ID == "segment_history"
    )
    assert set(scene.views) == {"morphology", "trace"} and scene.fields["segment_display"].unit == "mV"
    np.testing.assert_array_equal(scene.fields["segment_display"].values, np.arange(48))
    assert list(scene.fields["segment_history"].coords["segment"]) == list(ids)


def test_the_geometry_needs_no_jaxley():
    code = (
        "import sys; from compneurovis.backends.jaxley.scene import JaxleySceneBuilder; "
        "import compneurovis.jaxleyutils; print({'jax', 'jaxley'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
        == "set()"
    )
