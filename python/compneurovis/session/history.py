"""HistoryCaptureMode."""

from .._methods.app import HistoryCaptureMode

__all__ = ["HistoryCaptureMode"]
