"""JaxleySceneBuilder: geometry and default scene of Jaxley models. Works on plain tables: Jaxley
itself is not needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ... import _core
from ..._records import MorphologyGeometry
from .._scene import DefaultSceneBuilder

_NUMBERS = ("length", "radius", "x", "y", "z")
_INDICES = ("global_cell_index", "global_branch_index", "global_comp_index", "local_branch_index", "local_comp_index")
_OPTIONAL = ("x", "y", "z", "local_branch_index", "local_comp_index")


class JaxleySceneBuilder(DefaultSceneBuilder):
    """Static members only."""

    @staticmethod
    def build_morphology_geometry(
        nodes: Any,
        *,
        xyzr: Iterable[Any] | None = None,
        cell_names: Iterable[str | None] | None = None,
        branch_edges: Any = None,
    ) -> MorphologyGeometry:
        """One entity per compartment, by ascending global compartment index, and the pieces that are drawn of it.

        nodes: the network's table of compartments, or a dict of its columns: length and radius in µm,
        global_cell_index, global_branch_index, global_comp_index, and if known x, y, z in µm, local_branch_index,
        local_comp_index.
        xyzr: one (k, 4) array per branch of the network: x, y, z, radius in µm. A branch whose radii are NaN takes
        those of the table.
        cell_names: one per cell; None or "" stands for "cell_<i>".
        branch_edges: columns parent_branch_index and child_branch_index, as in `network.branch_edges`; without them
        branches are joined where their end points meet.

        Cells without coordinates of their own are set beside each other. ValueError: no compartments, or columns
        that do not fit.
        """
        columns = _table(nodes)
        if xyzr is not None:
            columns["points"], columns["ends"] = _polylines(xyzr)
        if branch_edges is not None:
            columns["parents"] = _parents(branch_edges, columns["global_branch_index"])
        return _core.jaxley_geometry(columns, ["" if name is None else str(name) for name in cell_names or ()])


def _table(nodes: Any) -> dict[str, np.ndarray]:
    missing = [name for name in (*_NUMBERS, *_INDICES) if name not in nodes and name not in _OPTIONAL]
    if missing and len(nodes):
        raise ValueError(f"the compartment table lacks the columns {missing}")
    count = 0 if missing else len(nodes["global_comp_index"])
    columns = {
        name: np.asarray(nodes[name], np.float64) if name in nodes else np.full(count, np.nan) for name in _NUMBERS
    }
    columns.update({name: np.asarray(nodes[name], np.int64) for name in _INDICES if name in nodes})
    return columns


def _polylines(xyzr: Iterable[Any]) -> tuple[np.ndarray, np.ndarray]:
    branches = [np.asarray(points, np.float64) for points in xyzr]
    for index, points in enumerate(branches):
        if points.ndim != 2 or points.shape[1] != 4:
            raise ValueError(f"xyzr[{index}] has shape {points.shape}, expected (points, 4): x, y, z, radius")
    ends = np.cumsum([len(points) for points in branches], dtype=np.int64)
    return (np.concatenate(branches) if branches else np.zeros((0, 4))), ends


def _parents(branch_edges: Any, branches: np.ndarray) -> np.ndarray:
    children = np.asarray(branch_edges["child_branch_index"], np.int64)
    parents = np.full(int(max([branches.max(initial=0), children.max(initial=0)])) + 1, -1, np.int64)
    parents[children] = np.asarray(branch_edges["parent_branch_index"], np.int64)
    return parents
