"""The tools for NEURON models, against NEURON itself (`h.`) and against brute force over the rows of the files."""
import json
import math
import random
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h  # noqa: E402

from compneurovis import neuronutils  # noqa: E402
from compneurovis.backends.neuron import utils  # noqa: E402

DATA = Path(__file__).parents[2] / "data"
LABELS = {1: "soma", 2: "axon", 3: "dendrite", 4: "apical"}


@pytest.fixture(autouse=True)
def empty_model():
    yield
    for section in list(h.allsec()):
        h.delete_section(sec=section)


def points(section):
    """(n, 4): x, y, z, diam."""
    return np.array([[section.x3d(i), section.y3d(i), section.z3d(i), section.diam3d(i)] for i in range(section.n3d())]).reshape(-1, 4)


def area(sections):
    return sum(segment.area() for section in sections for segment in section)


def flat(trees):
    return [section for tree in trees.values() for section in tree]


def test_both_homes_export_the_same_names():
    import importlib

    names = "define_shape_layout export_section_json generate_layout import_section_json load_swc_multi load_swc_neuron parse_swc".split()
    for name in names:
        assert getattr(neuronutils, name) is getattr(utils, name)
    older = {"layout": names[:1] + names[2:3], "json_utils": ["export_section_json", "import_section_json"], "swc_utils": names[4:]}
    for module, members in older.items():
        found = importlib.import_module(f"compneurovis.neuronutils.{module}")
        assert all(getattr(found, name) is getattr(utils, name) for name in members)


# ---- SWC files --------------------------------------------------------------------------------------------------------------


def imported_by_neuron(path):
    """What NEURON's own importer makes of a file."""
    h.load_file("stdlib.hoc")
    h.load_file("import3d.hoc")
    before = set(h.allsec())
    reader = h.Import3d_SWC_read()
    reader.quiet = 1
    reader.input(str(path))
    h.Import3d_GUI(reader, 0).instantiate(None)
    return [section for section in h.allsec() if section not in before]


def description(section):
    def shape(one):
        return tuple(map(tuple, points(one).round(4)))

    parent = section.parentseg()
    return (shape(section), shape(parent.sec) if parent else None, parent.x if parent else None)


SAME_AS_NEURON = {
    "one-point soma": "1 1 0 0 0 5 -1\n2 3 5 0 0 1 1\n3 3 50 0 0 1 2\n4 3 -5 0 0 1 1\n5 3 -50 0 0 1 4\n",
    "one-point soma, dendrites of one point": "1 1 0 0 0 5 -1\n2 3 20 0 0 1 1\n3 3 -20 0 0 1 1\n",
    "soma alone": "1 1 3 4 5 6 -1\n",
    "soma as a cylinder": "1 1 0 0 0 5 -1\n2 1 4 0 0 6 1\n3 1 8 0 0 4 2\n4 3 12 0 0 1 3\n5 3 50 0 0 1 4\n",
    "no soma": "1 3 0 0 0 1 -1\n2 3 9 0 0 1 1\n3 3 19 0 0 2 2\n4 3 0 9 0 1 1\n5 3 0 19 0 1 4\n",
    "type changes": "1 1 0 0 0 5 -1\n2 1 9 0 0 5 1\n3 2 19 0 0 1 2\n4 2 29 0 0 1 3\n5 3 39 0 0 2 4\n6 3 49 0 0 2 5\n",
    "all types": "1 1 0 0 0 5 -1\n2 1 9 0 0 5 1\n3 2 9 9 0 1 2\n4 2 9 19 0 1 3\n5 3 9 -9 0 1 2\n6 3 9 -19 0 1 5\n7 4 19 0 0 1 2\n8 4 29 0 0 1 7\n9 6 19 1 9 1 2\n10 6 29 1 9 1 9\n",
    "comments and ends of lines": "# a\r\n  # b\r\n\r\n1 1 0 0 0 5 -1\r\n2 3 9 0 0 1 1 # c\r\n3 3 19 0 0 1 2",
}


@pytest.mark.parametrize("text", SAME_AS_NEURON.values(), ids=SAME_AS_NEURON.keys())
def test_one_tree_is_as_neuron_imports_it(tmp_path, text):
    path = tmp_path / "cell.swc"
    path.write_bytes(text.encode())
    ours = flat(utils.load_swc_multi(path))
    assert sorted(map(description, ours), key=repr) == sorted(map(description, imported_by_neuron(path)), key=repr)


