"""Records: positional, frozen or mutable, comparable, picklable; derived from the same tables as the C++ types."""

import copy
import dataclasses
import pickle
import subprocess
from pathlib import Path

import numpy as np
import pytest

import compneurovis as cnv
from compneurovis import _core, _records


def grid_field(**changes):
    given = dict(
        id="f",
        values=np.arange(6.0).reshape(2, 3),
        dims=("y", "x"),
        coords={"y": np.arange(2), "x": np.array(["a", "b", "c"])},
    )
    return cnv.Field(**{**given, **changes})


def geometry(**changes):
    given = dict(
        id="g",
        positions=np.zeros((2, 3)),
        orientations=np.stack([np.eye(3)] * 2),
        radii=[1.0, 2.0],
        lengths=[3.0, 4.0],
        entity_ids=["soma@0.5", "dend@0.5"],
        section_names=["soma", "dend"],
        xlocs=[0.5, 0.5],
    )
    return cnv.MorphologyGeometry(**{**given, **changes})


def test_the_committed_records_are_what_the_tables_give():
    generator = Path(cnv.__file__).parent.parent / "cnv_make_records"
    if not generator.exists():
        pytest.skip("an installed package has no generator")
    printed = subprocess.run([generator], capture_output=True, text=True, check=True).stdout
    assert printed == Path(_records.__file__).read_text(), "run `ninja cnv_records`"


SAMPLES = [
    cnv.MorphologyViewSpec("m", color_limits=cnv.StateBinding("k")),
    cnv.SurfaceViewSpec("s", "S", "f", tick_count=3),
    cnv.LinePlotViewSpec(
        "p", selectors={"segment": cnv.StateBinding("selected_entity_id")}, series_palette=[(1, 2, 3)], y_min=-1
    ),
    cnv.StateGraphViewSpec("g", node_positions=(("c", 0.1, 0.2),), edges=(("c", "o", "e"),)),
    cnv.HeatMapViewSpec("h", field_id="v", selectors={"trial": 1}, color_limits=(-80.0, 40.0), rolling_window=50.0),
    cnv.GridSliceOperatorSpec("o", "f"),
    cnv.ControlSpec(
        "c",
        "C",
        cnv.ScalarValueSpec(3, 0, 9, "int"),
        cnv.ControlPresentationSpec("slider", 5, "log"),
        target=cnv.AttributeRef("a", "b"),
    ),
    cnv.ActionSpec("a", "A", {"x": cnv.StateBinding("k")}, ("Space",)),
    cnv.PanelSpec("p", "view_3d", camera_distance=None),
    cnv.XYValueSpec({"x": 0.2}),
    cnv.SetControl("c", 1.5),
    cnv.InvokeAction("a", {"n": 1}),
    cnv.ScenePatch({"v": {"title": "T"}}),
    cnv.StatePatch({"a": [1, 2]}),
    cnv.PanelPatch("p", view_ids=()),
    cnv.LayoutReplace((cnv.PanelSpec("p", "controls"),), (("p",),)),
    cnv.Status("hello", 5),
    cnv.Error("bad"),
    cnv.AppSpec(title="T"),
    cnv.DiagnosticsSpec(True),
]


@pytest.mark.parametrize("record", SAMPLES, ids=lambda r: type(r).__name__)
def test_records_are_values(record):
    assert dataclasses.is_dataclass(record)
    assert pickle.loads(pickle.dumps(record)) == record
    assert copy.deepcopy(record) == record
    assert dataclasses.replace(record) == record
    assert all(field.name in repr(record) for field in dataclasses.fields(record))
    rebuilt = type(record)(*(getattr(record, field.name) for field in dataclasses.fields(record)))
    assert rebuilt == record
    with pytest.raises(TypeError):
        type(record)(nonsense=1)
    with pytest.raises(AttributeError):
        record.nonsense = 1


@pytest.mark.parametrize(
    "record",
    [r for r in SAMPLES if not isinstance(r, (cnv.PanelSpec, cnv.AppSpec, cnv.DiagnosticsSpec))],
    ids=lambda r: type(r).__name__,
)
def test_frozen_records_refuse_assignment(record):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, dataclasses.fields(record)[0].name, "x")


def test_mutable_records_take_assignment():
    app, panel, layout = cnv.AppSpec(), cnv.PanelSpec("p", "controls"), cnv.LayoutSpec()
    app.diagnostics, panel.title, layout.panels = cnv.DiagnosticsSpec(), "T", (panel,)
    assert layout.panels[0].title == "T" and app.diagnostics.perf_log_enabled is False


