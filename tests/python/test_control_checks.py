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
