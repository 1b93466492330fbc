"""Recordings: by hand, in a host, and a whole program without a window."""

import inspect
import json
import subprocess
import sys
import textwrap

import numpy as np
import pytest

import compneurovis as cnv
from hosts import host


def recorded_scene():
    field = cnv.Field("v", np.full(2, -1.0), ("x",), {"x": [0.0, 1.0]}, unit="mV")
    return cnv.Scene(
        {"v": field},
        {},
        {"plot": cnv.LinePlotViewSpec("plot", "Potential", field_id="v")},
        layout=cnv.LayoutSpec(title="Recording"),
    )


def frames(count, start=0):
    """Frame k holds (k, 10 k)."""
    return [(np.array([k, 10.0 * k]), None) for k in range(start, start + count)]


def session(count=3, **options):
    return cnv.ReplaySession(scene=recorded_scene(), field_id="v", frames=frames(count), **options)


def emitted(made):
    return [update.values[0] for update in made.read_updates()]


class Player:
    """An app in a host with a viewer; the host's clock is the test's."""

    def __init__(self, app):
        self.host = host(app.session, scene=app.scene)
        self.host.tick(3)

    def say(self, action, value=0.0):
        self.host.send_run_control(action, value)
        self.host.tick(2)
        return self.shown

    @property
    def shown(self):
        return self.host.viewer().fields["v"].values[0]

    def plays(self, ticks=40):
        seen = []
        for _ in range(ticks):
            self.host.tick()
            if not seen or seen[-1] != self.shown:
                seen.append(self.shown)
        return seen


# ---- by hand ---------------------------------------------------------------------------------------------------------


def test_attributes_and_signature_are_those_of_the_original():
    made = session(3, interval_live=False)
    assert (made.field_id, made.index, made.interval_live, len(made.frames)) == ("v", 0, False, 3) and isinstance(
        made.frames, list
    )
    assert (
        made.initialize() is made.scene
        and made.is_live() is False
        and session().is_live() is True
        and made.idle_sleep() == 0.05
    )
    for function, names in (
        (cnv.ReplaySession.__init__, ["scene", "field_id", "frames", "interval_live"]),
        (cnv.build_replay_app, ["scene", "field_id", "frames"]),
    ):
        kinds = inspect.signature(function).parameters
        assert all(kinds[name].kind is inspect.Parameter.KEYWORD_ONLY for name in names)


def test_advance_shows_each_frame_and_begins_again():
    made = session(3)
    for _ in range(5):
        made.advance()
    assert emitted(made) == [0, 1, 2, 0, 1] and made.index == 2


def test_reset_shows_the_first_frame_at_once_and_other_commands_do_nothing():
    made = session(3)
    made.advance()
    made.advance()
    made.handle(cnv.Reset())
    made.handle(cnv.KeyPressed("A"))
    made.advance()
    assert emitted(made) == [0, 1, 0, 0]


def test_no_frames_emit_nothing():
    made = session(0)
    made.advance()
    made.handle(cnv.Reset())
    made.seek(3)
    assert emitted(made) == [] and made.frame_place() == (0, 0)


def test_without_loop_it_ends_at_the_last_frame_and_goes_on_after_a_seek():
    made = session(2, loop=False)
    made.advance()
    assert made.is_live()
    made.advance()
    assert not made.is_live() and made.frame_place() == (2, 1)
    made.seek(-4)
    assert made.is_live() and emitted(made) == [0, 1, 0]


@pytest.mark.parametrize(
    "field_id, given, error, words",
    [
        ("u", frames(1), KeyError, "no field 'u'.*'v'"),
        ("v", [np.zeros(2)], TypeError, "frame 0 is ndarray.*values, coords"),
        ("v", [(np.zeros(2), None), (np.zeros(2),)], TypeError, "frame 1"),
        ("v", [(np.zeros((2, 2)), None)], ValueError, "frame 0 of field 'v' has 2 dimensions, the field has 1: x"),
    ],
)
def test_what_cannot_be_played_is_refused_with_its_place(field_id, given, error, words):
    for make in (cnv.ReplaySession, cnv.build_replay_app):
        with pytest.raises(error, match=words):
            make(scene=recorded_scene(), field_id=field_id, frames=given)


# ---- the app ---------------------------------------------------------------------------------------------------------


