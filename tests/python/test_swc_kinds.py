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


def imported(path):
    """What Import3d makes of a file: number of sections, their length and area."""
    h.load_file("import3d.hoc")

    class Cell:
        pass

    cell = Cell()
    reader = h.Import3d_SWC_read()
    reader.input(str(path))
    h.Import3d_GUI(reader, 0).instantiate(cell)
    return shape(cell.all)


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
    wanted = imported(plain)
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
