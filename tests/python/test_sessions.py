"""Sessions: by hand, and in a host with a viewer."""

import functools
import gc
import threading
import weakref

import numpy as np
import pytest

import compneurovis as cnv
from compneurovis import _core
from compneurovis.session import BufferedSession, Session, resolve_interaction_target_source, resolve_session_source
from compneurovis.session.base import resolve_startup_scene_source
from hosts import host


class Wave(BufferedSession):
    """One sample of a sine per advance; `log` notes what was called."""

    def __init__(self):
        super().__init__()
        self.t, self.log = 0.0, []
        Wave.last = weakref.ref(self)

    def initialize(self):
        self.emit(cnv.StatePatch({"phase": "new"}))
        field = cnv.Field("wave", np.zeros((1, 1)), ("series", "time"), {"series": ["a"], "time": [0.0]})
        controls = {"gain": cnv.ControlSpec("gain", "Gain", cnv.ScalarValueSpec(1.0, 0, 5), send_to_session=True)}
        return cnv.Scene(
            {"wave": field},
            {},
            {"p": cnv.LinePlotViewSpec("p", field_id="wave")},
            controls=controls,
            actions={"kick": cnv.ActionSpec("kick", "Kick", shortcuts=("K",))},
        )

    def advance(self):
        self.t += 1
        self.emit(cnv.FieldAppend("wave", "time", [[np.sin(self.t)]], [self.t], max_length=50))

    def handle(self, command):
        self.log.append(command)
        if isinstance(command, cnv.SetControl) and command.value > 4:
            raise ValueError("too much")


# ---- by hand ---------------------------------------------------------------------------------------------------------


def test_abstract_sessions_cannot_be_made():
    with pytest.raises(TypeError):
        Session()
    with pytest.raises(TypeError):
        BufferedSession()


def test_updates_are_queued_in_order_and_read_once():
    session = Wave()
    scene = session.initialize()
    session.advance()
    session.advance()
    assert isinstance(scene, cnv.Scene)
    assert [type(u).__name__ for u in session.read_updates()] == [
        "StatePatch",
        "FieldAppend",
        "FieldAppend",
    ] and session.read_updates() == []
    assert (
        session.is_live() is True
        and session.idle_sleep() == 0.05
        and session.shutdown() is None
        and Wave.startup_scene() is None
    )


def test_emitted_arrays_are_copies():
    session, values = Wave(), np.zeros(2)
    session.emit(cnv.FieldReplace("f", values, coords={"x": values}))
    values[:] = 9
    (update,) = session.read_updates()
    assert update.values.tolist() == [0, 0] and update.coords["x"].tolist() == [0, 0]


def test_types_that_cannot_be_shown_are_refused_at_emit():
    for values in (np.zeros(2, complex), np.array([object()]), np.zeros(2, "timedelta64[s]")):
        with pytest.raises(TypeError, match="'spikes'"):
            Wave().emit(cnv.FieldReplace("spikes", values))


def test_a_forgotten_super_init_does_no_harm():
    class Forgetful(Wave):
        def __init__(self):
            self.t = 0.0

    session = Forgetful()
    session.advance()
    assert len(session.read_updates()) == 1


class NoSession:
    pass


@pytest.mark.parametrize("source", [Wave, lambda: Wave(), functools.partial(Wave)])
def test_lazy_sources_make_sessions(source):
    assert isinstance(resolve_session_source(source), Wave)


@pytest.mark.parametrize("source", [NoSession, NoSession(), lambda: 3, 5, None])
def test_other_sources_are_refused(source):
    with pytest.raises(TypeError):
        resolve_session_source(source)


@pytest.mark.parametrize(
    "call",
    [
        lambda s: resolve_session_source(s),
        lambda s: cnv.build_neuron_app(s),
        lambda s: cnv.run_app(cnv.AppSpec(session=s)),
    ],
    ids=["resolve_session_source", "build_neuron_app", "run_app"],
)
def test_existing_sessions_are_refused(call, request):
    name = request.node.callspec.id
    with pytest.raises(TypeError, match=rf"^{name}.*requires a Session subclass or top-level zero-argument factory"):
        call(Wave())


