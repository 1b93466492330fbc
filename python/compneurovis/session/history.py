"""HistoryCaptureMode."""

from .._methods.app import HistoryCaptureMode
