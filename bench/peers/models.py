"""The models of `bench/path/models.cpp`, built in Python for the programs that are compared with."""

import pathlib
import time

from neuron import h

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"


def build(name):
    """The sections of a model, and what must stay alive with them. ValueError: there is no such model."""
    h.load_file("stdrun.hoc")
    h.dt = 0.1 if name in ("net103", "large") else 0.025
    h.steps_per_ms = 1 / h.dt
    if name == "net103":
        return _three_cells()
    if name == "large":
        return _large()
    sizes = {"passive10k": (1000, "pas"), "hh1k": (100, "hh"), "hh10k": (1000, "hh")}
    if name not in sizes:
        raise ValueError(f"there is no model '{name}'; there are net103, large, {', '.join(sizes)}")
    sections = _tree(*sizes[name])
    return sections, [_pulse(sections[0], 2)]


def bare_steps_per_s(seconds):
    """Steps per second of a plain loop of fadvance()."""
    h.finitialize(-65)
    advance, steps, start = h.fadvance, 0, time.perf_counter()
    while (now := time.perf_counter()) - start < seconds:
        for _ in range(4):
            advance()
        steps += 4
    return steps / (now - start)


def _pulse(section, amp):
    clamp = h.IClamp(section(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 1e9, amp
    return clamp


def _tree(count, mechanism):
    sections = []
    for i in range(count):
        section = h.Section(name=f"tree_{i}")
        section.L, section.diam, section.nseg = (100, 1.5, 10) if i else (20, 20, 10)
        if i:
            section.connect(sections[(i - 1) // 2](1))
        section.insert(mechanism)
        sections.append(section)
    return sections


def _three_cells():
    sections, somas, alive = [], [], []
    for cell in range(3):
        somas.append(len(sections))
        for i in range(4):
            section = h.Section(name=f"cell{cell}_{i}")
            section.L, section.diam = (150, 2) if i else (20, 20)
            section.nseg = 11 if i else (2 if cell == 0 else 1)
            if i:
                section.connect(sections[somas[-1]](0 if i == 1 else 1))
            section.insert("hh")
            sections.append(section)
    for cell, soma in enumerate(somas):
        synapse = h.ExpSyn(sections[somas[(cell + 1) % 3]](0.5))
        connection = h.NetCon(sections[soma](0.5)._ref_v, synapse, sec=sections[soma])
        connection.threshold, connection.delay, connection.weight[0] = 0, 5, 0.02
        alive += [synapse, connection]
    return sections, [*alive, _pulse(sections[0], 0.5)]


def _large():
    h.load_file("import3d.hoc")
    reader = h.Import3d_SWC_read()
    reader.quiet = 1
    reader.input(str(DATA / "Animal_2_Basal_2.CNG.swc"))
    h.Import3d_GUI(reader, False).instantiate(None)
    sections = list(h.allsec())
    for section in sections:
        if not section.name().startswith("soma"):
            section.nseg = 10
        section.insert("hh")
    return sections, [_pulse(sections[0], 5)]
