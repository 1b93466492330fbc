"""A Jaxley model whose hook raises and whose state stops being a number, in the real window: it says so and stays."""

import os

import pytest

from hands import APPS, middle

pytest.importorskip("jaxley")


def view_paints(report):
    return report["views"]["morphology"]["paints"]


def test_the_window_says_what_went_wrong_and_lives_on(start, monkeypatch):
    cache = os.environ.get("COMPNEUROVIS_JAX_CACHE") or os.path.expanduser("~/.cache/compneurovis/jax-tests")
    monkeypatch.setenv("COMPNEUROVIS_JAX_CACHE", cache)
    monkeypatch.setenv("JAX_COMPILATION_CACHE_DIR", cache)
    monkeypatch.setenv("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    monkeypatch.setenv("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
    app = start(APPS / "raising_jaxley.py", options=["--theme", "light"], files=("report",))
    view = app.see_view("morphology", lambda view: view.get("visible_pieces", 0) > 0, "the cell")
    app.take_keyboard()
    app.see(lambda report: report["running"], "the model to run")

    app.click(*middle(view["rect"]))
    report = app.see(lambda report: report["window"]["error"], "the message about the click hook")
    assert "on_entity_clicked" in report["window"]["error"] and report["running"], "the model goes on"
    assert any("nothing known of" in text for text in report["errors"])

    app.press("Poison", "CheckBox")
    report = app.see(lambda report: "is not a number" in report["window"]["message"], "the message about the state")
    assert any("is not a number at x = " in text and "HH_gNa of cell(0)" in text for text in report["warnings"])
    assert (
        app.see_view("morphology", lambda view: view["paints"] > view_paints(report), "more pictures")["visible_pieces"]
        > 0
    )

    # The window is alive: the cell can still be turned.
    view = app.view("morphology")
    x, y = middle(view["rect"])
    assert app.drag(x, y, x + 60, y)["views"]["morphology"]["camera"] != view["camera"]
    assert app.quit() == 1
    assert app.processes() == [] and "nothing known of" in app.stderr()
