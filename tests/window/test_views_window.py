"""Every kind of view in the real window under mouse and keys, with one running cell of NEURON."""

import xml.etree.ElementTree

import numpy as np
import pytest

from hands import APPS, entry_of, middle, until


@pytest.fixture(scope="module")
def app(start_shared):
    app = start_shared(APPS / "every_view.py", options=["--theme", "light"])
    app.see_view("morphology", lambda view: view.get("visible_pieces", 0) > 0, "the cell")
    app.take_keyboard()
    return app


def camera(report):
    return report["views"]["morphology"]["camera"]


def turned(a, b):
    """Degrees between two azimuths."""
    return abs((a["azimuth_deg"] - b["azimuth_deg"] + 180) % 360 - 180)


def find_segment(app, section):
    """A place in the window where the pointer reads a segment of this section; the camera stands still."""
    rect = app.view("morphology")["rect"]
    inner = rect[0] + 60, rect[1] + 60, rect[2] - 180, rect[3] - 130  # without axes sign, colour bar, scale bar
    away = abs(app.rested_part(inner) - app.part((rect[0] + 2, rect[1] + 2, 1, 1))).max(axis=2)
    ys, xs = np.nonzero(away > 60)
    places = iter(np.random.default_rng(2).permutation(len(xs)))

    def hit():
        place = next(places)
        x, y = inner[0] + xs[place], inner[1] + ys[place]
        hover = app.move(x, y)["views"]["morphology"]["hover"]
        return (x, y, hover) if hover.startswith(section) else None

    return until(hit, f"a place of {section}")


# ---- the cell --------------------------------------------------------------------------------------------------------


def test_the_cell_is_turned_moved_zoomed_and_fitted(app):
    first = app.view("morphology")
    x, y = middle(first["rect"])
    orbit = camera(app.drag(x - 40, y + 150, x + 40, y + 130))
    assert orbit["elevation_deg"] != first["camera"]["elevation_deg"]
    assert turned(orbit, first["camera"]) == pytest.approx(40) and orbit["center"] == first["camera"]["center"]
    with app.hold("shift"):
        moved = camera(app.drag(x, y + 150, x + 60, y + 150))
    assert moved["center"] != orbit["center"]
    assert turned(moved, orbit) == 0 and moved["distance"] == orbit["distance"]
    back = camera(app.drag(x, y + 150, x - 50, y + 150, button=2))
    assert back["center"] != moved["center"], "the middle button moves too"
    near = camera(app.wheel((x, y), 4))
    assert near["distance"] == pytest.approx(moved["distance"] / 1.1**4, rel=0.01)
    closer = camera(app.drag(x, y, x, y + 40, button=3))
    assert closer["distance"] != near["distance"], "the right button zooms"
    app.more("Morphology", "Camera", "Look along z")
    app.see_view("morphology", lambda view: view["camera"]["elevation_deg"] == 90, "the view along z")
    app.more("Morphology", "Camera", "Orthographic")
    app.see_view("morphology", lambda view: view["camera"]["orthographic"], "the orthographic picture")
    app.more("Morphology", "Camera", "Perspective")
    app.take_keyboard()
    app.click(x, y + 200)
    app.key("f")
    app.see_view(
        "morphology",
        lambda view: view["camera"]["distance"] == pytest.approx(first["camera"]["distance"], rel=0.05),
        "the fit",
    )


def test_hover_reads_a_segment_a_click_shows_it_and_shift_click_adds_one(app):
    app.press("Pause")
    app.see(lambda report: not report["running"], "the pause")
    x, y, hover = find_segment(app, "apical")
    assert "mV" in hover and "x = 0." in hover
    app.click(x, y)
    first = app.see(lambda report: report["state"].get("selected_entity_id", "").startswith("apical"), "the selection")
    label = app.see_view(
        "trace", lambda view: [row["label"].startswith("apical") for row in view["legend"]] == [True], "its trace"
    )["legend"][0]["label"]
    x, y, _ = find_segment(app, "basal")
    with app.hold("shift"):
        app.click(x, y)
    both = app.see_view("trace", lambda view: len(view["legend"]) == 2, "two traces")["legend"]
    assert label in [row["label"] for row in both] and any(row["label"].startswith("basal") for row in both)
    app.see(lambda report: report["state"] != first["state"], "the selection of two")
    before = camera(app.look())["center"]
    assert camera(app.click(x, y, times=2))["center"] != before, "the segment in the middle"
    app.key("f", "p")
    app.see(lambda report: report["running"], "the model to run on")


