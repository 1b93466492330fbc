"""Every kind of control in the real window under mouse and keys: what counts is what the session received."""

import json
import math

import pytest

from hands import APPS, middle, stop_of, until


class Commands:
    """What the session wrote down, from one look to the next."""

    def __init__(self, path):
        self.path, self.read = path, 0

    def wait(self, test, what):
        """All new commands, once the last of them passes."""

        def new():
            lines = [json.loads(line) for line in self.path.read_text().splitlines()[self.read :]]
            return lines if lines and test(lines[-1]) else None

        found = until(new, f"{what}; there came {self.path.read_text().splitlines()[self.read :]}")
        self.read += len(found)
        return found

    def wait_for(self, *command):
        return self.wait(lambda last: last == list(command), str(command))

    def wait_value(self, id, report):
        """The value that the window shows after a gesture, once it has come to the session."""
        value = report["state"][id]
        self.wait_for(id, value)
        return value

    def wait_point(self, id, x, y, report, tolerance=0.06):
        point = self.wait_value(id, report)
        assert math.hypot(point["x"] - x, point["y"] - y) <= tolerance
        return point


@pytest.fixture(scope="module")
def app(start_shared, tmp_path_factory):
    log = tmp_path_factory.mktemp("log") / "commands.jsonl"
    log.touch()
    app = start_shared(APPS / "every_control.py", log, options=["--theme", "light"])
    app.see(lambda report: any(stop["name"] == "Invert" for stop in report["window"]["stops"]), "the controls")
    app.take_keyboard()
    app.commands = Commands(log)
    return app


def leave_fields(app):
    """The keyboard goes to a plot, where letters are shortcuts."""
    app.click(*middle(app.view("wave-view")["rect"]))


def test_a_slider_is_dragged_turned_and_stepped(app):
    track = app.place("Amplitude", "Track")
    app.drag(*middle(track), track[0] + track[2] + 30, middle(track)[1])
    values = [value for id, value in app.commands.wait_for("amplitude", 2.0)]
    assert values == sorted(values) and all(abs(10 * value - round(10 * value)) < 1e-9 for value in values), (
        "steps of 0.1 nA"
    )
    at = app.commands.wait_value("amplitude", app.drag(*middle(track, x=0.97), *middle(track, x=0.75)))
    assert at == pytest.approx(1.5, abs=0.101)
    app.wheel(middle(app.place("Rate", "Track")), 2)  # has not the focus: nothing
    app.wheel(middle(track), -3)
    moved = app.commands.wait(lambda last: last[1] == pytest.approx(at - 0.3), "three notches back")
    assert {id for id, _ in moved} == {"amplitude"}, "only the slider that has the focus turns"
    app.key("Left")
    app.commands.wait(lambda last: last == ["amplitude", pytest.approx(at - 0.4)], "one step back")
    app.key("Home")
    app.commands.wait_for("amplitude", 0.0)
    app.key("End")
    app.commands.wait_for("amplitude", 2.0)


def test_a_number_is_typed_exactly_and_one_out_of_range_is_brought_into_it(app):
    app.enter("Amplitude", "1.2345", "NumberField")
    app.commands.wait_for("amplitude", 1.2345)
    app.enter("Amplitude", "0,7", "NumberField")
    app.commands.wait_for("amplitude", 0.7)
    app.enter("Amplitude", "7", "NumberField")
    app.commands.wait_for("amplitude", 2.0)
    app.see(lambda report: "Amplitude cannot be 7" in report["window"]["message"], "the remark about 7")
    app.enter("Amplitude", "much", "NumberField")
    app.see(lambda report: "“much” is not a number" in report["window"]["message"], "the remark about words")
    app.press("Amplitude: back to the default")
    assert app.commands.wait_for("amplitude", 1.0) == [["amplitude", 1.0]], "nothing came of the word"


def test_a_logarithmic_slider_has_equal_ratios(app):
    track = app.place("Rate", "Track")
    step = 1000 ** (1 / 30)
    app.drag(*middle(track, x=1 / 3), track[0] + track[2] + 30, middle(track)[1])
    app.commands.wait_for("rate", 1000.0)
    app.key("Left", "Left")
    app.commands.wait(lambda last: last == ["rate", pytest.approx(1000 / step**2)], "two steps of one ratio")
    rate = app.commands.wait_value("rate", app.drag(*middle(track, x=0.9), *middle(track)))
    assert 31.6 / step <= rate <= 31.7 * step, "the middle of a track is the geometric mean"
    app.press("Rate: back to the default")
    app.commands.wait_for("rate", 10.0)


