"""Numbers read off a plot in the real window, with mouse and keys, against the curve that is drawn."""

import numpy as np
import pytest

from apps.measured_plots import DT, potential
from hands import APPS, middle


@pytest.fixture(scope="module")
def app(start_shared):
    app = start_shared(APPS / "measured_plots.py", options=["--theme", "light"])
    app.see_view("v", lambda view: len(view.get("series", [])) == 2, "the traces")
    app.take_keyboard()
    app.press("Pause")
    app.see(lambda report: not report["running"], "the pause")
    return app


def x_of(view, t):
    """Where a time stands in the window."""
    low, high = view["x_range"]
    left, _, width, _ = view["plot"]
    return left + (t - low) / (high - low) * width


def y_of(view, v):
    low, high = view["y_range"]
    _, top, _, height = view["plot"]
    return top + (high - v) / (high - low) * height


def first_spike(view):
    """The time of the first peak that stands wholly in view."""
    return 20 * np.ceil((view["x_range"][0] - 4) / 20) + 6


def cursors(report):
    return (report["views"]["v"]["measured"] or {}).get("cursors")


def check_values(found):
    """What stands at A and B is what the curve has there, to the precision of double numbers."""
    a, b = found["a"], found["b"]
    assert found["dx"] == b - a
    assert abs(a / DT - round(a / DT)) < 1e-6 and abs(b / DT - round(b / DT)) < 1e-6, "both stand on samples"
    for label, row in zip(("soma", "dend"), (0, 1), strict=True):
        at_a, at_b = potential(a)[row], potential(b)[row]
        assert found["values"][label] == pytest.approx([at_a, at_b, at_b - at_a], abs=1e-9)
    assert found["rate_hz"] == pytest.approx(1e3 / abs(b - a))


def test_two_cursors_are_put_dragged_stepped_and_read(app):
    app.move(*middle(app.view("v")["plot"]))
    found = cursors(app.key("m"))
    assert found and found["focused"] == "A"
    check_values(found)
    # B by its handle to a place; A by its line.
    view = app.view("v")
    target = first_spike(view) + 0.5
    handle = view["measured"]["handles"]["B"]
    report = app.drag(*middle(handle), x_of(view, target), middle(handle)[1] + 40)
    found = cursors(report)
    pixel = (view["x_range"][1] - view["x_range"][0]) / view["plot"][2]
    assert found["focused"] == "B" and found["b"] == pytest.approx(target, abs=DT / 2 + pixel)
    check_values(found)
    assert report["views"]["v"]["x_range"] == view["x_range"], "the plot has not been moved"
    _, top, _, height = view["plot"]
    place = x_of(view, found["a"]), top + 0.8 * height
    moved = cursors(app.drag(*place, place[0] - 30, place[1]))
    assert moved["a"] == pytest.approx(found["a"] - 30 * pixel, abs=DT / 2 + pixel) and moved["b"] == found["b"]
    check_values(moved)
    # By samples.
    stepped = cursors(app.key("Right"))
    assert stepped["a"] == pytest.approx(moved["a"] + DT)
    other = cursors(app.key("Up", "Left", "Left"))
    assert other["focused"] == "B" and other["b"] == pytest.approx(moved["b"] - 2 * DT)
    ends = cursors(app.key("Home"))
    assert ends["b"] == pytest.approx(view["x_range"][0], abs=DT)
    check_values(ends)


def test_the_spike_under_the_pointer_is_measured_by_the_menu_and_copied_with_a_click(app):
    view = app.view("v")
    peak = first_spike(view)
    place = x_of(view, peak + 0.4), y_of(view, 10)
    app.click(*place, button=3)
    app.choose("Measure spike here")
    spike = app.see_view("v", lambda view: "spike" in (view["measured"] or {}), "the spike")["measured"]["spike"]
    assert spike["of"] == "soma" and spike["remarks"] == []
    expected = {
        "peak": 35,
        "peak_x": peak,
        "threshold": -65,
        "threshold_x": peak - 1 - 0.8 * DT,
        "amplitude": 100,
        "half_width": 1.5,
        "rise_time": 0.8,
    }
    for name, value in expected.items():
        assert spike[name] == pytest.approx(value, abs=1e-6), name
    # The other trace, by key.
    view = app.view("v")
    app.move(x_of(view, peak), y_of(view, -20))
    report = app.key("shift+m")
    spike = report["views"]["v"]["measured"]["spike"]
    assert spike["of"] == "dend" and spike["amplitude"] == pytest.approx(50)
    # One click, and everything lies on the clipboard.
    report = app.click(*middle(report["views"]["v"]["measured"]["buttons"]["copy"]))
    assert report["window"]["message"] == "Measurement copied"
    cells = [line.split("\t") for line in report["window"]["copied"].splitlines()]
    found = cursors(report)
    assert cells[0] == ["", "A", "B", "B − A"]
    assert cells[1] == ["t (ms)", *(repr(found[name]).removesuffix(".0") for name in ("a", "b", "dx"))]
    assert [row[0] for row in cells[2:5]] == ["soma (mV)", "dend (mV)", "1/Δt (Hz)"]
    assert [float(number) for number in cells[2][1:]] == found["values"]["soma"]
    assert cells[-2][:2] == ["spike of", "peak (mV)"] and cells[-1][0] == "dend"
    assert float(cells[-1][cells[-2].index("half-width (ms)")]) == spike["half_width"]


def test_what_is_measured_stays_at_its_time_while_the_trace_rolls(app):
    before = cursors(app.look())
    app.key("Down", "End", "Down")  # A to the last sample in view; B is at the first
    start = app.view("v")
    a = start["measured"]["cursors"]["a"]
    app.press("Run")
    rolled = app.see_view("v", lambda view: view["x_range"][0] > start["x_range"][0] + 20, "the trace to roll")
    found = rolled["measured"]["cursors"]
    assert found["a"] == a and found["b"] == before["b"]
    x, _, width, _ = rolled["measured"]["handles"]["A"]
    assert x + width / 2 == pytest.approx(x_of(rolled, a), abs=1)
    assert rolled["measured"]["handles"]["B"][0] == pytest.approx(rolled["plot"][0], abs=1), "waits at the border"
    app.press("Pause")
    app.see(lambda report: not report["running"], "the pause")


def test_escape_and_the_button_take_all_of_it_away(app):
    app.move(*middle(app.view("v")["plot"]))
    assert app.key("Escape")["views"]["v"]["measured"] is None
    report = app.key("m")
    assert cursors(report)
    assert app.click(*middle(report["views"]["v"]["measured"]["buttons"]["close"]))["views"]["v"]["measured"] is None
    app.move(*middle(app.view("v")["plot"]))
    app.key("m")
    assert cursors(app.key("m")) is None, "the key again"


def test_a_plot_of_a_current_says_why_it_has_no_spikes(app):
    app.move(*middle(app.view("i")["plot"]))
    report = app.key("shift+m")
    assert "this plot shows I in nA over t in ms" in report["window"]["message"]
    assert report["views"]["i"]["measured"] is None
    app.more("Current", "Measure with two cursors")
    found = app.see_view("i", lambda view: view["measured"], "the cursors")["measured"]["cursors"]
    assert found["values"]["soma"][0] == pytest.approx(0.1 * potential(found["a"])[0])


def test_the_window_closes_without_errors(app):
    assert app.quit() == 0, app.stderr()
    assert app.report()["errors"] == []
