"""JaxleySession: bad input and exceptions of user code."""

import importlib

import numpy as np
import pytest

pytest.importorskip("jaxley")

import compneurovis as cnv
from compneurovis.backends.jaxley import _internals
from hosts import host
from jaxley_models import Cell


@pytest.mark.parametrize(
    "made, message",
    [([], "build_cells.. returned no cells"), (None, "build_cells.. returned None"), ([3], "build_cells.. returned 3")],
)
def test_cells_that_are_none(made, message):
    class Empty(cnv.JaxleySession):
        def build_cells(self):
            return made

    with pytest.raises((ValueError, TypeError), match=message):
        Empty().initialize()


def test_networks_that_are_none():
    class NoNetwork(Cell):
        def build_network(self, cells):
            return "network"

    class Bare(Cell):
        def build_network(self, cells):
            network = super().build_network(cells)
            network.nodes = network.nodes.iloc[:0]
            return network

    with pytest.raises(TypeError, match=r"return a jaxley\.Network"):
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
    with pytest.raises(ModuleNotFoundError, match=rf"'{missing}'.*pip install 'jaxley==0\.14\.\*' 'jax==0\.10\.\*'"):
        Cell().initialize()


@pytest.mark.parametrize("name, version", [("jaxley", "0.13.0"), ("jax", "0.11.1")])
def test_another_version_is_named_with_the_known_ones(monkeypatch, name, version):
    real = _internals._version
    monkeypatch.setattr(_internals, "_version", lambda asked: version if asked == name else real(asked))
    with pytest.raises(
        ImportError,
        match=rf"{name} {version}.*works with jaxley 0.14.\* and jax 0.10.\*: "
        r"pip install 'jaxley==0\.14\.\*' 'jax==0\.10\.\*'",
    ):
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
    assert any(
        "section 'cell_0_branch_0' is not a number at x = " in line and "from t = " in line for line in made.lines
    )
    assert made.exit_status == 0 and made.failures == []


@pytest.mark.parametrize(
    "hook", ["build_cells", "build_network", "setup_model", "cell_names", "build_scene", "control_specs"]
)
def test_an_exception_in_a_hook_of_the_start_is_told_with_its_place(hook):
    def broken(self, *args, **kwargs):
        raise RuntimeError("soma is missing")

    made = host(type("Broken", (Cell,), {hook: broken}))
    made.tick(2)
    (where, message, traceback), *rest = made.failures
    assert rest == [] and "soma is missing" in message and "soma is missing" in traceback
    assert where == ("geometry" if hook == "cell_names" else hook)


@pytest.mark.parametrize(
    "hook", ["_sample_step", "_emit_batch", "apply_action", "on_action", "on_key_press", "on_entity_clicked"]
)
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


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda cell: cell.branch(1).comp(0).set("radius", 0.0), "radius of cell(0).branch(1).comp(0) is 0 µm"),
        (
            lambda cell: cell.branch(2).comp(1).set("length", float("nan")),
            "length of cell(0).branch(2).comp(1) is nan µm",
        ),
        (lambda cell: cell.branch(1).comp(2).set("HH_gNa", float("nan")), "HH_gNa of cell(0).branch(1).comp(2) is nan"),
        (lambda cell: cell.set("HH_eK", float("inf")), "HH_eK of cell(0).branch(0).comp(0) is inf"),
    ],
)
def test_what_of_the_tables_is_not_a_number_is_named_with_its_place(change, named):
    import jaxley as jx
    from jaxley.channels import HH

    class Broken(cnv.JaxleySession):
        def build_cells(self):
            cell = jx.Cell([jx.Branch(jx.Compartment(), ncomp=4)] * 3, parents=[-1, 0, 0])
            cell.insert(HH())
            change(cell)
            return [cell]

    made = host(Broken)
    made.tick(6)
    (line,) = {line for line in made.lines if "is not a number" in line}
    assert named in line and "smaller dt" not in line
