"""Methods of the geometries: checks at construction, and facts about entities."""

from __future__ import annotations

from typing import Any

import numpy as np

from .bases import Geometry


def _array(name: str, owner: str, values: Any, dtype: Any, shape: tuple) -> np.ndarray:
    array = np.asarray(values, dtype=dtype)
    if array.shape != shape:
        raise ValueError(f"{owner}: {name} has shape {array.shape}, expected {shape}")
    return array


def _names(name: str, owner: str, names: Any, count: int) -> tuple[str, ...]:
    names = tuple(str(item) for item in names)
    if len(names) != count:
        raise ValueError(f"{owner}: {len(names)} {name} for {count} entities")
    return names


class ArraysMethods:
    """The pieces of a morphology: six arrays of equal length."""

    __slots__ = ()

    def __post_init__(self) -> None:
        count = len(np.asarray(self.entity))
        for name in ("start", "end"):
            object.__setattr__(self, name, _array(name, "PieceTable", getattr(self, name), np.float32, (count, 3)))
        for name in ("start_radius", "end_radius"):
            object.__setattr__(self, name, _array(name, "PieceTable", getattr(self, name), np.float32, (count,)))
        for name in ("entity", "compartment", "section", "parent"):
            object.__setattr__(self, name, _array(name, "PieceTable", getattr(self, name), np.int32, (count,)))


class MorphologyMethods(Geometry):
    # _native: the C++ geometry that this one was made from, so that it need not be converted back.
    __slots__ = ("_native",)
    kind = "morphology"

    def __post_init__(self) -> None:
        put, owner = object.__setattr__, f"geometry '{self.id}'"
        positions = np.asarray(self.positions, dtype=np.float32)
        if positions.size == 0:
            positions = positions.reshape(0, 3)
        count = len(positions) if positions.ndim else 0
        put(self, "positions", _array("positions", owner, positions, np.float32, (count, 3)))
        for name, shape in (
            ("orientations", (count, 3, 3)),
            ("radii", (count,)),
            ("lengths", (count,)),
            ("xlocs", (count,)),
        ):
            value = np.asarray(getattr(self, name), dtype=np.float32)
            put(
                self,
                name,
                _array(
                    name, owner, value.reshape(shape) if value.size == 0 and count == 0 else value, np.float32, shape
                ),
            )
        put(self, "entity_ids", _names("entity_ids", owner, self.entity_ids, count))
        put(self, "section_names", _names("section_names", owner, self.section_names, count))
        labels = tuple(self.labels)
        put(self, "labels", _names("labels", owner, labels, count) if labels else self.entity_ids)
        if self.colors is not None:
            put(self, "colors", _array("colors", owner, self.colors, np.float32, (count, 4)))
        put(self, "metadata", dict(self.metadata))

    def entity_index(self, entity_id: str) -> int:
        """Position of the entity in all arrays of the geometry. KeyError: there is no such entity."""
        try:
            return self.entity_ids.index(entity_id)
        except ValueError:
            raise KeyError(f"geometry '{self.id}' has no entity '{entity_id}'") from None

    def label_for(self, entity_id: str) -> str:
        """What people read instead of the id. KeyError: there is no such entity."""
        return self.labels[self.entity_index(entity_id)]

    def entity_info(self, entity_id: str) -> dict[str, Any]:
        """index, entity_id, section_name, xloc, label."""
        index = self.entity_index(entity_id)
        return {
            "index": index,
            "entity_id": self.entity_ids[index],
            "section_name": self.section_names[index],
            "xloc": float(self.xlocs[index]),
            "label": self.labels[index],
        }


class GridMethods(Geometry):
    __slots__ = ()
    kind = "grid"

    def __post_init__(self) -> None:
        put, owner = object.__setattr__, f"geometry '{self.id}'"
        put(self, "dims", tuple(self.dims))
        put(self, "coords", {str(dim): np.asarray(coord) for dim, coord in dict(self.coords).items()})
        put(self, "metadata", dict(self.metadata))
        if len(self.dims) != 2:
            raise ValueError(f"{owner}: a grid has exactly two dims, not {self.dims}")
        if set(self.coords) != set(self.dims):
            raise ValueError(
                f"{owner}: coordinates {sorted(self.coords)} must be given for exactly the dims {self.dims}"
            )
        for dim, coord in self.coords.items():
            if coord.ndim != 1:
                raise ValueError(f"{owner}: coordinate '{dim}' must have one dimension, not shape {coord.shape}")
