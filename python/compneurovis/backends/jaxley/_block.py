"""One compiled function that takes many steps. All that may change while a model runs is an argument of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

# A block is about this many values long, so that large networks do not clear buffers which they cannot fill in time.
_VALUES, _MOST_STEPS, _LEAST_STEPS = 131_072, 512, 8


def most_steps(width: int) -> int:
    return int(np.clip(_VALUES // max(width, 1), _LEAST_STEPS, _MOST_STEPS))


def make_block(step_fn: Callable, display_index: np.ndarray, steps: int, keep_states: bool) -> Callable:
    """block(state, params, externals, places, dt, n) → (state after n steps, (steps, entities) float32, kept states).

    externals: (steps, slots) by state. Rows from n on are zero. Kept states are (steps, size) by name, or {}. Results
    do not depend on how a run is divided into blocks: the loop's count is an argument too.
    """
    import jax
    import jax.numpy as jnp

    count = len(display_index)
    straight = np.array_equal(display_index, np.arange(count))
    index = np.asarray(display_index, np.int32)

    def displayed(state: dict[str, Any]):
        return (state["v"][:count] if straight else state["v"][index]).astype(jnp.float32)

    def block(state, params, externals, places, dt, n):
        rows = jnp.zeros((steps, count), jnp.float32)
        kept = (
            {name: jnp.zeros((steps, *values.shape), values.dtype) for name, values in state.items()}
            if keep_states
            else {}
        )

        def body(i, carry):
            state, rows, kept = carry
            now = {key: values[i] for key, values in externals.items()}
            state = step_fn(dict(state), params, now, places, delta_t=dt)  # it writes into the dict that it is given
            rows = jax.lax.dynamic_update_index_in_dim(rows, displayed(state), i, 0)
            kept = {
                name: jax.lax.dynamic_update_index_in_dim(values, state[name], i, 0) for name, values in kept.items()
            }
            return state, rows, kept

        return jax.lax.fori_loop(0, n, body, (state, rows, kept))

    return jax.jit(block)
