"""The script starts anew in the real window: by F5, by the button of an error, when it is saved, after a crash."""

import os
import pathlib
import re
import signal

import pytest

from hands import ROOT, middle, until, xdo

EXAMPLE = (ROOT / "examples/python/neuron/live_cell.py").read_text()
CELL = ROOT / "data/m3s4s4t-vp-sup.CNG.swc"
BUILT = "import os, sys; print('built', os.getpid(), file=sys.stderr, flush=True)\n"


def text(title="Live cell", setup="pass"):
    """The example under another title, which says on stderr when it builds the model."""
    return EXAMPLE.replace('title="Live cell"', f'title="{title}"').replace(
        "        for section in sections:\n", f"        {BUILT}        {setup}\n        for section in sections:\n", 1
    )


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "model.py"
    path.write_text(text())
    return path


@pytest.fixture
def open_app(start, script):
    return lambda **more: start(script, CELL, options=["--theme", "light"], files=("report",), **more)


def builds(app):
    """Process ids of the builds so far."""
    return [int(pid) for pid in re.findall(r"built (\d+)", app.stderr())]


def see_start(app, number, built=None):
    """The report of the start of this number, once its model runs; `built`: how many have been built then. The program
    is asked when it listens again: a signal before that would end it."""
    until(lambda: len(builds(app)) >= (built or number), f"build {built or number}")
    return app.see(
        lambda report: report["starts"] == number and report["running"] and report["views"]["morphology"]["chip"] == "",
        f"start {number}",
    )


def geometry(app):
    return xdo("getwindowgeometry", app.window)


def test_f5_runs_the_script_as_it_is_now_and_keeps_what_the_user_arranged(open_app, script):
    app = open_app()
    app.see(lambda report: report["running"] and "trace" in report["views"], "the model")
    app.take_keyboard()
    app.menu("View", "Dark")
    cell = app.view("morphology")["rect"]
    x, y = middle(cell)
    app.drag(x, y + 200, x + 120, y + 240)
    app.wheel((x, y), 2)
    # Segments are thin: around the middle of the cell one is found.
    before = app.look()["state"]["selected_entity_id"]
    places = iter([(x + dx, y + dy) for dx in range(-60, 61, 6) for dy in range(-60, 61, 6)])
    until(lambda: app.click(*next(places))["state"]["selected_entity_id"] != before, "a segment under the pointer")
    plot = app.view("trace")["plot"]
    app.wheel(middle(plot), 3)
    kept = app.look()
    (viewer,) = app.viewers()
    place = geometry(app)

    script.write_text(text(title="Corrected cell"))
    app.key_unheard("F5")
    now = see_start(app, 2)
    assert now["window"]["title"] == "Corrected cell"
    assert builds(app) == [app.process.pid] * 2, "the same process, as the terminal knows it"
    assert app.viewers() == [viewer] and geometry(app) == place
    assert now["views"]["morphology"]["camera"] == kept["views"]["morphology"]["camera"]
    zoom = kept["views"]["trace"]["x_range"]
    trace = app.see_view("trace", lambda view: view["x_range"] == zoom, "the zoom, once the run has come there")
    assert not trace["following"]
    assert now["state"]["selected_entity_id"] == kept["state"]["selected_entity_id"] != before
    assert now["window"]["theme"] == "dark"
    assert now["window"]["panels"].keys() == kept["window"]["panels"].keys()
    for name, panel in kept["window"]["panels"].items():
        assert now["window"]["panels"][name]["rect"] == panel["rect"], name
    # The trace of the selection grows, and the controls work.
    app.enter("Pulse amplitude", "2.5", "NumberField")
    app.see(lambda report: report["state"]["amp"] == 2.5, "the control of the new session")
    assert app.quit() == 0, app.stderr()
    assert app.processes() == []


