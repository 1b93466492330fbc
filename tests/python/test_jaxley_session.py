"""JaxleySession: building, hooks, blocks of steps and what changes while they run."""
import importlib

import numpy as np
import pytest

pytest.importorskip("jaxley")
import jax  # noqa: E402
import jaxley as jx  # noqa: E402
from jaxley.channels import HH, Leak  # noqa: E402

import compneurovis as cnv  # noqa: E402
from compneurovis import _core  # noqa: E402
from compneurovis.backends.jaxley import _internals, _runner  # noqa: E402
from jaxley_models import Cell, Pair, compilations, pulse, reset, run  # noqa: E402

Host = _core.testing.Host


def host(source, **options):
    made = Host(source, **options)
    made.add_viewer()
    return made


def started(cls=Cell, **options):
    session = cls(**options)
    session.initialize()
    return session


@pytest.fixture(scope="module")
def shared_cell():
    return started(dt=0.1)


@pytest.fixture(scope="module")
def shared_pair():
    return started(Pair, dt=0.1)


def fresh(session):
    """The session at its start, as its class sets it up."""
    session.dt = session.display_dt = 0.1
    session.network.set("v", -70.0)
    session.network.set("HH_gNa", 0.12)
    session.network.set("capacitance", 1.0)
    session.network.set("radius", 5.0 if isinstance(session, Cell) else 1.0)
    session.network.delete_clamps()
    session._rebuild_stimulus()
    reset(session)
    session.read_updates()
    return session


@pytest.fixture
def cell(shared_cell):
    return fresh(shared_cell)


@pytest.fixture
def pair(shared_pair):
    return fresh(shared_pair)


# ---- the tutorial -----------------------------------------------------------------------------------------------------------


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
    scene = shared_pair.build_scene(geometry=shared_pair.geometry, display_values=np.zeros(12, np.float32), time_value=0.0)
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


# ---- hooks ---------------------------------------------------------------------------------------------------------------------


class Watcher(Cell):
    """Notes each call of its hooks."""

    def _sample_step(self):
        self.__dict__.setdefault("calls", []).append((self._step_index, self._time, self._read_state("v"), self._state["HH_m"].copy()))
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


# ---- blocks ---------------------------------------------------------------------------------------------------------------------


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


# ---- changes act at the next step -----------------------------------------------------------------------------------------------


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
    expected = cell._step_fn({name: jax.numpy.asarray(v) for name, v in state.items()}, cell._all_params, externals, inds, delta_t=cell.dt)
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
    for name, value in {"HH_gNa": 0.11, "capacitance": 1.7, "axial_resistivity": 900.0, "IonotropicSynapse_gS": 2e-3, "length": 22.0, "radius": 1.4}.items():
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
    names = ["HH_gNa", "HH_gK", "HH_gLeak", "capacitance", "axial_resistivity", "IonotropicSynapse_gS", "radius", "length"]

    def change():
        kind = rng.integers(0, 12)
        if kind < 8:
            column = network.nodes if names[kind] in network.nodes.columns else network.edges
            network.set(names[kind], float(column[names[kind]].iloc[0] * rng.uniform(0.98, 1.02)))
            pair.refresh_runtime_parameters(preserve_state=bool(rng.integers(0, 2)))
        elif kind == 8:
            network.delete_stimuli()
            for _ in range(rng.integers(1, 5)):
                network.cell(int(rng.integers(0, 2))).branch(int(rng.integers(0, 3))).loc(rng.uniform()).stimulate(rng.uniform(0, 0.1, rng.integers(1, 900)), verbose=False)
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
    for name, value in {"HH_gK": 0.036, "HH_gLeak": 0.0003, "axial_resistivity": 5000.0, "IonotropicSynapse_gS": 1e-3, "length": 30.0}.items():
        network.set(name, value)


def test_a_control_with_the_name_of_an_attribute_sets_it():
    class Plain(Cell):
        gain = 1.0

        def control_specs(self):
            return [cnv.ControlSpec(id=name, label=name, value_spec=cnv.ScalarValueSpec(default=1.0, min=0, max=9), send_to_session=True) for name in ("gain", "display_dt", "unknown")]

    session = started(Plain)
    session.handle(cnv.SetControl("gain", 3.0))
    session.handle(cnv.SetControl("display_dt", 2.0))
    session.handle(cnv.SetControl("unknown", 2.0))
    assert session.gain == 3.0 and session.display_dt == 2.0 and "unknown" not in vars(session)


def test_the_start_is_at_v_init_unless_the_model_sets_its_own():
    assert (started(v_init=-62.0)._read_display_values() == -62).all()

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


# ---- channels and synapses that come later --------------------------------------------------------------------------------------


def test_a_channel_that_comes_later_is_compiled_in_and_states_go_on():
    session = started(dt=0.1)
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


# ---- bad input ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made, message", [([], "build_cells.. returned no cells"), (None, "build_cells.. returned None"), ([3], "build_cells.. returned 3")])
def test_cells_that_are_none(made, message):
    class Empty(cnv.JaxleySession):
        def build_cells(self):
            return made

    with pytest.raises((ValueError, TypeError), match=message):
        Empty().initialize()


