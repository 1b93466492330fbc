"""What a person points at, clicks, counts and exports is a compartment (section, x): rows of the history, traces and
their labels, against NEURON's own recorders."""

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

import compneurovis as cnv
from compneurovis import HistoryCaptureMode, NeuronSession
from hosts import host, started


class Cable(NeuronSession):
    """One section of the given points (x only) and nseg, a clamp at its start."""

    points: tuple = ()
    nseg = 1
    attached_by = None

    def __init__(self, **options):
        super().__init__(**{"dt": 0.025, "display_dt": 0.5, "max_samples": 5000, **options})

    def build_sections(self):
        self.soma, self.cable = h.Section(name="soma"), h.Section(name="cable")
        self.soma.L = self.soma.diam = 20
        self.cable.L, self.cable.diam = 1000, 2
        for x in self.points:
            self.cable.pt3dadd(x, 0, 0, 2)
        self.cable.nseg = self.nseg
        if self.attached_by is not None:
            self.cable.connect(self.soma(1), self.attached_by)
        return [self.soma, self.cable]

    def setup_model(self, sections):
        for section in sections:
            section.insert("hh")
        self.clamp = h.IClamp(self.soma(0.5) if self.attached_by is not None else self.cable(0))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 0.1, 1, 1
        self.recorded = {segment.x: h.Vector().record(segment._ref_v) for segment in self.cable}


def cable(points, nseg, attached_by=None):
    return type("Made", (Cable,), {"points": points, "nseg": nseg, "attached_by": attached_by})


EVEN = tuple(range(0, 1001, 100))
UNEVEN = (0, 10, 20, 30, 1000)


@pytest.mark.parametrize("attached_by", [None, 0, 1])
@pytest.mark.parametrize(("points", "nseg"), [((), 101), ((), 2), (EVEN[:2], 5), (UNEVEN, 9), (UNEVEN, 4), (EVEN, 10)])
def test_each_compartment_has_a_row_of_the_full_history_with_neurons_values(points, nseg, attached_by):
    session = started(cable(points, nseg, attached_by), history_capture_mode=HistoryCaptureMode.FULL)
    for _ in range(4):
        session.advance()
    ids, times, values = session._trace_field_snapshot()
    info = [session.geometry.entity_info(id) for id in ids]
    rows = {}
    for place, row in zip(info, np.asarray(values), strict=True):
        if place["section_name"] == "cable":
            rows.setdefault(min(int(place["xloc"] * nseg), nseg - 1), []).append(row)
    assert sorted(rows) == list(range(nseg))
    assert len(times) == 81
    for k, recorded in enumerate(session.recorded.values()):
        for row in rows[k]:
            np.testing.assert_allclose(row, np.array(recorded), atol=1e-5)


def test_rows_of_a_section_with_fewer_spans_than_compartments_are_its_compartments():
    geometry = started(cable((0, 1000), 4)).geometry
    assert geometry.entity_ids == ("soma@0.50000", *tuple(f"cable@{x:.5f}" for x in (0.125, 0.375, 0.625, 0.875)))


def test_a_section_with_at_least_as_many_spans_keeps_an_entity_for_each_pair_of_points():
    geometry = started(cable(EVEN, 5)).geometry
    assert geometry.entity_ids == ("soma@0.50000", *tuple(f"cable@{x / 1000:.5f}" for x in range(50, 1000, 100)))


def test_two_spans_of_one_compartment_share_one_trace():
    session = started(cable(EVEN, 3))
    spans = [id for id in session.geometry.entity_ids if id.startswith("cable")]
    for id in spans[:4]:  # middles at 0.05, 0.15, 0.25 and 0.35: the last lies in the second compartment
        session.handle(cnv.EntityClicked(id))
    session.advance()
    ids, _, values = session._trace_field_snapshot()
    assert list(ids) == ["soma@0.50000", "cable@0.05000", "cable@0.35000"]
    assert np.asarray(values)[1, -1] == np.float32(session.cable(1 / 6).v)


def test_a_click_on_any_span_selects_and_traces_its_compartment_in_a_running_session():
    made = host(cable(EVEN, 2))
    made.tick(2)
    made.send_click("cable@0.65000")
    made.tick(2)
    made.send_click("cable@0.95000")
    made.tick(2)
    history = made.viewer().fields["segment_history"]
    assert list(history.coords["segment"]) == ["soma@0.50000", "cable@0.65000"] and made.failures == []
