"""SWC files."""
from __future__ import annotations

import os
from collections import defaultdict
from typing import Any

from ... import _core
from ._neuron import hoc


def load_swc_neuron(swc_path: str | os.PathLike) -> list:
    """Imports a file into new top-level sections, divided and named as NEURON's own importer does; returns the new ones only.

    Keep the list: sections whose names were taken already live as long as somebody refers to them.
    Raises RuntimeError "<path>:<line>: <what is wrong>" for a file that cannot be read as one cell.
    """
    h = hoc()
    before = set(h.allsec())
    _core.load_swc(os.fspath(swc_path))
    return [section for section in h.allsec() if section not in before]


def parse_swc(swc_path: str | os.PathLike) -> tuple[dict[int, dict[str, Any]], defaultdict[int, list[int]]]:
    """(nodes, children): id → type, x, y, z, radius, parent; parent id → ids. ValueError: a line without seven columns."""
    nodes: dict[int, dict[str, Any]] = {}
    children: defaultdict[int, list[int]] = defaultdict(list)
    with open(swc_path, encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            columns = text.split()
            if len(columns) != 7:
                raise ValueError(f"{os.fspath(swc_path)}:{number}: expected 7 columns, found {len(columns)}")
            node, kind, parent = int(columns[0]), int(columns[1]), int(columns[6])
            x, y, z, radius = map(float, columns[2:6])
            nodes[node] = {"type": kind, "x": x, "y": y, "z": z, "radius": radius, "parent": parent}
            children[parent].append(node)
    return nodes, children
