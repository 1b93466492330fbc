"""SWC files as tracers and editors write them: read as NEURON's Import3d reads them, or refused with the true cause."""

import numpy as np
import pytest
from neuron import h

from compneurovis.backends.jaxley.utils import load_swc_jaxley
from compneurovis.backends.neuron.utils import load_swc_multi, load_swc_neuron

ROWS = [
    "1 1 0 0 0 10 -1",
    "2 3 10 0 0 1.5 1",
    "3 3 60 0 0 1 2",
    "4 3 90 20 0 0.5 3",
    "5 3 90 -20 0 0.5 3",
    "6 2 -12 0 0 0.4 1",
    "7 2 -60 5 0 0.3 6",
]


def shape(sections):
    return len(sections), sum(s.L for s in sections), sum(g.area() for s in sections for g in s)


class Imported:
    """The cell that Import3d makes of a file; its sections live as long as it."""

    def __init__(self, path):
        h.load_file("import3d.hoc")
        reader = h.Import3d_SWC_read()
        reader.quiet = 1
        reader.input(str(path))
        h.Import3d_GUI(reader, 0).instantiate(self)


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "plain.swc"
    path.write_text("\n".join(["# traced", *ROWS]) + "\n")
    return path


KINDS = {
    "cr": lambda rows: "\r".join(["# traced", *rows]) + "\r",
    "crlf": lambda rows: "\r\n".join(["# traced", *rows]) + "\r\n",
    "no line end": lambda rows: "\n".join(rows),
    "bom": lambda rows: "\ufeff" + "\n".join(["# traced", *rows]) + "\n",
    "end of a DOS file": lambda rows: "\r\n".join(rows) + "\r\n\x1a",
    "zeros behind": lambda rows: "\n".join(rows) + "\n" + "\0" * 40,
    "parent 0": lambda rows: "\n".join([rows[0][:-2] + "0", *rows[1:]]) + "\n",
    "words behind": lambda rows: "\n".join(row + " 12 note" for row in rows) + "\n",
    "tabs": lambda rows: "\n".join("\t" + row.replace(" ", "\t") + "\t" for row in rows) + "\n",
    "large ids": lambda rows: "\n".join(
        " ".join([renamed(r[0]), *r[1:6], renamed(r[6])]) for r in map(str.split, rows)
    ),
}


def renamed(number):
    return number if int(number) < 0 else str(720575940623940960 + int(number))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("load", [load_swc_neuron, load_swc_multi])
