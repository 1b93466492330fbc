"""NeuronSession from Python: commands, failures, own initialisation, and the tools beside it."""

import gc
import weakref

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

import compneurovis as cnv
from compneurovis import NeuronSceneBuilder, NeuronSession
from hosts import host, started
from neuron_cell import Cell

# ---- commands --------------------------------------------------------------------------------------------------------


def test_controls_reach_the_model_and_none_is_acceptance():
    made = host(Cell)
    made.tick(2)
    made.send_control("amp", 1.5)
    made.tick(1)
    assert Cell.last().clamp.amp == 1.5 and made.model_state["amp"] == 1.5 and made.exit_status == 0


def test_a_refused_control_goes_back():
    class Strict(Cell):
        def apply_control(self, control_id, value):
            return value < 1

    made = host(Strict)
    made.tick(2)
    made.send_control("amp", 1.5)
    made.tick(2)
    assert made.model_state["amp"] == made.viewer_state["amp"] == 0.5 and made.exit_status == 0
    assert any("refused" in text for text in made.messages)


def test_the_default_of_apply_control_sets_plain_attributes_only():
    class Plain(Cell):
        rate = 1.0
        apply_control = NeuronSession.apply_control

        def control_specs(self):
            return {
                "wired": cnv.ControlSpec("wired", "W", cnv.ScalarValueSpec(0), target=cnv.AttributeRef("clamp", "amp"))
            }

    session = started(Plain)
    session.speed = 2.0
    assert session.apply_control("rate", 3.0) and session.rate == 3.0
    assert session.apply_control("speed", 4.0) and session.speed == 4.0
    assert session.apply_control("display_dt", 1.0) and session.steps_per_update() == 40
    assert session.apply_control("dt", 0.05) and h.dt == 0.05
    assert session.apply_control("wired", 0.7) and session.clamp.amp == 0.7
    for name in ("handle", "geometry", "title", "missing", "_private", "advance"):
        assert session.apply_control(name, 1.0) is False


def test_actions_keys_and_clicks_reach_their_hooks():
    class Reacting(Cell):
        def __init__(self):
            super().__init__()
            self.log = []

        def action_specs(self):
            return {"kick": cnv.ActionSpec("kick", "Kick", {"n": 2})}

        def on_action(self, action_id, payload, context):
            self.log.append(("on_action", action_id, payload))
            return False

        def apply_action(self, action_id, payload):
            self.log.append(("apply_action", action_id, payload))
            return True

        def on_key_press(self, key, context):
            self.log.append(("key", key))
            context.set_state("armed", True)

        def on_entity_clicked(self, entity_id, context):
            info = context.entity_info(entity_id)
            context.show_status(f"{info['section_name']} @ {info['xloc']:.2f}")
            assert (
                context.selected_entity_id == entity_id
                and context.session is self
                and context.entity_info("nothing") is None
            )
            context.invoke_action("kick", {"by": "click"})

    made = host(Reacting)
    made.tick(2)
    made.send_action("kick")
    made.send_key("q")
    made.send_click("left@0.75000")
    made.send_click("unknown")
    made.tick(2)
    assert Cell.last().log == [
        ("on_action", "kick", {"n": 2}),
        ("apply_action", "kick", {"n": 2}),
        ("key", "q"),
        ("on_action", "kick", {"by": "click"}),
        ("apply_action", "kick", {"by": "click"}),
    ]
    assert made.viewer_state["armed"] is True and "left @ 0.75" in made.messages and made.failures == []


def test_reset_is_offered_to_on_action_and_then_starts_again():
    asked = []

    class Offered(Cell):
        def on_action(self, action_id, payload, context):
            asked.append(action_id)

    session = started(Offered)
    session.advance()
    session.clamp.amp = 1.25
    session.handle(cnv.Reset())
    assert asked == ["reset"] and h.t == 0 and session.clamp.amp == 1.25
    assert session._trace_field_snapshot()[1].tolist() == [0.0] and np.all(session._last_display_values == -65)


