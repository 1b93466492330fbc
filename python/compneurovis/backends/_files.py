"""Paths of files that are read in C++."""

from __future__ import annotations

import os


def existing(path: str | os.PathLike) -> str:
    """The path as text. OSError when the file cannot be read, as everywhere in Python."""
    with open(path, "rb"):
        return os.fspath(path)
