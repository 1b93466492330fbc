"""Every kind of control in a session that writes down what it receives:
a JSON line per command into the file argv[1]."""

import json
import sys

import numpy as np

from compneurovis import (
    ActionSpec,
    AppSpec,
    BoolValueSpec,
    ChoiceValueSpec,
    ControlPresentationSpec,
    ControlRefused,
    ControlSpec,
    Field,
    LayoutSpec,
    LinePlotViewSpec,
    PanelSpec,
    ScalarValueSpec,
    Scene,
    XYValueSpec,
    run_app,
)
from compneurovis.session import BufferedSession, InvokeAction, KeyPressed, Reset, SetControl

X = np.linspace(0.0, 10.0, 101)


def control(id, label, value_spec, unit="", **presentation):
    return ControlSpec(id, label, value_spec, ControlPresentationSpec(**presentation), send_to_session=True, unit=unit)


def pad(id, label, shape):
    return control(
        id, label, XYValueSpec({"x": 0.0, "y": 0.0}, (-1.0, 1.0), (-1.0, 1.0), "x", "y"), kind="xy_pad", shape=shape
    )


CONTROLS = [
    control("amplitude", "Amplitude", ScalarValueSpec(1.0, 0.0, 2.0), "nA", kind="slider", steps=20),
    control("rate", "Rate", ScalarValueSpec(10.0, 1.0, 1000.0), "Hz", kind="slider", steps=30, scale="log"),
    control("limited", "At most one", ScalarValueSpec(0.5, 0.0, 4.0), kind="slider", steps=40),
    control("count", "Count", ScalarValueSpec(3, 1, 9, value_type="int"), kind="spinbox"),
    control("on", "Rectified", BoolValueSpec(False), kind="checkbox"),
    control("shape", "Shape", ChoiceValueSpec("sine", ("sine", "triangle", "square")), kind="dropdown"),
    pad("square", "Square pad", "square"),
    pad("round", "Round pad", "circle"),
]
ACTIONS = [
    ActionSpec("invert", "Invert", shortcuts=("I",)),
    ActionSpec("double", "Double", shortcuts=("Ctrl+D",)),
    ActionSpec("reset", "Reset", shortcuts=("Space",)),
]


class Book(BufferedSession):
    def initialize(self):
        self.file = open(sys.argv[1], "a", buffering=1)
        fields = {
            name: Field(name, values, ("x",), {"x": X}, unit="mV")
            for name, values in (("wave", np.sin(X)), ("decay", np.exp(-X)))
        }
        views = {
            name: LinePlotViewSpec(
                f"{name}-view", name.capitalize(), name, x_dim="x", x_label="x", y_label=name, y_unit="mV"
            )
            for name in fields
        }
        panels = [PanelSpec(f"{name}-panel", "line_plot", view_ids=(f"{name}-view",)) for name in fields]
        panels.append(
            PanelSpec(
                "controls-panel",
                "controls",
                control_ids=tuple(c.id for c in CONTROLS),
                action_ids=tuple(a.id for a in ACTIONS),
            )
        )
        return Scene(
            fields,
            {},
            {view.id: view for view in views.values()},
            controls={c.id: c for c in CONTROLS},
            actions={a.id: a for a in ACTIONS},
            layout=LayoutSpec("Every control", tuple(panels)),
        )

    def advance(self):
        pass

    def is_live(self):
        return False

    def write(self, *words):
        self.file.write(json.dumps(words) + "\n")

    def handle(self, command):
        if isinstance(command, SetControl):
            self.write(command.control_id, command.value)
            if command.control_id == "limited" and command.value > 1:
                raise ControlRefused("limited")
        elif isinstance(command, InvokeAction):
            self.write("action", command.action_id)
        elif isinstance(command, Reset):
            self.write("reset")
        elif isinstance(command, KeyPressed):
            self.write("key", command.key)


run_app(AppSpec(session=Book))
