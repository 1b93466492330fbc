"""Stimulus tables of Jaxley sessions: edges, held values, lengths, electrodes."""

import numpy as np
import pytest

pytest.importorskip("jaxley")

import compneurovis as cnv
from compneurovis.backends.jaxley._stimuli import Stimuli
from jaxley_models import Cell, compilations, reset, run


def played(tables, steps, first=0, size=8, key="i", slots=None):
    """What each electrode does at each step, taken from blocks."""
    places = {name: np.arange(len(table)) for name, table in tables.items()}
    stimuli = Stimuli(
        {name: np.array(table, float) for name, table in tables.items()}, places, size, np.float32, slots or {}
    )
    rows = [np.asarray(stimuli.block(start)[key]) for start in range(first, first + steps, size)]
    return np.concatenate(rows)[:steps], stimuli


@pytest.mark.parametrize("size", [1, 3, 8])
def test_each_step_has_its_value_and_the_end_is_zero(size):
    table = np.arange(1.0, 21.0).reshape(2, 10)
    rows, stimuli = played({"i": table}, 14, size=size)
    expected = np.zeros((14, 4), np.float32)
    expected[:10, :2] = table.T
    np.testing.assert_array_equal(rows, expected)
    assert stimuli.slots == {"i": 4}
    late, _ = played({"i": table}, 6, first=7, size=size)
    np.testing.assert_array_equal(late, expected[7:13])


def test_held_values_hold():
    nan = np.nan
    rows, _ = played({"i": [[0.6, nan, nan], [1.0, 2.0, 3.0], [nan, 5.0, nan]]}, 6)
    np.testing.assert_array_equal(
        rows[:, :3], np.float32([[0.6, 1, 0], [0.6, 2, 5], [0.6, 3, 5], [0.6, 0, 5], [0.6, 0, 5], [0.6, 0, 5]])
    )


def test_a_clamp_keeps_its_last_value_and_fills_its_slots_with_itself():
    rows, stimuli = played({"v": [[-60.0, -50.0], [-10.0, np.nan]]}, 4, key="v")
    np.testing.assert_array_equal(
        rows, np.float32([[-60, -10, -60, -60], [-50, -10, -50, -50], [-50, -10, -50, -50], [-50, -10, -50, -50]])
    )
    np.testing.assert_array_equal(stimuli.places["v"], [0, 1, 0, 0])
    np.testing.assert_array_equal(np.asarray(stimuli.block(0)["i"]), np.zeros((8, 4)))


def test_slots_grow_in_steps_and_are_not_given_up():
    assert played({}, 1)[1].slots == {"i": 4}
    for electrodes, slots in ((1, 4), (4, 4), (5, 8), (9, 16)):
        assert played({"i": np.zeros((electrodes, 2))}, 1)[1].slots == {"i": slots}
    assert played({"i": np.zeros((1, 2))}, 1, slots={"i": 8})[1].slots == {"i": 8}
    assert played({"i": np.zeros((1, 0))}, 3)[0].shape == (3, 4)


def test_a_block_in_which_nothing_changes_is_made_once():
    _, stimuli = played({"i": [[1.0, 2.0, 0.0, 0.0]]}, 1)
    assert stimuli.block(2) is stimuli.block(1000) and stimuli.block(1) is not stimuli.block(1)


# ---- in a session ----------------------------------------------------------------------------------------------------


class Bare(Cell):
    def setup_model(self, network, cells):
        pass


@pytest.fixture(scope="module")
def shared():
    session = Bare(dt=0.1)
    session.initialize()
    return session


@pytest.fixture
def cell(shared):
    shared.network.delete_stimuli()
    shared.network.delete_clamps()
    shared.refresh_runtime_externals()
    reset(shared)
    shared.read_updates()
    return shared


def stimulated(session, *currents):
    for index, current in enumerate(currents):
        session.network.cell(0).branch(0).comp(index % 3).stimulate(current, verbose=False)
    session.refresh_runtime_externals()
    reset(session)
    return run(session, 60)


def test_one_number_is_a_current_for_good(cell):
    held = stimulated(cell, 0.02)
    cell.network.delete_stimuli()
    np.testing.assert_array_equal(stimulated(cell, np.full(60, 0.02)), held)
    cell.network.delete_stimuli()
    assert np.abs(stimulated(cell, np.full(30, 0.02))[30:] - held[30:]).max() > 0.01