ALSO_READ_BY_NEURON = {
    "soma of three points": "1 1 0 0 0 5 -1\n2 1 0 5 0 5 1\n3 1 0 -5 0 5 1\n4 3 5 0 0 1 1\n5 3 50 0 0 1 4\n",
    "dendrite on the side of a soma": "1 1 0 0 0 5 -1\n2 1 4 0 0 6 1\n3 1 8 0 0 4 2\n4 3 4 5 0 1 2\n5 3 4 50 0 1 4\n",
    "branches beside the soma": "1 1 0 0 0 5 -1\n2 3 5 0 0 1 1\n3 3 50 0 0 1 2\n4 3 50 9 0 1 2\n5 3 60 9 0 1 4\n",
    "points that coincide": "1 3 0 0 0 1 -1\n2 3 9 0 0 1 1\n3 3 9 0 0 1 2\n4 3 19 0 0 1 2\n",
    "gaps in the ids": "3 1 0 0 0 5 -1\n7 1 9 0 0 5 3\n20 3 19 0 0 1 7\n31 3 29 0 0 1 20\n",
}


@pytest.mark.parametrize("text", [*SAME_AS_NEURON.values(), *ALSO_READ_BY_NEURON.values()], ids=[*SAME_AS_NEURON, *ALSO_READ_BY_NEURON])
def test_load_swc_neuron_is_neurons_importer(tmp_path, text):
    path = tmp_path / "cell.swc"
    path.write_bytes(text.encode())
    assert_loads_as_neuron(path)


def assert_loads_as_neuron(path):
    ours = utils.load_swc_neuron(path)
    # Noted before NEURON imports the file again: sections of the same names may replace them.
    noted = {section.name(): description(section) for section in ours}
    for section in ours:
        h.delete_section(sec=section)
    theirs = imported_by_neuron(path)
    found = {section.name(): description(section) for section in theirs}
    for section in theirs:
        h.delete_section(sec=section)
    assert noted == found


def random_tree(rng):
    """Rows of a small tree in which all that an importer must tell apart is frequent: somas that branch, wires, type changes,
    points that coincide, points that do not follow their parent."""
    count = int(rng.integers(1, 25))
    somas = int(rng.choice([0, 1, 1, 2, 3, 3, 4, 6]))
    rows = []
    for i in range(count):
        parent = -1 if i == 0 else i - 1 if rng.random() < 0.65 else int(rng.integers(0, i))
        kind = 1 if i < somas else int(rng.choice([1, 2, 3, 3, 4, 5])) if rng.random() < 0.2 or i == 0 else rows[parent][1]
        if kind == 1 and i >= somas and rng.random() < 0.8:
            kind = 3
        place = np.round(rng.normal(size=3) * 20, 2) if i == 0 or rng.random() < 0.95 else rows[parent][2]
        rows.append((parent, kind, place, round(float(rng.uniform(0.2, 6)), 2)))
    if somas == 3 and count >= 3 and rng.random() < 0.5:  # a sphere, as neuromorpho.org writes it, or nearly one
        _, _, center, radius = rows[0]
        for i, side in ((1, -1), (2, 1)):
            rows[i] = (0 if rng.random() < 0.9 else i - 1, 1, center + [0, side * radius, 0], radius)
    return "".join(f"{i + 1} {kind} {x} {y} {z} {radius} {parent + 1 if parent >= 0 else -1}\n" for i, (parent, kind, (x, y, z), radius) in enumerate(rows))


def test_random_trees_are_cut_as_neuron_cuts_them(tmp_path):
    path, compared = tmp_path / "cell.swc", 0
    for seed in range(400):
        path.write_text(random_tree(np.random.default_rng(seed)))
        try:
            imported_by_neuron(path)
        except RuntimeError:  # its own importer fails on some
            continue
        finally:
            for section in list(h.allsec()):
                h.delete_section(sec=section)
        compared += 1
        try:
            assert_loads_as_neuron(path)
        except AssertionError as problem:
            raise AssertionError(f"seed {seed}:\n{path.read_text()}") from problem
    assert compared > 350


@pytest.mark.parametrize("name", ["m3s4s4t-vp-sup.CNG.swc", "Series006ok-2.CNG.swc", "Animal_2_Basal_2.CNG.swc"])
def test_reconstructed_cells_are_cut_as_neuron_cuts_them(name):
    assert_loads_as_neuron(DATA / name)


