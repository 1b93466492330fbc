"""Records that never leave the program: the app and its diagnostics settings, the history mode."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from os import PathLike
from typing import Any


class HistoryCaptureMode(str, Enum):
    """Whether history is kept for the entities that a user asks for, or for all."""

    ON_DEMAND = "on_demand"
    FULL = "full"

    def __str__(self) -> str:
        return self.value


@dataclass(slots=True)
class DiagnosticsSpec:
    """Settings of the performance log."""

    perf_log_enabled: bool = False
    perf_log_dir: str | PathLike | None = None
    perf_echo_stderr: bool = False


@dataclass(slots=True)
class AppSpec:
    """What run_app needs to know: a scene, a session class or factory, or both."""

    scene: Any = None
    session: Any = None
    interaction_target: Any = None
    title: str | None = None
    diagnostics: DiagnosticsSpec | None = None
