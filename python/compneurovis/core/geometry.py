"""Geometries."""

from .._methods.bases import Geometry
from .._records import GridGeometry, MorphologyGeometry, PieceTable
