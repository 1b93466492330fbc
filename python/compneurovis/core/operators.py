"""Operators."""

from .._methods.bases import OperatorSpec
from .._records import GridSliceOperatorSpec

__all__ = ["GridSliceOperatorSpec", "OperatorSpec"]