def test_of_a_large_cell_a_trace_begins_with_the_click_and_equals_the_recorder():
    class Cable(cnv.NeuronSession):
        def build_sections(self):
            self.cable = h.Section(name="cable")
            for x in range(5001):  # one entity between two points
                self.cable.pt3dadd(x, 0, 0, 2)
            self.cable.nseg = 101
            self.cable.insert("hh")
            self.clamp = h.IClamp(self.cable(0.5))
            self.clamp.delay, self.clamp.dur, self.clamp.amp = 0.1, 10, 5
            self.recorded = [h.Vector().record(self.cable(x)._ref_v) for x in (0.0001, 0.5001)]
            return [self.cable]

    session = started(Cable, dt=0.025, display_dt=0.25)
    session.advance()
    session.handle(cnv.EntityClicked("cable@0.50010"))
    session.advance()
    ids, times, values = session._trace_field_snapshot()
    assert (
        session.geometry.positions.shape == (5000, 3) and ids == ("cable@0.00010", "cable@0.50010") and len(times) == 21
    )
    first, middle = (np.float32(recorded) for recorded in session.recorded)
    assert np.array_equal(values[0], first) and np.ptp(middle) > 1
    assert np.isnan(values[1][:10]).all() and np.array_equal(values[1][10:], middle[10:])


def test_clicks_capture_traces_with_a_past():
    session = started(Cell)
    assert session._trace_segment_ids == ["soma@0.50000"]
    session.advance()
    session.handle(cnv.EntityClicked("right@0.25000"))
    session.handle(cnv.EntityClicked("right@0.25000"))
    session.handle(cnv.EntityClicked("unknown"))
    ids, times, values = session._trace_field_snapshot()
    assert (
        ids == ("soma@0.50000", "right@0.25000")
        and values.shape == (2, 21)
        and times.shape == (21,)
        and np.isfinite(values).all()
    )
    assert session._ui_state["selected_entity_id"] == "right@0.25000" and session._capture_trace_entity(
        "left@0.25000", include_current_sample=True
    )
    assert not session._capture_trace_entity("left@0.25000", include_current_sample=True)

    class Shy(Cell):
        def should_capture_trace_on_click(self, entity_id, context):
            return False

    shy = started(Shy)
    shy.handle(cnv.EntityClicked("right@0.25000"))
    assert shy._trace_segment_ids == ["soma@0.50000"]


def test_a_session_may_show_no_trace_and_still_keeps_its_history():
    class Plain(Cell):
        def shows_trace(self):
            return False

    session = Plain()
    scene = session.initialize()
    assert list(scene.views) == ["morphology"] and [panel.id for panel in scene.layout.panels] == [
        "morphology-panel",
        "controls-panel",
    ]
    session.advance()
    session.handle(cnv.EntityClicked("right@0.25000"))
    assert session._trace_field_snapshot()[0] == ("soma@0.50000", "right@0.25000")


# ---- failures and ends -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hook", ["build_sections", "setup_model", "_prepare_recorders", "build_scene"])
def test_failures_of_the_start_name_the_hook(hook):
    def broken(self, *_, **__):
        raise LookupError("what now")

    made = host(type("Broken", (Cell,), {hook: broken}))
    made.tick(2)
    where, message, traceback = made.failures[0]
    assert where == hook and message == "LookupError: what now" and "broken" in traceback
    with pytest.raises(LookupError, match="what now"):
        type("Broken", (Cell,), {hook: broken})().initialize()


def test_a_failing_step_hook_stops_the_model_and_reset_goes_on():
    class Failing(Cell):
        broken = True

        def _sample_step(self):
            if self.broken and h.t > 1:
                raise ArithmeticError("unstable")
            return self._read_display_values()

    made = host(Failing)
    made.tick(6)
    assert made.failures[-1][:2] == ("_sample_step", "ArithmeticError: unstable") and not made.running
    Cell.last().broken = False
    made.send_key("Space")
    made.tick(3)
    assert made.running and 0 < made.model_time < 3


def test_sessions_are_released_and_leave_the_sections_to_python():
    session = started(Cell)
    session.advance()
    gone = weakref.ref(session)
    session.shutdown()
    del session
    gc.collect()
    assert gone() is None
    made = host(Cell, until_ms=2.0)
    while made.tick():
        pass
    gc.collect()
    assert Cell.last() is None