def test_load_swc_neuron_points_to_the_function_that_reads_more(tmp_path):
    path = tmp_path / "cell.swc"
    for text, problem in (("1 1 0 0 0 5 -1\n2 3 9 0 0 1 -1\n", ":2: starts a second tree"), ("2 1 0 0 0 5 -1\n1 3 9 0 0 1 2\n", ":2: id 1 follows 2")):
        path.write_text(text)
        with pytest.raises(RuntimeError, match=f"{problem}.*load_swc_multi"):
            utils.load_swc_neuron(path)
        assert utils.load_swc_multi(path)


@pytest.mark.parametrize(
    ("text", "soma_parts"),
    [
        ("1 1 0 0 0 5 -1\n2 1 0 5 0 5 1\n3 1 0 -5 0 5 1\n4 3 5 0 0 1 1\n5 3 50 0 0 1 4\n", 2),  # the three points of a sphere
        ("1 1 0 0 0 5 -1\n2 1 4 0 0 6 1\n3 1 8 0 0 4 2\n4 3 4 5 0 1 2\n5 3 4 50 0 1 4\n", 2),  # a dendrite on the side
    ],
)
def test_a_soma_is_cut_where_dendrites_leave_but_as_large_as_neurons(tmp_path, text, soma_parts):
    path = tmp_path / "cell.swc"
    path.write_text(text)
    ours, theirs = flat(utils.load_swc_multi(path)), imported_by_neuron(path)
    assert [s.name() for s in ours] == [f"soma[{i}]" for i in range(soma_parts)] + ["dendrite[0]"]
    assert area(ours) == pytest.approx(area(theirs), rel=1e-6) and sum(s.L for s in ours) == pytest.approx(sum(s.L for s in theirs), rel=1e-6)
    dendrite, soma = ours[-1], ours[0]
    np.testing.assert_array_equal(points(dendrite), points(theirs[-1]))
    center = np.array([float(word) for word in text.splitlines()[int(text.splitlines()[3].split()[6]) - 1].split()[2:5]])
    place = dendrite.parentseg()
    np.testing.assert_allclose(points(place.sec)[0 if place.x == 0 else -1][:3], center)
    assert dendrite in soma.wholetree()


@pytest.mark.parametrize("name", ["m3s4s4t-vp-sup.CNG.swc", "Series006ok-2.CNG.swc", "Animal_2_Basal_2.CNG.swc"])
def test_real_cells_are_nearly_as_neuron_imports_them(name):
    ours, theirs = flat(utils.load_swc_multi(DATA / name)), imported_by_neuron(DATA / name)
    assert abs(len(ours) - len(theirs)) <= 2  # NEURON makes a sphere of three points, and merges one-point branches on the soma
    assert area(ours) == pytest.approx(area(theirs), rel=1e-3)
    assert sum(s.L for s in ours) == pytest.approx(sum(s.L for s in theirs), rel=1e-3)
    shapes = Counter(description(s)[0] for s in ours)
    shapes.subtract(Counter(description(s)[0] for s in theirs))
    assert sum(map(abs, shapes.values())) <= 4
    assert len(ours[0].wholetree()) == len(ours)


def random_forest(seed, count=300, roots=4):
    rng = random.Random(seed)
    rows, ids = [], rng.sample(range(5000), count)
    for k, node in enumerate(ids):
        parent = -1 if k < roots else ids[max(0, k - rng.choice((1, 1, 1, 1, 30, 200)))]
        kind = rng.choice((2, 3, 4, 7)) if parent < 0 or rng.random() < 0.1 else next(r[1] for r in rows if r[0] == parent)
        rows.append((node, kind, *(round(rng.uniform(-200, 200), 3) for _ in range(3)), round(rng.uniform(0.1, 3), 3), parent))
    return rows, rng


