"""The model of the NEURON tests."""

import weakref

from neuron import h

import compneurovis as cnv
from compneurovis import NeuronSession


class Cell(NeuronSession):
    """A soma with two dendrites and a clamp."""

    last = None

    def __init__(self, **options):
        super().__init__(**{"dt": 0.025, "display_dt": 0.5, **options})
        Cell.last = weakref.ref(self)

    def build_sections(self):
        self.soma, self.left, self.right = h.Section(name="soma"), h.Section(name="left"), h.Section(name="right")
        self.soma.L = self.soma.diam = 20
        for dend, x in ((self.left, 100), (self.right, -100)):
            dend.connect(self.soma(1))
            for point in (0, 0.5, 1):
                dend.pt3dadd(x * point, 10 * point, 0, 2)
            dend.nseg = 2
        return [self.soma, self.left, self.right]

    def setup_model(self, sections):
        for section in sections:
            section.insert("hh")
        self.clamp = h.IClamp(sections[0](0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 0.5, 50, 0.5

    def control_specs(self):
        return {"amp": cnv.ControlSpec("amp", "Clamp", cnv.ScalarValueSpec(0.5, 0, 2), send_to_session=True)}

    def apply_control(self, control_id, value):
        if control_id == "amp":
            self.clamp.amp = value
