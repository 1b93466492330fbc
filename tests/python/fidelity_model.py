"""Models for test_fidelity.py, built the same way in the hosted run and in the bare one; and the hosted script itself.

Run as a script: `fidelity_model.py KIND BATCH EVENT`.
EVENT is none, reset or control: what the session does to itself at a known step.
"""

import pathlib
import sys

from neuron import h

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
DT = 0.025
EVENT_STEP = 200  # a multiple of no batch size but 1 and 40
AMPS = 0.8, 0.2


def build(kind):
    if kind == "ball":
        soma, dend = h.Section(name="soma"), h.Section(name="dend")
        soma.L = soma.diam = 20
        dend.L, dend.diam = 300, 2
        soma.nseg, dend.nseg = 3, 11
        dend.connect(soma(1))
        sections = [soma, dend]
    else:
        from compneurovis.neuronutils import load_swc_neuron

        sections = load_swc_neuron(str(DATA / "m3s4s4t-vp-sup.CNG.swc"))
        for section in sections:
            section.nseg = 3
    for section in sections:
        section.insert("hh")
    clamp = h.IClamp(sections[0](0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 1e9, AMPS[0]
    return sections, clamp


def main(kind, batch, event):
    from compneurovis import NeuronSession, SetControl, build_neuron_app, run_app
    from compneurovis.session import Reset

    class Hosted(NeuronSession):
        def __init__(self):
            super().__init__(dt=DT, display_dt=DT * batch, max_samples=100_000, history_capture_mode="full")
            self.batches = 0

        def build_sections(self):
            self.parts, self.clamp = build(kind)
            return self.parts

        def apply_control(self, control_id, value):
            self.clamp.amp = value

        def is_live(self):
            # Asked before each batch: the event falls between two batches, as a command of a viewer does.
            if self.batches * batch == EVENT_STEP:
                if event == "reset":
                    self.handle(Reset())
                elif event == "control":
                    self.handle(SetControl("amp", AMPS[1]))
            self.batches += 1
            return True

    run_app(build_neuron_app(Hosted))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
