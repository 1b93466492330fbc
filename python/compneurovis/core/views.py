"""Views."""

from .._methods.bases import ViewSpec
from .._records import HeatMapViewSpec, LinePlotViewSpec, MorphologyViewSpec, StateGraphViewSpec, SurfaceViewSpec
