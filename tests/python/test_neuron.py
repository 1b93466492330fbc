"""NeuronSession from Python: scene, geometry, stepping and recording; numbers against NEURON itself."""

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

import compneurovis as cnv
from compneurovis import NeuronSceneBuilder
from hosts import host, started
from neuron_cell import Cell


def expected_voltages(cls, steps, places):
    """The same model stepped by a plain loop of NEURON."""
    model = cls()
    sections = model.build_sections()
    model.setup_model(sections)
    h.dt = 0.025
    h.finitialize(-65)
    times, rows = [h.t], [[s(x).v for s, x in places(sections)]]
    for _ in range(steps):
        h.fadvance()
        times.append(h.t)
        rows.append([s(x).v for s, x in places(sections)])
    return np.array(times), np.array(rows)


# ---- scene and geometry ----------------------------------------------------------------------------------------------


def test_the_default_scene():
    session = started(Cell, title="My cell")
    scene = session.initialize()
    assert list(scene.views) == ["morphology", "trace"] and scene.layout.title == "My cell"
    assert scene.layout.panel_grid == (("morphology-panel", "trace-panel"), ("controls-panel",))
    assert list(scene.actions) == ["reset"] and scene.actions["reset"].shortcuts == ("Space",)
    display, history, trace = scene.fields["segment_display"], scene.fields["segment_history"], scene.views["trace"]
    assert display.dims == ("segment",) and display.unit == "mV" and display.values.dtype == np.float32
    assert history.dims == ("segment", "time") and history.coords["time"].dtype == np.float64
    assert (
        trace.selectors == {"segment": cnv.StateBinding("selected_entity_id")}
        and trace.pen == "#1f3c88"
        and (trace.x_label, trace.x_unit) == ("Time", "ms")
    )
    assert scene.views["morphology"].color_limits == (-80.0, 50.0) and scene.views["morphology"].sample_dim is None


def test_entities_follow_pairs_of_points():
    geometry = started(Cell).geometry
    assert geometry.entity_ids == ("soma@0.50000", "left@0.25000", "left@0.75000", "right@0.25000", "right@0.75000")
    assert geometry.section_names == ("soma", "left", "left", "right", "right") and geometry.id == "morphology"
    np.testing.assert_allclose(geometry.positions[1], [25, 2.5, 0])
    np.testing.assert_allclose(geometry.radii[1:], 1.0)
    assert geometry.entity_info("left@0.75000") == {
        "index": 2,
        "entity_id": "left@0.75000",
        "section_name": "left",
        "xloc": 0.75,
        "label": "left@0.75000",
    }


def test_the_builder_works_on_its_own_and_does_not_change_the_model():
    bare = [h.Section(name="bare")]
    bare[0].L, bare[0].diam = 50, 4
    geometry = NeuronSceneBuilder.build_morphology_geometry(bare)
    assert geometry.entity_ids == ("bare@0.50000",) and bare[0].n3d() == 0 and geometry.lengths[0] == 50
    with pytest.raises(ValueError):
        NeuronSceneBuilder.build_morphology_geometry([])
    with pytest.raises(ValueError, match="twice"):
        NeuronSceneBuilder.build_morphology_geometry(bare * 2)
    scene = NeuronSceneBuilder.build_scene(
        geometry=geometry,
        display_values=[1.0],
        trace_values=np.zeros((1, 2)),
        trace_segment_ids=geometry.entity_ids,
        trace_times=[0, 1],
        display_unit="mV",
        controls=Cell.control_specs(None),
        title="T",
    )
    assert scene.fields["segment_history"].values.shape == (1, 2) and [p.id for p in scene.layout.panels] == [
        "morphology-panel",
        "trace-panel",
        "controls-panel",
    ]


def test_overridden_hooks_shape_the_scene():
    class Custom(Cell):
        def action_specs(self):
            return [cnv.ActionSpec("kick", "Kick"), cnv.ActionSpec("reset", "Again")]

        def display_unit(self):
            return "nA"

        def morphology_color_limits(self):
            return None

        def trace_title(self):
            return "Current"

        def trace_view_updates(self):
            return {"rolling_window": 50.0, "y_min": -1}

        def action_order(self):
            return ["kick", "unknown"]

        def build_scene(self, *, geometry, display_values, time_value):
            assert geometry is self.geometry and display_values.shape == (5,) and time_value == 0
            scene = super().build_scene(geometry=geometry, display_values=display_values, time_value=time_value)
            scene.replace_view("trace", {"y_max": 9.0})
            return scene

    session = Custom()
    scene = session.initialize()
    assert scene.fields["segment_display"].unit == "nA" and scene.views["trace"].y_unit == "nA"
    assert scene.views["morphology"].color_limits is None
    trace = scene.views["trace"]
    assert (trace.title, trace.rolling_window, trace.y_min, trace.y_max) == ("Current", 50.0, -1, 9.0)
    assert scene.layout.panel("controls-panel").action_ids == ("kick",) and scene.actions["reset"].label == "Again"
    assert (
        session._field_max_samples == {"segment_history": 2001}
        and session._resolved_field_max_samples(scene, field_id="segment_history", append_dim="time") == 2001
    )
    assert session.history_unit() == "nA" and super(Custom, session).display_unit() == "mV"


