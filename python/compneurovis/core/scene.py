"""Panels, layout, scene and app."""

from .._methods.app import AppSpec, DiagnosticsSpec
from .._records import LayoutSpec, PanelSpec, Scene

PANEL_KIND_VIEW_3D = "view_3d"
PANEL_KIND_LINE_PLOT = "line_plot"
PANEL_KIND_CONTROLS = "controls"
PANEL_KIND_STATE_GRAPH = "state_graph"
PANEL_KIND_HEAT_MAP = "heat_map"
