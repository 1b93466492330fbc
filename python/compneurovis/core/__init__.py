"""Fields, geometries, views and the other records of a scene."""

from .bindings import AttributeRef, SeriesSpec
from .controls import (
    ActionSpec,
    BoolValueSpec,
    ChoiceValueSpec,
    ControlPresentationSpec,
    ControlSpec,
    ControlValueSpec,
    ScalarValueSpec,
    XYValueSpec,
)
from .field import Field
from .geometry import Geometry, GridGeometry, MorphologyGeometry, PieceTable
from .operators import GridSliceOperatorSpec, OperatorSpec
from .scene import AppSpec, DiagnosticsSpec, LayoutSpec, PanelSpec, Scene
from .state import StateBinding
from .views import HeatMapViewSpec, LinePlotViewSpec, MorphologyViewSpec, StateGraphViewSpec, SurfaceViewSpec, ViewSpec
