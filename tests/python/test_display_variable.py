"""The range variable that colours the cell, chosen while the model runs."""

import numpy as np
import pytest

pytest.importorskip("neuron")
from neuron import h

from compneurovis import EntityClicked, Field, MorphologyViewSpec, NeuronSession, Reset, SceneReady
from hosts import host


class TwoKinds(NeuronSession):
    def build_sections(self):
        soma, dend = h.Section(name="soma"), h.Section(name="dend")
        soma.L = soma.diam = 20
        dend.L, dend.diam, dend.nseg = 300, 2, 5
        dend.connect(soma(1))
        return [soma, dend]

    def setup_model(self, sections):
        sections[0].insert("hh")
        sections[1].insert("pas")
        clamp = h.IClamp(sections[0](0.5))
        clamp.delay, clamp.dur, clamp.amp = 0, 1, 2
        return clamp


def latest(updates, field_id):
    return [u for u in updates if getattr(u, "field_id", None) == field_id][-1]


def test_the_cell_shows_another_variable_with_its_unit_and_the_trace_stays():
    session = TwoKinds()
    scene = session.initialize()
    assert session.display_variable == "v"
    assert {"v", "m_hh", "ina", "i_pas"} <= set(session.display_variables)
    assert scene.views["trace"].y_label == "v"
    session.set_display_variable("m_hh")
    for _ in range(10):
        session.advance()
    updates = session.read_updates()
    told = next(u for u in updates if getattr(u, "field_id", None) == "segment_display" and u.attrs_update)
    assert told.attrs_update["variable"] == "m_hh" and told.attrs_update["variable_limits"] == [0.0, 1.0]
    shown = latest(updates, "segment_compartments").values
    assert shown[0] == np.float32(session.sections[0](0.5).m_hh)
    assert np.isnan(shown[1:]).all()
    history = latest(updates, "segment_history")
    assert history.values[0, -1] == np.float32(session.sections[0](0.5).v)
    session.set_display_variable("ina")
    told = latest(session.read_updates(), "segment_display")
    assert told.attrs_update["variable_unit"] == "mA/cm²" and told.attrs_update["variable_limits"] is None
    assert told.values[0] == np.float32(session.sections[0](0.5).ina)
    with pytest.raises(ValueError, match="m_hx"):
        session.set_display_variable("m_hx")
    session.shutdown()


def test_a_second_view_shows_a_variable_of_its_own():
    class Two(TwoKinds):
        def build_scene(self, *, geometry, display_values, time_value):
            scene = super().build_scene(geometry=geometry, display_values=display_values, time_value=time_value)
            scene.fields["gates"] = Field(
                id="gates",
                values=np.zeros_like(display_values),
                dims=("segment",),
                coords={"segment": np.array(geometry.entity_ids)},
                attrs={"variable": "h_hh", "variable_key": "gates_variable"},
            )
            scene.views["gates"] = MorphologyViewSpec(id="gates", color_field_id="gates", sample_dim=None)
            scene.layout.panels = ()
            scene.layout.panel_grid = ()
            return scene

    session = Two()
    session.initialize()
    session.advance()
    updates = session.read_updates()
    assert latest(updates, "gates").values[0] == np.float32(session.sections[0](0.5).h_hh)
    assert latest(updates, "segment_display").values[0] == np.float32(session.sections[0](0.5).v)
    session.set_display_variable("n_hh", key="gates_variable")
    assert latest(session.read_updates(), "gates").values[0] == np.float32(session.sections[0](0.5).n_hh)
    assert session.display_variable == "v"
    session.shutdown()


def test_a_session_that_samples_by_itself_offers_no_list():
    class Own(TwoKinds):
        def _sample_step(self):
            return self._read_display_values() * 2

    session = Own()
    scene = session.initialize()
    assert session.display_variables == []
    assert "variables" not in scene.fields["segment_display"].attrs
    session.shutdown()


def test_a_choice_made_at_the_window_reaches_the_session():
    made = host(TwoKinds)
    made.tick(5)
    made.send_state("display_variable", "m_hh")
    made.tick(5)
    field = made.viewer().fields["segment_display"]
    assert field.attrs["variable"] == "m_hh" and 0 <= field.values[0] <= 1
    made.send_state("display_variable", "no such variable")
    made.tick(5)
    assert made.viewer_state["display_variable"] == "m_hh", "what the session cannot show is taken back"


def test_a_click_on_the_cell_plots_the_variable_that_is_shown_as_neuron_records_it():
    session = TwoKinds(dt=0.025, display_dt=0.5)
    scene = session.initialize()
    soma = session.sections[0]
    recorded = {name: h.Vector().record(getattr(soma(0.5), f"_ref_{name}")) for name in ("ina", "m_hh")}
    session.handle(Reset())
    session.set_display_variable("ina")
    session.handle(EntityClicked(entity_id="soma@0.50000"))
    session.plot_variables("ina", "m_hh")
    assert session.plotted_variables == ["ina", "m_hh"] or session.plotted_variables == ["m_hh", "ina"]
    for _ in range(10):
        session.advance()
    updates = session.read_updates()
    scene = [u for u in updates if isinstance(u, SceneReady)][-1].scene
    assert {"trace:ina", "trace:m_hh"} <= set(scene.views)
    assert scene.views["trace:ina"].y_unit == "mA/cm²"
    for name, vector in recorded.items():
        kept = (
            latest(updates, f"segment_trace:{name}")
            if any(getattr(u, "field_id", None) == f"segment_trace:{name}" for u in updates)
            else scene.fields[f"segment_trace:{name}"]
        )
        assert kept.values.shape[-1] == 201
        np.testing.assert_array_equal(kept.values[0], np.float32(np.array(vector)))
    with pytest.raises(ValueError, match="nonsense"):
        session.plot_variables("nonsense")
    session.shutdown()


def test_a_variable_is_offered_where_its_mechanism_is():
    scene = TwoKinds().initialize()
    offered = {v["name"]: v.get("entities") for v in scene.fields["segment_display"].attrs["variables"]}
    ids = list(scene.fields["segment_display"].coords["segment"])
    somatic = [i for i, name in enumerate(ids) if name.startswith("soma")]
    assert offered["v"] is None
    assert offered["m_hh"] == [[somatic[0], somatic[-1] + 1]]
    assert offered["i_pas"] == [[somatic[-1] + 1, len(ids)]]


def test_what_is_shown_and_plotted_may_be_said_while_the_model_is_built():
    class Early(TwoKinds):
        def setup_model(self, sections):
            self.plot_variables("ina")
            return super().setup_model(sections)

        def initialize(self):
            scene = super().initialize()
            self.set_display_variable("m_hh")
            return scene

    made = host(Early)
    made.tick(10)
    shown = made.viewer()
    assert shown.fields["segment_display"].attrs["variable"] == "m_hh"
    assert "trace:ina" in shown.views
    assert shown.fields["segment_trace:ina"].values.shape[1] > 5
