"""What does a step cost in a live JaxleySession, against one scan over the whole run of the same model in the same process?

`python bench/python/jaxley_steps.py [--steps N] [--rounds N]`. The scan has its parameters as arguments, as live controls
need them, and all stimuli on the device. Rounds are interleaved; ratios are medians of the ratios of each round. The session
is driven by hand at full speed, with its default hooks, with hooks that read three states per step, and through a host loop.
"""
import argparse
import statistics
import time

import jax
import jaxley as jx
import numpy as np
from jaxley.channels import HH
from jaxley.connect import connect
from jaxley.synapses import IonotropicSynapse

from compneurovis import JaxleySession, _core


class Tutorial(JaxleySession):
    """One cell, 5 compartments, a held current."""

    def build_cells(self):
        comp = jx.Compartment()
        cell = jx.Cell([jx.Branch([comp] * 5)], parents=[-1])
        cell.insert(HH())
        return [cell]

    def setup_model(self, network, cells):
        network.cell(0).branch(0).loc(0.5).stimulate(0.6, verbose=False)


class ThreeCells(JaxleySession):
    """3 cells, 87 compartments, 3 synapses, pulses."""

    def build_cells(self):
        cells = []
        for _ in range(3):
            cell = jx.Cell([jx.Branch(jx.Compartment(), ncomp=n) for n in (5, 6, 6, 6, 6)], parents=[-1, 0, 0, 0, 3])
            cell.insert(HH())
            cells.append(cell)
        return cells

    def setup_model(self, network, cells):
        for pre, post in ((0, 1), (1, 2), (2, 0)):
            connect(network.cell(pre).branch(1).loc(1.0), network.cell(post).branch(3).loc(0.5), IonotropicSynapse())
        pulses = (np.arange(1_000_000) % 250 < 20) * 0.1
        network.cell(0).branch(0).loc(0.5).stimulate(pulses, verbose=False)


def with_hooks(cls):
    class Hooked(cls):
        def _sample_step(self):
            return {"v": self._read_display_values(), "m": self._read_state("HH_m"), "n": self._read_state("HH_n")}

        def _emit_batch(self, times_array, steps):
            super()._emit_batch(times_array, [step["v"] for step in steps])

    return Hooked


def bare_scan(session, steps):
    step_fn, index = session._step_fn, session._rec_indices
    state = session._cnv_core.runner.arrays.initial_state(session.dt)
    table = session._externals["i"][:, :steps]
    table = np.where(np.isnan(table), table[:, :1], table)
    table = jax.device_put(np.resize(table, (len(table), steps)).T.astype(np.float32))
    inds = {"i": jax.device_put(session._external_inds["i"])}

    @jax.jit
    def scan(state, params, table, dt):
        def body(state, current):
            state = step_fn(dict(state), params, {"i": current}, inds, delta_t=dt)
            return state, state["v"][index]

        return jax.lax.scan(body, state, table)

    return lambda: np.asarray(scan(state, session._all_params, table, np.float32(session.dt))[1])


def by_hand(session, steps):
    batches = max(1, steps // session.steps_per_update())

    def run():
        for _ in range(batches):
            session.advance()

    return run


def hosted(cls, steps, **options):
    host = _core.testing.Host(lambda: cls(**options))
    host.add_viewer()
    host.tick(2)
    return lambda: host.tick(steps)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    for cls in (Tutorial, ThreeCells):
        made = {"batches of 50": cls(display_dt=5.0), "batches of 1": cls(display_dt=0.1), "full history": cls(display_dt=5.0, history_capture_mode="full"), "hooks v, m, n": with_hooks(cls)(display_dt=5.0)}
        for session in made.values():
            session.initialize()
        first = made["batches of 50"]
        runs = {"bare scan": bare_scan(first, asked.steps), **{name: by_hand(session, asked.steps) for name, session in made.items()}}
        runs["host, batches of 1"] = hosted(cls, asked.steps, display_dt=0.1)
        seconds = {name: [] for name in runs}
        for round_number in range(asked.rounds + 1):
            for name, run in runs.items():
                start = time.perf_counter()
                run()
                if round_number:
                    seconds[name].append((time.perf_counter() - start) / asked.steps)
        print(f"{cls.__name__}: {len(first.geometry.entity_ids)} compartments, {asked.steps} steps, {asked.rounds} rounds")
        for name, values in seconds.items():
            ratios = [value / bare for value, bare in zip(values, seconds["bare scan"])]
            print(f"  {name:20s} {1e6 * statistics.median(values):7.2f} us/step   x bare {statistics.median(ratios):5.2f} ({min(ratios):.2f} … {max(ratios):.2f})")


if __name__ == "__main__":
    main()
