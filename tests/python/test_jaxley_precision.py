"""In double precision the blocks of a session are Jaxley's own steps."""

import pathlib
import subprocess
import sys

import pytest

pytest.importorskip("jaxley")

PROGRAM = """
import sys
import jax
jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp, numpy as np
sys.path.insert(0, sys.argv[1])
from jaxley_models import Pair

class Exact(Pair):
    def _sample_step(self):
        kept.append(self._state["v"][self._rec_indices])
        return self._read_display_values()

kept, steps = [], 60
session = Exact(dt=0.025, display_dt=2.5)
session.initialize()
while len(kept) < steps:
    session.advance()
assert kept[0].dtype == np.float64
table, inds = session._externals["i"], session._external_inds
state, worst = session._cnv_core.runner.arrays.initial_state(session.dt), 0.0
for step in range(steps):
    externals = {"i": jnp.asarray(table[:, step])}
    state = session._step_fn(dict(state), session._all_params, externals, inds, delta_t=session.dt)
    worst = max(worst, np.abs(np.asarray(state["v"])[session._rec_indices] - kept[step]).max())
print("facts", worst)
"""


def test_double_precision_is_jaxleys_own_to_the_last_digits():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(pathlib.Path(__file__).parent)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    (worst,) = next(line.split()[1:] for line in done.stdout.splitlines() if line.startswith("facts"))
    assert float(worst) <= 1e-9, done.stdout
