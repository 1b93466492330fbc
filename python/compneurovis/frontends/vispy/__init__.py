"""Older home of run_app. The window class of the original is not part of this library."""

from .._removed import removed_names
from .frontend import run_app

__getattr__ = removed_names(__name__)
