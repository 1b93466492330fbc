"""StateBinding."""

from .._methods.bindings import StateBinding
