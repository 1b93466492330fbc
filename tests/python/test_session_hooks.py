"""Every hook and small name of the public classes: what a subclass says is what is shown and done."""

import threading

import numpy as np
import pytest

import compneurovis as cnv
from compneurovis import _core
from compneurovis.core.scene import PANEL_KIND_CONTROLS, PANEL_KIND_LINE_PLOT
from compneurovis.session import BufferedSession
from hosts import host


class Worded:
    """A sampled session that answers every hook about what is shown."""

    def control_specs(self):
        return [
            cnv.ControlSpec("gain", "Gain", cnv.ScalarValueSpec(1.0, 0, 5), send_to_session=True),
            cnv.ControlSpec("more", "More", cnv.BoolValueSpec(True)),
            cnv.ControlSpec("kind", "Kind", cnv.ChoiceValueSpec("a", ("a", "b"))),
        ]

    def action_specs(self):
        return [cnv.ActionSpec("kick", "Kick"), cnv.ActionSpec("rest", "Rest")]

    def control_order(self):
        return ["more", "gain"]

    def action_order(self):
        return ["rest", "reset"]

    def display_field_id(self):
        return "shown"

    def history_field_id(self):
        return "past"

    def display_unit(self):
        return "V"

    def history_unit(self):
        return "µV"

    def morphology_color_map(self):
        return "viridis"

    def morphology_color_limits(self):
        return (-1.0, 2.0)

    def morphology_color_norm(self):
        return "symmetric"

    def trace_title(self):
        return "At the tip"

    def trace_y_label(self):
        return "Depolarisation"

    def trace_y_unit(self):
        return "kV"

    def trace_view_updates(self):
        return {"rolling_window": 7.0}

    def idle_sleep(self):
        return 0.25


class Reacting:
    """Notes what it is asked; takes what its names say."""

    def __init__(self, **options):
        super().__init__(**options)
        self.asked = []

    def action_specs(self):
        return [cnv.ActionSpec("kick", "Kick"), cnv.ActionSpec("left", "Left")]

    def on_action(self, action_id, payload, context):
        self.asked.append(("on_action", action_id))
        return action_id == "kick"

    def apply_action(self, action_id, payload):
        self.asked.append(("apply_action", action_id))
        return True

    def on_key_press(self, key, context):
        self.asked.append(("key", key))
        context.show_status("seen")
        context.clear_status()
        return True

    def on_entity_clicked(self, entity_id, context):
        self.asked.append(("click", entity_id))
        return False

    def should_capture_trace_on_click(self, entity_id, context):
        self.asked.append(("capture", entity_id))
        return False


def neuron_cell():
    from neuron_cell import Cell

    return Cell


def jaxley_cell():
    pytest.importorskip("jaxley")
    from jaxley_models import Cell

    return Cell


@pytest.fixture(params=[neuron_cell, jaxley_cell], ids=["neuron", "jaxley"])
def cell(request):
    return request.param()


def test_the_scene_is_as_the_hooks_say(cell):
    session = type("Session", (Worded, cell), {})(dt=0.1)
    scene = session.initialize()
    assert {"shown", "past"} <= set(scene.fields)
    assert (scene.fields["shown"].unit, scene.fields["past"].unit) == ("V", "µV")
    (morphology,) = [view for view in scene.views.values() if isinstance(view, cnv.MorphologyViewSpec)]
    assert (morphology.color_field_id, morphology.color_map, morphology.color_limits, morphology.color_norm) == (
        "shown",
        "viridis",
        (-1.0, 2.0),
        "symmetric",
    )
    trace = scene.views["trace"]
    assert (trace.title, trace.y_label, trace.y_unit, trace.rolling_window) == (
        "At the tip",
        "Depolarisation",
        "kV",
        7.0,
    )
    panels = {panel.kind: panel for panel in scene.layout.panels}
    assert panels[PANEL_KIND_CONTROLS].control_ids == ("more", "gain") and panels[PANEL_KIND_CONTROLS].action_ids == (
        "rest",
        "reset",
    )
    assert panels[PANEL_KIND_LINE_PLOT].view_ids == ("trace",)
    assert {name: control.value_spec.default_value() for name, control in scene.controls.items()} == {
        "gain": 1.0,
        "more": True,
        "kind": "a",
    }
    assert session.idle_sleep() == 0.25