def test_neuron_reads_it_as_the_plain_file(tmp_path, plain, kind, load):
    path = tmp_path / "cell.swc"
    path.write_bytes(KINDS[kind](ROWS).encode())
    got = load(path)
    sections = got if isinstance(got, list) else [s for part in got.values() for s in part]
    wanted = shape(Imported(plain).all)
    assert len(sections) == wanted[0]
    np.testing.assert_allclose(shape(sections)[1:], wanted[1:], rtol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_jaxley_reads_it_as_the_plain_file(tmp_path, plain, kind):
    path = tmp_path / "cell.swc"
    path.write_bytes(KINDS[kind](ROWS).encode())
    cell, wanted = load_swc_jaxley(path, ncomp=2), load_swc_jaxley(plain, ncomp=2)
    for column in ("length", "radius", "x", "y", "z"):
        np.testing.assert_array_equal(cell.nodes[column], wanted.nodes[column])


def test_no_radius_is_changed_unasked(plain):
    import jaxley as jx

    mine, theirs = load_swc_jaxley(plain, ncomp=2), jx.read_swc(str(plain), ncomp=2)
    np.testing.assert_array_equal(np.sort(mine.nodes["radius"]), np.sort(theirs.nodes["radius"]))
    assert mine.nodes["radius"].min() < 0.5
    assert load_swc_jaxley(plain, ncomp=2, min_radius=1.0).nodes["radius"].min() == 1.0


@pytest.mark.parametrize("load", [load_swc_neuron, load_swc_multi, load_swc_jaxley])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_text_is_named(tmp_path, load, encoding):
    path = tmp_path / "cell.swc"
    path.write_bytes("\n".join(ROWS).encode(encoding))
    with pytest.raises(ValueError, match=r"cell\.swc: is .*UTF-16"):
        load(path)


def points(sections):
    """Of each section its points as NEURON keeps them (float32) and where it hangs, by its name."""
    made = {}
    for section in sections:
        parent = section.parentseg()
        where = None if parent is None else (parent.sec.name().split(".")[-1], parent.x)
        columns = [section.x3d, section.y3d, section.z3d, section.diam3d, section.arc3d]
        made[section.name().split(".")[-1]] = (
            where,
            section.L,
            [tuple(column(i) for column in columns) for i in range(section.n3d())],
        )
    return made


SPHERE = ["1 1 5 6 7 10 -1", "2 3 10 0 0 1.5 1", "3 3 60 0 0 1 2"]
SOMA = ["1 1 5 6 7 10 -1", "2 1 15 6 7 10 1", "3 3 60 0 0 1 2", "4 3 80 1 1 1 3"]
NEURITE = ["1 3 5 6 7 10 -1", "2 3 15 6 7 10 1", "3 3 60 0 0 1 2"]
SECOND_SOMA = ["10 1 200 0 0 8 -1", "11 3 210 0 0 1 10", "12 3 300 0 0 1 11"]
SECOND_NEURITE = ["10 3 200 0 0 8 -1", "11 3 210 0 0 1 10", "12 2 300 0 0 1 11"]
ODD = {
    **{
        f"{first} with {second}": (rows + more, "starts a further tree")
        for first, rows in (("sphere", SPHERE), ("soma", SOMA), ("neurite", NEURITE))
        for second, more in (("soma", SECOND_SOMA), ("neurite", SECOND_NEURITE))
    },
    "lone second root": ([*SPHERE, "9 2 400 0 0 1 -1"], "starts a further tree"),
    "three roots": (SOMA + SECOND_SOMA + ["20 4 0 0 90 1 -1", "21 4 0 0 99 1 20"], "starts a further tree"),
    "missing parent": ([*SPHERE, "5 3 100 0 0 1 4", "6 3 120 0 0 1 5"], "parent 4 does not exist"),
    "two somata": ([*SPHERE, "4 1 80 0 0 5 3", "5 1 90 0 0 5 4", "6 3 120 0 0 1 5", "7 3 150 0 0 1 6"], None),
    "zero radius": ([*SPHERE, "4 3 90 0 0 0 3", "5 3 95 5 0 1 4"], "the radius is 0"),
    "own parent": (["1 1 5 6 7 10 1", *SPHERE[1:]], "its own parent"),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ODD)
def test_what_import3d_reads_is_read_as_it_reads_it(tmp_path, kind):
    rows, _ = ODD[kind]
    path = tmp_path / "cell.swc"
    path.write_text("\n".join(rows) + "\n")
    sections = load_swc_neuron(path)
    wanted = points(Imported(path).all)
    assert points(sections) == wanted
    for section in sections:
        h.delete_section(sec=section)


@pytest.mark.parametrize("kind", ODD)
def test_what_is_odd_is_a_warning_that_names_the_line(tmp_path, kind, recwarn):
    rows, said = ODD[kind]
    path = tmp_path / "cell.swc"
    path.write_text("\n".join(rows) + "\n")
    for section in load_swc_neuron(path):
        h.delete_section(sec=section)
    texts = [str(w.message) for w in recwarn if "cell.swc:" in str(w.message)]
    assert (not texts) if said is None else any(said in text for text in texts)
    assert all(w.filename == __file__ for w in recwarn if "cell.swc:" in str(w.message))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", [kind for kind in ODD if kind != "zero radius"])
def test_the_other_loaders_read_it_as_trees(tmp_path, kind):
    rows, _ = ODD[kind]
    path = tmp_path / "cell.swc"
    path.write_text("\n".join(rows) + "\n")
    ids = {row.split()[0] for row in rows}
    roots = [int(r.split()[0]) for r in rows if r.split()[6] not in ids or r.split()[6] == r.split()[0]]
    assert list(load_swc_multi(path)) == roots
    from compneurovis.backends.jaxley.utils import load_swc_multi_jaxley

    assert len(load_swc_multi_jaxley(path, ncomp=1)) == len(roots)


@pytest.mark.parametrize("order", [[0, 2, 1, 4, 3, 6, 5], [6, 5, 4, 3, 2, 1, 0]])
def test_rows_in_any_order_are_taken_by_their_ids(tmp_path, plain, order):
    path = tmp_path / "cell.swc"
    path.write_text("\n".join(ROWS[i] for i in order) + "\n")
    with pytest.warns(UserWarning, match=r"cell\.swc:\d+: id \d follows \d"):
        sections = load_swc_neuron(path)
    assert points(sections) == points(Imported(plain).all)
    for section in sections:
        h.delete_section(sec=section)


def test_a_tree_whose_ids_fall_outwards_is_read_from_its_root(tmp_path, plain):
    path = tmp_path / "cell.swc"
    fields = [row.split() for row in ROWS]

    def turned(number):
        return number if number == "-1" else str(8 - int(number))

    path.write_text("\n".join(" ".join([turned(f[0]), *f[1:6], turned(f[6])]) for f in fields) + "\n")
    with pytest.warns(UserWarning, match="comes before its parent"):
        sections = load_swc_neuron(path)
    np.testing.assert_allclose(shape(sections), shape(Imported(plain).all), rtol=1e-6)
    for section in sections:
        h.delete_section(sec=section)


@pytest.mark.parametrize("decimals", [1, 4, 9])
def test_coordinates_far_from_the_origin_are_import3ds_to_the_last_bit(tmp_path, decimals):
    random = np.random.default_rng(7)
    place = {1: np.array([5432.123, 17654.321, 3456.789])}
    rows = [f"1 1 {place[1][0]} {place[1][1]} {place[1][2]} 6.5 -1"]
    tips = [1]
    for _ in range(60):
        parent = tips[random.integers(len(tips))]
        for _ in range(random.integers(2, 12)):
            number = len(place) + 1
            place[number] = place[parent] + random.normal(0, 8, 3)
            x, y, z = (f"{c:.{decimals}f}" for c in place[number])
            rows.append(f"{number} 2 {x} {y} {z} {0.1 + random.random():.4f} {parent}")
            parent = number
        tips.append(parent)
    path = tmp_path / "far.swc"
    path.write_text("\n".join(rows) + "\n")
    sections = load_swc_neuron(path)
    assert points(sections) == points(Imported(path).all)
    for section in sections:
        h.delete_section(sec=section)
