"""A reconstructed cell in Jaxley: Hodgkin–Huxley channels everywhere, a held current at the soma.

Run it with `./run app examples/python/jaxley/swc_cell.py [cell.swc]`.
"""

import pathlib
import sys

from jaxley.channels import HH

from compneurovis import ControlPresentationSpec, ControlSpec, JaxleySession, ScalarValueSpec, build_jaxley_app, run_app
from compneurovis.backends.jaxley.utils import load_swc_jaxley

DATA = pathlib.Path(__file__).resolve().parents[3] / "data"
CELL = sys.argv[1] if len(sys.argv) > 1 else DATA / "m3s4s4t-vp-sup.CNG.swc"


class ReconstructedCell(JaxleySession):
    def __init__(self):
        super().__init__(dt=0.025, display_dt=0.25, max_samples=20_000, title="Reconstructed cell in Jaxley")
        self.amplitude = 0.4

    def build_cells(self):
        _, cell = load_swc_jaxley(str(CELL), ncomp=4, min_radius=0.2)
        cell.insert(HH())
        return cell

    def setup_model(self, network, cells):
        network.cell(0).branch(0).loc(0.5).stimulate(self.amplitude)

    def control_specs(self):
        return [
            ControlSpec(
                id="amplitude", label="Held current", unit="nA", value_spec=ScalarValueSpec(default=self.amplitude, min=0.0, max=2.0),
                presentation=ControlPresentationSpec(kind="slider", steps=200), send_to_session=True,
            ),
            ControlSpec(
                id="HH_gK", label="gK", unit="S/cm²", value_spec=ScalarValueSpec(default=0.036, min=0.004, max=0.2),
                presentation=ControlPresentationSpec(kind="slider", steps=200, scale="log"), send_to_session=True,
            ),
        ]

    def apply_control(self, control_id, value):
        if control_id == "amplitude":
            self.amplitude = float(value)
            self.network.delete_stimuli()
            self.network.cell(0).branch(0).loc(0.5).stimulate(self.amplitude)
            self.refresh_runtime_externals()
        else:
            self.network.set(control_id, float(value))
            self.refresh_runtime_parameters()
        return True

    def trace_title(self):
        return "Membrane potential"

    def trace_y_label(self):
        return "v"

    def trace_view_updates(self):
        return {"rolling_window": 60.0, "y_min": -90.0, "y_max": 60.0, "x_label": "t"}


run_app(build_jaxley_app(ReconstructedCell))
