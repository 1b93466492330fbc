"""Every kind of control and action in a session of its own: a wave whose shape is set by hand.

Controls that the session must know are sent to it;
the colour of the trace is bound to its control and never leaves the window.
"""

import numpy as np

from compneurovis import (
    ActionSpec,
    AppSpec,
    BoolValueSpec,
    ChoiceValueSpec,
    ControlPresentationSpec,
    ControlSpec,
    Field,
    FieldReplace,
    LayoutSpec,
    LinePlotViewSpec,
    PanelSpec,
    ScalarValueSpec,
    Scene,
    StateBinding,
    StatePatch,
    Status,
    XYValueSpec,
    run_app,
)
from compneurovis.session import BufferedSession, InvokeAction, KeyPressed, Reset, SetControl

TIME = np.linspace(0.0, 100.0, 1001)  # ms
SHAPES = {
    "sine": lambda phase: np.sin(2 * np.pi * phase),
    "triangle": lambda phase: 2 * np.abs(2 * (phase % 1) - 1) - 1,
    "square": lambda phase: np.where(phase % 1 < 0.5, 1.0, -1.0),
}


def control(id, label, value_spec, group, unit="", **presentation):
    return ControlSpec(
        id=id,
        label=label,
        value_spec=value_spec,
        unit=unit,
        send_to_session=True,
        presentation=ControlPresentationSpec(group=group, **presentation),
    )


CONTROLS = [
    control("amplitude", "Amplitude", ScalarValueSpec(1.0, 0.0, 2.0), "Wave", "nA", kind="slider", steps=40),
    control(
        "frequency", "Frequency", ScalarValueSpec(40.0, 1.0, 1000.0), "Wave", "Hz", kind="slider", steps=60, scale="log"
    ),
    control("harmonics", "Harmonics", ScalarValueSpec(1, 1, 9, value_type="int"), "Wave", kind="spinbox"),
    control("shape", "Shape", ChoiceValueSpec("sine", tuple(SHAPES)), "Wave", kind="dropdown"),
    control("rectified", "Rectified", BoolValueSpec(False), "Wave", kind="checkbox"),
    control(
        "shift",
        "Shift",
        XYValueSpec({"x": 0.0, "y": 0.0}, (-20.0, 20.0), (-1.0, 1.0), "t", "I", "ms", "nA"),
        "Place",
        kind="xy_pad",
    ),
    control(
        "mix",
        "Noise and drift",
        XYValueSpec({"x": 0.0, "y": 0.0}, (-1.0, 1.0), (-1.0, 1.0), "noise", "drift"),
        "Place",
        "nA",
        kind="xy_pad",
        shape="circle",
    ),
    ControlSpec("color", "Trace colour", ChoiceValueSpec("blue", ("blue", "darkgreen", "crimson"))),
]
ACTIONS = [
    ActionSpec("invert", "Invert", shortcuts=("I",)),
    ActionSpec("double", "Double the amplitude", {"amplitude": StateBinding("amplitude")}, shortcuts=("Ctrl+D",)),
    ActionSpec("reset", "Reset", shortcuts=("Space",)),
]


class Wave(BufferedSession):
    def __init__(self):
        super().__init__()
        self.values = {spec.id: spec.default_value() for spec in CONTROLS}
        self.sign = 1.0
        self.noise = np.random.default_rng(1).standard_normal(len(TIME))

    def wave(self):
        v = self.values
        phase = (TIME - v["shift"]["x"]) * v["frequency"] * 1e-3
        current = sum(SHAPES[v["shape"]](k * phase) / k for k in range(1, v["harmonics"] + 1))
        if v["rectified"]:
            current = np.maximum(current, 0.0)
        return (
            self.sign * v["amplitude"] * current
            + v["shift"]["y"]
            + v["mix"]["x"] * self.noise
            + v["mix"]["y"] * TIME / TIME[-1]
        )

    def initialize(self):
        view = LinePlotViewSpec(
            "wave",
            "Injected current",
            "wave",
            x_dim="time",
            x_label="t",
            x_unit="ms",
            y_label="I",
            y_unit="nA",
            pen=StateBinding("color"),
        )
        layout = LayoutSpec(
            title="Controls",
            panels=(
                PanelSpec("wave-panel", "line_plot", view_ids=("wave",)),
                PanelSpec(
                    "controls-panel",
                    "controls",
                    control_ids=tuple(spec.id for spec in CONTROLS),
                    action_ids=tuple(spec.id for spec in ACTIONS),
                ),
            ),
        )
        return Scene(
            fields={"wave": Field("wave", self.wave(), ("time",), {"time": TIME}, unit="nA")},
            geometries={},
            views={"wave": view},
            controls={spec.id: spec for spec in CONTROLS},
            actions={spec.id: spec for spec in ACTIONS},
            layout=layout,
        )

    def advance(self):
        pass

    def is_live(self):
        return False

    def idle_sleep(self):
        return 1 / 60

    def handle(self, command):
        if isinstance(command, SetControl):
            self.values[command.control_id] = command.value
            self.emit(Status(f"{command.control_id} = {command.value!r}", 5000))
        elif isinstance(command, InvokeAction) and command.action_id == "invert":
            self.sign = -self.sign
            self.emit(Status("inverted", 5000))
        elif isinstance(command, InvokeAction) and command.action_id == "double":
            self.values["amplitude"] = min(2.0, 2 * command.payload["amplitude"])
            self.emit(StatePatch({"amplitude": self.values["amplitude"]}))
            self.emit(Status(f"doubled to {self.values['amplitude']!r}", 5000))
        elif isinstance(command, Reset):
            self.sign = 1.0
            for spec in CONTROLS:
                self.values[spec.id] = spec.default_value()
            self.emit(StatePatch({spec.id: spec.default_value() for spec in CONTROLS if spec.send_to_session}))
            self.emit(Status("reset", 5000))
        elif isinstance(command, KeyPressed):
            self.emit(Status(f"key {command.key}", 5000))
        self.emit(FieldReplace("wave", self.wave()))


run_app(AppSpec(session=Wave))