def test_the_button_of_the_error_strip_runs_the_corrected_script(open_app, script):
    script.write_text(text(setup="raise ValueError('no such channel: nax')"))
    app = open_app()
    app.see(lambda report: report["window"]["error"] is not None, "the error")
    for number, mistake in enumerate(["raise ValueError('another mistake')", "pass"], 2):
        script.write_text(text(setup=mistake))
        app.move(5, 5)
        x, y = middle(app.place("Again", "PushButton"))
        xdo("mousemove", "--window", app.window, x, y, "click", 1)
        until(lambda n=number: len(builds(app)) >= n, f"build {number}")
        app.see(lambda report, n=number: report["starts"] == n, f"start {number}")
        if mistake != "pass":
            until(lambda: "another mistake" in app.stderr(), "the second mistake")
            app.see(lambda report: report["window"]["error"] is not None, "the second error")
    see_start(app, 3)
    assert app.look()["window"]["error"] is None
    assert app.quit() == 0, app.stderr()


def test_a_syntax_error_stands_in_the_window_with_its_line(open_app, script):
    app = open_app()
    app.see(lambda report: report["running"], "the model")
    app.take_keyboard()
    script.write_text(text().replace("def setup_model(self, sections):", "def setup_model(self, sections:"))
    app.key_unheard("F5")
    until(lambda: "SyntaxError" in app.stderr(), "the error in the terminal")
    report = app.see(lambda report: report["window"]["error"] is not None, "the error in the window")
    assert report["window"]["error"] == "model.py stopped with SyntaxError"
    assert report["views"]["morphology"]["chip"].startswith("Last picture, t = "), "the old picture stays"
    script.write_text(text())
    app.key_unheard("F5")
    assert see_start(app, 3, built=2)["window"]["error"] is None
    assert app.quit() == 0, app.stderr()


def test_a_saved_script_starts_again_when_that_is_wanted(open_app, script):
    app = open_app()
    app.see(lambda report: report["running"], "the model")
    app.take_keyboard()
    app.menu("Simulation", "Again on saving")
    app.see(lambda report: report["again"]["on_saving"], "the wish")
    other = script.with_suffix(".new")
    other.write_text(text(title="Saved cell"))
    other.rename(script)
    assert see_start(app, 2)["window"]["title"] == "Saved cell"
    script.write_text(text(title="Saved once more"))
    report = see_start(app, 3)
    assert report["window"]["title"] == "Saved once more" and report["again"]["on_saving"]
    app.menu("Simulation", "Again on saving")
    app.see(lambda report: not report["again"]["on_saving"], "the wish taken back")
    assert app.quit() == 0, app.stderr()


def test_closing_the_window_ends_a_script_that_does_not_end_by_itself(open_app, script):
    """While it builds, and before it has come to its window."""
    app = open_app()
    app.see(lambda report: report["running"], "the model")
    app.take_keyboard()
    script.write_text(text(setup="while True: pass"))
    app.key_unheard("F5")
    until(lambda: len(builds(app)) == 2, "the build that does not end")
    script.write_text(BUILT + "while True: pass\n" + text())
    app.key_unheard("F5")
    until(lambda: len(builds(app)) == 3, "the script that does not come to its window")
    assert builds(app) == [app.process.pid] * 3
    app.key_unheard("ctrl+q")
    assert app.end() == 130, app.stderr()
    until(lambda: app.processes() == [], "the window to be gone")


def test_closing_the_window_breaks_a_build_off(open_app, script):
    script.write_text(text(setup="while True: pass"))
    app = open_app()
    until(lambda: builds(app), "the build that does not end")
    app.take_keyboard()
    app.key_unheard("Escape")
    assert app.end() == 0, app.stderr()
    until(lambda: app.processes() == [], "the window to be gone")


def test_a_model_that_crashed_is_started_again_from_its_window(open_app, script):
    app = open_app()
    app.see(lambda report: report["running"], "the model")
    app.take_keyboard()
    (viewer,) = app.viewers()
    os.kill(app.process.pid, signal.SIGKILL)
    assert app.process.wait() == -signal.SIGKILL
    until(lambda: "compneurovis-viewer: " in app.stderr(), "the window to know")
    app.key_unheard("F5")
    second = until(lambda: builds(app)[1:], "the build of another process")[0]
    assert second != app.process.pid
    assert pathlib.Path(f"/proc/{second}/stat").read_text().rsplit(")")[-1].split()[1] == str(viewer)
    # The report is asked of the new process.
    app.process.pid, gone = second, app.process.pid
    assert see_start(app, 2)["window"]["error"] is None
    app.process.pid = gone
    app.take_keyboard()
    app.key_unheard("ctrl+q")
    until(lambda: app.processes() == [], "both processes to end")
