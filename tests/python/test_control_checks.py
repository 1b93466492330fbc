"""A control that contradicts itself ends the start with an error that names it: no window shows another value."""

import pytest

from hosts import run_script

SCRIPT = """
import numpy as np
from compneurovis import *

time = np.arange(0, 100, 0.1)
field = Field("f", np.sin(time / 5), ("time",), {{"time": time}}, unit="mV")
view = LinePlotViewSpec("f", "Plot", "f", x_dim="time")
control = {control}
run_app(AppSpec(scene=Scene({{"f": field}}, {{}}, {{"f": view}}, controls={{"it": control}})))
"""


def run(folder, control):
    options = "--speed max --until-ms 0 --wall 30 --report r.json"
    return run_script(folder, SCRIPT.format(control=control), options)


@pytest.mark.parametrize(
    ("control", "said"),
    [
        ('ControlSpec("it", "It", ScalarValueSpec(25.0, 0.0, 10.0))', ("default 25.0", "10")),
        ('ControlSpec("it", "It", ChoiceValueSpec("TTX", ("none", "TEA")))', ("'TTX'", "'TEA'")),
        (
            'ControlSpec("it", "It", ScalarValueSpec(1.0, 0.0, 10.0), ControlPresentationSpec("slider", scale="log"))',
            ("log", "min is 0", "max 10"),
        ),
        ('ControlSpec("it", "It", XYValueSpec({"x": 2.0, "y": 0.5}))', ("default", "2.0", "1.0")),
        ('ControlSpec("it", "It", ScalarValueSpec("one", 0.0, 10.0))', ("'one'", "not a number")),
        (
            'ControlSpec("it", "It", XYValueSpec({"x": 1, "y": 1}, (-1, 1), (-1, 1)), '
            'ControlPresentationSpec("xy_pad", shape="circle"))',
            ("default (1, 1)", "outside the circle", "-1 … 1"),
        ),
        ('ControlSpec("it", "It", XYValueSpec({"x": 0.5, "y": 0.5, "z": 1}))', ("'z'", "x and y")),
        ('ControlSpec("", "It", ScalarValueSpec(1.0, 0.0, 10.0))', ("id", "")),
        ('ControlSpec("other", "It", ScalarValueSpec(1.0, 0.0, 10.0))', ("'other'", "'it'")),
    ],
)
def test_it_is_named(tmp_path, control, said):
    done = run(tmp_path, control)
    assert done.returncode != 0
    for part in (*said, "Error", "control"):
        assert part in done.stderr


def test_a_slider_of_whole_numbers_is_a_slider(tmp_path):
    done = run(
        tmp_path,
        'ControlSpec("it", "It", ScalarValueSpec(3, 0, 9, value_type="int"), ControlPresentationSpec("slider"))',
    )
    assert done.returncode == 0, done.stderr


def test_a_default_on_the_rim_of_a_circle_is_inside(tmp_path):
    control = (
        'ControlSpec("it", "It", XYValueSpec({"x": 3, "y": 0}, (1, 3), (-5, 5)), '
        'ControlPresentationSpec("xy_pad", shape="circle"))'
    )
    done = run(tmp_path, control)
    assert done.returncode == 0, done.stderr


SESSION = """
from neuron import h
from compneurovis import *


class Cell(NeuronSession):
    def build_sections(self):
        self.soma = h.Section(name="soma")
        return [self.soma]

    def {hook}(self):
        return {specs}


run_app(build_neuron_app(Cell))
"""


@pytest.mark.parametrize(
    ("hook", "specs", "said"),
    [
        (
            "control_specs",
            '[ControlSpec("a", "One", ScalarValueSpec(1, 0, 2)), ControlSpec("a", "Two", ScalarValueSpec(1, 0, 3))]',
            "two controls have the id 'a' (labels 'One' and 'Two')",
        ),
        ("action_specs", '[ActionSpec("go", "Go"), ActionSpec("go", "Run")]', "two actions have the id 'go'"),
        (
            "control_specs",
            '{"b": ControlSpec("a", "One", ScalarValueSpec(1, 0, 2))}',
            "control_specs() has 'a' under the key 'b': both must be the same",
        ),
    ],
)
def test_ids_of_a_session_that_contradict_each_other_are_named(tmp_path, hook, specs, said):
    pytest.importorskip("neuron")
    script = SESSION.format(hook=hook, specs=specs)
    done = run_script(tmp_path, script, "--speed max --until-ms 1 --wall 30 --report r.json")
    assert done.returncode == 1 and said in done.stderr, done.stderr