@pytest.mark.parametrize("seed", range(5))
def test_random_forests_against_brute_force(tmp_path, seed):
    rows, rng = random_forest(seed)
    shuffled = rng.sample(rows, len(rows))  # ids in any order, children before parents
    path = tmp_path / "forest.swc"
    path.write_text("".join(" ".join(map(str, row)) + "\n" for row in shuffled))
    trees = utils.load_swc_multi(path, "c")

    nodes = {row[0]: row for row in rows}
    children = defaultdict(list)
    for row in shuffled:
        children[row[6]].append(row[0])
    alone = [r for r in children[-1] if not children[r]]
    assert list(trees) == children[-1]

    def starts_a_section(node):
        parent = nodes[node][6]
        return parent in children[-1] or len(children[parent]) > 1 or nodes[parent][1] != nodes[node][1]

    starts = [n for n in nodes if nodes[n][6] >= 0 and starts_a_section(n)]
    expected = Counter(LABELS.get(nodes[n][1], "sec") for n in starts + alone)
    names = [s.name() for s in flat(trees)]
    assert sorted(names) == sorted(f"c_{label}[{i}]" for label, count in expected.items() for i in range(count))

    # Each edge of the file is a frustum of exactly one section: area and length; and the way from the root to each section's
    # ends is the way in the file: connections.
    lengths, total = {}, 0.0
    for node, row in nodes.items():
        way, at = 0.0, row
        while at[6] >= 0:
            way += math.dist(at[2:5], nodes[at[6]][2:5])
            at = nodes[at[6]]
        lengths[node] = way
        if row[6] >= 0:
            length, r1, r2 = math.dist(row[2:5], nodes[row[6]][2:5]), row[5], nodes[row[6]][5]
            total += math.pi * (r1 + r2) * math.hypot(length, r1 - r2)
        elif row[0] in alone:
            total += 4 * math.pi * row[5] ** 2
    assert area(flat(trees)) == pytest.approx(total, rel=1e-5)
    place = {tuple(np.float32(row[2:5])): node for node, row in nodes.items()}
    for root, sections in trees.items():
        if root in alone:
            assert len(sections) == 1 and sections[0].L == pytest.approx(2 * nodes[root][5], rel=1e-3)
            continue
        origin = sections[0](0)
        for section in sections:
            for x, point in ((0, points(section)[0]), (1, points(section)[-1])):
                node = place[tuple(np.float32(point[:3]))]
                assert h.distance(origin, section(x)) == pytest.approx(lengths[node], rel=1e-4, abs=1e-3)
                assert point[3] == pytest.approx(2 * nodes[node][5], rel=1e-6)


def test_several_trees_with_stubs_and_single_points(tmp_path):
    path = tmp_path / "worm.swc"
    path.write_text("1 1 10 20 30 4 -1\n7 3 0 0 0 1 -1\n8 3 9 0 0 1 7\n9 3 9 0 0 1 8\n10 3 19 0 0 1 8\n20 0 5 5 5 2 -1\n")
    trees = utils.load_swc_multi(path, basename="AVAL")
    assert {root: [s.name() for s in tree] for root, tree in trees.items()} == {
        1: ["AVAL_soma[0]"],
        7: ["AVAL_dendrite[0]", "AVAL_dendrite[1]", "AVAL_dendrite[2]"],
        20: ["AVAL_sec[0]"],
    }
    (soma,), (_, stub, tip), (single,) = trees.values()
    assert soma.L == pytest.approx(8) and soma.diam == 8 and area([soma]) == pytest.approx(4 * math.pi * 16, rel=1e-6)
    np.testing.assert_array_equal(points(soma)[1], [10, 20, 30, 8])
    np.testing.assert_array_equal(points(stub), [[9, 0, 0, 2], [11, 0, 0, 2]])
    assert single.L == pytest.approx(4) and not set(soma.wholetree()) & set(tip.wholetree())


def test_sections_live_as_long_as_they_are_kept(tmp_path):
    path = tmp_path / "cell.swc"
    path.write_text(SAME_AS_NEURON["all types"])
    first, second = utils.load_swc_multi(path), utils.load_swc_multi(path)
    assert not set(flat(first)) & set(flat(second)) and len(list(h.allsec())) == 2 * len(flat(first)) == 10
    del second
    assert list(h.allsec()) == flat(first)


