"""run_app: shows an app in the viewer, and runs its session in this process until the end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from . import _core
from ._methods.app import DiagnosticsSpec
from ._perf import configure_perf_logging, perf_log, perf_logging_enabled
from .session.base import require_lazy, resolve_interaction_target_source, resolve_startup_scene_source

# The worst exit status of the apps that this process ran; `compneurovis run` exits with it.
exit_status = 0


def run_app(app: Any) -> None:
    """Returns when the user closes the window, or when an option of `compneurovis run` ends the run.

    Raises TypeError for a session that exists already, ViewerError when the viewer cannot be started or is lost for
    good, and KeyboardInterrupt after Ctrl-C. Problems of the session itself are shown in the window and on stderr.
    """
    global exit_status
    if _is_worker_that_imports():
        return
    if app.session is not None:
        require_lazy("run_app", app.session)
    if app.diagnostics is not None:
        configure_perf_logging(app.diagnostics)
    scene = app.scene if app.scene is not None else resolve_startup_scene_source(app.session)
    target = resolve_interaction_target_source(app.interaction_target)
    try:
        status, end = _core.run_app(
            scene,
            app.session,
            target,
            app.title or "",
            _program_name(),
            _log_figures if perf_logging_enabled() else None,
        )
    except BaseException:
        exit_status = 1
        raise
    exit_status = max(exit_status, status)
    if end == "interrupted":
        raise KeyboardInterrupt


def _log_figures(report: dict[str, Any]) -> None:
    """The host's counts of this moment: the session's, and those of the way to each viewer."""
    try:
        perf_log("session_worker", "figures", **{name: value for name, value in report.items() if name != "viewers"})
        for number, viewer in enumerate(report["viewers"]):
            perf_log("transport", "figures", viewer=number, **viewer)
    except OSError as error:
        configure_perf_logging(DiagnosticsSpec())
        print(f"The performance log cannot be written ({error}); it is off for the rest of this run.", file=sys.stderr)


def _is_worker_that_imports() -> bool:
    """True while multiprocessing imports the script once more in a worker: only
    the names of the script are wanted there."""
    process = sys.modules.get("multiprocessing.process")
    return process is not None and getattr(process.current_process(), "_inheriting", False)


def _program_name() -> str:
    script = sys.argv[0] if sys.argv else ""
    return Path(script).name if script not in ("", "-c", "-m") else "python"
