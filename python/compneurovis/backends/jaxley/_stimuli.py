"""What is injected and clamped, cut into blocks of steps of one fixed shape, so that changes need no compilation."""

from __future__ import annotations

from typing import Any

import numpy as np

LEAST_SLOTS = 4
CURRENT = "i"


class Stimuli:
    """Tables (places, steps) by state, one value per step. NaN holds the value before it.

    After its last step a current is zero, unless its last value is held; a clamp keeps its last value. There are 4, 8,
    16, … slots per state. Unused ones inject nothing, or clamp once more what the first one clamps.
    """

    def __init__(
        self,
        tables: dict[str, np.ndarray],
        places: dict[str, np.ndarray],
        steps: int,
        dtype: Any,
        slots: dict[str, int],
    ) -> None:
        """`slots`: what was there before, which is not given up."""
        import jax

        self.steps = steps
        wanted = {CURRENT: np.zeros((0, 0)), **tables}
        self.counts = {key: len(table) for key, table in wanted.items() if len(table) or key == CURRENT}
        self.slots = {key: max(_slots(count), slots.get(key, 0)) for key, count in self.counts.items()}
        self._tracks = {
            key: _Track(wanted[key], self.slots[key], key == CURRENT, np.dtype(dtype)) for key in self.counts
        }
        self.places = {
            key: jax.device_put(_padded(np.asarray(places.get(key, []), np.int32), self.slots[key], key == CURRENT))
            for key in self.counts
        }
        self._device_put = jax.device_put
        self._last: dict[str, Any] | None = None

    def block(self, first_step: int) -> dict[str, Any]:
        """(steps, slots) arrays by state, for the steps from `first_step` on."""
        if first_step >= max(track.varying for track in self._tracks.values()):
            if self._last is None:
                self._last = self._cut(first_step)
            return self._last
        return self._cut(first_step)

    def _cut(self, first_step: int) -> dict[str, Any]:
        return {key: self._device_put(track.block(first_step, self.steps)) for key, track in self._tracks.items()}


class _Track:
    def __init__(self, table: np.ndarray, slots: int, is_current: bool, dtype: np.dtype) -> None:
        table = np.asarray(table, np.float64)
        held = np.isnan(table[:, -1]) | (not is_current) if table.size else np.zeros(len(table), bool)
        values = _held_forward(table)
        self.after = np.zeros(slots, dtype)
        if table.size:
            self.after[: len(values)] = np.where(held, values[:, -1], 0.0)
        self.values = _padded(values.astype(dtype), slots, is_current).T  # (steps, slots)
        if not is_current and len(values):
            self.after[len(values) :] = self.after[0]
        differs = np.flatnonzero((self.values != self.after).any(axis=1))
        # From this step on nothing changes any more.
        self.varying = int(differs[-1]) + 1 if len(differs) else 0

    def block(self, first_step: int, steps: int) -> np.ndarray:
        block = np.empty((steps, len(self.after)), self.after.dtype)
        given = self.values[first_step : first_step + steps]
        block[: len(given)] = given
        block[len(given) :] = self.after
        return block


def _slots(count: int) -> int:
    slots = LEAST_SLOTS
    while slots < count:
        slots *= 2
    return slots


def _padded(rows: np.ndarray, slots: int, is_current: bool) -> np.ndarray:
    padded = np.zeros((slots, *rows.shape[1:]), rows.dtype)
    padded[: len(rows)] = rows
    if not is_current and len(rows):
        padded[len(rows) :] = rows[0]
    return padded


def _held_forward(table: np.ndarray) -> np.ndarray:
    """NaN replaced by the last number before it, 0 where there is none."""
    if not np.isnan(table).any():
        return table
    known = np.where(np.isnan(table), -1, np.arange(table.shape[1]))
    latest = np.maximum.accumulate(known, axis=1)
    return np.where(latest < 0, 0.0, np.take_along_axis(table, np.maximum(latest, 0), axis=1))