def test_a_hook_of_the_wrong_type_is_named():
    class Wrong(Cell):
        def trace_title(self):
            return 3

    with pytest.raises(TypeError, match=r"trace_title\(\)"):
        Wrong().initialize()


# ---- stepping --------------------------------------------------------------------------------------------------------


def test_voltages_are_those_of_a_plain_loop():
    times, rows = expected_voltages(
        Cell, 400, lambda s: [(s[0], 0.5), (s[1], 0.25), (s[1], 0.75), (s[2], 0.25), (s[2], 0.75)]
    )
    made = host(lambda: Cell(history_capture_mode="full"), until_ms=10.0)
    while made.tick():
        pass
    for scene in (made.model(), made.viewer()):
        history = scene.fields["segment_history"]
        np.testing.assert_allclose(history.coords["time"], times, rtol=0, atol=1e-9)
        np.testing.assert_array_equal(history.values.T, rows.astype(np.float32))
        np.testing.assert_array_equal(scene.fields["segment_display"].values, rows[-1].astype(np.float32))
    assert made.exit_status == 0 and made.end == "until_reached"


def test_default_hooks_run_no_python_while_the_model_advances():
    import sys

    session, calls = started(Cell), []
    sys.setprofile(lambda frame, event, argument: calls.append(frame.f_code.co_name) if event == "call" else None)
    session._cnv_core.advance()
    sys.setprofile(None)
    assert calls == []


def test_by_hand_the_updates_of_a_batch_are_a_replacement_and_an_append():
    session = started(Cell)
    session.read_updates()
    session.advance()
    updates = {(type(u).__name__, u.field_id): u for u in session.read_updates()}
    append = updates["FieldAppend", "segment_history"]
    assert append.values.shape == (1, 20) and append.coord_values[-1] == pytest.approx(0.5)
    np.testing.assert_array_equal(updates["FieldReplace", "segment_display"].values, session._read_display_values())


def test_steps_per_update():
    session = Cell(dt=0.1, display_dt=0.3)
    assert session.steps_per_update() == 3
    session.display_dt = None
    assert session.steps_per_update() == 1
    session.display_dt = 0
    with pytest.raises(ValueError):
        session.steps_per_update()
    with pytest.raises(ValueError):
        Cell(history_capture_mode="some")


def test_samples_of_a_step_and_of_a_batch():
    class Gates(Cell):
        def build_scene(self, **given):
            scene = super().build_scene(**given)
            scene.fields["gates"] = cnv.Field(
                "gates", np.zeros((1, 1), np.float32), ("gate", "time"), {"gate": ["n"], "time": [0.0]}
            )
            return scene

        def _sample_step(self):
            return {"v": self._read_display_values(), "n": np.array([self.soma(0.5).n_hh], np.float32)}

        def _emit_batch(self, times_array, steps):
            assert times_array.dtype == np.float64 and len(steps) == len(times_array) == 20
            self.emit(cnv.FieldReplace("segment_display", steps[-1]["v"]))
            self.emit(
                cnv.FieldAppend(
                    "gates", "time", np.stack([s["n"] for s in steps], axis=1), times_array, self.max_samples
                )
            )

    made = host(Gates, until_ms=3.0)
    while made.tick():
        pass
    gates = made.viewer().fields["gates"]
    assert gates.values.shape[1] == 121 and gates.coords["time"][-1] == pytest.approx(3.0)
    assert made.viewer().fields["segment_history"].values.shape == (1, 1)  # only the hooks write


def test_one_array_per_step_uses_the_default_batch():
    class Doubled(Cell):
        def _sample_step(self):
            return 2 * self._read_display_values()

    made = host(Doubled, until_ms=1.0)
    while made.tick():
        pass
    history = made.viewer().fields["segment_history"].values
    assert history.shape == (1, 41) and np.all(history[0, 1:] < -100)


