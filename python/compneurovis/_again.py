"""How a script is started again: its command line, the files that a start reads, and the start itself.

The process that takes over a window runs the script by `python -m compneurovis._script`, so that whatever ends the
script before `run_app`, such as half of a line in a file that is being saved, stands in the window.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from . import _core

# What a script could be started with; scripts change their sys.argv.
_argv = list(sys.argv)
# The script or module that this process runs for its user; None: Python itself runs it.
_script: str | None = None
# State of each file from about when Python read it.
_stamps: dict[str, list[int]] = {}
_more_files: list[str] = []  # of an exception that ended the script


class StartAgain(SystemExit):
    """Raised by run_app when somebody wants the script to start again: the end of this process does it."""


def restart() -> tuple[str, str, list[str], list[str], list[int]]:
    """(why the script cannot be started again, executable, arguments, files that a start reads, their stamps)."""
    why_not = _why_not()
    script = os.path.realpath(_script) if _script else _main
    if not why_not and not script:
        why_not = "There is no script file that could be started again."
    try:
        arguments = [] if why_not else _arguments()
    except ValueError as problem:
        why_not, arguments = f"It is not known how the script was started: {problem}.", []
    if why_not:
        return why_not, "", [], [], []
    files = dict.fromkeys([script, *_modules_below(Path(script).parent), *_more_files])
    return "", sys.executable, arguments, list(files), [number for file in files for number in _stamp_of(file)]


def _stamp_of(path: str) -> list[int]:
    if path not in _stamps:
        _stamps[path] = _core.file_stamp(path)
    return _stamps[path]


def _main_file() -> str:
    """The script that Python itself runs; empty: there is none."""
    name = getattr(sys.modules.get("__main__"), "__file__", None) or ""
    return os.path.realpath(name) if os.path.isfile(name) else ""


_main = _main_file()  # it may vanish, and come back
_stamp_of(_main)


def _why_not() -> str:
    """A sentence for people; empty: nothing is in the way."""
    import threading

    if "ipykernel" in sys.modules or ("IPython" in sys.modules and _in_ipython()):
        return "The model runs in a notebook or an interactive session: run its cells again."
    if sys.flags.interactive or sys.flags.inspect or hasattr(sys, "ps1"):
        return "Python was started for typing (python -i), and would go on with that."
    if _argv[:1] in ([], [""], ["-c"], ["-"]):
        return "The program was typed or piped into Python: there is no script file that could be started again."
    if not sys.executable or not _is_executable():
        return "Python runs inside another program, which started the script."
    if any(os.environ.get(name, "1") != "1" for name in ("OMPI_COMM_WORLD_SIZE", "PMI_SIZE")):
        return "The program runs under mpirun, which would have to start all of it again."
    if threading.current_thread() is not threading.main_thread():
        return "run_app() was called on another thread than the main one."
    return ""


def _in_ipython() -> bool:
    return getattr(sys.modules["IPython"], "get_ipython", lambda: None)() is not None


def _is_executable() -> bool:
    try:
        return os.path.samefile("/proc/self/exe", sys.executable)
    except OSError:
        return False


def _arguments() -> list[str]:
    """Of a Python that runs the script so that a window outlives its mistakes. ValueError: they are not known."""
    own = list(sys.orig_argv[1:])
    if _script is not None:
        return own
    at = len(own) - len(_argv)
    if at < 0 or own[at + 1 :] != _argv[1:]:
        raise ValueError("the script changed sys.argv before it imported compneurovis")
    if at > 0 and own[at - 1] == "-m":
        at -= 1
    return [*own[:at], "-m", "compneurovis._script", *own[at:]]


def _modules_below(folder: Path) -> list[str]:
    """Files of the modules that the script has imported out of its own folder."""
    found = set()
    roots = {os.path.realpath(p) + os.sep for p in (sys.prefix, sys.base_prefix)}
    below = str(folder) + os.sep
    for module in list(sys.modules.values()):
        name = getattr(module, "__file__", None)
        if not isinstance(name, str) or not name.endswith(".py"):
            continue
        path = os.path.realpath(name)
        if path.startswith(below) and not _is_installed(path, below, roots):
            found.add(path)
    return sorted(found)


def _is_installed(path: str, below: str, roots: set[str]) -> bool:
    if "site-packages" in path or "dist-packages" in path:
        return True
    return any(path.startswith(root) and root.startswith(below) for root in roots) or path.startswith(_own_folder)


_own_folder = str(Path(__file__).resolve().parent) + os.sep


def run_path(script: str, arguments: list[str]) -> dict[str, Any]:
    """Runs a script as `python script arguments` does; the names that it defines."""
    import runpy

    sys.argv[:] = [script, *arguments]
    folder = os.path.dirname(os.path.abspath(script))
    if getattr(sys.flags, "safe_path", False) or not sys.path:
        sys.path.insert(0, folder)
    else:
        sys.path[0] = folder
    return shown(script, lambda: runpy.run_path(script, run_name="__main__"))


def _run_module(name: str, arguments: list[str]) -> dict[str, Any]:
    import importlib.util
    import runpy

    sys.argv[1:] = arguments
    found = importlib.util.find_spec(name)
    script = found.origin if found and found.origin else name
    return shown(script, lambda: runpy.run_module(name, run_name="__main__", alter_sys=True))


def shown(script: str, start: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The names that a script defines; `start` runs it. What ends it before it shows anything stands in the window that
    was left to this process, if there is one, until somebody starts it again or closes the window."""
    global _script
    from . import _run

    _script = os.path.abspath(script)
    _stamp_of(os.path.realpath(_script))
    try:
        names = start()
    except (StartAgain, KeyboardInterrupt):
        raise
    except BaseException as problem:
        if _run.used or not _core.has_handed_windows():
            raise
        if isinstance(problem, SystemExit):
            _show(_ended(script, problem), "", problem)
        lines = traceback.TracebackException.from_exception(problem)
        text = "".join(lines.format())
        _show(f"{type(problem).__name__}: {problem}", text, problem)
    if not _run.used and _core.has_handed_windows():
        _show(f"{os.path.basename(script)} ended without run_app(): nothing is shown.", "", None)
    return names


