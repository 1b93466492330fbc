"""The tools for NEURON models: their homes, layouts against NEURON itself (`h.`), and their page."""

import textwrap

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

from compneurovis.backends.neuron import utils
from neuron_tools import DATA, empty_model, make, points  # noqa: F401

LAYOUT, SECTION_FILES, SWC = (
    ("define_shape_layout", "generate_layout"),
    ("export_section_json", "import_section_json"),
    ("load_swc_multi", "load_swc_neuron", "parse_swc"),
)

HOMES = {
    "compneurovis.backends.neuron.utils": LAYOUT + SECTION_FILES + SWC,
    "compneurovis.neuronutils": LAYOUT + SECTION_FILES + SWC,
    "compneurovis.neuronutils.layout": LAYOUT,
    "compneurovis.neuronutils.json_utils": SECTION_FILES,
    "compneurovis.neuronutils.swc_utils": SWC,
}


@pytest.mark.parametrize("path", HOMES)
def test_all_homes_export_the_same_functions(path):
    import importlib

    home = importlib.import_module(path)
    assert all(getattr(home, name) is getattr(utils, name) for name in HOMES[path])
    assert set(utils.__all__) == {*LAYOUT, *SECTION_FILES, *SWC}


# ---- layout ----------------------------------------------------------------------------------------------------------


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
    for links, problem in (
        ([(one, two, 0.5), (two, one, 0.5)], "loop through one"),
        ([(one, two, 1.5)], "one to two: parent_x"),
        ([(one, one, 1)], "loop"),
    ):
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


# ---- the page --------------------------------------------------------------------------------------------------------


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