def test_deep_trees(tmp_path):
    count = 4000  # each point starts a section, as the type changes
    path = tmp_path / "deep.swc"
    path.write_text("".join(f"{i} {2 + i % 2} {i} 0 0 1 {i - 1 if i > 1 else -1}\n" for i in range(1, count + 1)))
    (sections,) = utils.load_swc_multi(path).values()
    assert len(sections) == count - 1 and h.distance(sections[0](0), sections[-1](1)) == pytest.approx(count - 1)
    path.write_text("".join(f"{i} 3 {i} 0 0 1 {i - 1 if i > 1 else -1}\n" for i in range(1, 20001)))
    ((section,),) = utils.load_swc_multi(path).values()
    assert section.n3d() == 20000 and section.L == pytest.approx(19999)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "holds no points"),
        ("1 1 0 0 0 5\n", ":1: has 6 columns"),
        ("1 1 0 0 zero 5 -1\n", ":1: z 'zero' is not a number"),
        ("# c\n1 1 0 0 0 -5 -1\n", ":2: the radius is negative"),
        ("1 1 0 0 0 5 -1\n1 3 1 0 0 1 -1\n", ":2: id 1 is used already on line 1"),
        ("1 1 0 0 0 5 -1\n2 3 1 0 0 1 7\n", ":2: parent 7 does not exist"),
        ("1 1 0 0 0 5 -1\n2 3 1 0 0 1 4\n3 3 1 0 0 1 2\n4 3 1 0 0 1 3\n", ":2: point 2 is its own ancestor"),
    ],
)
def test_bad_files_name_the_line(tmp_path, text, problem):
    path = tmp_path / "bad.swc"
    path.write_text(text)
    with pytest.raises(ValueError) as raised:
        utils.load_swc_multi(path)
    assert "bad.swc" in str(raised.value) and problem in str(raised.value)
    assert not list(h.allsec())
    with pytest.raises(FileNotFoundError):
        utils.load_swc_multi(tmp_path / "none.swc")


def test_parse_swc_takes_seven_columns_only(tmp_path):
    path = tmp_path / "cell.swc"
    path.write_text("# c\n\n 1 1 0 0.5 0 5 -1\r\n2 3 9 0 0 1 1\n3 3 9 9 0 1 1")
    nodes, children = utils.parse_swc(path)
    assert nodes[1] == {"type": 1, "x": 0.0, "y": 0.5, "z": 0.0, "radius": 5.0, "parent": -1} and list(nodes) == [1, 2, 3]
    assert children[1] == [2, 3] and children[-1] == [1] and children[17] == []
    path.write_text("1 1 0 0 0 5 -1 # soma\n")
    with pytest.raises(ValueError, match=r"cell.swc:1: has 9 columns"):
        utils.parse_swc(path)


# ---- layout -----------------------------------------------------------------------------------------------------------------


def make(name, length=50.0, diam=2.0):
    section = h.Section(name=name)
    section.L, section.diam = length, diam
    return section


def axis(section):
    p = points(section)
    return (p[1] - p[0])[:3] / np.linalg.norm((p[1] - p[0])[:3])


def test_branches_spread_on_a_cone_of_the_given_angle():
    stem, branches = make("stem"), [make(f"b{i}", 10 + i) for i in range(5)]
    for branch in branches:
        branch.connect(stem(1))
    utils.generate_layout([stem, *branches], default_direction=(0, 2, 0), branch_angle=45)
    np.testing.assert_allclose(points(stem)[1][:3], [0, 50, 0], atol=1e-5)
    directions = np.array([axis(b) for b in branches])
    np.testing.assert_allclose(directions @ [0, 1, 0], np.cos(np.radians(45)), atol=1e-5)
    turns = np.sort(np.degrees(np.arctan2(directions[:, 0], directions[:, 2])))
    np.testing.assert_allclose(np.diff(turns), 72, atol=1e-3)
    assert [b.L for b in branches] == pytest.approx([10, 11, 12, 13, 14]) and all(b.diam == 2 for b in branches)


def test_no_branch_lies_in_its_parent_or_grandparent():
    soma, dend = make("soma"), make("dend")
    dend.connect(soma(1))
    children = {name: make(name) for name in ("back", "side", "deep_back", "deep_side")}
    for name, parent in (("back", soma(0)), ("side", soma(0.5)), ("deep_back", dend(0)), ("deep_side", dend(0.5))):
        children[name].connect(parent)
    utils.generate_layout([soma, dend, *children.values()])
    np.testing.assert_allclose(axis(children["back"]), -axis(soma), atol=1e-6)
    for name in ("side", "deep_back", "deep_side"):
        assert abs(axis(children[name]) @ axis(soma)) == pytest.approx(np.cos(np.radians(30)), abs=1e-5)
    np.testing.assert_allclose(points(children["side"])[0][:3], points(soma)[:, :3].mean(axis=0), atol=1e-5)