def test_stimuli_of_any_length_and_kind_stand_side_by_side(cell):
    both = stimulated(cell, 0.02, np.full(10, 0.05), np.float32(0.01))
    assert cell._externals["i"].shape == (3, 10)
    cell.network.delete_stimuli()
    rows = [np.full(60, 0.02), np.concatenate([np.full(10, 0.05), np.zeros(50)]), np.full(60, np.float32(0.01))]
    np.testing.assert_array_equal(stimulated(cell, *rows), both)
    # The other order: the longer one is there first.
    cell.network.delete_stimuli()
    cell.network.cell(0).branch(0).comp(1).stimulate(np.full(10, 0.05), verbose=False)
    cell.network.cell(0).branch(0).comp(0).stimulate(0.02, verbose=False)
    cell.network.cell(0).branch(0).comp(2).stimulate(0.01, verbose=False)
    cell.refresh_runtime_externals()
    reset(cell)
    np.testing.assert_allclose(run(cell, 60), both, atol=1e-5)


def test_deleting_a_held_stimulus_leaves_the_others(cell):
    stimulated(cell, 0.02, 0.05)
    cell.network.cell(0).branch(0).comp(0).delete_stimuli()
    cell.refresh_runtime_externals()
    reset(cell)
    left = run(cell, 60)
    cell.network.delete_stimuli()
    cell.network.cell(0).branch(0).comp(1).stimulate(0.05, verbose=False)
    cell.refresh_runtime_externals()
    reset(cell)
    np.testing.assert_array_equal(run(cell, 60), left)


def test_a_clamp_holds_and_can_be_released(cell):
    place = cell.network.cell(0).branch(0).comp(1)
    place.clamp("v", np.array([-60.0, -50.0, -40.0]), verbose=False)
    cell.refresh_runtime_externals()
    assert [update.message for update in cell.read_updates() if isinstance(update, cnv.Status)] == [
        "Recompiling for a clamp of v …",
        "ready",
    ]
    rows = run(cell, 5)
    np.testing.assert_array_equal(rows[:, 1], [-60, -50, -40, -40, -40])
    cell.network.cell(0).branch(0).comp(1).delete_clamps("v")
    before = compilations[0]
    cell.refresh_runtime_externals()
    assert run(cell, 1)[0, 1] != -40 and compilations[0] == before


def test_more_electrodes_than_slots_are_compiled_in_once_and_told(cell):
    few = stimulated(cell, *[0.01] * 4)
    assert not any(isinstance(update, cnv.Status) for update in cell.read_updates())
    v = cell._read_display_values()
    cell.network.cell(0).branch(0).comp(0).stimulate(0.0, verbose=False)
    cell.refresh_runtime_externals()
    np.testing.assert_array_equal(cell._read_display_values(), v)
    assert [update.message for update in cell.read_updates() if isinstance(update, cnv.Status)] == [
        "Recompiling for 5 electrodes …",
        "ready",
    ]
    reset(cell)
    np.testing.assert_allclose(run(cell, 60), few, atol=1e-4)
    before = compilations[0]
    cell.network.delete_stimuli()
    stimulated(cell, *[0.01] * 8)
    cell.network.delete_stimuli()
    stimulated(cell, 0.01)
    assert compilations[0] == before and not any(isinstance(update, cnv.Status) for update in cell.read_updates())


def test_wrong_stimuli_are_refused_with_what_is_wrong(cell):
    place = cell.network.cell(0).branch(0)
    with pytest.raises(ValueError, match="2 rows of values for 3 places"):
        place.stimulate(np.zeros((2, 5)))
    with pytest.raises(KeyError, match=r"no state 'HH_q'; it has: .*HH_m"):
        place.clamp("HH_q", 1.0)
    place.stimulate(np.zeros((3, 5)), verbose=False)
    cell.refresh_runtime_externals()
    assert cell._externals["i"].shape == (3, 5) and list(cell._external_inds["i"]) == [0, 1, 2]


def test_tables_of_a_script_can_be_set(cell):
    stimulated(cell, np.zeros(5))
    cell._externals = {"i": np.full((1, 60), 0.02)}
    reset_free = run(cell, 1)
    assert reset_free[0, 0] > -70 and cell._externals["i"].shape == (1, 60)
    with pytest.raises(ValueError, match="2 rows of values of 'i' for 1 places"):
        cell._externals = {"i": np.zeros((2, 3))}


def test_rebuilding_the_stimulus_runs_the_set_up_again_and_keeps_only_that():
    class Tuned(Cell):
        amplitude = 0.1

        def setup_model(self, network, cells):
            network.set("HH_gNa", 0.05)
            network.cell(0).branch(0).comp(0).stimulate(self.amplitude, verbose=False)

    session = Tuned(dt=0.1)
    session.initialize()
    session.network.set("HH_gNa", 0.2)
    session.refresh_runtime_parameters()
    session.amplitude = 0.3
    session._rebuild_stimulus()
    assert session._externals["i"][0, 0] == 0.3 and len(session._externals["i"]) == 1
    assert (session.network.nodes["HH_gNa"].dropna() == 0.2).all()
    assert run(session, 1)[0, 0] > -70
