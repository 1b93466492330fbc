"""Updates as they are at one moment: copies of their arrays, so that later changes do not show."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np


def snapshot(update: Any) -> Any:
    """A copy of a FieldReplace or FieldAppend with arrays of its own; other updates as they are.

    Raises TypeError, naming the field, for element types that cannot be shown.
    """
    changes = {}
    for name in ("values", "coord_values"):
        if hasattr(update, "field_id") and hasattr(update, name):
            changes[name] = _copied(update.field_id, name, getattr(update, name))
    if getattr(update, "coords", None) is not None:
        changes["coords"] = {dim: _copied(update.field_id, dim, coord) for dim, coord in update.coords.items()}
    return dataclasses.replace(update, **changes) if changes else update


def _copied(field_id: str, name: str, values: Any) -> np.ndarray:
    array = np.array(values)
    kind, size = array.dtype.kind, array.dtype.itemsize
    known = (
        kind in "biuUT"
        or (kind == "f" and size in (4, 8))
        or (kind == "O" and all(isinstance(item, str) for item in array.ravel()))
    )
    if not known:
        raise TypeError(
            f"field '{field_id}', {name}: arrays of type {array.dtype} cannot be shown: "
            "use bool, an integer type, float32, float64 or text"
        )
    return array