def test_roots_connections_and_short_sections():
    one, two, three, child = make("one"), make("two"), make("three", 0.1), make("child")
    child.connect(one(1))
    outside = make("outside")
    links = [(two, one, 0.5), (child, two, 0.25), (three, outside, 1)]  # the last two are ignored
    utils.generate_layout([one, two, three, child], links, root_spacing=70, min_length=3)
    np.testing.assert_allclose(points(two)[0][:3], [0, 0, 25], atol=1e-5)
    np.testing.assert_allclose(points(child)[0][:3], [0, 0, 50], atol=1e-5)
    np.testing.assert_allclose(points(three)[:, :3], [[70, 0, 0], [70, 0, 3]], atol=1e-5)
    assert outside.n3d() == 0 and two.parentseg() is None and three.L == 3


def test_a_reversed_parent_is_laid_out_from_its_attached_end():
    soma, dend, tip = make("soma"), make("dend"), make("tip")
    dend.connect(soma(1), 1)
    tip.connect(dend(0))
    utils.generate_layout([soma, dend, tip])
    np.testing.assert_allclose(points(tip)[0][:3], [0, 0, 100], atol=1e-5)


def test_bad_layouts_change_nothing():
    one, two = make("one"), make("two")
    for links, problem in (([(one, two, 0.5), (two, one, 0.5)], "loop through one"), ([(one, two, 1.5)], "one to two: parent_x"), ([(one, one, 1)], "loop")):
        with pytest.raises(ValueError, match=problem):
            utils.generate_layout([one, two], links)
    with pytest.raises(ValueError, match="finite"):
        utils.generate_layout([one], branch_angle=float("nan"))
    with pytest.raises(ValueError, match="twice"):
        utils.generate_layout([one, one])
    assert one.n3d() == two.n3d() == 0
    utils.generate_layout([])


def test_define_shape_layout_is_neurons():
    one, two = make("one"), make("two")
    two.connect(one(1))
    utils.define_shape_layout()
    ours = [points(one), points(two)]
    for section in (one, two):
        section.pt3dclear()
        section.L = 50
    h.define_shape()
    np.testing.assert_allclose(ours, [points(one), points(two)])


# ---- section files ----------------------------------------------------------------------------------------------------------


def cell():
    soma, dend, axon = make("soma", 20, 20), make("dend", 123.456, 1), h.Section(name="axon[3]")
    for x, d in ((0, 1.25), (10.1, 1.5), (33, 0.7)):
        axon.pt3dadd(x, 1, 2, d)
    dend.connect(soma(1))
    axon.connect(dend(0.3), 1)
    soma.nseg, dend.nseg, axon.nseg = 1, 3, 5
    dend.Ra, dend(0.5).cm, dend(0.1).diam = 77, 2.5, 1.7
    soma.insert("hh")
    for section in (dend, axon):
        section.insert("pas")
    dend.insert("extracellular")
    axon.insert("k_ion")
    for i, segment in enumerate(dend):
        segment.pas.g, segment.pas.e = 0.001 * (i + 1) / 3, -70 + i
        segment.xraxial[1], segment.e_extracellular = 5e6 + i, 0.5 * i
    soma(0.5).hh.gnabar, soma.ena, axon(0.1).ki = 0.13, 55.5, 41.5
    clamp, late, synapse, voltage = h.IClamp(soma(0.5)), h.ExpSyn(dend(0.9)), h.ExpSyn(dend(0.9)), h.VClamp(axon(0.1))
    clamp.delay, clamp.dur, clamp.amp, late.tau, synapse.tau, synapse.e = 5, 1, 0.3, 3, 7, -10
    voltage.dur[1], voltage.amp[2] = 12, -55
    return [soma, dend, axon], [clamp, late, synapse, voltage, h.NetStim()]


