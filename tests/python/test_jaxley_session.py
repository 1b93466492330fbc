"""JaxleySession: building, hooks, blocks of steps, display and the end."""

import importlib

import numpy as np
import pytest

pytest.importorskip("jaxley")

import compneurovis as cnv
from hosts import host, started
from jaxley_fixtures import cell, pair, shared_cell, shared_pair  # noqa: F401
from jaxley_models import Cell, compilations, reset, run

# ---- the tutorial ----------------------------------------------------------------------------------------------------


def test_the_tutorial_runs_as_written():
    tutorial = importlib.import_module("tutorial_jaxley")
    made = host(tutorial.MyJaxleySession)
    made.tick(30)
    scene = made.viewer()
    assert made.failures == [] and scene.views["trace"].rolling_window == 40.0
    geometry = scene.geometries["morphology"]
    assert geometry.entity_ids == tuple(f"cell_0_branch_0@{x:.3f}" for x in (0.1, 0.3, 0.5, 0.7, 0.9))
    assert np.isfinite(geometry.radii).all() and np.isfinite(geometry.positions).all()
    # The current is held, so that the cell stays depolarised.
    assert scene.fields["segment_display"].values[2] > -40
    made.send_control("stim_amp", 1.2)
    made.tick(3)
    assert made.failures == [] and made.model_state["stim_amp"] == 1.2
    # The tutorial appends to a field that it does not make: a warning, once.
    assert made.exit_status == 0 and sum("gating_history" in line for line in made.lines) == 1


def test_the_default_scene(shared_pair):
    scene = shared_pair.build_scene(
        geometry=shared_pair.geometry, display_values=np.zeros(12, np.float32), time_value=0.0
    )
    assert list(scene.views) == ["morphology", "trace"] and list(scene.actions) == ["reset"]
    assert scene.views["morphology"].color_limits == (-80.0, 50.0) and scene.fields["segment_display"].unit == "mV"
    assert len(shared_pair.geometry.entity_ids) == 12 and shared_pair.geometry.entity_ids[6] == "cell_1_branch_0@0.250"
    assert shared_pair.v_init == -70.0 and cnv.JaxleySession.HISTORY_CAPTURE_FULL == "full"


def test_cells_are_called_by_their_names():
    class Named(Cell):
        def build_cells(self):
            cells = [super(Named, self).build_cells() for _ in range(2)]
            cells[0].meta_name = "left"
            return tuple(cells)

        def cell_names(self, cells):
            return [name.upper() for name in super().cell_names(cells)]

    ids = started(Named).geometry.entity_ids
    assert ids[0] == "LEFT_branch_0@0.167" and ids[3] == "CELL_1_branch_0@0.167"


# ---- hooks -----------------------------------------------------------------------------------------------------------


class Watcher(Cell):
    """Notes each call of its hooks."""

    def _sample_step(self):
        self.__dict__.setdefault("calls", []).append(
            (self._step_index, self._time, self._read_state("v"), self._state["HH_m"].copy())
        )
        return self._read_display_values()

    def _emit_batch(self, times_array, steps):
        self.__dict__.setdefault("batches", []).append((np.array(times_array), np.array(steps)))
        super()._emit_batch(times_array, steps)


@pytest.fixture(scope="module")
def watcher():
    return started(Watcher, dt=0.1, display_dt=0.7)


def test_hooks_see_each_step_once_and_in_order_across_blocks(watcher, cell):
    for _ in range(60):
        watcher.advance()
    assert [call[0] for call in watcher.calls] == list(range(1, 421))
    times = np.concatenate([batch[0] for batch in watcher.batches])
    assert times.dtype == np.float64 and len(watcher.batches) == 60
    np.testing.assert_allclose(times, 0.1 * np.arange(1, 421), rtol=1e-12)
    rows = np.array([call[2] for call in watcher.calls])
    np.testing.assert_array_equal(rows, np.concatenate([batch[1] for batch in watcher.batches]))
    # Recording all states does not change the numbers.
    np.testing.assert_array_equal(rows, run(cell, 420))
    gates = np.array([call[3] for call in watcher.calls])
    assert (np.diff(gates[:, 0]) != 0).all() and rows[:, 0].max() > 0


