"""One Hodgkin–Huxley cell in Jaxley with a held current; its gating variables are plotted below the potential.

Run it with `./run app examples/python/jaxley/first_cell.py`.
"""

import jaxley as jx
import numpy as np
from jaxley.channels import HH

from compneurovis import (
    ControlPresentationSpec,
    ControlSpec,
    Field,
    FieldAppend,
    FieldReplace,
    JaxleySession,
    LinePlotViewSpec,
    PanelSpec,
    Reset,
    ScalarValueSpec,
    build_jaxley_app,
    run_app,
)

GATES = {"m": "HH_m", "h": "HH_h", "n": "HH_n"}
NO_SAMPLES = {
    "values": np.zeros((len(GATES), 0), np.float32),
    "coords": {"gate": np.array(list(GATES)), "time": np.zeros(0)},
}


class FirstCell(JaxleySession):
    def __init__(self):
        super().__init__(dt=0.025, display_dt=0.25, max_samples=20_000, title="First Jaxley cell")
        self.stim_amp = 0.4  # nA

    def build_cells(self):
        branch = jx.Branch(jx.Compartment(), ncomp=8)
        cell = jx.Cell([branch] * 6, parents=[-1, 0, 0, 1, 1, 2])
        cell.insert(HH())
        cell.set("length", 15.0)
        cell.set("radius", 1.0)
        cell.set("axial_resistivity", 150.0)
        cell.branch(0).set("length", 4.0)
        cell.branch(0).set("radius", 8.0)
        return cell

    def setup_model(self, network, cells):
        network.cell(0).branch(0).loc(0.5).stimulate(self.stim_amp)

    def control_specs(self):
        return {
            "stim_amp": ControlSpec(
                "stim_amp",
                "Held current",
                ScalarValueSpec(self.stim_amp, 0.0, 2.0),
                ControlPresentationSpec("slider", steps=200),
                unit="nA",
                send_to_session=True,
            ),
            "HH_gNa": ControlSpec(
                "HH_gNa",
                "gNa",
                ScalarValueSpec(0.12, 0.01, 0.5),
                ControlPresentationSpec("slider", steps=200, scale="log"),
                unit="S/cm²",
                send_to_session=True,
            ),
        }

    def apply_control(self, control_id, value):
        if control_id == "stim_amp":
            self.stim_amp = float(value)
            self._rebuild_stimulus()
        else:
            self.network.set(control_id, float(value))
            self.refresh_runtime_parameters()
        return True

    # Read once per step, in the first compartment of the soma.
    def _sample_step(self):
        return {
            "v": self._read_display_values(),
            "gates": np.array([self._read_state(state)[0] for state in GATES.values()]),
        }

    def _emit_batch(self, times_array, steps):
        super()._emit_batch(times_array, [step["v"] for step in steps])
        gates = np.stack([step["gates"] for step in steps], axis=1)
        self.emit(
            FieldAppend(
                field_id="gates", append_dim="time", values=gates, coord_values=times_array, max_length=self.max_samples
            )
        )

    def handle(self, command):
        super().handle(command)
        if isinstance(command, Reset):
            self.emit(FieldReplace(field_id="gates", **NO_SAMPLES))

    def trace_title(self):
        return "Membrane potential"

    def trace_view_updates(self):
        return {"rolling_window": 60.0, "y_min": -90.0, "y_max": 60.0}

    def build_scene(self, *, geometry, display_values, time_value):
        scene = super().build_scene(geometry=geometry, display_values=display_values, time_value=time_value)
        scene.fields["gates"] = Field("gates", dims=("gate", "time"), **NO_SAMPLES)
        scene.views["gates"] = LinePlotViewSpec(
            "gates",
            "Gates at soma",
            field_id="gates",
            x_dim="time",
            series_dim="gate",
            x_label="Time",
            x_unit="ms",
            y_label="open",
            y_min=0.0,
            y_max=1.0,
            rolling_window=60.0,
        )
        panels = list(scene.layout.panels)
        panels.insert(2, PanelSpec("gates-panel", "line_plot", view_ids=("gates",)))
        scene.layout.replace_panels(tuple(panels))
        return scene


run_app(build_jaxley_app(FirstCell))
