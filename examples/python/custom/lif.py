"""A leaky integrate-and-fire neuron as a session of its own: no simulator, no morphology.

    tau dv/dt = v_rest - v + r i(t),   v ≥ v_threshold: spike, v := v_reset for the refractory time

Between spikes the equation has the closed form v(t) = v_inf + (v0 - v_inf) exp(-t / tau), which each step uses.
"""

import math

import numpy as np

from compneurovis import (
    ActionSpec,
    AppSpec,
    ControlPresentationSpec,
    ControlSpec,
    Field,
    FieldAppend,
    FieldReplace,
    LinePlotViewSpec,
    ScalarValueSpec,
    Scene,
    Status,
    run_app,
)
from compneurovis.session import BufferedSession, InvokeAction, Reset, SetControl

DT = 0.1  # ms
STEPS = 10  # per update
REST, THRESHOLD, RESET, PEAK = -65.0, -50.0, -70.0, 20.0  # mV


def slider(id, label, default, low, high, unit):
    return ControlSpec(
        id=id,
        label=label,
        unit=unit,
        value_spec=ScalarValueSpec(default=default, min=low, max=high),
        presentation=ControlPresentationSpec(kind="slider", steps=100),
        send_to_session=True,
    )


class Lif(BufferedSession):
    def __init__(self):
        super().__init__()
        self.current, self.tau, self.refractory = 1.8, 10.0, 2.0  # nA, ms, ms
        self.resistance = 10.0  # MΩ
        self.start()

    def start(self):
        self.step, self.v, self.refractory_left, self.kick = 0, REST, 0.0, 0.0

    def initialize(self):
        time = np.array([0.0])
        fields = {
            "v": Field("v", np.array([REST]), ("time",), {"time": time}, unit="mV"),
            "i": Field("i", np.array([self.current]), ("time",), {"time": time}, unit="nA"),
        }
        window = dict(x_dim="time", x_label="t", x_unit="ms", rolling_window=200.0)
        views = {
            "v": LinePlotViewSpec(
                "v", "Membrane potential", "v", y_label="v", y_unit="mV", y_min=-80.0, y_max=30.0, **window
            ),
            "i": LinePlotViewSpec(
                "i", "Injected current", "i", y_label="i", y_unit="nA", y_min=0.0, y_max=10.0, **window
            ),
        }
        controls = [
            slider("current", "Current", 1.8, 0.0, 4.0, "nA"),
            slider("tau", "Time constant", 10.0, 2.0, 50.0, "ms"),
            slider("refractory", "Refractory time", 2.0, 0.0, 10.0, "ms"),
        ]
        actions = [
            ActionSpec("kick", "Inject a pulse", shortcuts=("I",)),
            ActionSpec("reset", "Reset", shortcuts=("Space",)),
        ]
        scene = Scene(
            fields=fields,
            geometries={},
            views=views,
            controls={c.id: c for c in controls},
            actions={a.id: a for a in actions},
        )
        scene.layout.title = "Leaky integrate-and-fire neuron"
        return scene

    def advance(self):
        times, potentials, currents = np.empty(STEPS), np.empty(STEPS), np.empty(STEPS)
        for k in range(STEPS):
            current = self.current + self.kick
            self.kick *= math.exp(-DT / 2.0)
            self.step += 1
            if self.refractory_left > 0:
                self.refractory_left -= DT
                self.v = RESET
            else:
                v_inf = REST + self.resistance * current
                self.v = v_inf + (self.v - v_inf) * math.exp(-DT / self.tau)
            shown = self.v
            if self.v >= THRESHOLD:
                shown, self.v, self.refractory_left = PEAK, RESET, self.refractory
            times[k], potentials[k], currents[k] = self.step * DT, shown, current
        self.emit(FieldAppend("v", "time", potentials, times, max_length=20_000))
        self.emit(FieldAppend("i", "time", currents, times, max_length=20_000))

    def handle(self, command):
        if isinstance(command, SetControl):
            setattr(self, command.control_id, command.value)
        elif isinstance(command, InvokeAction) and command.action_id == "kick":
            self.kick = 5.0
            self.emit(Status("5 nA for about 2 ms", 2000))
        elif isinstance(command, Reset):
            self.start()
            for id, value in (("v", REST), ("i", self.current)):
                self.emit(FieldReplace(id, np.array([value]), coords={"time": np.array([0.0])}))


run_app(AppSpec(session=Lif))
