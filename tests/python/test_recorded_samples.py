"""What record() gives: values where NEURON's own recorders take them, exact times, names that may be used again."""

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

from compneurovis import NeuronSession
from hosts import host


class Synaptic(NeuronSession):
    """A synapse that gets an event at the end of some steps; NEURON records the same beside the session."""

    start = 0.0
    variable_step = False

    def __init__(self):
        super().__init__(dt=0.025, display_dt=0.5)
        self.times, self.exact, self.values = [], [], {}

    def build_sections(self):
        self.soma = h.Section(name="soma")
        self.soma.L = self.soma.diam = 20
        return [self.soma]

    def setup_model(self, sections):
        self.soma.insert("hh")
        self.synapse = h.ExpSyn(self.soma(0.5))
        self.stim = h.NetStim()
        self.stim.start, self.stim.interval, self.stim.number, self.stim.noise = 1.0, 0.5, 20, 0
        self.connection = h.NetCon(self.stim, self.synapse)
        self.connection.weight[0], self.connection.delay = 0.002, 0
        self.solver = h.CVode()
        self.solver.active(self.variable_step)

    def _prepare_recorders(self):
        super()._prepare_recorders()
        self.refs = {"g": self.synapse._ref_g, "i": self.synapse._ref_i, "v": self.soma(0.5)._ref_v}
        self.own = {name: h.Vector().record(ref) for name, ref in self.refs.items()}
        self.own_times = h.Vector().record(h._ref_t)
        self.record_many(list(self.refs), list(self.refs.values()))

    def on_recorded_samples(self, times, values):
        self.times += times.tolist()
        self.exact += self.recorded_times.tolist()
        for name, column in values.items():
            self.values.setdefault(name, []).extend(column.tolist())


def running(cls, ticks):
    kept = []

    class Kept(cls):
        def __init__(self):
            super().__init__()
            kept.append(self)

    made = host(Kept)
    made.tick(ticks)
    assert made.failures == []
    return made, kept[0]


def test_samples_are_taken_before_the_events_of_the_step_as_vector_record_takes_them():
    _made, session = running(Synaptic, 12)
    own = {name: np.array(vector)[1:] for name, vector in session.own.items()}  # the first is the start
    count = len(session.values["g"])
    assert count >= 200 and max(session.values["g"]) > 0
    for name in own:
        np.testing.assert_allclose(session.values[name], own[name][:count], rtol=1e-6, err_msg=name)
    np.testing.assert_array_equal(session.exact, np.array(session.own_times)[1 : count + 1])


def test_reading_values_of_this_moment_takes_nothing_from_the_samples():
    class Reading(Synaptic):
        def on_recorded_samples(self, times, values):
            super().on_recorded_samples(times, values)
            now = self.recorded_values()
            assert now["g"] == self.synapse.g and now["v"] == self.soma(0.5).v

    _, session = running(Reading, 12)
    np.testing.assert_allclose(
        session.values["g"], np.array(session.own["g"])[1 : len(session.values["g"]) + 1], rtol=1e-6
    )


def test_watching_records_changes_no_bit_of_the_run():
    _, session = running(Synaptic, 12)
    watched = np.array(session.own["v"])
    del session

    class Unwatched(Synaptic):
        def _prepare_recorders(self):
            NeuronSession._prepare_recorders(self)
            self.own = {"v": h.Vector().record(self.soma(0.5)._ref_v)}

    _, bare = running(Unwatched, 12)
    np.testing.assert_array_equal(np.array(bare.own["v"])[: len(watched)], watched[: len(np.array(bare.own["v"]))])


def test_times_are_exact_where_float32_has_lost_the_step():
    class Late(Synaptic):
        def advance(self):
            if h.t == 0:
                h.t = 1e6  # ms; float32 tells 1/16 ms apart there
            super().advance()

    _, session = running(Late, 8)
    steps = np.diff(session.exact)
    np.testing.assert_allclose(steps, 0.025, rtol=1e-6)
    assert len(set(session.times)) < len(set(session.exact))


def test_recorded_times_are_those_of_a_batch_and_none_outside_of_it():
    _, session = running(Synaptic, 6)
    assert session.recorded_times.dtype == np.float64 and session.recorded_times.shape == (0,)


class Redividing(Synaptic):
    again = True

    def build_sections(self):
        self.dend = h.Section(name="dend")
        self.dend.L, self.dend.nseg = 300, 5
        return [*super().build_sections(), self.dend]

    def _prepare_recorders(self):
        super()._prepare_recorders()
        self.record("far", self.dend(0.9)._ref_v)

    batches = 0

    def advance(self):
        self.batches += 1
        if self.batches == 4:
            self.dend.nseg = 1
            if self.again:
                self.record("far", self.dend(0.9)._ref_v)
        super().advance()


def test_a_name_may_be_recorded_again_once_its_variable_has_gone():
    made, session = running(Redividing, 10)
    assert np.all(np.isfinite(session.values["far"])) and len(session.values["far"]) == len(session.exact)
    assert any("nseg of dend went from 5 to 1" in line for line in made.lines)


def test_a_variable_that_has_gone_is_named_once_and_the_run_can_go_on():
    made = host(type("Silent", (Redividing,), {"again": False}))
    made.tick(8)
    (failure,) = made.failures
    assert "'far'" in failure[1] and "record() takes the same name again" in failure[1]
    before = made.model_time
    made.send_run_control("run")
    made.tick(6)
    assert made.model_time > before and len(made.failures) == 1


def test_a_name_that_is_still_recorded_is_not_taken_twice():
    class Twice(Synaptic):
        def _prepare_recorders(self):
            super()._prepare_recorders()
            self.record("v", self.soma(0.5)._ref_v)

    made = host(Twice)
    made.tick(3)
    assert "already records 'v'" in made.failures[0][1]


def test_initialising_in_a_hook_starts_the_trace_again_with_the_state_it_left():
    class Again(Synaptic):
        batches = 0

        def advance(self):
            self.batches += 1
            if self.batches == 5:
                h.finitialize(-58)
            super().advance()

    made, _session = running(Again, 9)
    history = made.model().fields["segment_history"]
    times, values = history.coords["time"], history.values[0]
    assert times[0] == 0 and values[0] == -58
    np.testing.assert_allclose(np.diff(times), 0.025, rtol=1e-6)