def test_startup_scenes():
    scene = cnv.Scene({}, {}, {})

    class Early(Wave):
        @classmethod
        def startup_scene(cls):
            return scene

    def factory():
        return Wave()

    assert (
        resolve_startup_scene_source(Early) is scene
        and resolve_startup_scene_source(factory) is None
        and resolve_startup_scene_source(None) is None
    )
    factory.startup_scene = lambda: scene
    assert resolve_startup_scene_source(factory) is scene
    factory.startup_scene = lambda: 3
    for wrong in (factory, NoSession, Wave()):
        with pytest.raises(TypeError):
            resolve_startup_scene_source(wrong)


def test_interaction_target_sources():
    class Target:
        def on_action(self, action_id, payload, context):
            return True

    target = Target()
    assert resolve_interaction_target_source(None) is None and resolve_interaction_target_source(target) is target
    assert isinstance(resolve_interaction_target_source(Target), Target) and isinstance(
        resolve_interaction_target_source(lambda: Target()), Target
    )


# ---- in a host -------------------------------------------------------------------------------------------------------


def test_a_viewer_sees_what_the_session_emits():
    made = host(Wave)
    made.tick(8)
    model, viewer = made.model().fields["wave"], made.viewer().fields["wave"]
    assert model.values.shape[1] > 4
    np.testing.assert_array_equal(viewer.values, model.values)
    np.testing.assert_allclose(model.values[0, 1:], np.sin(model.coords["time"][1:]))
    assert (
        made.model_time == model.coords["time"][-1]
        and made.model_state["phase"] == "new"
        and made.viewer_state["phase"] == "new"
    )


def test_updates_take_effect_when_they_are_emitted_with_the_values_of_that_moment():
    class Reusing(Wave):
        def advance(self):
            buffer = np.zeros((1, 1))
            for value in (1.0, 2.0):
                buffer[:] = value
                self.emit(cnv.FieldAppend("wave", "time", buffer, [value]))
            buffer[:] = 99

    made = host(Reusing)
    made.tick(3)
    assert set(made.viewer().fields["wave"].values[0]) == {0.0, 1.0, 2.0}


def test_hooks_are_looked_up_once():
    class Counting(Wave):
        live_asked = 0

        def is_live(self):
            Counting.live_asked += 1
            return True

        def idle_sleep(self):
            return 0.0

    made = host(Counting)
    made.tick(3)
    assert Counting.live_asked > 0
    del Counting.is_live  # found at the start: a class that changes while it runs is not asked again


def test_hooks_of_an_instance_count():
    class Waiting(Wave):
        def __init__(self):
            super().__init__()
            self.is_live = lambda: False

    made = host(Waiting)
    made.tick(5)
    assert Waiting.last().t == 0 and made.running is False


def test_the_own_read_updates_of_a_plain_session_is_used():
    class Plain(Session):
        def __init__(self):
            self.pending = []

        def initialize(self):
            return Wave().initialize()

        def advance(self):
            self.pending.append(cnv.FieldAppend("wave", "time", [[1.0]], [1.0]))

        def handle(self, command):
            pass

        def read_updates(self):
            updates, self.pending = self.pending, []
            return updates

    made = host(Plain)
    made.tick(4)
    assert made.viewer().fields["wave"].values.shape[1] > 1


def test_commands_reach_handle():
    made = host(Wave)
    made.tick(2)
    made.send_control("gain", 2.5)
    made.send_key("K")
    made.send_key("Space")
    made.send_key("x")
    made.tick(1)
    assert Wave.last().log == [
        cnv.SetControl("gain", 2.5),
        cnv.InvokeAction("kick", {}),
        cnv.Reset(),
        cnv.KeyPressed("x"),
    ]


def test_an_exception_in_handle_is_reported_and_the_session_goes_on():
    made = host(Wave)
    made.tick(2)
    made.send_control("gain", 4.5)
    made.tick(2)
    (where, message, traceback), before = made.failures[-1], Wave.last().t
    assert "gain" in where and message == "ValueError: too much" and "raise ValueError" in traceback
    assert made.model_state["gain"] == 1.0 and made.exit_status == 1
    made.tick(2)
    assert Wave.last().t > before


