"""Three Hodgkin–Huxley cells in a ring of synapses. Every slider acts at the next step; nothing is compiled again.

Run it with `./run app examples/python/jaxley/three_cells.py`.
"""

import jaxley as jx
import numpy as np
from jaxley.channels import HH
from jaxley.connect import connect
from jaxley.synapses import IonotropicSynapse

from compneurovis import ControlPresentationSpec, ControlSpec, JaxleySession, ScalarValueSpec, build_jaxley_app, run_app
from compneurovis.backends.jaxley.utils import translate_cells_xyzr

PULSE_EVERY, PULSE_LENGTH, DURATION = 25.0, 2.0, 2000.0  # ms

# Parameter of the network → (label, unit, default, lowest, highest, log scale)
PARAMETERS = {
    "HH_gNa": ("gNa", "S/cm²", 0.12, 0.01, 0.5, True),
    "HH_gK": ("gK", "S/cm²", 0.036, 0.004, 0.2, True),
    "HH_gLeak": ("gLeak", "mS/cm²", 0.0003, 0.00003, 0.003, True),
    "axial_resistivity": ("Axial resistivity", "Ω cm", 500.0, 50.0, 5000.0, True),
    "capacitance": ("Capacitance", "µF/cm²", 1.0, 0.3, 3.0, False),
    "IonotropicSynapse_gS": ("Synaptic weight", "µS", 0.002, 0.0, 0.01, False),
}
SHOWN_PER_UNIT = {"HH_gLeak": 1000.0}  # the slider's numbers are larger

# Start and end (µm), radius (µm), bend (µm), compartments
SOMA = (0, 0, 0), (20, 0, 0), 8.0, 0.0, 5
DENDRITES = [
    ((20, 0, 0), (110, 60, 0), 2.0, 12.0, 6),
    ((20, 0, 0), (120, -40, 20), 2.0, 12.0, 6),
    ((0, 0, 0), (-110, 20, 0), 1.5, 12.0, 6),
    ((-110, 20, 0), (-190, 70, -10), 1.0, 12.0, 6),
]


def points_of(start, end, radius, bend, ncomp):
    """(20, 4): x, y, z and radius along a gentle arc."""
    t = np.linspace(0, 1, 20)[:, None]
    points = (1 - t) * np.array(start) + t * np.array(end)
    points[:, 1] += bend * np.sin(np.pi * t[:, 0])
    return np.column_stack([points, np.full(20, radius)])


def build_cell():
    pieces = [SOMA, *DENDRITES]
    xyzr = [points_of(*piece) for piece in pieces]
    branches = []
    for points, (*_, radius, _, ncomp) in zip(xyzr, pieces):
        branch = jx.Branch(jx.Compartment(), ncomp=ncomp)
        branch.set("length", float(np.linalg.norm(np.diff(points[:, :3], axis=0), axis=1).sum() / ncomp))
        branch.set("radius", radius)
        branches.append(branch)
    cell = jx.Cell(branches, parents=[-1, 0, 0, 0, 3], xyzr=xyzr)
    cell.insert(HH())
    return cell


class ThreeCells(JaxleySession):
    def __init__(self):
        super().__init__(dt=0.05, display_dt=0.25, max_samples=20_000, title="Three cells in Jaxley")
        self.amplitude = 2.0  # nA

    def build_cells(self):
        cells = [build_cell() for _ in range(3)]
        translate_cells_xyzr(cells, [(0, 0, 0), (300, 90, 0), (80, 220, 0)])
        return cells

    def setup_model(self, network, cells):
        for pre, post in ((0, 1), (1, 2), (2, 0)):
            connect(network.cell(pre).branch(1).loc(1.0), network.cell(post).branch(3).loc(0.5), IonotropicSynapse())
        network.set("IonotropicSynapse_gS", PARAMETERS["IonotropicSynapse_gS"][2])
        self.stimulate(network)

    def stimulate(self, network):
        """Pulses at the first cell's soma, one value per step."""
        t = np.arange(0, DURATION, self.dt) % PULSE_EVERY
        network.cell(0).branch(0).loc(0.5).stimulate(np.where((t >= 1) & (t < 1 + PULSE_LENGTH), self.amplitude, 0.0))

    def control_specs(self):
        def slider(key, label, unit, default, low, high, log=False):
            times = SHOWN_PER_UNIT.get(key, 1.0)
            presentation = ControlPresentationSpec("slider", steps=200, scale="log" if log else "linear")
            return ControlSpec(
                key,
                label,
                ScalarValueSpec(times * default, times * low, times * high),
                presentation,
                unit=unit,
                send_to_session=True,
            )

        return [
            slider("amplitude", "Pulse amplitude", "nA", self.amplitude, 0.0, 5.0),
            *(slider(key, *facts) for key, facts in PARAMETERS.items()),
        ]

    def apply_control(self, control_id, value):
        if control_id == "amplitude":
            self.amplitude = float(value)
            self.network.delete_stimuli()
            self.stimulate(self.network)
            self.refresh_runtime_externals()
        else:
            self.network.set(control_id, float(value) / SHOWN_PER_UNIT.get(control_id, 1.0))
            self.refresh_runtime_parameters()
        return True

    def trace_title(self):
        return "Membrane potential"

    def trace_view_updates(self):
        return {"rolling_window": 100.0, "y_min": -90.0, "y_max": 60.0}


run_app(build_jaxley_app(ThreeCells))
