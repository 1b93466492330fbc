"""A Jaxley model with the viewer attached, against one scan over a whole run of the same model in the same process.

    compneurovis run --headless --speed max jaxley_path.py MODEL ROUNDS SECONDS FILE    a JSON object per round to FILE
    compneurovis run … jaxley_path.py MODEL                                             only runs

MODEL is `three` or `large`; `-hooks` behind it: `_sample_step` is overridden in Python and reads v, m and n at each
step. A round is SECONDS of the live session, of the bare scan (parameters as arguments, as live controls need them) and
of jit(jx.integrate), whose parameters are constants; the viewer stays attached. After the last round come changes of a
parameter: how long until the batch with the first step that it acts on; every other batch is one without a change, for
comparison.
"""

import json
import os
import sys
import time

import jax
import jaxley as jx
import numpy as np

import jaxley_cells
from compneurovis import ControlSpec, JaxleySession, ScalarValueSpec, SetControl, build_jaxley_app, run_app

SETTLE_S, CHANGES = 3.0, 100
STEPS = {"three": 20_000, "large": 1_000}  # of one bare scan


def bare_scan(session, steps):
    step_fn, index = session._step_fn, session._rec_indices
    state = session._cnv_core.runner.arrays.initial_state(session.dt)
    table = jax.device_put(session._externals["i"][:, :steps].T.astype(np.float32))
    inds = {"i": jax.device_put(session._external_inds["i"])}

    @jax.jit
    def scan(state, params, table, dt):
        def body(state, current):
            state = step_fn(dict(state), params, {"i": current}, inds, delta_t=dt)
            return state, state["v"][index]

        return jax.lax.scan(body, state, table)

    return lambda: np.asarray(scan(state, session._all_params, table, np.float32(session.dt))[1])


def integrate(session, steps):
    network, table = session.network, session.network.externals["i"]

    @jax.jit
    def whole():
        return jx.integrate(network, delta_t=session.dt, t_max=(steps - 1) * session.dt)

    network.externals["i"] = np.asarray(table)[:, :steps].astype(np.float32)
    whole().block_until_ready()  # traced with the short table
    network.externals["i"] = table
    return lambda: np.asarray(whole())


def steps_per_s(run, steps, seconds):
    start, runs = time.perf_counter(), 0
    while (now := time.perf_counter()) - start < seconds:
        run()
        runs += 1
    return runs * steps / (now - start)


class Live(JaxleySession):
    def __init__(self):
        super().__init__(dt=jaxley_cells.DT[MODEL], display_dt=0.1, title=MODEL)

    def build_cells(self):
        return jaxley_cells.cells_of(MODEL)

    def setup_model(self, network, cells):
        jaxley_cells.set_up(MODEL, network)


class Measured(Live):
    def __init__(self):
        super().__init__()
        self.start = self.asked = self.bare = None
        self.turns, self.delays, self.batches = 0, [], []

    def control_specs(self):
        return [ControlSpec("HH_gNa", "gNa", ScalarValueSpec(0.12, 0.01, 0.5), send_to_session=True)]

    def apply_control(self, control_id, value):
        self.network.set(control_id, value)
        self.refresh_runtime_parameters()
        return True

    # Asked before each batch.
    def is_live(self):
        now = time.perf_counter()
        if self.start is None:
            self.start = now + SETTLE_S
            self.bare, self.whole = bare_scan(self, STEPS[MODEL]), integrate(self, STEPS[MODEL])
            self.bare(), self.whole()
            self.steps_before, self.start = None, time.perf_counter() + SETTLE_S
        elif self.rounds_left() <= 0:
            self.change(now)
        elif now >= self.start and self.steps_before is None:
            self.steps_before, self.start = self._step_index, now
        elif now - self.start >= SECONDS:
            self.end_round((self._step_index - self.steps_before) / (now - self.start))
        return True

    def rounds_left(self):
        return ROUNDS - len(rounds)

    def end_round(self, shown):
        steps = STEPS[MODEL]
        rounds.append(
            {
                "shown": shown,
                "bare": steps_per_s(self.bare, steps, SECONDS),
                "integrate": steps_per_s(self.whole, steps, SECONDS),
            }
        )
        self.steps_before, self.start = None, time.perf_counter() + 0.1

    def change(self, now):
        if self.asked is not None:
            (self.delays if self.turns % 2 else self.batches).append(1e3 * (now - self.asked))
        if len(self.batches) == CHANGES + 10:
            with open(FILE, "w") as out:
                json.dump({"rounds": rounds, "delays_ms": self.delays[10:], "batches_ms": self.batches[10:]}, out)
            os._exit(0)
        self.turns += 1
        self.asked = time.perf_counter()
        if self.turns % 2:
            self.handle(SetControl("HH_gNa", 0.1 + 0.0001 * self.turns))


class Hooked:
    def _sample_step(self):
        return {"v": self._read_display_values(), "m": self._read_state("HH_m"), "n": self._read_state("HH_n")}

    def _emit_batch(self, times_array, steps):
        super()._emit_batch(times_array, [step["v"] for step in steps])


NAME, *MEASURE = sys.argv[1:]
MODEL, _, HOOKS = NAME.partition("-")
ROUNDS, SECONDS, FILE = (int(MEASURE[0]), float(MEASURE[1]), MEASURE[2]) if MEASURE else (0, 0, None)
rounds = []
kind = Measured if MEASURE else Live
run_app(build_jaxley_app(type("Session", (Hooked, kind), {}) if HOOKS else kind))