def test_an_exception_in_advance_stops_until_run():
    class Failing(Wave):
        def advance(self):
            super().advance()
            if self.t == 2:
                raise RuntimeError("diverged")

    made = host(Failing)
    made.tick(8)
    assert made.failures[-1][:2] == ("advance", "RuntimeError: diverged") and "in advance" in made.failures[-1][2]
    assert Failing.last().t == 2
    made.send_run_control("run")
    made.tick(3)
    assert Failing.last().t > 2


@pytest.mark.parametrize("where", ["constructor", "initialize"])
def test_an_exception_at_the_start_keeps_the_window(where):
    class Broken(Wave):
        def __init__(self):
            if where == "constructor":
                raise OSError("no file")
            super().__init__()

        def initialize(self):
            raise OSError("no file")

    made = host(Broken)
    assert made.tick(3)
    assert made.failures[0][:2] == (where, "OSError: no file") and "Traceback" in made.lines[0]


def test_windowless_runs_end_with_the_first_failure():
    class Failing(Wave):
        def advance(self):
            raise RuntimeError("diverged")

    made = _core.testing.Host(Failing, windowless=True)
    while made.tick():
        pass
    assert made.end == "failed" and made.exit_status == 1


def test_ctrl_c_in_user_code_ends_the_run():
    ended = []

    class Interrupted(Wave):
        def advance(self):
            raise KeyboardInterrupt

        def shutdown(self):
            ended.append(True)

    made = _core.testing.Host(Interrupted)
    while made.tick():
        pass
    assert made.end == "interrupted" and ended == [True]


def test_the_end_releases_the_session():
    made = host(Wave, until_ms=5.0)
    while made.tick():
        pass
    gc.collect()
    assert made.end == "until_reached" and made.exit_status == 0 and Wave.last() is None


def test_closing_the_window_ends_the_run():
    made = host(Wave)
    made.tick(3)
    made.send_bye()
    while made.tick():
        pass
    assert made.end == "closed"


def test_emit_from_another_thread_is_queued():
    class Threaded(Wave):
        def advance(self):
            worker = threading.Thread(target=super().advance)
            worker.start()
            worker.join()

    made = host(Threaded)
    made.tick(5)
    assert made.viewer().fields["wave"].values.shape[1] > 3


def test_unknown_fields_are_a_warning():
    class Clumsy(Wave):
        def advance(self):
            self.emit(cnv.FieldReplace("nowhere", [1.0]))
            self.t += 1

    made = host(Clumsy)
    made.tick(3)
    assert made.exit_status == 0 and sum("nowhere" in text for text in made.messages) == 1


@pytest.mark.parametrize(
    "update, words",
    [
        (cnv.FieldReplace("wave", np.zeros(3)), ["'wave'", "(3,)", "(1, 2)"]),
        (cnv.FieldReplace("wave", np.zeros((2, 5))), ["'wave'", "(2, 5)", "(1, 2)"]),
        (cnv.FieldReplace("wave", np.zeros((1, 2)), {"series": ["a"], "time": [1.0]}), ["'wave'", "'time'", "1", "2"]),
        (cnv.FieldAppend("wave", "time", np.zeros((2, 1)), [1.0]), ["'wave'", "(2, 1)", "(1, 2)", "'time'"]),
        (cnv.FieldAppend("wave", "time", np.zeros((1, 2)), [1.0]), ["'wave'", "1 coordinates", "(1, 2)", "'time'"]),
        (cnv.FieldAppend("wave", "place", np.zeros((1, 1)), [1.0]), ["'wave'", "'place'", "'series', 'time'"]),
    ],
)
def test_what_does_not_fit_its_field_raises_where_it_is_emitted(update, words):
    class Clumsy(Wave):
        def advance(self):
            super().advance()
            if self.t == 1:
                try:
                    self.emit(update)
                except ValueError as error:
                    self.emit(cnv.StatePatch({"told": str(error)}))

    made = host(Clumsy)
    made.tick(4)
    told = made.model_state["told"]
    assert all(word in told for word in words), told
    assert made.exit_status == 0 and not made.failures
    assert made.viewer().fields["wave"].values.shape[1] > 2, "and the session goes on"


