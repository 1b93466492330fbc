"""One line for a plot: fields, views, samples, resets of recorded variables."""

import numpy as np
import pytest

import compneurovis as cnv
from hosts import host, started


def gates_session(**namespace):
    from neuron import h

    class Cell(cnv.NeuronSession):
        def __init__(self):
            super().__init__(dt=0.025, display_dt=0.5, max_samples=50)

        def build_sections(self):
            self.soma = h.Section(name="soma")
            self.soma.L = self.soma.diam = 20
            return [self.soma]

        def setup_model(self, sections):
            type(self).made = self
            self.soma.insert("hh")
            self.clamp = h.IClamp(self.soma(0.5))
            self.clamp.delay, self.clamp.dur, self.clamp.amp = 0.5, 1e9, 0.3
            middle = self.soma(0.5)
            self.plot("Gates", {"m": middle._ref_m_hh, "h": middle._ref_h_hh, "n": middle._ref_n_hh}, window=5.0)
            self.plot("Current", {"clamp": self.clamp._ref_i}, unit="nA", y_label="i")
            self.own = {
                "t": h.Vector().record(h._ref_t),
                "m": h.Vector().record(middle._ref_m_hh),
                "n": h.Vector().record(middle._ref_n_hh),
                "i": h.Vector().record(self.clamp._ref_i),
            }

    return type("Own", (Cell,), namespace)


def test_the_scene_has_a_field_and_a_view_for_each_plot():
    scene = gates_session()().initialize()
    gates = scene.fields["Gates"]
    assert gates.dims == ("series", "time") and list(gates.coords["series"]) == ["m", "h", "n"]
    view = scene.views["Current"]
    assert (view.y_unit, view.y_label, view.rolling_window) == ("nA", "i", 100.0)
    assert scene.views["Gates"].rolling_window == 5.0
    hosted = [view for panel in scene.layout.panels for view in panel.view_ids]
    assert {"Gates", "Current"} <= set(hosted), "each has a panel"


def test_samples_are_those_of_neurons_own_recorders_and_a_reset_begins_anew():
    session_class = gates_session()
    made = host(session_class)
    made.tick(2)
    made.send_run_control("speed", 0)
    for run in range(2):
        made.tick(40)
        own = {name: np.array(vector) for name, vector in session_class.made.own.items()}
        gates, current = made.model().fields["Gates"], made.model().fields["Current"]
        times = np.asarray(gates.coords["time"])
        assert len(times) > 200 and np.all(np.diff(times) > 0)
        at = np.searchsorted(own["t"], times - 1e-6)
        np.testing.assert_allclose(own["t"][at], times, atol=1e-9)
        np.testing.assert_allclose(gates.values[0], own["m"][at], rtol=2e-6)
        np.testing.assert_allclose(gates.values[2], own["n"][at], rtol=2e-6)
        at = np.searchsorted(own["t"], np.asarray(current.coords["time"]) - 1e-6)
        np.testing.assert_allclose(current.values[0], own["i"][at], rtol=2e-6, atol=1e-9)
        made.send_action("reset")
        made.tick(1)
        assert len(made.model().fields["Gates"].coords["time"]) < 60, f"run {run} is over"
    assert made.failures == []


def test_a_plot_that_is_no_plot_is_refused_in_words():
    session = started(gates_session())
    ref = session.soma(0.5)._ref_v
    for title, variables, what in [("Empty", {}, "no traces"), ("Gates", {"v": ref}, "already")]:
        with pytest.raises(ValueError, match=what):
            session.plot(title, variables)
