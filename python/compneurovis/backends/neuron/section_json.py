"""Sections with shape, biophysics and point processes as a JSON file, and back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from ... import _core
from .._files import existing


def export_section_json(filename: str | os.PathLike, sections: Iterable) -> None:
    """Writes the sections, with 3-D points, nseg, Ra, cm, parameters of mechanisms, ions and point processes.

    A section whose parent is not among them becomes a root. NetCons and global parameters are not part of the file.
    Raises RuntimeError that names the section for equal names and for values that are not finite, ValueError for a
    section listed twice and when the file cannot be written.
    """
    _core.export_section_json(os.fspath(filename), list(sections))


def import_section_json(filename: str | os.PathLike) -> tuple[dict[str, Any], list]:
    """New sections by name, and new point processes. Keep both: they live as long as something refers to them.

    Raises OSError, or ValueError "<file>: <key>: <what is wrong>"; then nothing is made.
    """
    return _core.import_section_json(existing(filename))
