"""Panels: derived, checked, cleaned; scenes."""

import pytest

import compneurovis as cnv
from compneurovis import LayoutSpec, PanelSpec
from compneurovis.core.scene import (
    PANEL_KIND_CONTROLS,
    PANEL_KIND_HEAT_MAP,
    PANEL_KIND_LINE_PLOT,
    PANEL_KIND_STATE_GRAPH,
    PANEL_KIND_VIEW_3D,
)

VIEWS = {
    "m": cnv.MorphologyViewSpec("m"),
    "s": cnv.SurfaceViewSpec("s"),
    "p": cnv.LinePlotViewSpec("p"),
    "g": cnv.StateGraphViewSpec("g"),
    "h": cnv.HeatMapViewSpec("h"),
}
CONTROLS = {"c": cnv.ControlSpec("c", "C", cnv.BoolValueSpec())}
ACTIONS = {"a": cnv.ActionSpec("a", "A")}


def scene(panels=(), grid=(), **parts):
    return cnv.Scene(
        {}, {}, VIEWS, controls=CONTROLS, actions=ACTIONS, layout=LayoutSpec(panels=panels, panel_grid=grid), **parts
    )


def test_panels_are_derived_when_there_are_none():
    layout = scene().layout
    assert [(p.id, p.kind) for p in layout.panels] == [
        ("m-panel", "view_3d"),
        ("s-panel", "view_3d"),
        ("p-panel", "line_plot"),
        ("g-panel", "state_graph"),
        ("h-panel", "heat_map"),
        ("controls-panel", "controls"),
    ]
    assert (
        layout.panels[-1].control_ids == ("c",) and layout.panels[-1].action_ids == ("a",) and layout.panel_grid == ()
    )
    assert cnv.Scene({}, {}, {}).layout.panels == ()


def test_the_constants_are_the_kinds_of_the_panels():
    layout = scene().layout
    assert [panel.kind for panel in layout.panels[1:]] == [
        PANEL_KIND_VIEW_3D,
        PANEL_KIND_LINE_PLOT,
        PANEL_KIND_STATE_GRAPH,
        PANEL_KIND_HEAT_MAP,
        PANEL_KIND_CONTROLS,
    ]
    assert scene([PanelSpec("a", PANEL_KIND_HEAT_MAP, ("h",))]).layout.panels[0].view_ids == ("h",)


def test_given_panels_are_cleaned():
    layout = scene(
        [
            PanelSpec(" a ", "view_3d", ("m", "p", "unknown", "m"), operator_ids=("o", "o", "")),
            PanelSpec("gone", "line_plot", ("m",)),
            PanelSpec("b", "controls", camera_distance=3.0),
            PanelSpec("d", "controls", control_ids=("later", "later", "")),
        ]
    ).layout
    assert [p.id for p in layout.panels] == ["a", "b", "d"]
    assert layout.panels[0].view_ids == ("m",) and layout.panels[0].operator_ids == ("o",)
    assert layout.panels[1].control_ids == ("c",) and layout.panels[1].camera_distance == 200.0
    assert layout.panels[2].control_ids == ("later",) and layout.panels[2].action_ids == ()


@pytest.mark.parametrize(
    "panels",
    [
        [PanelSpec("  ", "controls")],
        [PanelSpec("a", "controls"), PanelSpec("a ", "controls")],
        [PanelSpec("a", "window")],
        [PanelSpec("a", "view_3d", ("m",)), PanelSpec("b", "view_3d", ("m",))],
    ],
)
def test_bad_panels_are_refused(panels):
    with pytest.raises(ValueError):
        scene(panels)


def test_two_plots_in_one_panel_are_refused():
    views = {"p": cnv.LinePlotViewSpec("p"), "q": cnv.LinePlotViewSpec("q")}
    with pytest.raises(ValueError, match="'both'"):
        cnv.Scene({}, {}, views, layout=LayoutSpec(panels=[PanelSpec("both", "line_plot", ("p", "q"))]))


def test_layout_methods():
    layout = scene().layout
    assert (
        layout.resolved_panels() == layout.panels
        and layout.panel("p-panel").kind == "line_plot"
        and layout.panel("x") is None
    )
    assert [p.id for p in layout.panels_of_kind("view_3d")] == ["m-panel", "s-panel"]
    assert layout.panel_for_view("s").id == "s-panel" and layout.panel_for_view("s", kind="line_plot") is None
    assert (
        layout.patch_panel("p-panel", title="T")
        and layout.panel("p-panel").title == "T"
        and not layout.patch_panel("x", title="T")
    )
    with pytest.raises(TypeError):
        layout.patch_panel("p-panel", nonsense=1)
    layout.replace_panels([PanelSpec("", "anything")], [["x"]])
    assert layout.panels[0].kind == "anything" and layout.panel_grid == (("x",),)


def test_the_given_layout_object_is_normalised():
    layout = LayoutSpec()
    assert cnv.Scene({}, {}, VIEWS, layout=layout).layout is layout and len(layout.panels) == 5


def test_replacing_parts_of_a_scene():
    made = scene(operators={"o": cnv.GridSliceOperatorSpec("o")})
    made.replace_view("p", {"rolling_window": 5.0})
    made.replace_operator("o", {"alpha": 0.5})
    made.replace_control("c", {"label": "New"})
    assert (
        made.views["p"].rolling_window == 5.0 and made.operators["o"].alpha == 0.5 and made.controls["c"].label == "New"
    )
    assert VIEWS["p"].rolling_window is None
    for replace in (made.replace_view, made.replace_operator, made.replace_control):
        with pytest.raises(KeyError):
            replace("unknown", {})
    with pytest.raises(TypeError):
        made.replace_view("p", {"nonsense": 1})