def test_a_sample_of_another_size_needs_an_own_batch():
    class Wrong(Cell):
        def _sample_step(self):
            return np.zeros(2)

    with pytest.raises(ValueError, match="_emit_batch"):
        started(Wrong).advance()


def test_only_the_batch_hook():
    class Batch(Cell):
        def _emit_batch(self, times_array, steps):
            self.seen = np.stack(steps, axis=1)
            super()._emit_batch(times_array, steps)

    session = started(Batch)
    session.advance()
    assert session.seen.shape == (5, 20) and session.seen.dtype == np.float32
    np.testing.assert_array_equal(session._trace_field_snapshot()[2][0, 1:], session.seen[0])


# ---- recorders -------------------------------------------------------------------------------------------------------


def test_recorded_variables_are_those_of_neuron():
    class Recording(Cell):
        def setup_model(self, sections):
            super().setup_model(sections)
            self.record("early", sections[0](0.5)._ref_v)

        def _prepare_recorders(self):
            super()._prepare_recorders()
            self.record("n", self.soma(0.5)._ref_n_hh)
            self.record_many(["i", "v"], [self.clamp._ref_i, self.left(0.5)._ref_v])

        def on_recorded_samples(self, times, values):
            self.batches = [*getattr(self, "batches", []), (times, values)]

    session = Recording()
    session.initialize()
    reference = h.Vector().record(session.soma(0.5)._ref_n_hh)
    h.finitialize(-65)
    for _ in range(4):
        session.advance()
    times = np.concatenate([t for t, _ in session.batches])
    n = np.concatenate([v["n"] for _, v in session.batches])
    assert (
        times.dtype == n.dtype == np.float32
        and len(times) == 80
        and set(session.batches[0][1]) == {"early", "n", "i", "v"}
    )
    np.testing.assert_array_equal(n, np.array(reference, np.float32)[1:])
    assert session.recorded_values()["v"] == session.left(0.5).v and list(session.recorded_values()) == [
        "early",
        "n",
        "i",
        "v",
    ]
    session.left.nseg = 11  # the references move with the model
    session.advance()
    assert session.recorded_values()["n"] == session.soma(0.5).n_hh


class Recorded(Cell):
    """Notes what it records, batch by batch."""

    def on_recorded_samples(self, times, values):
        self.batches = [*getattr(self, "batches", []), values]


def test_what_is_recorded_can_be_read_and_stopped_as_in_older_scripts():
    session = started(Recorded)
    v, n = session.soma(0.5)._ref_v, session.soma(0.5)._ref_n_hh
    session.record_many(["v", "n"], [v, n])
    assert session._recorded_names == ["v", "n"] and list(session._recorded_refs) == [v, n]
    session.advance()
    session._recorded_refs.clear()
    session._recorded_names.clear()
    assert session._recorded_names == [] and session._recorded_refs == [] and session.recorded_values() == {}
    session.advance()
    assert len(session.batches) == 1
    session.record("v", n)
    session.advance()
    assert list(session.batches[-1]) == ["v"]
    np.testing.assert_equal(session.batches[-1]["v"][-1], np.float32(session.soma(0.5).n_hh))
    session._recorded_names, session._recorded_refs = [], []
    assert session.recorded_values() == {}
    with pytest.raises(ValueError, match="record_many"):
        session._recorded_names = ["v"]


def test_a_variable_recorded_within_a_batch_has_no_values_before():
    class Late(Recorded):
        def _sample_step(self):
            if h.t > 0.06 and "late" not in self._recorded_names:
                self.record("late", self.soma(0.5)._ref_v)
            return super()._sample_step()

    session = started(Late, dt=0.025, display_dt=0.1)
    session.record("v", session.soma(0.5)._ref_v)
    session.advance()
    (values,) = session.batches
    assert len(values["v"]) == len(values["late"]) == 4 and np.isfinite(values["v"]).all()
    assert np.isnan(values["late"][:2]).all() and values["late"][-1] == values["v"][-1]


def test_recording_is_checked():
    session = started(Cell)
    v = session.soma(0.5)._ref_v
    session.record("a", v)
    for names, refs, text in (
        (["b"], [v, v], "same length"),
        (["b", "b"], [v, v], "unique"),
        (["a"], [v], "already records"),
    ):
        with pytest.raises(ValueError, match=text):
            session.record_many(names, refs)
    with pytest.raises(ValueError, match="already records"):
        session.record("a", v)
    assert list(session.recorded_values()) == ["a"]
    assert Cell().recorded_values() == {}