def test_colours_can_be_chosen(app):
    assert app.view("morphology")["quantity"] == "v"
    app.press("Variable that colours the cell")
    names = app.see(lambda report: report["window"]["open"], "the variables")["window"]["open"]
    group = next(entry["text"] for entry in names if "hh" in entry["text"])
    app.choose(group, "m_hh")
    app.see_view("morphology", lambda view: view["quantity"] == "m_hh", "the gate's colours")
    app.press("Variable that colours the cell")
    app.choose("v")
    view = app.see_view("morphology", lambda view: view["quantity"] == "v", "the potential's colours")
    app.click(*middle(view["color_bar"]))
    maps = app.see(lambda report: report["window"]["open"], "what the colour bar opens")["window"]["open"]
    app.choose(entry_of(maps, "Colour map")["text"], "viridis")
    app.see_view("morphology", lambda view: "viridis" in view["color_map"], "another map")
    app.more("Morphology", "Colour limits", "Numbers")
    app.key("ctrl+a")
    app.type("30")
    app.key("Return")
    app.see_view("morphology", lambda view: view["color_limits"][1] == 30, "the typed limit")
    app.key("Escape")
    app.see(
        lambda report: not any(stop["name"] == "Highest colour" for stop in report["window"]["stops"]),
        "the box to close",
    )
    app.more("Morphology", "Reset colours and background")
    app.see_view(
        "morphology",
        lambda now: (now["color_map"], now["color_limits"]) == (view["color_map"], view["color_limits"]),
        "the app's colours",
    )


def panel_of(report, view_id):
    return report["window"]["panels"].get(f"{view_id}-panel", {"open": False})


def test_a_click_plots_what_the_colours_show_and_the_menu_of_a_place_offers_its_variables(app):
    app.press("Pause")
    app.see(lambda report: not report["running"], "the pause")
    app.press("Variable that colours the cell")
    names = app.see(lambda report: report["window"]["open"], "the variables")["window"]["open"]
    app.choose(next(entry["text"] for entry in names if "na_ion" in entry["text"]), "ina")
    app.see_view("morphology", lambda view: view["quantity"] == "ina", "the current's colours")
    before = panel_of(app.look(), "morphology")["rect"]
    x, y, hover = find_segment(app, "apical")
    app.click(x, y)
    report = app.see(lambda report: panel_of(report, "trace:ina")["open"], "a plot of the current")
    assert report["state"]["plotted_variables"] == ["ina"]
    plot = app.see_view("trace:ina", lambda view: view["legend"], "its trace")
    assert [row["label"].split("(")[0] for row in plot["legend"]] == ["apical"]
    rects = app.settled(lambda report: {k: panel_of(report, k)["rect"] for k in ("morphology", "ends", "trace:ina")})
    assert rects["morphology"] == before, "the other panels stay"
    assert rects["trace:ina"][0] == rects["ends"][0] and rects["trace:ina"][1] > rects["ends"][1]
    app.key("p")
    app.see_view("trace:ina", lambda view: view["x_range"][1] - view["x_range"][0] > 1, "samples to come")
    app.key("p")
    app.click(x, y, button=3)
    groups = app.see(lambda report: report["window"]["open"], "the menu of the place")["window"]["open"]
    assert hover.split("   ")[0] in groups[0]["text"] and not groups[0]["enabled"]
    app.choose("Plot", "hh", "m_hh")
    app.see(lambda report: panel_of(report, "trace:m_hh")["open"], "a plot of the gate")
    app.settled(lambda report: panel_of(report, "morphology")["rect"])
    x, y, _ = find_segment(app, hover.split("   ")[0])  # its row may have become higher
    app.click(x, y, button=3)
    app.choose("Plot", "hh", "m_hh")
    app.see(lambda report: "trace:m_hh" not in report["views"], "it to go again")
    app.settled(lambda report: panel_of(report, "morphology")["rect"])
    x, y, _ = find_segment(app, hover.split("   ")[0])
    app.click(x, y, button=3)
    app.choose("Plot", "na_ion", "ina")
    app.see(lambda report: "trace:ina" not in report["views"], "the current's plot to go")
    app.press("Variable that colours the cell")
    app.choose("v")
    app.see_view("morphology", lambda view: view["quantity"] == "v", "the potential's colours")
    app.key("p")
    app.see(lambda report: report["running"], "the model to run on")


