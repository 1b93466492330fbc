"""Methods of Field: checks, appending, selecting. The arrays stay the caller's; nothing is copied at construction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .._errors import UnknownDimError


class FieldMethods:
    __slots__ = ()

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "values", np.asarray(self.values))
        put(self, "dims", tuple(self.dims))
        put(self, "coords", {str(dim): np.asarray(coord) for dim, coord in dict(self.coords).items()})
        put(self, "attrs", dict(self.attrs))
        self._check()

    def _check(self) -> None:
        for dim, coord in self.coords.items():
            if coord.ndim != 1:
                raise ValueError(
                    f"field '{self.id}': coordinate '{dim}' must have one dimension, not shape {coord.shape}"
                )
        if len(self.dims) != self.values.ndim:
            raise ValueError(f"field '{self.id}': {len(self.dims)} dims for values of shape {self.values.shape}")
        if set(self.coords) != set(self.dims) or len(set(self.dims)) != len(self.dims):
            raise ValueError(
                f"field '{self.id}': coordinates {sorted(self.coords)} must be given for exactly the dims {self.dims}"
            )
        for axis, dim in enumerate(self.dims):
            if len(self.coords[dim]) != self.values.shape[axis]:
                raise ValueError(
                    f"field '{self.id}': coordinate '{dim}' has {len(self.coords[dim])} entries "
                    f"for an axis of {self.values.shape[axis]}"
                )

    def axis_index(self, dim: str) -> int:
        """Position of `dim` in `dims`, which is its axis in `values`. UnknownDimError: the field has no such dim."""
        if dim not in self.dims:
            raise UnknownDimError(f"field '{self.id}' has no dim '{dim}'")
        return self.dims.index(dim)

    def coord(self, dim: str) -> np.ndarray:
        """(n,) coordinates of `dim`, not copied. UnknownDimError: the field has no such dim."""
        if dim not in self.coords:
            raise UnknownDimError(f"field '{self.id}' has no dim '{dim}'")
        return self.coords[dim]

    def with_values(
        self, values: Any, coords: Mapping[str, Any] | None = None, attrs_update: Mapping[str, Any] | None = None
    ):
        """The same field with other values; without `coords` the coordinates stay."""
        return type(self)(
            self.id,
            values,
            self.dims,
            self.coords if coords is None else coords,
            self.unit,
            {**self.attrs, **(attrs_update or {})},
        )

    def append(
        self,
        dim: str,
        values: Any,
        coord_values: Any,
        *,
        max_length: int | None = None,
        attrs_update: Mapping[str, Any] | None = None,
    ):
        """Longer along `dim`; of the result only the last `max_length` (≥ 0) entries stay."""
        axis = self.axis_index(dim)
        values, coord_values = np.asarray(values), np.asarray(coord_values)
        if coord_values.ndim != 1:
            raise ValueError(f"field '{self.id}': coord_values must have one dimension, not shape {coord_values.shape}")
        fits = values.ndim == self.values.ndim and all(
            i == axis or values.shape[i] == n for i, n in enumerate(self.values.shape)
        )
        if not fits:
            raise ValueError(
                f"field '{self.id}': appended values of shape {values.shape} do not fit shape {self.values.shape} "
                f"along '{dim}'"
            )
        if len(coord_values) != values.shape[axis]:
            raise ValueError(
                f"field '{self.id}': {len(coord_values)} coordinates for {values.shape[axis]} appended entries"
            )
        joined = np.concatenate([self.values, values], axis=axis)
        coord = np.concatenate([self.coords[dim], coord_values])
        if max_length is not None and max_length >= 0:
            kept = slice(max(0, len(coord) - max_length), None)
            joined, coord = joined[(slice(None),) * axis + (kept,)], coord[kept]
        return self.with_values(joined, {**self.coords, dim: coord}, attrs_update)

    def resolve_indexer(self, dim: str, selector: Any) -> int | slice | np.ndarray:
        """What a selector means on `dim`: a position, a slice of positions, or positions."""
        from .. import _core

        coord = self.coord(dim)
        if isinstance(selector, slice):
            selector.indices(len(coord))
            return selector
        if isinstance(selector, np.generic) and not isinstance(selector, np.bool_):
            selector = selector.item()
        elif isinstance(selector, (list, tuple, np.ndarray)):
            selector = _selector_array(selector)
        resolved = _core.resolve_indexer(str(self.id), dim, coord, selector)
        return resolved if isinstance(resolved, int) else np.asarray(resolved, dtype=np.int32)

    def select(self, selectors: Mapping[str, Any]):
        """One dim after the other. The result may share memory with this field."""
        values, dims, coords = self.values, list(self.dims), dict(self.coords)
        present = self
        for dim, selector in selectors.items():
            axis = present.axis_index(dim)
            indexer = present.resolve_indexer(dim, selector)
            values = values[(slice(None),) * axis + (indexer,)]
            if isinstance(indexer, int):
                dims.pop(axis)
                coords.pop(dim)
            else:
                coords[dim] = coords[dim][indexer]
            present = type(self)(self.id, values, tuple(dims), coords, self.unit, self.attrs)
        return present


def _selector_array(selector: Any) -> np.ndarray:
    try:
        array = np.asarray(selector)
    except ValueError as problem:
        raise TypeError(f"a selector list must have one dimension: {problem}") from None
    if array.dtype.kind not in "biufUT" and array.ndim == 1:
        array = np.array([str(item) for item in selector])
    return array
