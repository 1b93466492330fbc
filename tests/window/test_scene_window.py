"""An app without a session, a scene alone, in the real window: a surface, a slice that is dragged on it,
its plot, its controls."""

import numpy as np

from hands import APPS, ROOT, middle, stop_of, until

SCRIPT = ROOT / "examples/python/surface/cross_section.py"


def test_a_surface_is_turned_and_its_slice_dragged(start):
    app = start(SCRIPT, options=["--theme", "light"], files=("report",))
    first = app.see_view("surface", lambda view: view.get("drawn_points", 0) > 0, "the surface")
    app.take_keyboard()
    center = middle(first["rect"])

    turned = app.drag(center[0] - 40, center[1] + 60, center[0] + 40, center[1] + 60)["views"]["surface"]
    turn = abs(turned["camera"]["azimuth_deg"] - first["camera"]["azimuth_deg"])
    assert min(turn, 360 - turn) == 40 and turned["slices"] == first["slices"], "half a degree per pixel"
    app.key("f")
    app.wheel(center, 3)
    app.see_view(
        "surface", lambda view: view["camera"]["distance"] < first["camera"]["distance"], "the surface to come closer"
    )
    app.key("f")
    fitted = app.see_view(
        "surface",
        lambda view: (
            abs(view["camera"]["distance"] - turned["camera"]["distance"]) < 0.2 * turned["camera"]["distance"]
        ),
        "the fit",
    )

    # The slice lies at a constant τ: dragged by its handle it goes to another, and the plot shows the curve there.
    handle = fitted["handles"]["cut"]
    before = app.look()
    after = app.drag(handle[0], handle[1], handle[0] + 60, handle[1] - 15)
    assert after["views"]["surface"]["slices"][0]["index"] != before["views"]["surface"]["slices"][0]["index"]
    assert after["views"]["surface"]["camera"] == before["views"]["surface"]["camera"], (
        "the drag moved the slice, not the camera"
    )
    assert after["state"]["position"] != before["state"]["position"]
    assert (
        after["views"]["curve"]["y_range"] != before["views"]["curve"]["y_range"]
        or after["views"]["curve"]["series"] != before["views"]["curve"]["series"]
    )
    assert stop_of(after, "Position", "NumberField")["text"] != "0.40"

    # The other way round: the list changes what the slice fixes, the plot's axis with it.
    curve = app.rested_part(after["views"]["curve"]["plot"])
    app.press("Cut at constant", "ChoiceBox")
    app.choose("I")
    app.see(
        lambda report: (
            report["state"]["axis"] == "I" and report["views"]["curve"]["x_range"] != after["views"]["curve"]["x_range"]
        ),
        "the cut along τ",
    )
    until(lambda: not np.array_equal(app.part(after["views"]["curve"]["plot"]), curve), "another curve")

    # Hover reads the surface.
    assert "Hz" in app.move(center[0], center[1])["views"]["surface"]["hover"], "the value under the pointer"
    assert app.quit() == 0, app.stderr()
    assert app.report()["errors"] == [] and app.processes() == []


def test_tiles_of_one_panel_share_a_camera_at_any_width(start):
    app = start(APPS / "two_tiles.py", options=["--theme", "light"], files=("report",))
    app.see_view("right", lambda view: view.get("visible_pieces", 0) > 0, "the cell")
    app.take_keyboard()
    left, right = app.settled(lambda report: [report["views"][name]["rect"] for name in ("left", "right")])
    x, y = (left[0] + left[2] + right[0]) / 2, middle(left)[1]
    app.drag(x, y, x + 400, y)
    app.see(lambda report: report["views"]["right"]["rect"][2] < right[2] - 300, "a narrow tile")
    views = app.settled(
        lambda report: {id: {key: view[key] for key in ("rect", "camera")} for id, view in report["views"].items()}
    )
    assert views["left"]["camera"] == views["right"]["camera"]
    for name in ("left", "right"):
        picture = app.rested_part(views[name]["rect"])
        xs = np.nonzero(abs(picture - 255).max(axis=2) > 100)[1]
        assert len(xs) > 500 and xs.max() < picture.shape[1] - 2, f"the cell is whole in the {name} tile"
    painted = {id: view["paints"] for id, view in app.look()["views"].items()}
    x, y = middle(views["left"]["rect"])
    turned = app.drag(x, y + 100, x + 50, y + 120)["views"]
    assert turned["left"]["camera"] == turned["right"]["camera"] != views["right"]["camera"], "both turn"
    app.see(
        lambda report: all(report["views"][name]["paints"] > painted[name] for name in ("left", "right")),
        "both painted anew",
    )
    assert app.quit() == 0 and app.processes() == []