def test_the_lens_changes_by_a_key_and_the_list_of_keys_opens_and_closes(app):
    assert not app.view("morphology")["camera"]["orthographic"]
    app.key("o")
    app.see_view("morphology", lambda view: view["camera"]["orthographic"], "the orthographic picture")
    app.key("o")
    app.see_view("morphology", lambda view: not view["camera"]["orthographic"], "the perspective")
    app.key("F1")
    app.see(lambda report: report["window"]["panels"].get("keys", {}).get("open"), "the list of keys")
    app.key("F1")
    app.see(lambda report: not report["window"]["panels"]["keys"]["open"], "it to close")


# ---- plots -----------------------------------------------------------------------------------------------------------


def test_a_plot_is_zoomed_dragged_and_follows_again(app):
    first = app.see_view("ends", lambda view: len(view["series"]) == 3 and view["x_range"][1] > 5, "three traces")
    place = middle(first["plot"])
    assert first["following"]
    report = app.wheel(place, 3)
    zoomed = report["views"]["ends"]
    assert not zoomed["following"]
    later = app.see(lambda now: now["model_time_ms"] > report["model_time_ms"] + 1, "more data")
    assert later["views"]["ends"]["x_range"] == zoomed["x_range"], "the range holds while data arrive"
    span = zoomed["x_range"][1] - zoomed["x_range"][0]
    moved = app.drag(*place, place[0] + 50, place[1])["views"]["ends"]["x_range"]
    assert moved[0] - zoomed["x_range"][0] == pytest.approx(-50 * span / first["plot"][2], rel=0.05)
    with app.hold("shift"):
        closer = app.wheel(place, 2)["views"]["ends"]
    assert closer["y_range"] != zoomed["y_range"] and closer["x_range"] == moved, "the values closer"
    whole = app.click(*place, times=2)["views"]["ends"]
    assert whole["x_range"][0] == 0 and not whole["following"], "everything stored"
    app.press("Go live")
    app.see_view("ends", lambda view: view["following"], "the plot to follow")


def test_a_legend_row_hides_its_trace_and_the_cursor_is_shared(app):
    row = app.settled(lambda report: report["views"]["ends"]["legend"])[1]
    app.click(*middle(row["rect"]))
    app.see_view(
        "ends", lambda view: [s["visible"] for s in view["series"]] == [True, False, True], "the second trace to hide"
    )
    app.click(*middle(row["rect"]))
    app.see_view("ends", lambda view: all(s["visible"] for s in view["series"]), "it to come back")
    with app.hold("ctrl"):
        app.click(*middle(row["rect"]))
    app.see_view(
        "ends", lambda view: [s["visible"] for s in view["series"]] == [False, True, False], "the second alone"
    )
    with app.hold("ctrl"):
        app.click(*middle(row["rect"]))
    app.move(*middle(app.view("ends")["plot"]))
    app.see(
        lambda report: (
            report["views"]["ends"]["cursor"]
            and report["views"]["trace"]["cursor"] == report["views"]["ends"]["cursor"]
        ),
        "one cursor in both plots",
    )
    app.move(*middle(app.view("morphology")["rect"], 0.05, 0.5))
    app.see(lambda report: not report["views"]["trace"]["cursor"], "the cursor to go")


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "csv"])
def test_a_plot_is_saved_through_its_menu(app, tmp_path, kind):
    path = tmp_path / f"plot.{kind}"
    if kind == "svg":  # the right button opens the same menu
        app.click(*middle(app.view("ends")["plot"]), button=3)
        app.choose("Save picture…")
    else:
        app.more("Three places", "Save all data…" if kind == "csv" else "Save picture…")
    if kind == "csv":
        app.save_as(path)
    else:
        app.save_figure(path)
    data = path.read_bytes()
    if kind == "png":
        assert data.startswith(b"\x89PNG")
    elif kind == "pdf":
        assert data.startswith(b"%PDF") and b"/Page" in data
    elif kind == "svg":
        text = "".join(xml.etree.ElementTree.fromstring(data).itertext())
        assert "mV" in text and "apical" in text
    else:
        table = [line.split(",") for line in data.decode().splitlines() if not line.startswith("#")]
        assert len(table[0]) == 4 and len(table) > 100 and float(table[1][0]) == 0
        assert np.isfinite(np.array(table[1:], float)).all()


