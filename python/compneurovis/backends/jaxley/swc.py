"""SWC files as Jaxley cells: one cell for each tree of a file."""

from __future__ import annotations

import heapq
import math
import os
import pathlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .._swc import SwcRow, read_trees, tell
from .._swc import parse_swc as _parse_swc
from ._package import jaxley

_SOMA = 1
_GROUPS = {0: "undefined", 1: "soma", 2: "axon", 3: "basal", 4: "apical"}  # as Jaxley calls the types
_LEAST_LENGTH = 1e-5  # µm: Jaxley cannot divide edges without length


@dataclass(frozen=True, slots=True)
class CellGraph:
    """A tree of an SWC file, divided into compartments: all that a cell is made from."""

    name: str
    graph: Any  # networkx.DiGraph of jaxley.io.graph.build_compartment_graph
    assign_groups: bool


def parse_swc(swc_path: str | os.PathLike) -> tuple[dict[int, dict[str, Any]], defaultdict[int, list[int]]]:
    """(nodes, children): id → id, type, x, y, z, radius, parent; parent id → ids.

    Raises ValueError "<path>:<line>: <what is wrong>" for a line without seven numbers.
    """
    nodes, children = _parse_swc(swc_path)
    return {node_id: {"id": node_id, **node} for node_id, node in nodes.items()}, children


def load_swc_multi_jaxley(
    swc_path: str | os.PathLike,
    *,
    ncomp: int = 8,
    min_radius: float | None = None,
    max_branch_len: float | None = None,
    assign_groups: bool = True,
    ignore_swc_tracing_interruptions: bool = True,
    relevant_type_ids: list[int] | None = None,
    basename: str | None = None,
) -> list[tuple[str, Any]]:
    """(name, jx.Cell) for each tree of the file, by ascending root id; the name is also the cell's meta_name.

    ncomp: compartments per branch. min_radius: µm; thinner compartments are widened to it; None: every radius stays as
    it is in the file. max_branch_len: µm; longer branches are divided. assign_groups: make the groups soma, axon,
    basal, apical. ignore_swc_tracing_interruptions, relevant_type_ids: as in jaxley.read_swc. basename: of the names,
    instead of the file's; several trees are numbered "<basename>_tree_<i>".

    Points may stand in any order. Raises OSError; ValueError for a file without root, and
    "<path>:<line>: <what is wrong>".
    """
    return cells_of_graphs(
        graphs_of_swc(
            swc_path,
            ncomp=ncomp,
            min_radius=min_radius,
            max_branch_len=max_branch_len,
            assign_groups=assign_groups,
            ignore_swc_tracing_interruptions=ignore_swc_tracing_interruptions,
            relevant_type_ids=relevant_type_ids,
            basename=basename,
        )
    )


def load_swc_jaxley(swc_path: str | os.PathLike, **options: Any) -> Any:
    """The cell of a file with one tree; options as for load_swc_multi_jaxley. ValueError: there are several."""
    graphs = graphs_of_swc(swc_path, **options)
    require_one(len(graphs), swc_path, "load_swc_multi_jaxley")
    return cells_of_graphs(graphs)[0][1]


def require_one(count: int, path: str | os.PathLike, instead: str) -> None:
    if count != 1:
        raise ValueError(f"{os.fspath(path)}: holds {count} cells, not one; use {instead}")


def cells_of_graphs(graphs: list[CellGraph]) -> list[tuple[str, Any]]:
    from_graph = jaxley("jaxley.io.graph").from_graph
    cells = []
    for item in graphs:
        cell = from_graph(item.graph, assign_groups=item.assign_groups, solve_root=None, traverse_for_solve_order=True)
        cell.meta_name = item.name
        cells.append((item.name, cell))
    return cells


def graphs_of_swc(
    swc_path: str | os.PathLike,
    *,
    ncomp: int = 8,
    min_radius: float | None = None,
    max_branch_len: float | None = None,
    assign_groups: bool = True,
    ignore_swc_tracing_interruptions: bool = True,
    relevant_type_ids: list[int] | None = None,
    basename: str | None = None,
) -> list[CellGraph]:
    rows, odd = read_trees(swc_path)
    tell(odd, stacklevel=4)
    trees = _trees(rows)
    stem = basename or pathlib.Path(swc_path).stem
    names = [stem] if len(trees) == 1 else [f"{stem}_tree_{index}" for index in range(len(trees))]
    options = {
        "ncomp": ncomp,
        "root": None,
        "min_radius": min_radius,
        "max_len": max_branch_len,
        "ignore_swc_tracing_interruptions": ignore_swc_tracing_interruptions,
        "relevant_type_ids": relevant_type_ids,
    }
    return [CellGraph(name, _compartments(tree, options), assign_groups) for name, tree in zip(names, trees)]


def _trees(rows: list[SwcRow]) -> list[list[SwcRow]]:
    """The points of each tree, by ascending root id; see _from_soma for their order."""
    children = defaultdict(list)
    for row in sorted(rows):
        children[max(row.parent, -1)].append(row)
    return [_from_soma(_walk(root, lambda row: children[row.id])) for root in children[-1]]


def _walk(start: SwcRow, onward: Callable[[SwcRow], Iterable[SwcRow]]) -> list[SwcRow]:
    """What can be reached, by ascending id, but nothing before the point that leads to it."""
    ordered, found = [], [start]
    while found:
        row = heapq.heappop(found)
        ordered.append(row)
        for other in onward(row):
            heapq.heappush(found, other)
    return ordered


def _from_soma(tree: list[SwcRow]) -> list[SwcRow]:
    """The tree with a soma of one point as its root, which Jaxley takes for granted; others as they are."""
    somata = [row for row in tree if row.type == _SOMA]
    if len(somata) != 1 or somata[0] is tree[0]:
        return tree
    neighbours = defaultdict(set)
    by_id = {row.id: row for row in tree}
    for row in tree[1:]:
        neighbours[row.id].add(row.parent)
        neighbours[row.parent].add(row.id)
    return _walk(
        somata[0]._replace(parent=-1),
        lambda row: (by_id[other]._replace(parent=row.id) for other in neighbours[row.id] if other != row.parent),
    )


def _compartments(tree: list[SwcRow], options: dict[str, Any]) -> Any:
    """The compartment graph of a tree, whose points are numbered from 1 as Jaxley wants them."""
    import networkx as nx

    lone = len(tree) == 1
    number = {row.id: index for index, row in enumerate(tree, 1)}
    graph = nx.DiGraph()
    for index, row in enumerate(tree, 1):
        kind = _SOMA if lone else row.type  # a cell of one point is a sphere
        graph.add_node(index, id=kind, x=row.x, y=row.y, z=row.z, r=row.radius, p=number.get(row.parent, -1))
    for index, row in enumerate(tree[1:], 2):
        parent = tree[number[row.parent] - 1]
        graph.add_edge(
            number[row.parent],
            index,
            l=max(math.dist((parent.x, parent.y, parent.z), (row.x, row.y, row.z)), _LEAST_LENGTH),
        )
    made = jaxley("jaxley.io.graph").build_compartment_graph(graph, **options)
    if lone:
        group = _GROUPS.get(tree[0].type, f"custom{tree[0].type}")
        nx.set_node_attributes(made, {node: [group] for node in made.nodes}, "groups")
    return made