def test_networks_that_are_none(cell):
    class NoNetwork(Cell):
        def build_network(self, cells):
            return "network"

    class Bare(Cell):
        def build_network(self, cells):
            network = super().build_network(cells)
            network.nodes = network.nodes.iloc[:0]
            return network

    with pytest.raises(TypeError, match="return a jaxley.Network"):
        NoNetwork().initialize()
    with pytest.raises(ValueError, match="without compartments"):
        Bare().initialize()


@pytest.mark.parametrize("missing", ["jax", "jaxley"])
def test_an_absent_package_is_named_with_what_to_install(monkeypatch, missing):
    present = importlib.import_module

    def absent(module, *args):
        if module.split(".")[0] == missing:
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
        return present(module, *args)

    package = importlib.import_module("compneurovis.backends.jaxley._package")
    monkeypatch.setattr(package.importlib, "import_module", absent)
    with pytest.raises(ModuleNotFoundError, match=rf"'{missing}'.*pip install 'compneurovis\[jaxley\]'"):
        Cell().initialize()


@pytest.mark.parametrize("name, version", [("jaxley", "0.13.0"), ("jax", "0.11.1")])
def test_another_version_is_named_with_the_known_ones(monkeypatch, name, version):
    real = _internals._version
    monkeypatch.setattr(_internals, "_version", lambda asked: version if asked == name else real(asked))
    with pytest.raises(ImportError, match=rf"{name} {version}.*works with jaxley 0.14.\* and jax 0.10.\*: pip install 'compneurovis\[jaxley\]'"):
        Cell().initialize()


def test_a_function_that_jaxley_lost_is_found_at_the_start(monkeypatch):
    monkeypatch.delattr(importlib.import_module("jaxley.integrate"), "build_init_and_step_fn")
    with pytest.raises(ImportError, match="works with jaxley"):
        _internals.check_versions()


def test_a_voltage_that_is_no_number_is_reported_with_its_place():
    class Breaking(Cell):
        def apply_action(self, action_id, payload):
            v = self._state["v"].copy()
            v[1] = np.nan
            self._state = {"v": v}
            return True

        def action_specs(self):
            return [cnv.ActionSpec("break", "Break")]

    made = host(Breaking)
    made.tick(5)
    made.send_action("break")
    made.tick(3)
    assert any("section 'cell_0_branch_0' is not a number at x = " in line and "from t = " in line for line in made.lines)
    assert made.exit_status == 0 and made.failures == []


@pytest.mark.parametrize("hook", ["build_cells", "build_network", "setup_model", "cell_names", "build_scene", "control_specs"])
def test_an_exception_in_a_hook_of_the_start_is_told_with_its_place(hook):
    def broken(self, *args, **kwargs):
        raise RuntimeError("soma is missing")

    made = host(type("Broken", (Cell,), {hook: broken}))
    made.tick(2)
    (where, message, traceback), *rest = made.failures
    assert rest == [] and "soma is missing" in message and "soma is missing" in traceback
    assert where == ("geometry" if hook == "cell_names" else hook)


@pytest.mark.parametrize("hook", ["_sample_step", "_emit_batch", "apply_action", "on_action", "on_key_press", "on_entity_clicked"])
def test_an_exception_in_a_running_hook_is_told_and_the_session_goes_on(hook):
    class Fragile(Cell):
        def action_specs(self):
            return [cnv.ActionSpec("kick", "Kick")]

    state = {"broken": False}

    def broken(self, *args):
        if state["broken"]:
            raise RuntimeError("too bad")
        return getattr(super(made_class, self), hook)(*args)

    made_class = type("Broken", (Fragile,), {hook: broken})
    made = host(made_class)
    made.tick(3)
    state["broken"] = True
    made.send_action("kick")
    made.send_key("k")
    made.send_click("cell_0_branch_0@0.500")
    made.tick(2)
    assert [failure[1] for failure in made.failures] == ["RuntimeError: too bad"]
    state["broken"] = False
    time = made.model_time
    made.send_run_control("run")
    made.tick(3)
    assert made.model_time > time and len(made.failures) == 1


def test_an_instance_is_refused():
    with pytest.raises(TypeError, match="build_jaxley_app"):
        cnv.build_jaxley_app(Cell())
    app = cnv.build_jaxley_app(Cell, title="T")
    assert app.session is Cell and app.title == "T"


# ---- display, progress, the end ---------------------------------------------------------------------------------------------------


def test_the_cell_can_be_coloured_by_any_state(cell):
    assert cell.display_variables == ["v", "HH_m", "HH_h", "HH_n", "i_HH"]
    run(cell, 3)
    cell.set_display_variable("HH_n")
    run(cell, 2)
    shown = [update.values for update in cell.read_updates() if isinstance(update, cnv.FieldReplace) and update.field_id == "segment_display"]
    np.testing.assert_array_equal(shown[-1], cell._read_state("HH_n"))
    cell.set_display_variable("v")


def test_the_start_tells_what_it_does():
    made = host(Cell)
    made.tick(2)
    assert made.progress == ["Build model", "Load JAX and Jaxley", "Build cells", "Build network", "Set up model", "Geometry", "Parameters and state", "Compile", "Initialise"]


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
