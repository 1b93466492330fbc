"""The arrangement of the real window by mouse and keys: splitters, tabs, closing and opening, what is kept for the next
start, theme, diagnostics, and the keyboard alone."""

import numpy as np
import pytest

from hands import APPS, middle, started_apps, until

PANELS = {"wave-panel": "Wave", "decay-panel": "Decay", "controls-panel": "Controls & Actions"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("layout")


@pytest.fixture(scope="module")
def app(folder):
    with started_apps() as start:
        yield open_app(start, folder)


def open_app(start, folder):
    app = start(
        folder, APPS / "every_control.py", folder / "commands.jsonl", options=["--theme", "light"], files=("report",)
    )
    app.see(lambda report: set(PANELS) <= set(report["window"]["panels"]), "the panels")
    app.take_keyboard()
    return app


def panels(app):
    """The panels of a report, once they rest."""
    return app.settled(lambda report: report["window"]["panels"])


def see_panel(app, id, test, what):
    return app.see(lambda report: id in report["window"]["panels"] and test(report["window"]["panels"][id]), what)[
        "window"
    ]["panels"]


def drag_title(app, panel, to):
    """By the empty part of a panel's title bar."""
    x, y, width, _ = panel["rect"]
    app.drag(x + 0.6 * width, y + 14, *to)


def test_a_splitter_is_dragged(app):
    before = panels(app)
    wave, controls = before["wave-panel"]["rect"], before["controls-panel"]["rect"]
    x = (wave[0] + wave[2] + controls[0]) / 2
    narrower = lambda panel: abs(panel["rect"][2] - (wave[2] - 150)) <= 20
    app.drag(
        x,
        wave[1] + 200,
        x - 150,
        wave[1] + 200,
        arrived=lambda report: narrower(report["window"]["panels"]["wave-panel"]),
    )
    after = see_panel(app, "wave-panel", narrower, "the narrower plot to stay")
    assert after["controls-panel"]["rect"][2] > controls[2] + 100
    x, y = middle(after["wave-panel"]["rect"])[0], (wave[1] + wave[3] + before["decay-panel"]["rect"][1]) / 2
    higher = lambda panel: panel["rect"][3] > before["decay-panel"]["rect"][3] + 80
    app.drag(x, y, x, y - 100, arrived=lambda report: higher(report["window"]["panels"]["decay-panel"]))
    see_panel(app, "decay-panel", higher, "the higher plot to stay")


def floats_and_docks(app):
    docked = app.settled(lambda report: report["window"]["panels"])["wave-panel"]["rect"]
    app.more("Wave", "Float")
    see_panel(app, "wave-panel", lambda panel: panel["floating"], "the plot in a window of its own")
    app.settled(lambda report: report["window"]["panels"]["wave-panel"]["rect"])  # the window manager has answered
    see_panel(app, "wave-panel", lambda panel: panel["rect"][:2] == docked[:2], "it where it was, to know its place")
    app.more("Wave", "Dock")
    see_panel(app, "wave-panel", lambda panel: not panel["floating"], "the plot in its place")
    app.take_keyboard()


def test_panels_float_close_and_come_back(app):
    for _ in range(4):  # a window manager may answer at another moment each time
        floats_and_docks(app)
    app.settled(lambda report: report["window"]["panels"])
    app.press("Decay: close")
    gone = see_panel(app, "decay-panel", lambda panel: not panel["open"], "the plot to close")
    assert gone["wave-panel"]["rect"][3] > 600, "the other one has the room"
    app.menu("Panels", "Decay")
    see_panel(app, "decay-panel", lambda panel: panel["visible"], "the plot from the menu")


def test_a_panel_is_dragged_onto_another_and_both_are_tabs(app):
    before = panels(app)
    drag_title(app, before["decay-panel"], middle(before["wave-panel"]["rect"]))
    app.see(lambda report: len(report["window"]["tabs"]) == 2, "two tabs")
    tabs = app.settled(lambda report: report["window"]["tabs"])
    assert {tab["text"] for tab in tabs} == {"Wave", "Decay"}
    other = next(tab for tab in tabs if not tab["current"])
    id = next(id for id, title in PANELS.items() if title == other["text"])
    app.click(*middle(other["rect"]))
    see_panel(app, id, lambda panel: panel["visible"], "the other tab")


def test_the_arrangement_is_kept_for_the_next_start_and_can_be_reset(app, folder):
    kept = panels(app)
    shown = {id: kept[id]["visible"] for id in PANELS}
    assert app.quit() == 0, app.stderr()
    with started_apps() as start:
        again = open_app(start, folder)
        again.see(lambda report: len(report["window"]["tabs"]) == 2, "the tabs of before")
        came = again.settled(lambda report: report["window"]["panels"])
        assert {id: came[id]["visible"] for id in PANELS} == shown
        for id in PANELS:
            if shown[id]:
                np.testing.assert_allclose(came[id]["rect"], kept[id]["rect"], atol=3)
        again.menu("Panels", "Reset layout")
        again.see(lambda report: report["window"]["tabs"] == [], "the layout of the app")
        reset = again.settled(lambda report: report["window"]["panels"])
        assert reset["wave-panel"]["rect"][3] == pytest.approx(reset["decay-panel"]["rect"][3], abs=4)
        assert reset["controls-panel"]["rect"][2] < 300
        the_theme_is_chosen_in_the_menu(again)
        diagnostics_open_by_click_and_by_menu(again)
        keys_are_listed(again)
        the_keyboard_reaches_everything(again)
        assert again.quit() == 0, again.stderr()
        assert again.report()["errors"] == [] and again.processes() == []


def test_a_floating_panel_comes_back_where_it_was(tmp_path):
    with started_apps() as start:
        app = open_app(start, tmp_path)
        app.more("Wave", "Float")
        see_panel(app, "wave-panel", lambda panel: panel["floating"], "the plot in a window of its own")
        kept = app.settled(lambda report: report["window"]["panels"]["wave-panel"]["rect"])
        assert app.quit() == 0, app.stderr()
        app = open_app(start, tmp_path)
        see_panel(
            app,
            "wave-panel",
            lambda panel: panel["floating"] and np.allclose(panel["rect"], kept, atol=3),
            f"the plot at {kept} again",
        )
        app.more("Wave", "Dock")
        see_panel(app, "wave-panel", lambda panel: not panel["floating"], "it in the window")
        assert app.quit() == 0, app.stderr()


def the_theme_is_chosen_in_the_menu(app):
    rect = app.view("wave-view")["plot"]
    until(lambda: np.median(app.part(rect)) == 255, "the plot of before")
    app.menu("View", "Dark")
    app.see(lambda report: report["window"]["theme"] == "dark", "the dark theme")
    until(lambda: np.median(app.part(rect)) < 40, "a dark plot")
    app.menu("View", "Light")
    until(lambda: np.median(app.part(rect)) == 255, "a light plot")


def diagnostics_open_by_click_and_by_menu(app):
    def shown(report):
        return report["window"]["panels"].get("diagnostics", {}).get("visible", False)

    app.click(*middle(app.look()["window"]["figures"]))
    app.see(shown, "the diagnostics by a click on the figures")
    app.menu("Panels", "Diagnostics")
    app.see(lambda report: not shown(report), "them to go")
    app.menu("Panels", "Diagnostics")
    app.see(shown, "them to come by the menu")
    app.press("Diagnostics: close")
    app.see(lambda report: not shown(report), "them to close")


def keys_are_listed(app):
    app.key("F1")
    app.see(lambda report: report["window"]["panels"].get("keys", {}).get("visible"), "the list of keys")
    app.press("Keys and mouse: close")
    app.see(lambda report: not report["window"]["panels"]["keys"]["visible"], "it to close")
    app.menu("Help", "Keys and mouse")
    app.see(lambda report: report["window"]["panels"]["keys"]["visible"], "it from the menu")
    app.press("Keys and mouse: close")


def see_sign_of_keyboard(app, stop, plain):
    """Waits for more of the accent colour around a stop than in this picture of the window."""
    x, y, width, height = stop["rect"]
    around = slice(max(round(y) - 4, 0), round(y + height) + 4), slice(max(round(x) - 4, 0), round(x + width) + 4)
    until(
        lambda: accent(app.part((0, 0, plain.shape[1], plain.shape[0]))[around]) > accent(plain[around]),
        f"a sign of the keyboard at {stop['name']}",
    )


def the_keyboard_reaches_everything(app):
    """Tab goes once round all stops; each shows that it has the keyboard by pixels of the accent colour
    that were not there."""
    app.see(lambda report: not report["window"]["panels"]["keys"]["visible"], "the window as it was")
    app.settled(lambda report: report["window"]["stops"])
    # Parts of texts blink and hovered buttons light up: the pointer rests on a plot.
    window = app.click(*middle(app.view("wave-view")["rect"]))["window"]
    reached, plain, stops = [], app.rested_part((0, 0, *window["size"])), window["stops"]
    for _ in stops:
        reached.append(app.key("Tab")["window"]["focus"])
        see_sign_of_keyboard(app, reached[-1], plain)
    names = {(stop["name"], stop["kind"]) for stop in stops}
    assert {(stop["name"], stop["kind"]) for stop in reached} == names
    for name in ("Amplitude", "Rate", "Square pad", "Round pad", "Invert", "Double", "Speed"):
        assert any(stop["name"] == name for stop in reached), name
    assert app.key("shift+Tab")["window"]["focus"]["name"] == reached[-2]["name"], "one stop back"


def accent(picture):
    """How many pixels are nearly of the accent colour of the light theme."""
    return (abs(picture - (0x1D, 0x5F, 0xD1)).max(axis=2) < 40).sum()