def test_a_value_that_the_session_refuses_comes_back(app):
    before = stop_of(app.look(), "At most one", "NumberField")["text"]
    app.enter("At most one", "3", "NumberField")
    app.commands.wait_for("limited", 3.0)
    report = app.see(lambda report: "the session refused the value" in report["window"]["message"], "the remark")
    assert report["window"]["message"].startswith("At most one stays at 0.5") and report["state"]["limited"] == 0.5
    assert stop_of(report, "At most one", "NumberField")["text"] == before
    app.enter("At most one", "0.9", "NumberField")
    app.commands.wait_for("limited", 0.9)
    app.see(lambda report: report["state"]["limited"] == 0.9, "the accepted value")


def test_a_spin_box_steps_with_its_arrows_and_keys(app):
    x, y, width, height = app.place("Count", "SpinField")
    app.click(x + width - 8, y + 0.25 * height)
    app.commands.wait_for("count", 4)
    app.click(x + width - 8, y + 0.75 * height)
    app.commands.wait_for("count", 3)
    app.enter("Count", "8", "SpinField")
    app.commands.wait_for("count", 8)
    app.key("Up")
    app.commands.wait_for("count", 9)
    app.enter("Count", "12", "SpinField")
    app.see(lambda report: "Count cannot be 12" in report["window"]["message"], "the remark about 12")
    app.press("Count: back to the default")
    assert app.commands.wait_for("count", 3) == [["count", 3]]


def test_a_check_box_and_a_drop_down_list(app):
    app.press("Rectified", "CheckBox")
    app.commands.wait_for("on", True)
    app.key("Return")
    app.commands.wait_for("on", False)
    app.press("Shape", "ChoiceBox")
    app.choose("triangle")
    app.commands.wait_for("shape", "triangle")
    app.key("Down")
    app.commands.wait_for("shape", "square")
    app.key("Return")
    app.see(
        lambda report: [entry["text"] for entry in report["window"]["open"]] == ["sine", "triangle", "square"],
        "the open list",
    )
    assert app.key("Escape", closing=True)["window"]["open"] == []
    app.press("Shape: back to the default")
    app.commands.wait_for("shape", "sine")


def test_pads_are_dragged_and_stepped(app):
    pad = app.reveal("Square pad", "XyPad", "controls-panel")
    app.commands.wait_point("square", 0.55, 0.58, app.click(*middle(pad, 0.75, 0.25)), tolerance=0.1)
    app.drag(*middle(pad), pad[0] + pad[2] + 30, pad[1] - 30)
    app.commands.wait_for("square", {"x": 1.0, "y": 1.0})
    app.commands.wait_point("square", 0.92, 0.96, app.key("Left", "Left", "Down"), 1e-6)
    app.commands.wait_point("square", 0.916, 0.96, app.key("shift+Left"), 1e-6)

    pad = app.reveal("Round pad", "XyPad", "controls-panel")
    report = app.drag(*middle(pad), pad[0] + pad[2] / 2 + 70, pad[1] + pad[3] / 2 - 70)
    corner = app.commands.wait_point("round", math.sqrt(0.5), math.sqrt(0.5), report)
    assert math.hypot(corner["x"], corner["y"]) == pytest.approx(1), "a round pad has no corners"
    app.commands.wait_point("round", corner["x"] - 0.04, corner["y"], app.key("Left"), 0.002)
    app.press("Round pad: back to the default")
    app.commands.wait_for("round", {"x": 0.0, "y": 0.0})


def test_actions_fire_by_button_and_key_but_not_while_one_types(app):
    app.reveal("Invert", "ActionButton", "controls-panel")
    app.press("Invert", "ActionButton")
    app.commands.wait_for("action", "invert")
    leave_fields(app)
    app.key("i")
    app.commands.wait_for("action", "invert")
    app.key("ctrl+d")
    app.commands.wait_for("action", "double")
    app.key("z")
    app.commands.wait_for("key", "Z")
    app.reveal("Amplitude", "NumberField", "controls-panel")
    app.enter("Amplitude", "1i", "NumberField")  # no number, and no shortcut
    leave_fields(app)
    app.key("space")
    assert app.commands.wait_for("reset") == [["reset"]]


def test_the_window_closes_without_errors(app):
    assert app.quit() == 0, app.stderr()
    assert app.report()["errors"] == [] and app.processes() == []
