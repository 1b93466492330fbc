"""Why the package cannot be loaded here, in one sentence."""

from __future__ import annotations

import os
import platform
import re
import sys

OLDEST_PYTHON = (3, 10)
AGAIN = f"Install it into this Python: {sys.executable} -m pip install --force-reinstall compneurovis"


def load_extension() -> None:
    """Imports the extension; ImportError says what is wrong with this Python, this machine or this installation."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        here = platform.python_version()
        raise ImportError(f"compneurovis needs Python {oldest} or later; this is Python {here} ({sys.executable})")
    try:
        from . import _core  # noqa: F401
    except ImportError as error:
        raise explain(error) from error


def explain(error: ImportError) -> ImportError:
    """What an extension that is missing or cannot be loaded means."""
    here = f"Python {sys.version_info[0]}.{sys.version_info[1]} on {platform.machine()}"
    wanted = [int(minor) for minor in re.findall(r"version `GLIBC_2\.(\d+)' not found", str(error))]
    if wanted:
        return ImportError(
            f"compneurovis needs glibc 2.{max(wanted)} or later (Ubuntu 22.04, Debian 12, Fedora 36 or later); this "
            f"system has {' '.join(platform.libc_ver())}: {error}"
        )
    if "No module named" in str(error) or "cannot import name" in str(error):
        folder = os.path.dirname(os.path.abspath(__file__))
        found = ", ".join(sorted(name for name in os.listdir(folder) if name.startswith("_core."))) or "none"
        return ImportError(f"compneurovis has no extension for {here} (in {folder}: {found}). {AGAIN}")
    return ImportError(f"the extension of compneurovis cannot be loaded into {here}: {error}. {AGAIN}")
