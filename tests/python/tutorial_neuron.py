"""The tutorial "Build a NEURON Session": its code parts in one session, with the imports that a user adds."""

import numpy as np
from neuron import h

from compneurovis import (
    ActionSpec,
    ControlPresentationSpec,
    ControlSpec,
    FieldAppend,
    FieldReplace,
    NeuronSession,
    ScalarValueSpec,
    build_neuron_app,
    run_app,
)


class MyCellSession(NeuronSession):
    def build_sections(self):
        # Create and return your NEURON sections.
        # Called once before setup_model().
        soma = h.Section(name="soma")
        soma.L = 20
        soma.diam = 20
        self.soma = soma  # sections 3 and 4 of the tutorial read it
        return [soma]

    def setup_model(self, sections):
        # Insert mechanisms, stimuli, and recorders.
        # sections is the list returned by build_sections().
        soma = sections[0]
        soma.insert("hh")
        self.iclamp = h.IClamp(soma(0.5))
        self.iclamp.amp = 0.5
        self.iclamp.dur = 500

    def control_specs(self):
        # Return controls to show in the UI.
        return {
            "amp": ControlSpec(
                id="amp",
                label="Clamp amp (nA)",
                value_spec=ScalarValueSpec(default=0.5, min=0.0, max=2.0, value_type="float"),
                presentation=ControlPresentationSpec(kind="slider", steps=100),
                send_to_session=True,
            )
        }

    def action_specs(self):
        return [ActionSpec("reset", "Reset")]

    def apply_control(self, control_id, value):
        if control_id == "amp":
            self.iclamp.amp = value

    def apply_action(self, action_id, payload):
        if action_id == "reset":
            h.finitialize(-65)

    def on_entity_clicked(self, entity_id, ctx):
        info = ctx.entity_info(entity_id)
        ctx.show_status(f"Clicked: {info['section_name']} @ {info['xloc']:.2f}")
        return True

    def _sample_step(self):
        # Called once after each h.fadvance(). Return whatever you need per step.
        return {
            "v": self._read_display_values(),  # voltage across all segments
            "n": np.array([self.soma(0.5).n_hh]),  # potassium gate at soma
        }

    def _emit_batch(self, times_array, steps):
        # Called once per display update.
        # times_array: np.ndarray of simulation times, one per step.
        # steps: list of whatever _sample_step() returned, one per step.
        latest = steps[-1]
        self.emit(FieldReplace(field_id="segment_display", values=latest["v"]))
        n_batch = np.stack([s["n"] for s in steps], axis=1)
        self.emit(
            FieldAppend(
                field_id="gating_history",
                append_dim="time",
                values=n_batch,
                coord_values=times_array,
                max_length=self.max_samples,
            )
        )

    def _prepare_recorders(self):
        super()._prepare_recorders()
        # Record the potassium gating variable n_hh at the soma midpoint.
        self.record("n_soma", self.soma(0.5)._ref_n_hh)

    def on_recorded_samples(self, times, values):
        # times: 1-D float32 array, one entry per fadvance step in the batch.
        # values: dict mapping each registered name to a 1-D float32 array.
        n_batch = values["n_soma"]
        self.emit(
            FieldAppend(
                field_id="n_history",
                append_dim="time",
                values=n_batch[None, :],
                coord_values=times,
                max_length=self.max_samples,
            )
        )

    def build_scene(self, *, geometry, display_values, time_value):
        scene = super().build_scene(
            geometry=geometry,
            display_values=display_values,
            time_value=time_value,
        )
        scene.replace_view("trace", {"rolling_window": 50.0})
        return scene


app = build_neuron_app(MyCellSession)
run_app(app)