def test_the_file_holds_what_neuron_holds(tmp_path):
    sections, _kept = cell()
    path = tmp_path / "cell.json"
    utils.export_section_json(path, sections)
    text = path.read_text()
    written = json.loads(text)
    assert text == json.dumps(written, indent=2) + "\n" and list(written) == ["sections"]
    assert list(written["sections"]) == ["soma", "dend", "axon[3]"]
    for section in sections:
        one, truth = written["sections"][section.name()], section.psection()
        parent = section.parentseg()
        assert (one["parent"], one["parent_x"]) == ((parent.sec.name(), parent.x) if parent else (None, None))
        assert [tuple(p[k] for k in ("x", "y", "z", "diam")) for p in one["geometry"]] == truth["morphology"]["pts3d"]
        assert (one["nseg"], one["Ra"], one["cm"]) == (section.nseg, section.Ra, truth["cm"])
        assert one["ions"] == truth["ions"] and set(one["density_mechs"]) == set(truth["density_mechs"])
        for mechanism, values in one["density_mechs"].items():
            assert values and all(truth["density_mechs"][mechanism][name] == value for name, value in values.items())
    soma, dend, axon = (written["sections"][s.name()] for s in sections)
    assert soma["density_mechs"]["hh"] == {"gnabar": [0.13], "gkbar": [0.036], "gl": [0.0003], "el": [-54.3]}
    assert soma["point_processes"] == [{"type": "IClamp", "section_loc": {"section": "soma", "loc": 0.5}, "parameters": {"del": 5.0, "dur": 1.0, "amp": 0.3}}]
    assert [p["parameters"] for p in dend["point_processes"]] == [{"tau": 3.0, "e": 0.0}, {"tau": 7.0, "e": -10.0}]
    assert dend["point_processes"][0]["section_loc"] == {"section": "dend", "loc": pytest.approx(5 / 6)}
    assert axon["point_processes"][0]["parameters"]["dur"] == [0.0, 12.0, 0.0] and axon["child_x"] == 1


def run(sections, point_processes):
    """Voltages of all segments over 10 ms."""
    clamp = [p for p in point_processes if p.hname().startswith("IClamp")][0]
    assert clamp.amp == 0.3
    h.dt = 0.025
    h.finitialize(-65)
    rows = []
    while h.t < 10:
        h.fadvance()
        rows.append([segment.v for section in sections for segment in section])
    return np.array(rows)


def test_a_round_trip_gives_the_same_file_and_the_same_simulation(tmp_path):
    sections, points_ = cell()
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    utils.export_section_json(first, sections)
    before = run(sections, points_)
    del sections, points_
    assert not list(h.allsec())
    made, processes = utils.import_section_json(str(first))
    assert list(made) == ["soma", "dend", "axon[3]"] and [p.hname().split("[")[0] for p in processes] == ["IClamp", "ExpSyn", "ExpSyn", "VClamp"]
    assert made["axon[3]"].orientation() == 1 and processes[0].get_segment() == made["soma"](0.5)
    utils.export_section_json(second, made.values())
    assert first.read_bytes() == second.read_bytes()
    np.testing.assert_array_equal(run(list(made.values()), processes), before)
    del made, processes
    assert not list(h.allsec()) and not len(h.List("IClamp"))


def test_a_traced_cell_makes_the_round_trip(tmp_path):
    sections = flat(utils.load_swc_multi(DATA / "m3s4s4t-vp-sup.CNG.swc"))
    for section in sections:
        section.insert("hh")
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    utils.export_section_json(first, sections)
    shapes = list(map(description, sections))
    del sections, section
    made, _ = utils.import_section_json(first)
    assert list(map(description, made.values())) == shapes
    utils.export_section_json(second, made.values())
    assert first.read_bytes() == second.read_bytes()


def test_a_part_of_a_cell_stands_alone(tmp_path):
    (_, dend, axon), _kept = cell()
    utils.export_section_json(tmp_path / "part.json", [dend, axon])
    made, _ = utils.import_section_json(tmp_path / "part.json")
    assert made["dend"].parentseg() is None and made["axon[3]"].parentseg() == made["dend"](0.3)


def test_what_cannot_be_written_is_named(tmp_path):
    one, two = make("same"), make("same")
    with pytest.raises(RuntimeError, match="Two sections are named same"):
        utils.export_section_json(tmp_path / "x.json", [one, two])
    one.insert("pas")
    one.g_pas = float("inf")
    with pytest.raises(RuntimeError, match="same: g_pas is infinite"):
        utils.export_section_json(tmp_path / "x.json", [one])
    with pytest.raises(ValueError, match="none/x.json: cannot be written"):
        utils.export_section_json(tmp_path / "none/x.json", [two])
    assert not list(tmp_path.iterdir())


def changed(tree, keys, value):
    *way, last = keys
    for key in way:
        tree = tree[key]
    if value is None:
        del tree[last]
    else:
        tree[last] = value


