"""A cell of Jaxley whose hooks fail by hand: a click raises, a control makes its state not a number."""

import jaxley as jx
import numpy as np
from jaxley.channels import HH

from compneurovis import BoolValueSpec, ControlPresentationSpec, ControlSpec, JaxleySession, build_jaxley_app, run_app


class Raising(JaxleySession):
    def build_cells(self):
        cell = jx.Cell([jx.Branch(jx.Compartment(), ncomp=2)], parents=[-1])
        cell.insert(HH())
        cell.set("length", 30.0)
        cell.set("radius", 12.0)
        return cell

    def control_specs(self):
        return {
            "poison": ControlSpec(
                "poison", "Poison", BoolValueSpec(False), ControlPresentationSpec("checkbox"), send_to_session=True
            )
        }

    def apply_control(self, control_id, value):
        self.network.set("HH_gNa", np.nan if value else 0.12)
        self.refresh_runtime_parameters()
        return True

    def on_entity_clicked(self, entity_id, ctx):
        raise LookupError(f"nothing known of {entity_id}")


run_app(build_jaxley_app(Raising))
