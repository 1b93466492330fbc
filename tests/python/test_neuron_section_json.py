"""Section files: written, read back, and refused with their place when they are broken."""

import json

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

from compneurovis.backends.neuron import utils
from neuron_tools import DATA, description, empty_model, flat, make  # noqa: F401


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
    assert soma["point_processes"] == [
        {
            "type": "IClamp",
            "section_loc": {"section": "soma", "loc": 0.5},
            "parameters": {"del": 5.0, "dur": 1.0, "amp": 0.3},
        }
    ]
    assert [p["parameters"] for p in dend["point_processes"]] == [{"tau": 3.0, "e": 0.0}, {"tau": 7.0, "e": -10.0}]
    assert dend["point_processes"][0]["section_loc"] == {"section": "dend", "loc": pytest.approx(5 / 6)}
    assert axon["point_processes"][0]["parameters"]["dur"] == [0.0, 12.0, 0.0] and axon["child_x"] == 1


def run(sections, point_processes):
    """Voltages of all segments over 10 ms."""
    clamp = next(p for p in point_processes if p.hname().startswith("IClamp"))
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
    assert list(made) == ["soma", "dend", "axon[3]"] and [p.hname().split("[")[0] for p in processes] == [
        "IClamp",
        "ExpSyn",
        "ExpSyn",
        "VClamp",
    ]
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
    with pytest.raises(ValueError, match=r"none/x\.json: cannot be written"):
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
        (
            ["sections", "dend", "density_mechs", "pas", "x"],
            [1, 1, 1],
            "density_mechs.pas.x: pas has no such variable. It has: g_pas",
        ),
        (["sections", "soma", "ions", "na", "ena"], ["a"], "sections.soma.ions.na.ena[0]: is not a number"),
        (
            ["sections", "soma", "point_processes", 0, "type"],
            "Nix",
            "point_processes[0].type: There is no point process 'Nix'",
        ),
        (["sections", "soma", "point_processes", 0, "section_loc", "loc"], 2, "section_loc.loc: is not within 0"),
        (
            ["sections", "soma", "point_processes", 0, "parameters", "nix"],
            2,
            "parameters.nix: IClamp has no property 'nix'",
        ),
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
    sections, _kept = cell()
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
    with pytest.raises(ValueError, match=r"cell\.json: is not JSON: .*line 2"):
        utils.import_section_json(path)
    with pytest.raises(FileNotFoundError):
        utils.import_section_json(tmp_path / "none.json")
