"""The FitzHugh–Nagumo model as a session of its own, with its phase plane: the orbit between the two nullclines.

    dv/dt = v - v³/3 - w + I        dw/dt = ε (v + a - b w)

Each step is one of the classical fourth-order Runge–Kutta method; time, v and w have no unit.
"""

import numpy as np

from compneurovis import (
    ActionSpec,
    AppSpec,
    ControlPresentationSpec,
    ControlSpec,
    Field,
    FieldAppend,
    FieldReplace,
    LayoutSpec,
    LinePlotViewSpec,
    PanelSpec,
    ScalarValueSpec,
    Scene,
    run_app,
)
from compneurovis.session import BufferedSession, InvokeAction, Reset, SetControl

DT, STEPS = 0.02, 25  # per update
ORBIT = 2000  # samples that the phase plane keeps
REST = np.array([-1.2, -0.625])
GRID = np.linspace(-2.5, 2.5, 201)  # v of the nullclines
SLIDERS = {
    "I": ("Current I", 0.5, 0.0, 1.5),
    "a": ("a", 0.7, 0.0, 1.5),
    "b": ("b", 0.8, 0.1, 1.5),
    "eps": ("ε", 0.08, 0.01, 0.5),
}


def derivative(state, I, a, b, eps):  # noqa: E741, N803  I is the name of the current
    v, w = state
    return np.array([v - v**3 / 3 - w + I, eps * (v + a - b * w)])


def step(state, p):
    k1 = derivative(state, **p)
    k2 = derivative(state + DT / 2 * k1, **p)
    k3 = derivative(state + DT / 2 * k2, **p)
    k4 = derivative(state + DT * k3, **p)
    return state + DT / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


class FitzHughNagumo(BufferedSession):
    def __init__(self):
        super().__init__()
        self.parameters = {id: default for id, (_, default, _, _) in SLIDERS.items()}
        self.start()

    def start(self):
        self.count, self.state = 0, REST.copy()
        self.orbit = self.state[:, None]

    def phase_plane(self):
        """Three curves over one v axis: the nullclines on the grid, then the orbit."""
        p, (v, w) = self.parameters, self.orbit
        nothing = np.full(len(v), np.nan)
        curves = [
            np.concatenate([np.full(len(GRID), np.nan), w]),
            np.concatenate([GRID - GRID**3 / 3 + p["I"], nothing]),
            np.concatenate([(GRID + p["a"]) / p["b"], nothing]),
        ]
        return np.array(curves), {"curve": ["orbit", "v-nullcline", "w-nullcline"], "v": np.concatenate([GRID, v])}

    def initialize(self):
        time = {"time": np.array([0.0])}
        curves, coords = self.phase_plane()
        fields = {
            "states": Field("states", self.state[:, None], ("variable", "time"), {"variable": ["v", "w"], **time}),
            "plane": Field("plane", curves, ("curve", "v"), coords),
        }
        views = {
            "plane": LinePlotViewSpec(
                "plane",
                "Phase plane",
                "plane",
                x_dim="v",
                series_dim="curve",
                x_label="v",
                y_label="w",
                y_min=-1.5,
                y_max=2.5,
            ),
            "states": LinePlotViewSpec(
                "states",
                "Time course",
                "states",
                x_dim="time",
                series_dim="variable",
                x_label="t",
                y_label="v, w",
                rolling_window=150.0,
                y_min=-2.5,
                y_max=2.5,
            ),
        }
        controls = {
            id: ControlSpec(
                id,
                label,
                ScalarValueSpec(default, low, high),
                ControlPresentationSpec("slider", steps=150),
                send_to_session=True,
            )
            for id, (label, default, low, high) in SLIDERS.items()
        }
        actions = {
            "kick": ActionSpec("kick", "Kick v by 1", shortcuts=("K",)),
            "reset": ActionSpec("reset", "Reset", shortcuts=("Space",)),
        }
        panels = [PanelSpec(f"{id}-panel", "line_plot", view_ids=(id,)) for id in views]
        panels.append(PanelSpec("controls", "controls", control_ids=tuple(controls), action_ids=tuple(actions)))
        layout = LayoutSpec("FitzHugh–Nagumo", tuple(panels), (("plane-panel", "states-panel", "controls"),))
        return Scene(fields, {}, views, controls=controls, actions=actions, layout=layout)

    def show_plane(self):
        curves, coords = self.phase_plane()
        self.emit(FieldReplace("plane", curves, coords=coords))

    def advance(self):
        batch = np.empty((2, STEPS))
        for k in range(STEPS):
            self.state = batch[:, k] = step(self.state, self.parameters)
        times = DT * np.arange(self.count + 1, self.count + STEPS + 1)
        self.count += STEPS
        self.orbit = np.concatenate([self.orbit, batch], axis=1)[:, -ORBIT:]
        self.emit(FieldAppend("states", "time", batch, times, max_length=50_000))
        self.show_plane()

    def handle(self, command):
        if isinstance(command, SetControl):
            self.parameters[command.control_id] = command.value
            self.show_plane()
        elif isinstance(command, InvokeAction) and command.action_id == "kick":
            self.state = self.state + np.array([1.0, 0.0])
        elif isinstance(command, Reset):
            self.start()
            self.emit(
                FieldReplace("states", self.state[:, None], coords={"variable": ["v", "w"], "time": np.array([0.0])})
            )
            self.show_plane()


run_app(AppSpec(session=FitzHughNagumo))
