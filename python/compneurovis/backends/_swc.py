"""SWC files as rows and nodes, without any simulator."""

from __future__ import annotations

import os
import warnings
from collections import defaultdict
from typing import Any, NamedTuple

from .. import _core
from ._files import existing


class SwcRow(NamedTuple):
    """One point, µm. `type`: 1 soma, 2 axon, 3 dendrite, 4 apical; `parent` is negative for a root;
    `line` counts from 1."""

    id: int
    type: int
    x: float
    y: float
    z: float
    radius: float
    parent: int
    line: int


def read_rows(swc_path: str | os.PathLike) -> list[SwcRow]:
    """The points in the order of the file. Empty lines and lines that start with # are skipped.

    Raises OSError, or ValueError "<path>:<line>: <what is wrong>" for a line without seven numbers.
    """
    return [SwcRow(*row) for row in _core.swc_rows(existing(swc_path))]


def read_trees(swc_path: str | os.PathLike) -> tuple[list[SwcRow], list[str]]:
    """(rows as read_rows gives them, what was odd): every parent exists or is negative, and nothing is its own
    ancestor. Raises as read_rows, also for an id that is used twice, a negative radius, a loop or no points at all.
    """
    rows, odd = _core.swc_trees(existing(swc_path))
    return [SwcRow(*row) for row in rows], odd


def tell(odd: list[str], stacklevel: int = 3) -> None:
    """A UserWarning for each text, at the line that called the reader."""
    for text in odd:
        warnings.warn(text, stacklevel=stacklevel)


def parse_swc(swc_path: str | os.PathLike) -> tuple[dict[int, dict[str, Any]], defaultdict[int, list[int]]]:
    """(nodes, children): id → type, x, y, z, radius, parent; parent id → ids. Errors as for read_rows."""
    nodes: dict[int, dict[str, Any]] = {}
    children: defaultdict[int, list[int]] = defaultdict(list)
    for row in read_rows(swc_path):
        nodes[row.id] = {
            "type": row.type,
            "x": row.x,
            "y": row.y,
            "z": row.z,
            "radius": row.radius,
            "parent": row.parent,
        }
        children[row.parent].append(row.id)
    return nodes, children
