"""Operators."""

from .._methods.bases import OperatorSpec
from .._records import GridSliceOperatorSpec
