"""References to attributes, and declarations of series."""

from .._methods.bindings import AttributeRef, SeriesSpec
