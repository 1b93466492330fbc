"""Older home of run_app."""

from .._run import run_app
from ._removed import removed_names

__getattr__ = removed_names(__name__)
