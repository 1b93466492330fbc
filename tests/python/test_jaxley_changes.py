"""JaxleySession: what changes while it runs, and what that costs."""

import numpy as np
import pytest

pytest.importorskip("jaxley")
import jax
from jaxley.channels import Leak

import compneurovis as cnv
from hosts import started
from jaxley_fixtures import cell, fresh, pair, shared_cell, shared_pair  # noqa: F401
from jaxley_models import Cell, compilations, reset, run


def changes(session):
    """Each as a function of a session, with what a fresh run with it from the start differs in."""
    network = session.network

    def parameter(name, value):
        network.set(name, value)
        session.refresh_runtime_parameters()

    def stimulus():
        network.delete_stimuli()
        network.cell(0).branch(0).comp(1).stimulate(0.3)
        session.refresh_runtime_externals()

    def clamp():
        network.cell(0).branch(0).comp(0).clamp("v", -10.0)
        session.refresh_runtime_externals()

    return {
        "gNa": lambda: parameter("HH_gNa", 0.2),
        "capacitance": lambda: parameter("capacitance", 2.0),
        "radius": lambda: parameter("radius", 2.0),
        "stimulus": stimulus,
        "clamp": clamp,
        "dt": lambda: setattr(session, "dt", 0.05),
        "state": lambda: setattr(session, "_state", {"v": np.full_like(session._state["v"], -30.0)}),
    }


@pytest.mark.parametrize("change", ["gNa", "capacitance", "radius", "stimulus", "clamp", "dt", "state"])
def test_a_change_acts_at_the_very_next_step(cell, change):
    """Against the step function itself, called step by step with what holds at that step."""
    do = changes(cell)[change]
    before = run(cell, 13)
    state = {name: values.copy() for name, values in cell._state.items()}
    params, index = cell._all_params, cell._step_index
    do()
    np.testing.assert_array_equal(cell._read_display_values(), before[-1])
    now = {name: values.copy() for name, values in cell._state.items()}
    if change == "state":
        state["v"] = np.full_like(state["v"], -30.0)
    for name in state:
        np.testing.assert_array_equal(now[name], state[name])
    if change in ("gNa", "capacitance", "radius"):
        assert cell._all_params is not params
    table = cell._externals["i"]
    column = table[:, index] if index < table.shape[1] else np.where(np.isnan(table[:, -1]), table[:, 0], 0.0)
    column = np.where(np.isnan(column), table[:, 0], column)
    externals, inds = {"i": column.astype(np.float32)}, {"i": cell._external_inds["i"]}
    if change == "clamp":
        externals["v"], inds["v"] = np.float32([-10.0]), cell._external_inds["v"]
    expected = cell._step_fn(
        {name: jax.numpy.asarray(v) for name, v in state.items()}, cell._all_params, externals, inds, delta_t=cell.dt
    )
    after = run(cell, 1)[0]
    np.testing.assert_allclose(after, np.asarray(expected["v"])[cell._rec_indices], atol=2e-3)
    # And the change matters, already at this step.
    unchanged = fresh(cell)
    assert not np.allclose(run(unchanged, 14)[-1], after, atol=1e-2)


def test_dt_changes_time_from_there_on(cell):
    run(cell, 10)
    cell.dt = 0.025
    run(cell, 4)
    assert cell._time == pytest.approx(1.1) and cell._step_index == 14


def test_a_fast_refresh_is_what_jaxley_itself_computes(pair):
    network = pair.network
    for name, value in {
        "HH_gNa": 0.11,
        "capacitance": 1.7,
        "axial_resistivity": 900.0,
        "IonotropicSynapse_gS": 2e-3,
        "length": 22.0,
        "radius": 1.4,
    }.items():
        network.set(name, value)
        pair.refresh_runtime_parameters()
        network.to_jax()
        _, expected = pair._init_fn(network.get_parameters(), {}, None, 0.1)
        present = pair._all_params
        assert present.keys() == expected.keys()
        for key in expected:
            for a, b in zip(jax.tree.leaves(present[key]), jax.tree.leaves(expected[key])):
                np.testing.assert_allclose(a, b, rtol=2e-6, err_msg=f"{name}: {key}")
    network.set("axial_resistivity", 5000.0)
    network.set("IonotropicSynapse_gS", 1e-3)
    network.set("length", 30.0)


def test_unchanged_parameters_stay_the_same_objects(cell):
    before = cell._all_params
    cell.refresh_runtime_parameters()
    assert cell._all_params is before
    cell.network.set("HH_gNa", 0.13)
    cell.refresh_runtime_parameters()
    assert cell._all_params["HH_gK"] is before["HH_gK"] and cell._all_params["HH_gNa"] is not before["HH_gNa"]


def test_trainable_parameters_count_as_jaxley_counts_them():
    class Trained(Cell):
        def setup_model(self, network, cells):
            network.cell(0).branch(0).comp(0).make_trainable("HH_gNa", verbose=False)

    session = started(Trained)
    assert session._all_params["HH_gNa"][0] == np.float32(0.12)
    session.network.trainable_params[0]["HH_gNa"] = jax.numpy.array([0.3])
    session.refresh_runtime_parameters()
    np.testing.assert_allclose(session._all_params["HH_gNa"][:2], [0.3, 0.12], rtol=1e-6)


def test_states_from_the_tables_when_they_are_not_to_be_preserved(cell):
    run(cell, 10)
    cell.network.set("v", -55.0)
    cell.refresh_runtime_parameters()
    assert cell._read_state("v")[0] != -55.0
    cell.refresh_runtime_parameters(preserve_state=False)
    assert (cell._read_state("v") == -55.0).all() and cell._step_index == 10


