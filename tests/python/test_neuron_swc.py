"""SWC files read for NEURON, against NEURON itself (`h.`) and against brute force over the rows of the files."""

import math
import random
from collections import Counter, defaultdict

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

from compneurovis.backends.neuron import utils
from neuron_tools import DATA, LABELS, area, description, empty_model, flat, points  # noqa: F401


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


SAME_AS_NEURON = {
    "one-point soma": "1 1 0 0 0 5 -1\n2 3 5 0 0 1 1\n3 3 50 0 0 1 2\n4 3 -5 0 0 1 1\n5 3 -50 0 0 1 4\n",
    "one-point soma, dendrites of one point": "1 1 0 0 0 5 -1\n2 3 20 0 0 1 1\n3 3 -20 0 0 1 1\n",
    "soma alone": "1 1 3 4 5 6 -1\n",
    "soma as a cylinder": "1 1 0 0 0 5 -1\n2 1 4 0 0 6 1\n3 1 8 0 0 4 2\n4 3 12 0 0 1 3\n5 3 50 0 0 1 4\n",
    "no soma": "1 3 0 0 0 1 -1\n2 3 9 0 0 1 1\n3 3 19 0 0 2 2\n4 3 0 9 0 1 1\n5 3 0 19 0 1 4\n",
    "type changes": "1 1 0 0 0 5 -1\n2 1 9 0 0 5 1\n3 2 19 0 0 1 2\n4 2 29 0 0 1 3\n5 3 39 0 0 2 4\n6 3 49 0 0 2 5\n",
    "all types": (
        "1 1 0 0 0 5 -1\n2 1 9 0 0 5 1\n3 2 9 9 0 1 2\n4 2 9 19 0 1 3\n5 3 9 -9 0 1 2\n6 3 9 -19 0 1 5\n"
        "7 4 19 0 0 1 2\n8 4 29 0 0 1 7\n9 6 19 1 9 1 2\n10 6 29 1 9 1 9\n"
    ),
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


@pytest.mark.parametrize(
    "text", [*SAME_AS_NEURON.values(), *ALSO_READ_BY_NEURON.values()], ids=[*SAME_AS_NEURON, *ALSO_READ_BY_NEURON]
)
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
    """Rows of a small tree in which all that an importer must tell apart is frequent: somas that branch, wires, type
    changes, points that coincide, points that do not follow their parent."""
    count = int(rng.integers(1, 25))
    somas = int(rng.choice([0, 1, 1, 2, 3, 3, 4, 6]))
    rows = []
    for i in range(count):
        parent = -1 if i == 0 else i - 1 if rng.random() < 0.65 else int(rng.integers(0, i))
        kind = (
            1 if i < somas else int(rng.choice([1, 2, 3, 3, 4, 5])) if rng.random() < 0.2 or i == 0 else rows[parent][1]
        )
        if kind == 1 and i >= somas and rng.random() < 0.8:
            kind = 3
        place = np.round(rng.normal(size=3) * 20, 2) if i == 0 or rng.random() < 0.95 else rows[parent][2]
        rows.append((parent, kind, place, round(float(rng.uniform(0.2, 6)), 2)))
    if somas == 3 and count >= 3 and rng.random() < 0.5:  # a sphere, as neuromorpho.org writes it, or nearly one
        _, _, center, radius = rows[0]
        for i, side in ((1, -1), (2, 1)):
            rows[i] = (0 if rng.random() < 0.9 else i - 1, 1, center + np.array([0, side * radius, 0]), radius)
    return "".join(
        f"{i + 1} {kind} {x} {y} {z} {radius} {parent + 1 if parent >= 0 else -1}\n"
        for i, (parent, kind, (x, y, z), radius) in enumerate(rows)
    )


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


def test_load_swc_neuron_points_to_the_function_that_keeps_trees_apart(tmp_path):
    path = tmp_path / "cell.swc"
    path.write_text("1 1 0 0 0 5 -1\n2 3 9 0 0 1 -1\n")
    with pytest.warns(UserWarning, match=":2: starts a further tree.*load_swc_multi"):
        utils.load_swc_neuron(path)
    assert len(utils.load_swc_multi(path)) == 2


@pytest.mark.parametrize(
    ("text", "soma_parts"),
    [
        (
            "1 1 0 0 0 5 -1\n2 1 0 5 0 5 1\n3 1 0 -5 0 5 1\n4 3 5 0 0 1 1\n5 3 50 0 0 1 4\n",
            2,
        ),  # the three points of a sphere
        ("1 1 0 0 0 5 -1\n2 1 4 0 0 6 1\n3 1 8 0 0 4 2\n4 3 4 5 0 1 2\n5 3 4 50 0 1 4\n", 2),  # a dendrite on the side
    ],
)
def test_a_soma_is_cut_where_dendrites_leave_but_as_large_as_neurons(tmp_path, text, soma_parts):
    path = tmp_path / "cell.swc"
    path.write_text(text)
    ours, theirs = flat(utils.load_swc_multi(path)), imported_by_neuron(path)
    assert [s.name() for s in ours] == [f"soma[{i}]" for i in range(soma_parts)] + ["dendrite[0]"]
    assert area(ours) == pytest.approx(area(theirs), rel=1e-6) and sum(s.L for s in ours) == pytest.approx(
        sum(s.L for s in theirs), rel=1e-6
    )
    dendrite, soma = ours[-1], ours[0]
    np.testing.assert_array_equal(points(dendrite), points(theirs[-1]))
    center = np.array(
        [float(word) for word in text.splitlines()[int(text.splitlines()[3].split()[6]) - 1].split()[2:5]]
    )
    place = dendrite.parentseg()
    np.testing.assert_allclose(points(place.sec)[0 if place.x == 0 else -1][:3], center)
    assert dendrite in soma.wholetree()


@pytest.mark.parametrize("name", ["m3s4s4t-vp-sup.CNG.swc", "Series006ok-2.CNG.swc", "Animal_2_Basal_2.CNG.swc"])
def test_real_cells_are_nearly_as_neuron_imports_them(name):
    ours, theirs = flat(utils.load_swc_multi(DATA / name)), imported_by_neuron(DATA / name)
    assert (
        abs(len(ours) - len(theirs)) <= 2
    )  # NEURON makes a sphere of three points, and merges one-point branches on the soma
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
        kind = (
            rng.choice((2, 3, 4, 7)) if parent < 0 or rng.random() < 0.1 else next(r[1] for r in rows if r[0] == parent)
        )
        rows.append(
            (node, kind, *(round(rng.uniform(-200, 200), 3) for _ in range(3)), round(rng.uniform(0.1, 3), 3), parent)
        )
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

    # Each edge of the file is a frustum of exactly one section: area and length; and the way from the root to each
    # section's ends is the way in the file: connections.
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
    path.write_text(
        "1 1 10 20 30 4 -1\n7 3 0 0 0 1 -1\n8 3 9 0 0 1 7\n9 3 9 0 0 1 8\n10 3 19 0 0 1 8\n20 0 5 5 5 2 -1\n"
    )
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
        ("# c\n1 1 0 0 0 -5 -1\n", ":2: the radius -5 is negative"),
        ("1 1 0 0 0 5 -1\n1 3 1 0 0 1 -1\n", ":2: id 1 is used already on line 1"),
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


@pytest.mark.parametrize("read", [utils.load_swc_neuron, utils.load_swc_multi, utils.parse_swc])
def test_all_readers_raise_the_same(tmp_path, read):
    with pytest.raises(FileNotFoundError) as raised:
        read(tmp_path / "none.swc")
    assert raised.value.filename == str(tmp_path / "none.swc")
    path = tmp_path / "bad.swc"
    path.write_text("1 1 0 0 0 5 -1\n2 3 9 0 zero 1 1\n")
    with pytest.raises(ValueError, match=r"bad.swc:2: z 'zero' is not a number"):
        read(path)
    assert not list(h.allsec())


def test_parse_swc_takes_seven_columns_and_ignores_words_behind(tmp_path):
    path = tmp_path / "cell.swc"
    path.write_text("# c\n\n 1 1 0 0.5 0 5 -1\r\n2 3 9 0 0 1 1\n3 3 9 9 0 1 1")
    nodes, children = utils.parse_swc(path)
    assert nodes[1] == {"type": 1, "x": 0.0, "y": 0.5, "z": 0.0, "radius": 5.0, "parent": -1} and list(nodes) == [
        1,
        2,
        3,
    ]
    assert children[1] == [2, 3] and children[-1] == [1] and children[17] == []
    path.write_text("1 1 0 0 0 5 -1 # soma\n")
    assert list(utils.parse_swc(path)[0]) == [1]
    path.write_text("1 1 0 0 0 5\n")
    with pytest.raises(ValueError, match=r"cell.swc:1: has 6 columns"):
        utils.parse_swc(path)