def test_hash_follows_the_attributes():
    assert hash(cnv.StateBinding("a")) == hash(cnv.StateBinding("a"))
    assert hash(cnv.AttributeRef("a", "b")) and hash(cnv.MorphologyViewSpec("m"))
    for record in (grid_field(), cnv.StatePatch({}), cnv.LinePlotViewSpec("p"), cnv.PanelSpec("p", "controls")):
        with pytest.raises(TypeError):
            hash(record)


@pytest.mark.parametrize(
    "make, order",
    [
        (cnv.Field, "id values dims coords unit attrs"),
        (
            cnv.MorphologyGeometry,
            "id positions orientations radii lengths entity_ids section_names xlocs colors labels metadata pieces",
        ),
        (cnv.GridGeometry, "id dims coords metadata"),
        (cnv.ControlSpec, "id label value_spec presentation state_key send_to_session target unit"),
        (cnv.ActionSpec, "id label payload shortcuts selection_mode selection_payload_key"),
        (
            cnv.PanelSpec,
            "id kind view_ids control_ids action_ids operator_ids host_kind title "
            "camera_distance camera_elevation camera_azimuth",
        ),
        (cnv.Scene, "fields geometries views operators controls actions layout metadata"),
        (cnv.AppSpec, "scene session interaction_target title diagnostics"),
        (
            cnv.GridSliceOperatorSpec,
            "id field_id geometry_id axis_state_key position_state_key color alpha fill_alpha width",
        ),
        (cnv.FieldReplace, "field_id values coords attrs_update"),
        (cnv.FieldAppend, "field_id append_dim values coord_values max_length attrs_update"),
        (cnv.PanelPatch, "panel_id control_ids action_ids view_ids title"),
        (cnv.XYValueSpec, "default x_range y_range x_label y_label x_unit y_unit"),
        (cnv.SeriesSpec, "key label source color"),
    ],
    ids=lambda x: x if isinstance(x, str) else x.__name__,
)
def test_parameter_order(make, order):
    assert [field.name for field in dataclasses.fields(make)] == order.split()


def test_defaults_of_the_specification():
    view = cnv.MorphologyViewSpec("m")
    assert (
        view.geometry_id,
        view.entity_dim,
        view.sample_dim,
        view.color_map,
        view.color_norm,
        view.background_color,
    ) == ("morphology", "segment", "time", "scalar", "auto", "white")
    surface = cnv.SurfaceViewSpec("s")
    assert (
        surface.color_map,
        surface.surface_color,
        surface.tick_count,
        surface.axis_label_size,
        surface.axes_in_middle,
        surface.render_axes,
    ) == ("mpl:viridis", (0.5, 0.6, 0.8, 1.0), 5, 16.0, False, True)
    plot = cnv.LinePlotViewSpec("p")
    assert (plot.x_label, plot.pen, plot.background_color, plot.show_legend, plot.rolling_window) == (
        "x",
        "k",
        "w",
        True,
        None,
    )
    graph = cnv.StateGraphViewSpec("g")
    assert (graph.node_color_map, graph.node_color_limits, graph.edge_color_limits, graph.node_size) == (
        "fire",
        (0.0, 1.0),
        (-0.1, 0.1),
        20.0,
    )
    panel = cnv.PanelSpec("p", "view_3d")
    assert (panel.host_kind, panel.camera_distance, panel.camera_elevation, panel.camera_azimuth) == (
        "independent_canvas",
        200.0,
        30.0,
        30.0,
    )
    assert cnv.LayoutSpec().title == "CompNeuroVis" and cnv.BoolValueSpec().default is False
    assert (
        cnv.XYValueSpec().default == {"x": 0.5, "y": 0.5} and cnv.XYValueSpec().default is not cnv.XYValueSpec().default
    )


def test_bases_and_kinds():
    assert issubclass(cnv.LinePlotViewSpec, cnv.ViewSpec) and cnv.ViewSpec("v").title == ""
    assert issubclass(cnv.GridSliceOperatorSpec, cnv.OperatorSpec)
    assert issubclass(cnv.Reset, cnv.SessionCommand) and issubclass(cnv.Status, cnv.SessionUpdate)
    assert (
        cnv.MorphologyGeometry.kind == "morphology"
        and cnv.GridGeometry.kind == "grid"
        and isinstance(geometry(), cnv.Geometry)
    )


def test_controls_and_bindings():
    control = cnv.ControlSpec("c", "C", cnv.XYValueSpec({"x": 1}), state_key="")
    assert control.default_value() == {"x": 1.0, "y": 0.5} and control.resolved_state_key() == "c"
    assert cnv.ControlSpec("c", "C", cnv.BoolValueSpec(True), state_key="k").resolved_state_key() == "k"

    class Owner:
        rate = 2

    class Root:
        owner = Owner()

    reference = cnv.AttributeRef("owner", "rate")
    reference.write(Root, 5)
    assert reference.read(Root) == 5
    with pytest.raises(AttributeError):
        cnv.AttributeRef("owner", "missing").read(Root)
    mode = cnv.HistoryCaptureMode("full")
    assert str(mode) == "full" and mode == "full" and mode is cnv.HistoryCaptureMode.FULL
    with pytest.raises(ValueError):
        cnv.HistoryCaptureMode("some")


