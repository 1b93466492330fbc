"""run_app: shows an app in the viewer, and runs its session in this process until the end."""

from __future__ import annotations

import atexit
import sys
from pathlib import Path
from typing import Any

from . import _again, _core
from ._methods.app import DiagnosticsSpec
from ._perf import configure_perf_logging, perf_log, perf_logging_enabled
from .session.base import require_lazy, resolve_interaction_target_source, resolve_startup_scene_source

# The worst exit status of the apps that this process ran; `compneurovis run` exits with it.
exit_status = 0
# Whether this process ran an app, or drove a session in another way.
used = False


def run_app(app: Any) -> None:
    """Returns when the user closes the window, or when an option of `compneurovis run` ends the run.

    Raises TypeError for a session that exists already, ViewerError when the viewer cannot be started or is lost for
    good, and KeyboardInterrupt after Ctrl-C. When the user wants the script to start again, SystemExit is raised, and
    the end of this process is the beginning of the next one: what stands after run_app is done after the last run only.
    Problems of the session itself are shown in the window and on stderr.
    """
    global exit_status, used
    used = True
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
            _again.restart,
        )
    except BaseException:
        exit_status = 1
        raise
    if end == "again":
        raise _again.StartAgain
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


def nothing_shown(script: str, names: dict[str, Any]) -> str | None:
    """What to tell the author of a script that ended without showing anything; None: it did, or never meant to.

    `names` are those that the script has defined."""
    from ._methods.app import AppSpec
    from .session import BufferedSession

    if used:
        return None
    sessions = [
        name
        for name, value in names.items()
        if isinstance(value, type) and issubclass(value, BufferedSession) and value.__module__ == "__main__"
    ]
    apps = [name for name, value in names.items() if isinstance(value, AppSpec)]
    if not sessions and not apps:
        return None
    if apps:
        app = apps[-1]
    else:
        kinds = {base.__name__ for base in names[sessions[-1]].__mro__}
        builders = {"NeuronSession": "build_neuron_app(", "JaxleySession": "build_jaxley_app("}
        app = next((text for kind, text in builders.items() if kind in kinds), "AppSpec(session=") + sessions[-1] + ")"
    return f"{script} ended without run_app(): nothing was shown. End it with run_app({app})."


def _say_at_exit() -> None:
    """For scripts that Python itself runs: their exit status is not ours."""
    from .session import BufferedSession

    main = sys.modules.get("__main__")
    script = sys.argv[0] if sys.argv else ""  # the module has lost its own __file__ by now
    failed = hasattr(sys, "last_type")  # set for a script that an exception has ended
    if failed or BufferedSession._cnv_made or getattr(main, "__spec__", None) is not None:
        return
    try:
        forgotten = "run_app(" not in Path(script).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    hint = nothing_shown(Path(script).name, vars(main)) if forgotten else None
    if hint:
        print(hint, file=sys.stderr)


atexit.register(_say_at_exit)


def _program_name() -> str:
    script = sys.argv[0] if sys.argv else ""
    return Path(script).name if script not in ("", "-c", "-m") else "python"