def test_the_traceback_of_a_wrong_shape_ends_at_the_line_that_emitted_it():
    class Clumsy(Wave):
        def advance(self):
            self.emit(cnv.FieldReplace("wave", np.zeros(3)))  # here

    made = host(Clumsy)
    made.tick(2)
    where, message, traceback = made.failures[0]
    assert where == "advance" and "'wave'" in message and "# here" in traceback


class NoUpdate:
    """Looks like an update until it is read."""


@pytest.mark.parametrize("hook", [False, True], ids=["emit", "read_updates"])
def test_what_is_no_update_is_told_once_and_the_others_go_on(hook):
    class Mixed(Wave):
        def __init__(self):
            super().__init__()
            self.emit(NoUpdate())  # no host yet: nothing can be said here

        def advance(self):
            worker = threading.Thread(target=self.emit_some)
            worker.start()
            worker.join()

        def emit_some(self):
            self.t += 1
            self.emit(cnv.FieldAppend("wave", "time", [[self.t]], [self.t]))
            self.emit(NoUpdate())
            self.emit(cnv.StatePatch({"last": self.t}))

        if hook:

            def read_updates(self):
                return super().read_updates()

    made = host(Mixed)
    made.tick(6)
    assert made.model_state["phase"] == "new" and made.model_state["last"] == Mixed.last().t > 2
    assert made.viewer().fields["wave"].values.shape[1] > 2
    assert not made.failures and made.running
    (told,) = (text for text in made.messages if "NoUpdate" in text)
    assert "left out" in told and made.exit_status == 1


def test_models_tell_their_own_time():
    class Timed(Wave):
        def model_time(self):
            return 100 * self.t

    made = host(Timed, until_ms=300.0)
    while made.tick():
        pass
    assert made.end == "until_reached"


def test_interaction_targets_come_first_and_act_on_the_app():
    class Target:
        def __init__(self):
            self.seen = []

        def on_key_press(self, key, context):
            self.seen.append((key, context.state("gain"), context.scene.views["p"].field_id))
            context.set_state("armed", True)
            context.show_status("key " + key)
            if key == "g":
                context.set_control("gain", 2.0)
                context.invoke_action("kick", {"n": 3})
                context.invoke_action("unknown")
            return key != "z"

    target = Target()
    made = host(Wave, target=target)
    made.tick(2)
    made.send_key("g")
    made.send_key("z")
    made.tick(2)
    assert target.seen == [("g", 1.0, "wave"), ("z", 2.0, "wave")]
    assert Wave.last().log == [cnv.SetControl("gain", 2.0), cnv.InvokeAction("kick", {"n": 3}), cnv.KeyPressed("z")]
    assert made.viewer_state["armed"] is True and "key g" in made.messages


class Undecided:
    """As an array of several elements: neither true nor false."""

    def __bool__(self):
        raise ValueError("undecided")


def test_a_target_that_answers_neither_true_nor_false_is_reported():
    class Target:
        def on_key_press(self, key, context):
            return Undecided()

    made = host(Wave, target=Target())
    made.tick(2)
    made.send_key("g")
    made.tick(2)
    assert made.failures[-1][:2] == ("on_key_press", "ValueError: undecided")
    before = Wave.last().t
    made.tick(2)
    assert Wave.last().t > before


def test_a_session_that_is_neither_live_nor_not_is_reported():
    class Unsure(Wave):
        def is_live(self):
            return Undecided()

    made = host(Unsure)
    made.tick(3)
    assert made.failures[0][:2] == ("is_live", "ValueError: undecided")


def test_a_target_works_without_a_session():
    class Target:
        def on_key_press(self, key, context):
            context.set_state("seen", key)
            return True

    made = host(None, scene=cnv.Scene({}, {}, {}), target=Target())
    made.tick(2)
    made.send_key("q")
    made.tick(2)
    assert made.viewer_state["seen"] == "q"
