"""Where cells lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np


def translate_cell_xyzr(cell: Any, offset: Sequence[float]) -> None:
    """Shifts all branch points of a cell by `offset` (x, y, z in µm) and computes its compartment centres anew."""
    shift = np.asarray(offset, np.float64)
    if shift.shape != (3,):
        raise ValueError(f"offset has shape {shift.shape}, expected x, y, z")
    moved = [np.array(points, np.float64) for points in cell.xyzr]
    for points in moved:
        points[:, :3] += shift
    cell.xyzr = moved
    # Columns of float32 refuse the float64 that Jaxley computes.
    for axis in "xyz":
        if axis in cell.nodes:
            cell.nodes[axis] = cell.nodes[axis].astype(np.float64)
    cell.compute_compartment_centers()


def translate_cells_xyzr(cells: Iterable[Any], offsets: Iterable[Sequence[float]]) -> None:
    """translate_cell_xyzr for pairs of cells and offsets. ValueError: there are not as many of one as of the other."""
    for cell, offset in zip(cells, offsets, strict=True):
        translate_cell_xyzr(cell, offset)
