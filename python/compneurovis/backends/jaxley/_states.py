"""States of a network as user code reads them: numpy arrays by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np


class StateView(Mapping):
    """The states of the present step. Of a block of steps it shows one row after the other:
    no memory is taken per step."""

    __slots__ = ("_arrays", "_read", "_row")

    def __init__(self, arrays: dict[str, Any], row: int | None = None) -> None:
        self._arrays = arrays
        self._row = row
        self._read: dict[str, np.ndarray] = {}

    def at(self, row: int) -> StateView:
        self._row = row
        return self

    def __getitem__(self, name: str) -> np.ndarray:
        values = self._read.get(name)
        if values is None:
            values = self._read[name] = np.asarray(self._arrays[name])
        return values if self._row is None else values[self._row]

    def __iter__(self):
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._arrays)})"
