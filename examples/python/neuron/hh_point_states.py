"""One Hodgkin–Huxley compartment of NEURON seen from inside its channels: the membrane potential, the gates, and every
state of the sodium and the potassium channel with its occupancy and its rates.

With independent gates m, h and n the states are binomial: m³h has 4 × 2 states, n⁴ has 5.
"""

from math import comb

import numpy as np
from neuron import h

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
    StateGraphViewSpec,
    run_app,
)
from compneurovis.session import BufferedSession, Reset, SetControl

STEPS, LOW = 10, "₀₁₂₃₄"  # steps of NEURON per update; digits
SODIUM = [(f"m{LOW[m]}h{LOW[q]}", m, q) for q in (1, 0) for m in range(4)]
POTASSIUM = [(f"n{LOW[n]}", n) for n in range(5)]


def rates(v):
    """α and β of m, h, n in 1/ms at 6.3 °C, as in NEURON's hh.mod."""

    def linear(x):
        return 1 + x / 2 if abs(x) < 1e-6 else x / (1 - np.exp(-x))

    return {
        "m": (linear((v + 40) / 10), 4 * np.exp(-(v + 65) / 18)),
        "h": (0.07 * np.exp(-(v + 65) / 20), 1 / (np.exp(-(v + 35) / 10) + 1)),
        "n": (0.1 * linear((v + 55) / 10), 0.125 * np.exp(-(v + 65) / 80)),
    }


def chain(names, gate, count):
    """Edges between neighbours: source, target, id, gate, 0 for α or 1 for β, and how many gates may open or close."""
    opening = [(names[k], names[k + 1], f"{names[k]} opens {gate}", gate, 0, count - k) for k in range(count)]
    return opening + [(names[k + 1], names[k], f"{names[k + 1]} closes {gate}", gate, 1, k + 1) for k in range(count)]


EDGES = {
    "sodium": [edge for q in (1, 0) for edge in chain([f"m{m}h{LOW[q]}" for m in LOW[:4]], "m", 3)]
    + [edge for m in LOW[:4] for edge in chain([f"m{m}h₀", f"m{m}h₁"], "h", 1)],
    "potassium": chain([name for name, _ in POTASSIUM], "n", 4),
}
PLACES = {
    "sodium": [(name, m / 3, float(q)) for name, m, q in SODIUM],
    "potassium": [(name, n / 4, 0.5) for name, n in POTASSIUM],
}


def occupancy(m, hh, n):
    sodium = [comb(3, k) * m**k * (1 - m) ** (3 - k) * (hh if q else 1 - hh) for _, k, q in SODIUM]
    return {
        "sodium": np.array(sodium),
        "potassium": np.array([comb(4, k) * n**k * (1 - n) ** (4 - k) for _, k in POTASSIUM]),
    }


class PointModel(BufferedSession):
    def __init__(self):
        super().__init__()
        self.soma = h.Section(name="soma")
        self.soma.L = self.soma.diam = 20.0  # µm
        self.soma.insert("hh")
        self.clamp = h.IClamp(self.soma(0.5))  # never ends: the slider acts at once
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 0.0, 1e9, 0.1
        h.celsius, h.dt = 6.3, 0.025
        h.finitialize(-65)

    def gates(self):
        return tuple(getattr(self.soma(0.5).hh, gate) for gate in "mhn")

    def channels(self):
        values, speed = occupancy(*self.gates()), rates(self.soma(0.5).v)
        for name, edges in EDGES.items():
            yield f"{name} occupancy", values[name]
            yield f"{name} rates", np.array([times * speed[gate][way] for _, _, _, gate, way, times in edges])

    def fields(self):
        """All that is shown, as it is now: one sample in time."""
        now = {"time": np.array([h.t])}
        yield Field("v", np.array([self.soma(0.5).v]), ("time",), now, unit="mV")
        yield Field("gates", np.array(self.gates())[:, None], ("gate", "time"), {"gate": ["m", "h", "n"], **now})
        for id, values in self.channels():
            name, what = id.split()
            dim, labels = (
                ("state", [place[0] for place in PLACES[name]])
                if what == "occupancy"
                else ("edge", [edge[2] for edge in EDGES[name]])
            )
            yield Field(id, values, (dim,), {dim: labels}, unit="" if dim == "state" else "1/ms")

    def initialize(self):
        window = dict(x_dim="time", x_label="t", x_unit="ms", rolling_window=50.0)
        views = {
            "v": LinePlotViewSpec(
                "v", "Membrane potential", "v", y_label="v", y_unit="mV", y_min=-85.0, y_max=50.0, **window
            ),
            "gates": LinePlotViewSpec(
                "gates", "Gates", "gates", series_dim="gate", y_label="open", y_min=0.0, y_max=1.0, **window
            ),
        }
        for name in EDGES:
            views[name] = StateGraphViewSpec(
                name,
                f"{name.capitalize()} channel",
                f"{name} occupancy",
                f"{name} rates",
                PLACES[name],
                [edge[:3] for edge in EDGES[name]],
                edge_color_map="voltage",
                edge_color_limits=(0.0, 20.0 if name == "sodium" else 2.0),
                max_refresh_hz=20.0,
                open_states=("m₃h₁",) if name == "sodium" else ("n₄",),
            )
        current = ControlSpec(
            "current",
            "Current",
            ScalarValueSpec(0.1, 0.0, 0.4),
            ControlPresentationSpec("slider", steps=80),
            unit="nA",
            send_to_session=True,
        )
        panels = [
            PanelSpec(f"{id}-panel", "state_graph" if id in EDGES else "line_plot", view_ids=(id,)) for id in views
        ]
        panels.append(PanelSpec("controls", "controls", control_ids=("current",), action_ids=("reset",)))
        layout = LayoutSpec(
            "Hodgkin–Huxley states",
            tuple(panels),
            (("v-panel", "gates-panel", "controls"), ("sodium-panel", "potassium-panel")),
        )
        return Scene(
            {field.id: field for field in self.fields()},
            {},
            views,
            controls={"current": current},
            actions={"reset": ActionSpec("reset", "Reset", shortcuts=("Space",))},
            layout=layout,
        )

    def advance(self):
        samples = np.empty((STEPS, 5))
        for k in range(STEPS):
            h.fadvance()
            samples[k] = h.t, self.soma(0.5).v, *self.gates()
        self.emit(FieldAppend("v", "time", samples[:, 1], samples[:, 0], max_length=20_000))
        self.emit(FieldAppend("gates", "time", samples[:, 2:].T, samples[:, 0], max_length=20_000))
        for id, values in self.channels():
            self.emit(FieldReplace(id, values))

    def handle(self, command):
        if isinstance(command, SetControl):
            self.clamp.amp = command.value
        elif isinstance(command, Reset):
            h.finitialize(-65)
            for field in self.fields():
                self.emit(FieldReplace(field.id, field.values, coords=field.coords))


run_app(AppSpec(session=PointModel))
