"""The console script: compneurovis run [options] script.py [arguments], demo, doctor."""

from __future__ import annotations

import sys

USAGE = """usage: compneurovis run [options] script.py [arguments]
       compneurovis demo [options]
       compneurovis doctor [--viewer PATH]

run     runs a script; its run_app follows the options. Exits with 0 only without errors.
demo    a live NEURON cell, with the same options.
doctor  says what a run finds on this machine, what is wrong and what helps. Exits with 0 when nothing is wrong.

"""


def main(args: list[str] | None = None) -> int:
    args = list(sys.argv[1:] if args is None else args)
    from . import _core

    if not args or args[0] in ("-h", "--help") or args[1:2] in (["-h"], ["--help"]):
        print(USAGE + "Options of run and demo:\n" + _core.run_options_help().partition("\n")[2], end="")
        return 0 if args else 2
    if args[0] == "--version":
        print(f"compneurovis {_core.version}")
        return 0
    command, *rest = args
    if command not in ("run", "demo", "doctor"):
        return _complain(f"there is no command '{command}'")
    try:
        options = _core.set_run_options(rest)
    except ValueError as problem:
        return _complain(str(problem))
    if options and options[0].startswith("-"):
        return _complain(f"there is no option '{options[0]}'")
    if command == "run":
        return _run(options)
    if options:
        return _complain(f"'{command}' takes no script")
    return _demo() if command == "demo" else _doctor()


def _complain(problem: str) -> int:
    print(f"compneurovis: {problem}\n\n{USAGE}", end="", file=sys.stderr)
    return 2


def _run(words: list[str]) -> int:
    from . import _core

    if _core.run_option_doctor():
        return _doctor()
    return _run_script(words[0], words[1:]) if words else _complain("which script?")


def _doctor() -> int:
    from . import _core, _doctor

    return _doctor.main(_core.run_option_viewer())


def _demo() -> int:
    """The cell of the README, which comes with the package."""
    import importlib.util
    from pathlib import Path

    from . import _core
    from ._simulators import install_command

    if importlib.util.find_spec("neuron") is None:
        print(f"compneurovis: the demo needs NEURON: {install_command('neuron')}", file=sys.stderr)
        return 1
    folder = Path(_core.__file__).parent / "demo"
    return _run_script(str(folder / "live_cell.py"), [str(next(folder.glob("*.swc")))])


def _run_script(script: str, arguments: list[str]) -> int:
    import os
    import traceback

    from . import _again, _core, _run
    from ._errors import ViewerError

    if not os.path.isfile(script) and not _core.has_handed_windows():
        print(f"compneurovis: there is no file '{script}'", file=sys.stderr)
        return 2
    try:
        names = _again.run_path(script, arguments)
    except KeyboardInterrupt:
        return 130
    except SystemExit as leaving:
        return max(_status_of(leaving), _run.exit_status)
    except ViewerError as error:  # no line of the script is to blame
        print(f"compneurovis: {error}", file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    if not _run.used:
        if hint := _run.nothing_shown(script, names):
            print(hint, file=sys.stderr)
            return 1
        print(f"{script} ended without run_app(): nothing was shown.", file=sys.stderr)
        if _core.run_options_want_files():
            print("compneurovis: no picture, report or dump was written.", file=sys.stderr)
            return 1
    return _run.exit_status


def _status_of(leaving: SystemExit) -> int:
    if leaving.code is None or isinstance(leaving.code, int):
        return leaving.code or 0
    print(leaving.code, file=sys.stderr)
    return 1