def test_containers_are_copied_at_construction():
    coords, attrs = {"y": np.arange(2), "x": np.arange(3)}, {"a": 1}
    field = grid_field(coords=coords, attrs=attrs)
    coords.clear()
    attrs.clear()
    assert set(field.coords) == {"y", "x"} and field.attrs == {"a": 1}
    views = {"p": cnv.LinePlotViewSpec("p")}
    scene = cnv.Scene({}, {}, views)
    views.clear()
    assert list(scene.views) == ["p"]


def test_morphology_facts_and_checks():
    g = geometry()
    assert g.positions.dtype == np.float32 and g.entity_ids == ("soma@0.5", "dend@0.5") and g.labels == g.entity_ids
    assert g.entity_index("dend@0.5") == 1 and geometry(labels=["S", "D"]).label_for("dend@0.5") == "D"
    assert g.entity_info("dend@0.5") == {
        "index": 1,
        "entity_id": "dend@0.5",
        "section_name": "dend",
        "xloc": 0.5,
        "label": "dend@0.5",
    }
    with pytest.raises(KeyError):
        g.entity_info("axon")
    for wrong in (
        {"radii": [1.0]},
        {"positions": np.zeros((3, 3))},
        {"orientations": np.zeros((2, 3))},
        {"entity_ids": ["a"]},
        {"labels": ["a"]},
        {"colors": np.zeros((2, 3))},
    ):
        with pytest.raises(ValueError):
            geometry(**wrong)
    with pytest.raises(ValueError):
        dataclasses.replace(g, lengths=[1.0])
    assert dataclasses.replace(g, labels=("x", "y")).labels == ("x", "y")
    assert pickle.loads(pickle.dumps(g)).entity_ids == g.entity_ids


def test_grid_checks():
    cnv.GridGeometry("g", ("y", "x"), {"y": [0, 1], "x": [0.0]})
    for dims, coords in ((("y",), {"y": [0]}), (("y", "x"), {"y": [0]}), (("y", "x"), {"y": [0], "x": [[0]]})):
        with pytest.raises(ValueError):
            cnv.GridGeometry("g", dims, coords)


@pytest.mark.parametrize(
    "record", [r for r in SAMPLES if isinstance(r, cnv.SessionUpdate)], ids=lambda r: type(r).__name__
)
def test_updates_survive_the_way_through_cpp(record):
    again = _core.testing.round_trip(record)
    assert repr(again).replace("[", "(").replace("]", ")") == repr(record).replace("[", "(").replace("]", ")")


LAYOUTS = {
    "as it is": lambda a: a,
    "by columns": np.asfortranarray,
    "every second": lambda a: np.repeat(a, 2, axis=1)[:, ::2],
    "backwards": lambda a: a[::-1],
    "not writable": lambda a: (a.setflags(write=False), a)[1],
    "other byte order": lambda a: a.astype(a.dtype.newbyteorder()),
    "one row": lambda a: a[1],
    "none": lambda a: a[:, :0],
    "a list": lambda a: a.tolist(),
    "a subclass": lambda a: a.view(np.ma.MaskedArray),
}


@pytest.mark.parametrize("dtype", ["?", "b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_arrays_of_any_type_and_layout_arrive(dtype, layout):
    values = LAYOUTS[layout](np.array([[0, 1, 2], [3, 100, 5]]).astype(dtype))
    arrived = _core.testing.round_trip(cnv.FieldReplace("wave", values)).values
    np.testing.assert_array_equal(arrived, np.asarray(values))
    assert arrived.dtype == np.asarray(values).dtype.newbyteorder("=") and arrived.shape == np.shape(values)
    assert not np.shares_memory(arrived, values)


def test_what_does_not_fit_is_named():
    scene = cnv.Scene({}, {}, {"p": cnv.LinePlotViewSpec("p", y_min="low")})
    with pytest.raises(TypeError, match=r"LinePlotViewSpec 'p'.y_min.*'low'"):
        _core.testing.round_trip(cnv.SceneReady(scene))
    for values in (
        np.zeros(2, complex),
        np.zeros(2, "datetime64[s]"),
        np.array([1, object()]),
        np.zeros(2, np.float16),
    ):
        with pytest.raises(TypeError, match="'wave'"):
            _core.testing.round_trip(cnv.FieldReplace("wave", values))
    with pytest.raises(TypeError, match="StatePatch"):
        _core.testing.round_trip(cnv.StatePatch({"a": object()}))
