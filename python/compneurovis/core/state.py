"""StateBinding."""

from .._methods.bindings import StateBinding

__all__ = ["StateBinding"]