def test_without_hooks_the_words_are_those_of_the_simulator(cell):
    session = cell(dt=0.1)
    assert (session.display_field_id(), session.history_field_id()) == ("segment_display", "segment_history")
    assert (session.display_unit(), session.history_unit(), session.trace_y_unit()) == ("mV", "mV", "mV")
    assert (session.morphology_color_map(), session.morphology_color_norm(), session.morphology_color_limits()) == (
        "scalar",
        "auto",
        (-80.0, 50.0),
    )
    assert session.trace_title() and session.trace_y_label() and session.trace_view_updates() == {}
    assert session.control_order() is None and session.action_order() is None
    assert session.idle_sleep() == 0.0


def test_a_scene_needs_no_trace(cell):
    class Bare(cell):
        def shows_trace(self):
            return False

    scene = Bare(dt=0.1).initialize()
    assert "trace" not in scene.views and not any(panel.kind == PANEL_KIND_LINE_PLOT for panel in scene.layout.panels)


def test_history_is_kept_on_demand_or_in_full(cell):
    session = cell(dt=0.1)
    assert session.history_capture_mode is cnv.HistoryCaptureMode.ON_DEMAND
    session.history_capture_mode = "full"
    assert session.history_capture_mode is cnv.HistoryCaptureMode.FULL
    scene = session.initialize()
    assert scene.fields["segment_history"].values.shape[0] == len(session.geometry.entity_ids)
    with pytest.raises(ValueError):
        session.history_capture_mode = "sometimes"


def test_reactions_are_asked_in_their_order(cell):
    session = type("Session", (Reacting, cell), {})(dt=0.1)
    scene = session.initialize()
    traced = scene.fields["segment_history"].coord("segment").tolist()
    entity = next(name for name in session.geometry.entity_ids if name not in traced)
    for command in (
        cnv.InvokeAction("kick"),
        cnv.InvokeAction("left"),
        cnv.KeyPressed("x"),
        cnv.EntityClicked(str(entity)),
    ):
        session.handle(command)
    assert session.asked == [
        ("on_action", "kick"),
        ("on_action", "left"),
        ("apply_action", "left"),
        ("key", "x"),
        ("capture", entity),
        ("click", entity),
    ]
    texts = [(update.message, update.timeout_ms) for update in session.read_updates() if isinstance(update, cnv.Status)]
    assert texts == [("seen", None), ("", 0)]
    assert session._trace_segment_ids == traced, "the hook did not want the trace"


class Answering:
    """Answers each hook with what the test gives."""

    answer = None

    def control_specs(self):
        return [cnv.ControlSpec("gain", "Gain", cnv.ScalarValueSpec(1.0, 0, 5), send_to_session=True)]

    def apply_control(self, control_id, value):
        return Answering.answer

    def on_key_press(self, key, context):
        return Answering.answer


@pytest.mark.parametrize(
    "answer, accepted",
    [(None, True), (True, True), (np.True_, True), (False, False), (np.False_, False), (np.array([False]), False)],
    ids=repr,
)
def test_a_control_is_refused_by_any_false(cell, monkeypatch, answer, accepted):
    monkeypatch.setattr(Answering, "answer", answer)
    made = host(type("Session", (Answering, cell), {}))
    made.tick(2)
    made.send_control("gain", 2.0)
    made.tick(2)
    assert made.model_state["gain"] == (2.0 if accepted else 1.0) and not made.failures


def test_an_answer_that_is_neither_true_nor_false_is_an_error_of_its_hook(cell, monkeypatch):
    monkeypatch.setattr(Answering, "answer", np.array([True, False]))
    made = host(type("Session", (Answering, cell), {}))
    made.tick(2)
    made.send_key("x")
    made.send_control("gain", 2.0)
    made.tick(2)
    assert [where for where, _, _ in made.failures] == ["on_key_press", "apply_control"]
    assert all("ambiguous" in message for _, message, _ in made.failures)
    assert made.viewer_state["gain"] == 1.0


def test_a_scene_can_be_built_before_the_model(cell):
    geometry = cell(dt=0.1).initialize().geometries["morphology"]
    values = np.linspace(-70, -60, len(geometry.entity_ids))

    class Mine(cell):
        def display_field_id(self):
            return "mine"

    scene = Mine(dt=0.1).build_scene(geometry=geometry, display_values=values, time_value=3.0)
    np.testing.assert_array_equal(scene.fields["mine"].values, values.astype(np.float32))
    history = scene.fields["segment_history"]
    assert history.coord("time").tolist() == [3.0] and history.coord("segment").tolist() == [geometry.entity_ids[0]]
    assert history.values.tolist() == [[-70.0]] and {"morphology", "trace"} <= set(scene.views)
    with pytest.raises(ValueError, match="display values"):
        Mine(dt=0.1).build_scene(geometry=geometry, display_values=values[:-1], time_value=0.0)