def test_the_app_adds_a_reset_action_once_and_makes_new_sessions():
    scene = recorded_scene()
    scene.layout.panels = (cnv.PanelSpec("controls", kind="controls"),)
    app = cnv.build_replay_app(scene=scene, field_id="v", frames=frames(2))
    assert app.scene is scene and app.title == "Recording" and app.scene.actions["reset"].shortcuts == ("Space",)
    assert app.scene.layout.panels[-1].action_ids == ("reset",)
    assert app.session() is not app.session()
    own = recorded_scene()
    own.actions["reset"] = cnv.ActionSpec("reset", "From the start")
    assert (
        cnv.build_replay_app(scene=own, field_id="v", frames=frames(2)).scene.actions["reset"].label == "From the start"
    )


def test_frames_may_be_a_generator():
    app = cnv.build_replay_app(scene=recorded_scene(), field_id="v", frames=(frame for frame in frames(4)))
    assert len(app.session().frames) == 4 and len(app.session().frames) == 4


# ---- in a host -------------------------------------------------------------------------------------------------------


def test_the_time_bar_plays_pauses_steps_and_seeks():
    player = Player(cnv.build_replay_app(scene=recorded_scene(), field_id="v", frames=frames(5)))
    seen = player.plays()
    assert seen == [(seen[0] + k) % 5 for k in range(len(seen))] and len(seen) > 5
    player.say("pause")
    assert player.say("seek", 3) == 3 and player.plays(10) == [3]
    assert player.say("step") == 4 and player.say("step") == 0
    assert player.say("seek", 1e9) == 4 and player.say("seek", -1) == 0
    assert player.say("seek", 2) == 2 and player.say("reset") == 0
    player.say("run")
    assert len(player.plays()) > 5 and player.host.failures == []


def test_without_loop_run_begins_again_at_the_end():
    player = Player(cnv.build_replay_app(scene=recorded_scene(), field_id="v", frames=frames(8), loop=False))
    assert player.plays()[-1] == 7 and player.host.running is False
    player.say("run")
    assert player.shown < 7 and player.host.running is True and player.plays()[-1] == 7


def test_a_trace_with_coordinates_in_each_frame():
    scene = recorded_scene()
    given = [(np.array([k, k], dtype=float), {"x": np.array([10.0 * k, 10.0 * k + 1])}) for k in range(3)]
    player = Player(cnv.build_replay_app(scene=scene, field_id="v", frames=given))
    player.say("pause")
    player.say("seek", 2)
    np.testing.assert_array_equal(player.host.viewer().fields["v"].coords["x"], [20, 21])


def test_a_session_whose_place_cannot_be_told_goes_on():
    class Lost(cnv.ReplaySession):
        def __init__(self):
            super().__init__(scene=recorded_scene(), field_id="v", frames=frames(3))

        def frame_place(self):
            raise RuntimeError("where am I")

    made = host(Lost)
    made.tick(20)
    assert any("where am I" in message for _, message, _ in made.failures) and made.viewer().fields["v"].values[0] >= 0


def test_a_frame_of_another_length_is_told_and_the_others_play():
    given = [*frames(2), (np.zeros(3), None)]
    player = Player(cnv.build_replay_app(scene=recorded_scene(), field_id="v", frames=given))
    assert set(player.plays()) == {0, 1}
    assert any("'v'" in line for line in player.host.lines)


# ---- a whole program -------------------------------------------------------------------------------------------------


def test_a_recording_runs_without_a_window(tmp_path):
    script = tmp_path / "play.py"
    script.write_text(
        textwrap.dedent("""
        import numpy as np
        import compneurovis as cnv
        x = np.linspace(0, 1, 50)
        field, plot = cnv.Field("v", np.zeros(50), ("x",), {"x": x}), cnv.LinePlotViewSpec("plot", field_id="v")
        scene = cnv.Scene({"v": field}, {}, {"plot": plot})
        frames = [(np.sin(2 * np.pi * (x - k / 10)), None) for k in range(10)]
        cnv.run_app(cnv.build_replay_app(scene=scene, field_id="v", frames=frames, loop=False))
    """)
    )
    command = [
        sys.executable,
        "-m",
        "compneurovis",
        "run",
        "--headless",
        "--speed",
        "max",
        "--wall",
        "1.5",
        "--report",
        str(tmp_path / "r.json"),
        "--dump",
        str(tmp_path / "d"),
        str(script),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "r.json").read_text())["steps"] == 10
    np.testing.assert_allclose(
        np.load(tmp_path / "d" / "v.npy"), np.sin(2 * np.pi * (np.linspace(0, 1, 50) - 0.9)), atol=1e-12
    )