@pytest.mark.parametrize(
    ("keys", "value", "problem"),
    [
        (["sections"], None, ": 'sections' is missing"),
        (["sections", "dend", "nseg"], None, "sections.dend: 'nseg' is missing"),
        (["sections", "dend", "nseg"], 0, "sections.dend.nseg: nseg of dend must be 1"),
        (["sections", "dend", "nseg"], 2.5, "sections.dend.nseg: is not a whole number"),
        (["sections", "dend", "Ra"], "much", "sections.dend.Ra: is not a number"),
        (["sections", "dend", "cm"], [1], "sections.dend.cm: holds 1 values instead of 3, one per segment"),
        (["sections", "dend", "parent"], "none", "sections.dend.parent: there is no section 'none'"),
        (["sections", "soma", "parent"], "axon[3]", "closes a loop"),
        (["sections", "dend", "parent_x"], 1.5, "sections.dend.parent_x: is not within 0"),
        (["sections", "axon[3]", "geometry", 1, "diam"], -1, "sections.axon[3].geometry[1]: "),
        (["sections", "dend", "density_mechs", "nix"], {}, "density_mechs.nix: Cannot insert 'nix'"),
        (["sections", "dend", "density_mechs", "pas", "x"], [1, 1, 1], "density_mechs.pas.x: pas has no such variable. It has: g_pas"),
        (["sections", "soma", "ions", "na", "ena"], ["a"], "sections.soma.ions.na.ena[0]: is not a number"),
        (["sections", "soma", "point_processes", 0, "type"], "Nix", "point_processes[0].type: There is no point process 'Nix'"),
        (["sections", "soma", "point_processes", 0, "section_loc", "loc"], 2, "section_loc.loc: is not within 0"),
        (["sections", "soma", "point_processes", 0, "parameters", "nix"], 2, "parameters.nix: IClamp has no property 'nix'"),
    ],
)
def test_bad_files_name_the_key_and_leave_nothing_behind(tmp_path, keys, value, problem):
    path = tmp_path / "cell.json"
    sections, kept = cell()
    utils.export_section_json(path, sections)
    del sections, kept
    tree = json.loads(path.read_text())
    changed(tree, keys, value)
    path.write_text(json.dumps(tree))
    with pytest.raises(ValueError) as raised:
        utils.import_section_json(path)
    assert str(raised.value).startswith(f"{path}: ") and problem in str(raised.value)
    del raised
    assert not list(h.allsec())


def test_other_spellings_are_read(tmp_path):
    path = tmp_path / "cell.json"
    sections, kept = cell()
    utils.export_section_json(path, sections)
    tree = json.loads(path.read_text())
    clamp = tree["sections"]["soma"]["point_processes"][0]["parameters"]
    clamp["delay"] = clamp.pop("del") + 1
    pas = tree["sections"]["dend"]["density_mechs"]["pas"]
    pas["g_pas"] = pas.pop("g")
    path.write_text(json.dumps(tree))
    made, processes = utils.import_section_json(path)
    assert processes[0].delay == 6 and made["dend"](0.9).pas.g == pytest.approx(0.001)


def test_files_that_are_not_json_or_absent(tmp_path):
    path = tmp_path / "cell.json"
    path.write_text('{"sections": {\n  "soma": }')
    with pytest.raises(ValueError, match="cell.json: is not JSON: .*line 2"):
        utils.import_section_json(path)
    with pytest.raises(FileNotFoundError):
        utils.import_section_json(tmp_path / "none.json")


# ---- the page ---------------------------------------------------------------------------------------------------------------


def test_the_code_of_the_page_runs_and_is_the_code_that_is_compiled(tmp_path, monkeypatch):
    root = DATA.parent
    page = (root / "docs/concepts/neuron-utilities.md").read_text()
    (tmp_path / "cell.swc").write_bytes((DATA / "m3s4s4t-vp-sup.CNG.swc").read_bytes())
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(page.split("```python\n")[1].split("```")[0], names)
    assert len(names["by_name"]) == len(names["sections"]) > 20 and names["point_processes"][0].amp == 0.5
    compiled = (root / "tests/neuron/test_tools_page.cpp").read_text().split("// [page]\n")[1].rsplit("\n", 1)[0]
    assert page.split("```cpp\n")[1].split("```")[0].rstrip() == textwrap.dedent(compiled).rstrip()
