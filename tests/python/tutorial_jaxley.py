"""The tutorial "Build a Jaxley Session": its code parts in one session, with the imports that a user adds."""

import jaxley as jx
import numpy as np
from jaxley.channels import HH

from compneurovis import (
    ControlPresentationSpec,
    ControlSpec,
    FieldAppend,
    FieldReplace,
    JaxleySession,
    ScalarValueSpec,
    build_jaxley_app,
    run_app,
)


class MyJaxleySession(JaxleySession):
    def build_cells(self):
        comp = jx.Compartment()
        branch = jx.Branch([comp] * 5)
        cell = jx.Cell([branch], parents=[-1])
        cell.insert(HH())
        return [cell]

    def setup_model(self, network, cells):
        del cells
        network.cell(0).branch(0).loc(0.5).stimulate(0.6)

    def _sample_step(self):
        # Called once per simulation step.
        # Use _read_state() to read any channel variable at the display compartments.
        # State keys follow Jaxley's convention: 'ChannelName_statename'.
        return {
            "v": self._read_display_values(),
            "m": self._read_state("HH_m"),  # sodium activation gate
            "n": self._read_state("HH_n"),  # potassium gate
        }

    def _emit_batch(self, times_array, steps):
        # Called once per display update with all per-step results collected.
        latest = steps[-1]
        self.emit(FieldReplace(field_id="segment_display", values=latest["v"]))
        m_batch = np.stack([s["m"] for s in steps], axis=1)
        self.emit(
            FieldAppend(
                field_id="gating_history",
                append_dim="time",
                values=m_batch,
                coord_values=times_array,
                max_length=self.max_samples,
            )
        )

    def control_specs(self):
        return {
            "stim_amp": ControlSpec(
                id="stim_amp",
                label="Stimulus amplitude",
                value_spec=ScalarValueSpec(default=0.6, min=0.0, max=2.0, value_type="float"),
                presentation=ControlPresentationSpec(kind="slider", steps=100),
                send_to_session=True,
            ),
        }

    def apply_control(self, control_id, value):
        if control_id == "stim_amp":
            self.stim_amp = float(value)
            self._rebuild_stimulus()
            return True
        return False

    def build_scene(self, *, geometry, display_values, time_value):
        scene = super().build_scene(
            geometry=geometry,
            display_values=display_values,
            time_value=time_value,
        )
        scene.replace_view("trace", {"rolling_window": 40.0})
        return scene


if __name__ == "__main__":
    app = build_jaxley_app(MyJaxleySession, title="My Jaxley app")
    run_app(app)
