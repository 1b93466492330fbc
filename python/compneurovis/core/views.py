"""Views."""
from .._methods.bases import ViewSpec
from .._records import LinePlotViewSpec, MorphologyViewSpec, StateGraphViewSpec, SurfaceViewSpec
