"""One Hodgkin–Huxley cell in Jaxley with a held current, and its gating variables plotted beside the potential.

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
    ScalarValueSpec,
    build_jaxley_app,
    run_app,
)

GATES = {"m": "HH_m", "h": "HH_h", "n": "HH_n"}


class FirstCell(JaxleySession):
    def __init__(self):
        super().__init__(dt=0.025, display_dt=0.25, max_samples=20_000, title="First Jaxley cell")
        self.stim_amp = 0.02

    def build_cells(self):
        branch = jx.Branch(jx.Compartment(), ncomp=8)
        cell = jx.Cell([branch] * 5, parents=[-1, 0, 0, 1, 1])
        cell.insert(HH())
        cell.set("length", 20.0)
        cell.set("radius", 1.0)
        return [cell]

    def setup_model(self, network, cells):
        network.cell(0).branch(0).loc(0.5).stimulate(self.stim_amp)

    def control_specs(self):
        return {
            "stim_amp": ControlSpec(
                id="stim_amp", label="Held current", unit="nA",
                value_spec=ScalarValueSpec(default=self.stim_amp, min=0.0, max=0.2),
                presentation=ControlPresentationSpec(kind="slider", steps=200), send_to_session=True,
            )
        }

    def apply_control(self, control_id, value):
        self.stim_amp = float(value)
        self.network.delete_stimuli()
        self.network.cell(0).branch(0).loc(0.5).stimulate(self.stim_amp)
        self.refresh_runtime_externals()
        return True

    # The gates are read once per step, at the compartment whose trace is shown.
    def _sample_step(self):
        return {"v": self._read_display_values(), "gates": np.array([self._read_state(state)[0] for state in GATES.values()])}

    def _emit_batch(self, times_array, steps):
        super()._emit_batch(times_array, [step["v"] for step in steps])
        self.emit(FieldAppend(
            field_id="gates", append_dim="time", values=np.stack([step["gates"] for step in steps], axis=1),
            coord_values=times_array, max_length=self.max_samples,
        ))

    def handle(self, command):
        super().handle(command)
        if type(command).__name__ == "Reset":
            self.emit(FieldReplace("gates", np.zeros((len(GATES), 0), np.float32), coords={"gate": np.array(list(GATES)), "time": np.zeros(0)}))

    def trace_title(self):
        return "Membrane potential"

    def trace_y_label(self):
        return "v"

    def trace_view_updates(self):
        return {"rolling_window": 60.0, "x_label": "t"}

    def build_scene(self, *, geometry, display_values, time_value):
        scene = super().build_scene(geometry=geometry, display_values=display_values, time_value=time_value)
        scene.fields["gates"] = Field("gates", np.zeros((len(GATES), 0), np.float32), ("gate", "time"), {"gate": np.array(list(GATES)), "time": np.zeros(0)})
        scene.views["gates"] = LinePlotViewSpec(
            "gates", "Gates at soma", field_id="gates", x_dim="time", series_dim="gate",
            x_label="t", x_unit="ms", y_label="open", y_min=0.0, y_max=1.0, rolling_window=60.0,
        )
        panels = list(scene.layout.panels)
        panels.insert(2, PanelSpec("gates-panel", "line_plot", view_ids=("gates",)))
        scene.layout.replace_panels(tuple(panels))
        return scene


run_app(build_jaxley_app(FirstCell))
