"""Views."""

from .._methods.bases import ViewSpec
from .._records import HeatMapViewSpec, LinePlotViewSpec, MorphologyViewSpec, StateGraphViewSpec, SurfaceViewSpec

__all__ = [
    "HeatMapViewSpec",
    "LinePlotViewSpec",
    "MorphologyViewSpec",
    "StateGraphViewSpec",
    "SurfaceViewSpec",
    "ViewSpec",
]
