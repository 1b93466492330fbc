"""Prepared SWC cells in files: arrays and text only, so that opening one cannot run code."""

from __future__ import annotations

import json
import os
import pathlib
import zipfile
from typing import Any

import numpy as np

from ._package import jaxley
from .swc import CellGraph, cells_of_graphs, graphs_of_swc, require_one

_FORMAT = "compneurovis-jaxley-swc"
_VERSION = 1
_ADVICE = "make it again with save_swc_multi_jaxley_cache"


def save_swc_multi_jaxley_cache(swc_path: str | os.PathLike, cache_path: str | os.PathLike, **options: Any) -> str:
    """Writes the prepared cells of an SWC file, and the folders above; options as for load_swc_multi_jaxley.
    Returns the path."""
    return _write(cache_path, graphs_of_swc(swc_path, **options))


def save_swc_jaxley_cache(swc_path: str | os.PathLike, cache_path: str | os.PathLike, **options: Any) -> str:
    """save_swc_multi_jaxley_cache for a file with one tree. ValueError: there are several."""
    graphs = graphs_of_swc(swc_path, **options)
    require_one(len(graphs), swc_path, "save_swc_multi_jaxley_cache")
    return _write(cache_path, graphs)


def load_cached_swc_multi_jaxley(cache_path: str | os.PathLike) -> list[tuple[str, Any]]:
    """(name, jx.Cell) as load_swc_multi_jaxley gave them. ValueError: not a cache, another version of it, or
    without cells."""
    return cells_of_graphs(_read(cache_path))


def load_cached_swc_jaxley(cache_path: str | os.PathLike) -> Any:
    """The cell of a cache that holds one. ValueError: as for load_cached_swc_multi_jaxley, or there are several."""
    graphs = _read(cache_path)
    require_one(len(graphs), cache_path, "load_cached_swc_multi_jaxley")
    return cells_of_graphs(graphs)[0][1]


# ---- file: "header" is JSON; cell i has the arrays "i/<kind>/<column>", "i/edges", "i/xyzr" and "i/xyzr_ends" --------


def _write(cache_path: str | os.PathLike, graphs: list[CellGraph]) -> str:
    path = pathlib.Path(cache_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, np.ndarray] = {}
    cells = [_pack(f"{index}/", item, arrays) for index, item in enumerate(graphs)]
    header = json.dumps({"format": _FORMAT, "version": _VERSION, "cells": cells})
    # A reader sees the old file or the whole new one.
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(draft, "wb") as file:
            np.savez_compressed(file, header=np.array(header), **arrays)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return str(path)


def _pack(prefix: str, item: CellGraph, arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    graph = item.graph
    rows: dict[str, list[tuple[int, dict[str, Any]]]] = {"comp": [], "branchpoint": []}
    for node, attributes in graph.nodes(data=True):
        rows[attributes["type"]].append((node, attributes))
    groups = sorted({group for _, attributes in graph.nodes(data=True) for group in attributes["groups"]})
    for kind, members in rows.items():
        arrays[f"{prefix}{kind}/node"] = np.array([node for node, _ in members], np.int64)
        arrays[f"{prefix}{kind}/group_ends"] = np.cumsum([len(a["groups"]) for _, a in members], dtype=np.int64)
        arrays[f"{prefix}{kind}/groups"] = np.array(
            [groups.index(g) for _, a in members for g in a["groups"]], np.int64
        )
        for column in sorted({name for _, a in members for name in a} - {"type", "groups", "xyzr"}):
            values = [a[column] for _, a in members]
            whole = all(isinstance(value, (int, np.integer)) for value in values)
            arrays[f"{prefix}{kind}/{column}"] = np.array(values, np.int64 if whole else np.float64)
    xyzr = [np.asarray(a["xyzr"], np.float64) for _, a in rows["comp"]]
    arrays[f"{prefix}xyzr"] = np.concatenate(xyzr)
    arrays[f"{prefix}xyzr_ends"] = np.cumsum([len(points) for points in xyzr], dtype=np.int64)
    arrays[f"{prefix}order"] = np.array(list(graph.nodes), np.int64)
    arrays[f"{prefix}edges"] = np.array(list(graph.edges), np.int64).reshape(-1, 2)
    return {"name": item.name, "assign_groups": bool(item.assign_groups), "groups": groups}


def _read(cache_path: str | os.PathLike) -> list[CellGraph]:
    jaxley()
    path = os.fspath(cache_path)
    with open(path, "rb") as file:  # OSError for a missing file; everything after that is about its content
        try:
            return _unpack_file(path, file)
        except (zipfile.BadZipFile, KeyError, IndexError, TypeError, EOFError, OSError) as error:
            raise ValueError(f"{path}: is not a cache of CompNeuroVis, or it is damaged; {_ADVICE}") from error


def _unpack_file(path: str, file: Any) -> list[CellGraph]:
    if not zipfile.is_zipfile(file):
        raise ValueError(
            f"{path}: is not a cache of CompNeuroVis "
            f"(caches of older programs are not opened, as they may run code); {_ADVICE}"
        )
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        header = json.loads(str(arrays["header"]))
        if header["format"] != _FORMAT:
            raise ValueError(f"{path}: is of the format '{header['format']}', not '{_FORMAT}'; {_ADVICE}")
        if header["version"] != _VERSION:
            raise ValueError(
                f"{path}: has version {header['version']} of the format, this program reads {_VERSION}; {_ADVICE}"
            )
        if not header["cells"]:
            raise ValueError(f"{path}: holds no cells; {_ADVICE}")
        return [_unpack(f"{index}/", cell, arrays) for index, cell in enumerate(header["cells"])]


def _unpack(prefix: str, cell: dict[str, Any], arrays: Any) -> CellGraph:
    import networkx as nx

    attributes: dict[int, dict[str, Any]] = {}
    for kind in ("comp", "branchpoint"):
        folder = f"{prefix}{kind}/"
        columns = {name.removeprefix(folder): arrays[name] for name in arrays.files if name.startswith(folder)}
        nodes, groups = columns.pop("node"), columns.pop("groups")
        members = np.split(groups, columns.pop("group_ends")[:-1])
        for row, node in enumerate(nodes.tolist()):
            attributes[node] = {name: values[row].item() for name, values in columns.items()}
            attributes[node].update(type=kind, groups=[cell["groups"][group] for group in members[row]])
    points = np.split(arrays[f"{prefix}xyzr"], arrays[f"{prefix}xyzr_ends"][:-1])
    for node, part in zip(arrays[f"{prefix}comp/node"].tolist(), points, strict=True):
        attributes[node]["xyzr"] = part
    graph = nx.DiGraph()
    graph.add_nodes_from((node, attributes[node]) for node in arrays[f"{prefix}order"].tolist())
    graph.add_edges_from(map(tuple, arrays[f"{prefix}edges"].tolist()))
    return CellGraph(cell["name"], graph, cell["assign_groups"])
