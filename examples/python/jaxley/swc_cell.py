"""A reconstructed cell in Jaxley: Hodgkin–Huxley channels everywhere, a held current at the soma.

Run it with `./run app examples/python/jaxley/swc_cell.py [cell.swc]`.
"""

import pathlib
import sys

from jaxley.channels import HH

from compneurovis import ControlPresentationSpec, ControlSpec, JaxleySession, ScalarValueSpec, build_jaxley_app, run_app
from compneurovis.backends.jaxley.utils import load_swc_jaxley

DATA = pathlib.Path(__file__).resolve().parents[3] / "data"
CELL = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "m3s4s4t-vp-sup.CNG.swc"


class ReconstructedCell(JaxleySession):
    def __init__(self):
        super().__init__(dt=0.025, display_dt=0.25, max_samples=20_000, title="Reconstructed cell in Jaxley")
        self.amplitude = 0.12  # nA

    def build_cells(self):
        cell = load_swc_jaxley(CELL, ncomp=4, min_radius=0.2, basename=CELL.name.split(".")[0])
        cell.insert(HH())
        return cell

    def setup_model(self, network, cells):
        network.cell(0).branch(0).loc(0.5).stimulate(self.amplitude)

    def control_specs(self):
        def slider(key, label, unit, default, low, high, scale="linear"):
            return ControlSpec(
                key,
                label,
                ScalarValueSpec(default, low, high),
                ControlPresentationSpec("slider", steps=200, scale=scale),
                unit=unit,
                send_to_session=True,
            )

        return [
            slider("amplitude", "Held current", "nA", self.amplitude, 0.0, 1.0),
            slider("HH_gK", "gK", "S/cm²", 0.036, 0.004, 0.2, "log"),
        ]

    def apply_control(self, control_id, value):
        if control_id == "amplitude":
            self.amplitude = float(value)
            self._rebuild_stimulus()
        else:
            self.network.set(control_id, float(value))
            self.refresh_runtime_parameters()
        return True

    def trace_title(self):
        return "Membrane potential"

    def trace_view_updates(self):
        return {"rolling_window": 60.0, "y_min": -90.0, "y_max": 60.0}


run_app(build_jaxley_app(ReconstructedCell))