def test_states_can_be_read_at_any_step_without_hooks(watcher, cell):
    reset(watcher)
    watcher.calls.clear()
    watcher.advance()
    kept = [call[3] for call in watcher.calls]
    for step in range(7):
        run(cell, 1)
        np.testing.assert_array_equal(cell._state["HH_m"], kept[step])
        np.testing.assert_array_equal(cell._read_state("v"), cell._read_display_values())
    assert np.isnan(cell._read_state("HH_m")[2]) and set(cell._state) == {"v", "HH_m", "HH_h", "HH_n", "i_HH"}


def test_a_state_that_is_not_there_is_named_with_those_that_are(cell):
    with pytest.raises(KeyError, match=r"no state 'Na_m'; it has: HH_h, HH_m, HH_n, i_HH, v"):
        cell._read_state("Na_m")


def test_states_of_synapses_have_their_own_length(pair):
    run(pair, 3)
    assert pair._read_state("IonotropicSynapse_s").shape == (1,) and pair._read_state("v").shape == (12,)
    # Branch points have places too.
    assert pair._state["v"].shape[0] > 12 and len(pair._rec_indices) == 12 and set(pair._rec_states) == {"v"}


def test_nothing_can_be_read_before_there_is_a_network():
    session = Cell()
    assert session._state is None and session._time == 0 and session._rec_indices is None and session._externals == {}
    session.refresh_runtime_parameters()
    session.refresh_runtime_externals()
    session._rebuild_stimulus()
    with pytest.raises(RuntimeError, match="before initialize"):
        session._read_display_values()


def test_rows_are_not_kept_alive_but_a_kept_one_stays(watcher):
    run(watcher, 1)
    kept = watcher._state["v"]
    copy = kept.copy()
    run(watcher, 200)
    np.testing.assert_array_equal(kept, copy)


# ---- blocks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [1, 7, 128])
def test_numbers_do_not_depend_on_the_size_of_blocks(pair, monkeypatch, most):
    whole = run(pair, 300)
    reset(pair)
    # The host's horizon cuts blocks; so does every rewind.
    rows = []
    for step in range(300):
        rows.append(run(pair, 1)[0])
        if step % most == 0:
            pair._cnv_core.rewind()
    np.testing.assert_array_equal(np.array(rows), whole)


def test_a_paced_host_gets_the_same_numbers(cell):
    whole = run(cell, 100)
    made = host(lambda: Cell(history_capture_mode="full"))
    made.send_run_control("speed", 50.0)
    while made.model_time < 9.95:
        made.tick()
    history = made.model().fields["segment_history"]
    np.testing.assert_array_equal(history.values[:, 1:101].T, whole)
    np.testing.assert_allclose(history.coords["time"][:101], 0.1 * np.arange(101), rtol=1e-12)


def test_blocks_have_one_shape_whatever_the_display_asks_for(cell):
    run(cell, 5)
    before = compilations[0]
    for display_dt in (0.1, 0.35, 3.0, 40.0, None):
        cell.display_dt = display_dt
        cell.advance()
    for dt in (0.05, 0.025, 0.1):
        cell.dt = dt
        cell.advance()
    assert compilations[0] == before


# ---- display, progress, the end --------------------------------------------------------------------------------------


def test_the_cell_can_be_coloured_by_any_state(cell):
    assert cell.display_variables == ["v", "HH_m", "HH_h", "HH_n", "i_HH"]
    run(cell, 3)
    cell.set_display_variable("HH_n")
    run(cell, 2)
    shown = [
        update.values
        for update in cell.read_updates()
        if isinstance(update, cnv.FieldReplace) and update.field_id == "segment_display"
    ]
    np.testing.assert_array_equal(shown[-1], cell._read_state("HH_n"))
    cell.set_display_variable("v")


def test_the_start_tells_what_it_does():
    made = host(Cell)
    made.tick(2)
    assert made.progress == [
        "Build model",
        "Load JAX and Jaxley",
        "Build cells",
        "Build network",
        "Set up model",
        "Geometry",
        "Parameters and state",
        "Compile",
        "Initialise",
    ]


def test_after_the_end_nothing_of_the_session_is_alive():
    import gc
    import weakref

    alive = []

    class Watched(Watcher):
        def setup_model(self, network, cells):
            alive.append(weakref.ref(self))
            super().setup_model(network, cells)

    gc.unfreeze()
    made = host(Watched, until_ms=1.0)
    made.tick(1)
    assert gc.get_freeze_count() > 10_000, "collecting garbage does not look through what was built"
    while made.tick():
        made.send_bye()
    del made
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert alive and alive[0]() is None