def test_states_that_were_set_and_go_on_are_said_to(cell):
    run(cell, 4)
    cell.read_updates()
    cell.network.set("v", -12.5)
    cell.refresh_runtime_parameters()
    said = [update.message for update in cell.read_updates() if isinstance(update, cnv.Status)]
    assert len(said) == 1 and "(v)" in said[0] and "preserve_state=False" in said[0]
    cell.network.set("HH_gNa", 0.1)
    cell.refresh_runtime_parameters()
    assert not [update for update in cell.read_updates() if isinstance(update, cnv.Status)]


def test_reset_gives_the_first_run_again(pair):
    first = run(pair, 250)
    pair.network.set("HH_gNa", 0.05)
    pair.refresh_runtime_parameters()
    run(pair, 33)
    pair.network.set("HH_gNa", 0.12)
    reset(pair)
    assert pair._time == 0 and pair._step_index == 0 and (pair._read_display_values() == -70).all()
    np.testing.assert_array_equal(run(pair, 250), first)


def test_reset_takes_what_the_tables_say_now(cell):
    cell.network.set("v", -62.0)
    reset(cell)
    assert (cell._read_display_values() == -62).all()


def test_a_hundred_random_changes_compile_nothing(pair):
    rng = np.random.default_rng(1)
    network = pair.network
    names = [
        "HH_gNa",
        "HH_gK",
        "HH_gLeak",
        "capacitance",
        "axial_resistivity",
        "IonotropicSynapse_gS",
        "radius",
        "length",
    ]

    def change():
        kind = rng.integers(0, 12)
        if kind < 8:
            column = network.nodes if names[kind] in network.nodes.columns else network.edges
            network.set(names[kind], float(column[names[kind]].iloc[0] * rng.uniform(0.98, 1.02)))
            pair.refresh_runtime_parameters(preserve_state=bool(rng.integers(0, 2)))
        elif kind == 8:
            network.delete_stimuli()
            for _ in range(rng.integers(1, 5)):
                network.cell(int(rng.integers(0, 2))).branch(int(rng.integers(0, 3))).loc(rng.uniform()).stimulate(
                    rng.uniform(0, 0.1, rng.integers(1, 900)), verbose=False
                )
            pair.refresh_runtime_externals()
        elif kind == 9:
            network.delete_stimuli()
            network.cell(0).branch(0).loc(0.5).stimulate(rng.uniform(0, 0.1), verbose=False)
            pair.refresh_runtime_externals()
        elif kind == 10:
            pair.dt = float(rng.uniform(0.02, 0.1))
        else:
            reset(pair)
        pair.display_dt = float(rng.uniform(0.1, 5))
        pair.advance()

    for _ in range(10):
        change()
    pair.refresh_runtime_parameters(preserve_state=False)
    before = compilations[0]
    for _ in range(100):
        change()
    assert compilations[0] == before
    for name, value in {
        "HH_gK": 0.036,
        "HH_gLeak": 0.0003,
        "axial_resistivity": 5000.0,
        "IonotropicSynapse_gS": 1e-3,
        "length": 30.0,
    }.items():
        network.set(name, value)


def test_a_control_with_the_name_of_an_attribute_sets_it():
    class Plain(Cell):
        gain = 1.0

        def control_specs(self):
            return [
                cnv.ControlSpec(
                    id=name, label=name, value_spec=cnv.ScalarValueSpec(default=1.0, min=0, max=9), send_to_session=True
                )
                for name in ("gain", "display_dt", "unknown")
            ]

    session = started(Plain)
    session.handle(cnv.SetControl("gain", 3.0))
    session.handle(cnv.SetControl("display_dt", 2.0))
    session.handle(cnv.SetControl("unknown", 2.0))
    assert session.gain == 3.0 and session.display_dt == 2.0 and "unknown" not in vars(session)


def test_the_start_is_at_v_init_unless_the_model_sets_its_own():
    assert (started(Cell, v_init=-62.0)._read_display_values() == -62).all()

    class Own(Cell):
        def setup_model(self, network, cells):
            network.cell(0).branch(0).comp(1).set("v", -50.0)

    np.testing.assert_array_equal(started(Own, v_init=-62.0)._read_display_values(), np.float32([-70, -50, -70]))


@pytest.mark.parametrize("v", [-40.0, -55.0])
def test_potentials_at_which_hodgkin_huxley_divides_by_zero_are_passed(cell, v):
    """One step from there is between the steps from both sides."""

    def step_from(value):
        reset(cell)
        cell._state = {"v": np.full_like(cell._state["v"], value)}
        run(cell, 1)
        return cell._read_state("HH_m")[:2], cell._read_state("HH_n")[:2]

    below, at, above = (step_from(v + shift) for shift in (-0.01, 0.0, 0.01))
    for low, middle, high in zip(below, at, above):
        assert (low < middle).all() and (middle < high).all()


# ---- channels and synapses that come later ---------------------------------------------------------------------------


def test_a_channel_that_comes_later_is_compiled_in_and_states_go_on():
    session = started(Cell, dt=0.1)
    run(session, 20)
    v, m = session._read_state("v"), session._read_state("HH_m")
    session.network.cell(0).branch(0).comp(2).insert(Leak())
    session.refresh_runtime_parameters()
    np.testing.assert_array_equal(session._read_state("v"), v)
    np.testing.assert_array_equal(session._read_state("HH_m"), m)
    texts = [update.message for update in session.read_updates() if isinstance(update, cnv.Status)]
    assert texts == ["Recompiling for other channels or synapses …", "ready"]
    run(session, 5)
    assert "Leak_gLeak" in session._all_params and np.isfinite(session._read_display_values()).all()
