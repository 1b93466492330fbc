"""The console script: compneurovis run [options] script.py [arguments]."""

from __future__ import annotations

import sys

USAGE = """usage: compneurovis run [options] script.py [arguments]

Runs a script; its run_app follows the options. Exits with 0 only without errors.

"""


def main(args: list[str] | None = None) -> int:
    args = list(sys.argv[1:] if args is None else args)
    from . import _core

    if not args or args[0] in ("-h", "--help"):
        print(USAGE + _core.run_options_help(), end="")
        return 0 if args else 2
    if args[0] != "run":
        return _complain(f"there is no command '{args[0]}'")
    if args[1:2] and args[1] in ("-h", "--help"):
        print(USAGE + _core.run_options_help(), end="")
        return 0
    try:
        rest = _core.set_run_options(args[1:])
    except ValueError as problem:
        return _complain(str(problem))
    if not rest:
        return _complain("which script?")
    if rest[0].startswith("-"):
        return _complain(f"there is no option '{rest[0]}'")
    return _run_script(rest[0], rest[1:])


def _complain(problem: str) -> int:
    print(f"compneurovis: {problem}\n\n{USAGE}", end="", file=sys.stderr)
    return 2


def _run_script(script: str, arguments: list[str]) -> int:
    import os
    import traceback

    from . import _again, _core, _run

    if not os.path.isfile(script) and not _core.has_handed_windows():
        print(f"compneurovis: there is no file '{script}'", file=sys.stderr)
        return 2
    try:
        names = _again.run_path(script, arguments)
    except KeyboardInterrupt:
        return 130
    except SystemExit as leaving:
        return max(_status_of(leaving), _run.exit_status)
    except BaseException:
        traceback.print_exc()
        return 1
    if not _run.used:
        if hint := _run.nothing_shown(script, names):
            print(hint, file=sys.stderr)
            return 1
        print(f"{script} ended without run_app(): nothing was shown.", file=sys.stderr)
    return _run.exit_status


def _status_of(leaving: SystemExit) -> int:
    if leaving.code is None or isinstance(leaving.code, int):
        return leaving.code or 0
    print(leaving.code, file=sys.stderr)
    return 1
