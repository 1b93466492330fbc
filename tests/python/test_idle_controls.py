"""What a person writes or moves and that does nothing is said: hooks, controls, actions, point processes."""

import json
import textwrap

import pytest

import compneurovis as cnv
from hosts import host, run_script


def neuron_session(**namespace):
    from neuron import h

    class Cell(cnv.NeuronSession):
        def build_sections(self):
            self.soma = h.Section(name="soma")
            self.soma.L = self.soma.diam = 20
            return [self.soma]

        def control_specs(self):
            slider = cnv.ControlPresentationSpec("slider")
            return [
                cnv.ControlSpec("gain", "Gain", cnv.ScalarValueSpec(1.0, 0, 5), slider, send_to_session=True),
                cnv.ControlSpec("display_dt", "Every", cnv.ScalarValueSpec(1.0, 0.1, 5), slider, send_to_session=True),
            ]

        def action_specs(self):
            return [cnv.ActionSpec("kick", "Kick")]

    return type("Own", (Cell,), namespace)


def driven(session_class):
    made = host(session_class)
    made.tick(2)
    return made


def test_a_control_that_no_hook_takes_says_so_and_goes_back():
    made = driven(neuron_session())
    made.send_control("gain", 2.0)
    made.tick(2)
    assert made.viewer_state["gain"] == 1.0
    assert any("nothing in the session takes 'gain'" in text and "apply_control()" in text for text in made.messages)
    assert not any("refused" in text for text in made.messages)
    made.send_control("display_dt", 2.0)
    made.tick(2)
    assert not any("Every stays" in text for text in made.messages), "a parameter of the session"


def test_a_control_that_its_hook_refuses_is_refused():
    made = driven(neuron_session(apply_control=lambda self, control_id, value: False))
    made.send_control("gain", 2.0)
    made.tick(2)
    assert any("refused" in text for text in made.messages)
    assert not any("nothing in the session" in text for text in made.messages)


@pytest.mark.parametrize(
    ("hooks", "said"),
    [
        ({}, True),
        ({"apply_action": lambda self, action_id, payload: None}, False),
        ({"on_action": lambda self, action_id, payload, context: None}, False),
    ],
    ids=["no hook", "apply_action", "on_action"],
)
def test_an_action_that_no_hook_takes_says_so(hooks, said):
    made = driven(neuron_session(**hooks))
    made.send_action("kick")
    made.tick(2)
    assert any("The action 'kick' does nothing" in text for text in made.messages) == said


@pytest.mark.parametrize("bound", [False, True])
def test_a_control_that_reaches_nobody_says_so_once(bound):
    field = cnv.Field("wave", [0.0, 1.0], ("x",), {"x": [0.0, 1.0]})
    title = cnv.StateBinding("gain") if bound else None
    view = cnv.LinePlotViewSpec("wave", "Wave", "wave", x_dim="x", y_max=title)
    control = cnv.ControlSpec("gain", "Gain", cnv.ScalarValueSpec(1.0, 0, 5), cnv.ControlPresentationSpec("slider"))

    class Still(cnv.BufferedSession):
        def initialize(self):
            view_specs = (
                {"wave": view}
                if not bound
                else {"wave": cnv.HeatMapViewSpec("wave", "Wave", "map", color_limits=cnv.StateBinding("gain"))}
            )
            fields = {"wave": field, "map": cnv.Field("map", [[0.0, 1.0]], ("y", "x"), {"y": [0.0], "x": [0.0, 1.0]})}
            return cnv.Scene(fields, {}, view_specs, controls={"gain": control})

        def advance(self):
            pass

        def handle(self, command):
            pass

    made = driven(Still)
    for value in (2.0, 3.0):
        made.send_control("gain", value)
        made.tick(2)
    remarks = [text for text in made.messages if "send_to_session=True" in text]
    assert len(remarks) == (0 if bound else 1), made.messages


