"""The models of the NEURON tests, built and run by NEURON's own Python interface; prints what the tests compare."""

import sys

from neuron import h


def show(*values):
    print("|", *values)  # the mark tells results from what NEURON prints itself


def ball_and_stick():
    soma, dend = h.Section("soma"), h.Section("dend")
    dend.connect(soma(1))
    soma.L = soma.diam = 12.6157
    dend.L, dend.nseg, dend.diam = 200, 51, 1
    soma.insert("hh")
    dend.insert("pas")
    for segment in dend:
        segment.pas.e = -65
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 5, 1, 0.3
    h.dt = 0.025
    h.finitialize(-65)
    for _ in range(1000):
        h.fadvance()
        show(float.hex(soma(0.5).v), float.hex(dend(0.9).v), float.hex(soma(0.5).m_hh), float.hex(clamp.i))


def network():
    pre, post = h.Section("pre"), h.Section("post")
    for section in (pre, post):
        section.L = section.diam = 20
        section.insert("hh")
    stimulus = h.NetStim()
    stimulus.start, stimulus.number, stimulus.interval, stimulus.noise = 2, 1, 10, 0
    first, second = h.ExpSyn(pre(0.5)), h.ExpSyn(post(0.5))
    keep = [h.NetCon(stimulus, first), h.NetCon(pre(0.5)._ref_v, second, sec=pre)]
    keep[0].delay, keep[0].weight[0] = 1, 0.05
    keep[1].threshold, keep[1].delay, keep[1].weight[0] = 0, 2, 0.05
    h.dt = 0.025
    h.finitialize(-65)
    for _ in range(800):
        h.fadvance()
        show(float.hex(pre(0.5).v), float.hex(post(0.5).v))


def swc(path, nseg):
    h.load_file("stdlib.hoc")
    h.load_file("import3d.hoc")
    reader = h.Import3d_SWC_read()
    reader.quiet = 1
    reader.input(path)
    h.Import3d_GUI(reader, 0).instantiate(None)
    for section in h.allsec():
        section.nseg = int(nseg)
        parent = section.parentseg()
        name, x = (parent.sec.name(), parent.x) if parent else ("-", 0)
        area = sum(segment.area() for segment in section)
        show(section.name(), section.n3d(), float.hex(section.L), float.hex(area), name, x)


{"ball_and_stick": ball_and_stick, "network": network, "swc": swc}[sys.argv[1]](*sys.argv[2:])