# ---- small records and contexts --------------------------------------------------------------------------------------


def test_value_specs_know_their_default():
    assert cnv.ScalarValueSpec(3, 0, 9, "int").default_value() == 3
    assert cnv.BoolValueSpec(True).default_value() is True
    assert cnv.ChoiceValueSpec("b", ("a", "b")).default_value() == "b"


def test_a_series_names_its_source():
    series = cnv.SeriesSpec("k", "Potassium", cnv.AttributeRef("soma", "ik"), "#ff0000")
    assert (series.key, series.label, series.source.attribute, series.color) == ("k", "Potassium", "ik", "#ff0000")


def test_an_app_around_a_surface():
    field, grid = cnv.grid_field(
        field_id="height", values=[[0, 1, 2], [3, 4, 5]], x_coords=[0, 1, 2], y_coords=[0, 10], unit="mm"
    )
    assert (field.values.shape, field.dims, field.unit, grid.id) == ((2, 3), ("y", "x"), "mm", "height-grid")
    profile = cnv.LinePlotViewSpec("profile", operator_id="cut")
    app = cnv.build_surface_app(
        field=field,
        geometry=grid,
        title="Relief",
        line_views=[None, profile],
        operators={"cut": cnv.GridSliceOperatorSpec("cut", "height", "height-grid")},
    )
    assert app.session is None and app.title == app.scene.layout.title == "Relief"
    assert list(app.scene.views) == ["surface", "profile"] and app.scene.views["surface"].geometry_id == "height-grid"
    (space,) = [panel for panel in app.scene.layout.panels if panel.kind == "view_3d"]
    assert space.view_ids == ("surface",) and space.operator_ids == ("cut",)
    with pytest.raises(ValueError, match="two"):
        cnv.build_surface_app(field=cnv.Field("line", [1.0, 2.0], ("x",), {"x": [0, 1]}))
    cut = cnv.GridSliceOperatorSpec("cut", "height", "height-grid")
    assert cnv.build_surface_app(field=field, geometry=grid, operators=[cut]).scene.operators == {"cut": cut}
    with pytest.raises(TypeError, match="operators are specs"):
        cnv.build_surface_app(field=field, geometry=grid, operators="cut")


class Refusing(BufferedSession):
    """Refuses by exception, and is stopped by a command that it never sees."""

    def initialize(self):
        return cnv.Scene(
            {},
            {},
            {},
            controls={"gain": cnv.ControlSpec("gain", "Gain", cnv.ScalarValueSpec(1.0, 0, 5), send_to_session=True)},
        )

    def advance(self):
        pass

    def handle(self, command):
        assert not isinstance(command, cnv.StopSession)
        raise cnv.ControlRefused(command.control_id)


def test_a_refused_control_goes_back():
    made = host(Refusing)
    made.tick(2)
    made.send_control("gain", 2.0)
    made.tick(2)
    assert made.viewer_state["gain"] == 1.0
    assert any("refused" in text for text in made.messages) and made.exit_status == 0


def test_stop_session_ends_a_worker_and_never_reaches_the_session():
    client, end = _core.thread_ends()
    status = []
    worker = threading.Thread(target=lambda: status.append(_core.run_worker(Refusing, end)))
    worker.start()
    client.send_command(cnv.StopSession())
    assert client.stop(60.0)
    worker.join()
    assert status == [0] and client.ended


class Watching:
    """An interaction target that notes what its context says about a click."""

    def __init__(self):
        self.seen = []

    def on_entity_clicked(self, entity_id, context):
        self.seen.append(
            (context.selected_entity_id, context.entity_info()["entity_id"], context.entity_info("nowhere"))
        )
        context.show_status("clicked", 500)
        context.clear_status()
        return True


def test_a_target_knows_what_was_clicked():
    cell, target = neuron_cell(), Watching()
    made = host(cell, target=target)
    made.tick(2)
    entity = str(made.viewer().geometries["morphology"].entity_ids[-1])
    made.send_click(entity)
    made.tick(2)
    assert target.seen == [(entity, entity, None)]
    assert [text for text in made.messages if text in ("clicked", "")] == ["clicked", ""]