def test_a_session_that_builds_everything_itself():
    class Own(Cell):
        def initialize(self):
            self.sections = self.build_sections()
            self.setup_model(self.sections)
            self.geometry = NeuronSceneBuilder.build_morphology_geometry(self.sections)
            self._prepare_recorders()
            h.dt = self.dt
            h.finitialize(self.v_init)
            return self.build_scene(self._read_display_values())

        def build_scene(self, values):
            field = cnv.Field("mine", values, ("segment",), {"segment": np.array(self.geometry.entity_ids)})
            return cnv.Scene(
                {"mine": field},
                {self.geometry.id: self.geometry},
                {"m": cnv.MorphologyViewSpec("m", color_field_id="mine")},
            )

        def _sample_step(self):
            return self._read_display_values()

        def _emit_batch(self, times_array, steps):
            self.emit(cnv.FieldReplace("mine", steps[-1]))

        def handle(self, command):
            if isinstance(command, cnv.EntityClicked):
                self.clicked = self._entity_index_by_id[command.entity_id]

    made = host(Own)
    made.tick(4)
    session = Cell.last()
    assert h.t > 0 and made.failures == []
    np.testing.assert_array_equal(made.viewer().fields["mine"].values, session._read_display_values())
    made.send_click("left@0.75000")
    made.tick(1)
    assert session.clicked == 2


# ---- tools -----------------------------------------------------------------------------------------------------------


SWC = "1 1 0 0 0 5 -1\n2 3 10 0 0 1 1\n3 3 20 0 0 1 2\n4 3 30 5 0 1 3\n5 3 30 -5 0 1 3\n"


def test_loading_a_cell_gives_the_new_sections_only(tmp_path):
    from compneurovis.neuronutils import load_swc_neuron, parse_swc

    path = tmp_path / "cell.swc"
    path.write_text("# a comment\n\n" + SWC)
    other = h.Section(name="other")
    first = load_swc_neuron(str(path))
    second = load_swc_neuron(path)
    assert other not in first and not set(first) & set(second) and len(first) == len(second) > 1
    assert sum(s.n3d() for s in first) > 4
    nodes, children = parse_swc(path)
    assert nodes[2] == {"type": 3, "x": 10.0, "y": 0.0, "z": 0.0, "radius": 1.0, "parent": 1} and children[3] == [4, 5]
    path.write_text(SWC + "6 3 1 2 3 1\n")
    with pytest.raises(ValueError, match=r"cell.swc:6"):
        parse_swc(path)
    with pytest.raises(ValueError, match=r"cell.swc:6"):
        load_swc_neuron(path)


def test_generated_layout():
    from compneurovis.backends.neuron.utils import generate_layout

    soma, straight, one, two, far = (h.Section(name=name) for name in ("soma", "straight", "one", "two", "far"))
    for section, length in ((soma, 20), (straight, 100), (one, 50), (two, 50), (far, 0.1)):
        section.L, section.diam = length, 3
    straight.connect(soma(1))
    one.connect(straight(1))
    two.connect(straight(1))
    generate_layout([soma, straight, one, two, far], cell_connections=[(far, two, 0.5)])

    def points(section):
        return np.array([[section.x3d(i), section.y3d(i), section.z3d(i)] for i in range(section.n3d())])

    np.testing.assert_allclose(points(soma), [[0, 0, 0], [0, 0, 20]], atol=1e-5)
    np.testing.assert_allclose(points(straight), [[0, 0, 20], [0, 0, 120]], atol=1e-5)
    direction = np.diff(points(one), axis=0)[0] / 50
    assert direction[2] == pytest.approx(np.cos(np.radians(30)), abs=1e-4)
    np.testing.assert_allclose(points(one)[1][:2], -points(two)[1][:2], atol=1e-4)
    np.testing.assert_allclose(points(far)[0], points(two).mean(axis=0), atol=1e-4)
    assert np.linalg.norm(np.diff(points(far), axis=0)) == pytest.approx(1.0, abs=1e-5)