def _ended(script: str, leaving: SystemExit) -> str:
    name = os.path.basename(script)
    if leaving.code is None or isinstance(leaving.code, int):
        return f"{name} ended with the exit status {leaving.code or 0} before it showed anything."
    return f"{name} ended before it showed anything: {leaving.code}"


def _show(message: str, text: str, problem: BaseException | None) -> NoReturn:
    """Shows in the window why there is no model, and ends the process when the window is closed."""
    _more_files[:] = _files_of(problem)
    name = os.path.basename(_script or "")
    status, end = _core.show_failure(name, message, text, restart)
    if end == "again":
        raise StartAgain
    if end == "interrupted":
        raise KeyboardInterrupt
    raise SystemExit(max(status, 1))


def _files_of(problem: BaseException | None) -> list[str]:
    """Files of the script's own that an exception names: one that could not be read is no module yet."""
    files = [frame.filename for frame in traceback.extract_tb(problem.__traceback__)] if problem else []
    if isinstance(problem, SyntaxError) and problem.filename:
        files.append(problem.filename)
    below = str(Path(_script or "").resolve().parent) + os.sep
    paths = {os.path.realpath(name) for name in files if os.path.isfile(name)}
    return sorted(path for path in paths if path.startswith(below) and not path.startswith(_own_folder))


def main() -> None:
    first, *rest = sys.argv[1:]
    if first == "-m":
        _run_module(rest[0], rest[1:])
    elif first.startswith("-m"):
        _run_module(first[2:], rest)
    else:
        run_path(first, rest)