def test_a_heat_map_is_zoomed_and_a_state_graph_too(app):
    app.press("Pause")
    app.see(lambda report: not report["running"], "the pause")
    whole = app.view("map")
    app.wheel(middle(whole["plot"]), 3)
    app.see_view(
        "map",
        lambda view: view["x_range"][1] - view["x_range"][0] < 0.85 * (whole["x_range"][1] - whole["x_range"][0]),
        "the columns closer",
    )
    app.move(*middle(whole["plot"]))
    app.see_view("map", lambda view: "mV" in view["hover"], "the cell under the pointer")
    app.click(*middle(whole["plot"]), times=2)
    # Growing, it shows whole pixel columns; still, all samples exactly.
    span_ms = whole["x_range"][1] - whole["x_range"][0]
    app.see_view(
        "map", lambda view: view["x_range"] == pytest.approx(whole["x_range"], abs=0.05 * span_ms), "all columns"
    )
    app.more("All segments", "Colour map", "cividis")
    app.see_view("map", lambda view: "cividis" in view["color_map"], "another map")

    def gate(report):
        return report["views"]["gate"]

    def span(view):
        return view["places"]["open"][0] - view["places"]["closed"][0]

    first = app.view("gate")
    assert span(gate(app.wheel(middle(first["rect"]), -3))) < 0.9 * span(first), "the states come together"
    x, y = middle(first["rect"], 0.5, 0.2)
    moved = gate(app.drag(x, y, x + 40, y))
    assert moved["places"]["closed"][0] > first["places"]["closed"][0] + 30, "the graph moves"
    assert gate(app.click(x, y, times=2))["places"] == first["places"], "all states"
    app.press("Run")


# ---- time ------------------------------------------------------------------------------------------------------------


def test_the_time_bar_paces_the_model(app):
    app.press("Pause")
    paused = app.see(lambda report: not report["running"], "the pause")["model_time_ms"]
    assert app.look()["model_time_ms"] == paused, "it stands still"
    app.press("Step")
    stepped = app.see(lambda report: report["model_time_ms"] > paused, "a step")["model_time_ms"]
    dt = app.look()["dt_ms"]
    assert stepped - paused == pytest.approx(dt), "one step of the solver"
    app.key("period")
    app.see(lambda report: report["model_time_ms"] == pytest.approx(stepped + dt), "a step by key")
    app.key("greater")
    stepped = app.see(
        lambda report: report["model_time_ms"] == pytest.approx(stepped + dt + 0.25), "one display interval by key"
    )["model_time_ms"]
    app.enter("Run until this model time, ms; +50: for 50 ms", "+3")
    app.see(
        lambda report: not report["running"] and report["model_time_ms"] == pytest.approx(stepped + 3),
        "3 ms and a pause",
    )
    app.enter("Run until this model time, ms; +50: for 50 ms", "soon")
    app.see(lambda report: "is no time" in report["window"]["message"], "the remark")
    app.enter("Speed in ms of model time per second", "5")
    app.see(lambda report: report["speed"] == 5, "the typed speed")
    track = app.place("Speed", "Track")
    app.drag(*middle(track), track[0] + track[2] - 2, middle(track)[1])
    app.see(lambda report: report["speed"] == 0, "as fast as it goes")
    app.press("Run")
    app.see(lambda report: report["running"] and report["model_time_ms"] > stepped + 10, "the model to run fast")
    app.enter("Speed in ms of model time per second", "20")
    app.see(lambda report: report["speed"] == 20, "the typed speed again")
    app.press("Pause")
    app.see(lambda report: not report["running"], "the pause")
    app.press("Reset")
    app.see(lambda report: report["model_time_ms"] < 10, "the beginning")


def test_the_window_closes_without_errors(app):
    assert app.quit() == 0, app.stderr()
    assert app.report()["errors"] == [] and app.processes() == []