SCRIPT = """
    from neuron import h
    from compneurovis import *

    class Cell(NeuronSession):
        def build_sections(self):
            self.soma = h.Section(name="soma")
            return [self.soma]
        {body}
    run_app(build_neuron_app(Cell))
"""


def outcome(tmp_path, body):
    script = textwrap.dedent(SCRIPT).replace("{body}", textwrap.indent(textwrap.dedent(body), " " * 4).lstrip())
    run = run_script(tmp_path, script, "--until-ms 2 --report r.json")
    report = json.loads((tmp_path / "r.json").read_text()) if (tmp_path / "r.json").exists() else {}
    return run, report


@pytest.mark.parametrize(
    ("body", "hook"),
    [
        ("def aply_control(self, control_id, value): pass", "apply_control"),
        ("def setup_modle(self, sections): pass", "setup_model"),
        ("def on_recorded_sample(self, times, values): pass", "on_recorded_samples"),
        ("def control_spec(self): return []", "control_specs"),
    ],
)
def test_a_misspelt_hook_is_named(tmp_path, body, hook):
    run, report = outcome(tmp_path, body)
    assert run.returncode == 0, run.stderr
    (warning,) = report["warnings"]
    assert f"is {hook}() meant?" in warning and "script.py, line" in warning


@pytest.mark.parametrize(
    "body",
    [
        "def amplitude(self): pass",
        "def apply_controls(self): pass\ndef apply_control(self, control_id, value): pass",
        "def _sample_rate(self): pass",
        "def _build_scene(self): pass",
        "def records(self): pass",
        "def setup_models(self): pass\ndef setup_model(self, sections): self.setup_models()",
    ],
)
def test_other_methods_are_left_alone(tmp_path, body):
    run, report = outcome(tmp_path, body)
    assert run.returncode == 0 and report["warnings"] == [], run.stderr


@pytest.mark.parametrize("hook", ["control_specs", "action_specs"])
def test_specs_without_return_are_an_error(tmp_path, hook):
    run, _ = outcome(tmp_path, f"def {hook}(self): []")
    assert run.returncode == 1 and f"{hook}() returned None" in run.stderr and "`return`" in run.stderr


@pytest.mark.parametrize(
    ("statement", "gone"),
    [
        ("clamp = h.IClamp(self.soma(0.5))", "IClamp"),
        ("h.ExpSyn(self.soma(0.5))", "ExpSyn"),
        ("clamp: object = h.IClamp(self.soma(0.5))", "IClamp"),
        ("h.IClamp(self.soma(0.5)).amp = 1", "IClamp"),
        ("from neuron import n; n.IClamp(self.soma(0.5)).amp = 1", "IClamp"),
        ("import neuron; clamp = neuron.h.IClamp(self.soma(0.5))", "IClamp"),
        ("if sections: h.IClamp(self.soma(0.5)).amp = 1", "IClamp"),
        ("h.NetCon(self.soma(0.5)._ref_v, None, sec=self.soma)", "NetCon"),
        ("h.FInitializeHandler(lambda: None)", "FInitializeHandler"),
        ("self.clamps = [h.IClamp(self.soma(x)) for x in (0.2, 0.8)]", None),
        ("if not sections: clamp = h.IClamp(self.soma(0.5))", None),
        ("h.celsius = 20; h.finitialize(-65)", None),
        ("self.clamp = h.IClamp(self.soma(0.5))", None),
        ("clamp = h.IClamp(self.soma(0.5)); self.others = [clamp]", None),
        ("clamp = h.IClamp(self.soma(0.5)); return clamp", None),
        ("times = h.Vector(10)", None),
    ],
)
def test_a_point_process_that_nothing_keeps_is_named_with_its_line(tmp_path, statement, gone):
    run, report = outcome(tmp_path, f"def setup_model(self, sections):\n    self.soma.insert('hh')\n    {statement}")
    assert run.returncode == 0, run.stderr
    if gone is None:
        assert report["warnings"] == []
    else:
        (warning,) = report["warnings"]
        assert warning.startswith(f"The {gone} made in ") and "line 11" in warning and f"= h.{gone}(" in warning
