"""What `import compneurovis` costs and loads."""
import subprocess
import sys

import pytest


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_import_loads_no_simulator_no_qt_no_gl():
    loaded = run(
        "import sys, compneurovis\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('neuron', 'jax', 'jaxley', 'scipy', 'matplotlib', 'multiprocessing', 'PyQt6')))\n"
        "maps = open('/proc/self/maps').read()\n"
        "print([name for name in ('libQt6', 'libGL.', 'libEGL', 'libnrniv') if name in maps])"
    )
    assert loaded == "[]\n[]"


def test_import_brings_little_beside_numpy():
    """What an import loads can be counted; how long that takes is measured by the benchmark `start`."""
    modules = "import sys; print(*sys.modules)"
    beside_numpy = set(run(f"import compneurovis; {modules}").split()) - set(run(f"import numpy; {modules}").split())
    foreign = {name for name in beside_numpy if name.split(".")[0] not in sys.stdlib_module_names | {"compneurovis"}}
    assert not foreign
    assert len(beside_numpy) < 80


def test_sessions_can_be_defined_without_the_simulator():
    assert run("import sys; from compneurovis import NeuronSession, NeuronSceneBuilder, build_neuron_app; print('neuron' in sys.modules)") == "False"


def test_lazy_names_are_listed_and_unknown_ones_are_attribute_errors():
    import compneurovis

    assert {"NeuronSession", "build_neuron_app", "Field", "run_app"} <= set(dir(compneurovis))
    with pytest.raises(AttributeError, match="nonsense"):
        compneurovis.nonsense
    with pytest.raises(AttributeError, match="run_app"):
        compneurovis.VispyFrontendWindow
    with pytest.raises(ImportError):
        from compneurovis.frontends.vispy import VispyFrontendWindow  # noqa: F401


def test_a_missing_module_names_the_extra(monkeypatch):
    import compneurovis

    monkeypatch.setitem(compneurovis._LAZY, "NeuronSession", ("a_simulator_that_is_not_here", "neuron"))
    monkeypatch.delitem(vars(compneurovis), "NeuronSession", raising=False)
    with pytest.raises(ModuleNotFoundError, match=r"NeuronSession.*compneurovis\[neuron\]"):
        compneurovis.NeuronSession


@pytest.mark.parametrize(
    "module, names",
    [
        ("compneurovis.core.bindings", "AttributeRef SeriesSpec"),
        ("compneurovis.core.controls", "ScalarValueSpec ControlValueSpec ControlPresentationSpec ControlSpec ActionSpec"),
        ("compneurovis.core.geometry", "Geometry MorphologyGeometry GridGeometry"),
        ("compneurovis.core.operators", "OperatorSpec GridSliceOperatorSpec"),
        ("compneurovis.core.state", "StateBinding"),
        ("compneurovis.core.views", "ViewSpec MorphologyViewSpec SurfaceViewSpec LinePlotViewSpec StateGraphViewSpec HeatMapViewSpec"),
        ("compneurovis.core.scene", "PanelSpec LayoutSpec Scene AppSpec DiagnosticsSpec PANEL_KIND_VIEW_3D PANEL_KIND_STATE_GRAPH PANEL_KIND_HEAT_MAP"),
        ("compneurovis.session", "Session BufferedSession SessionSource Reset FieldAppend HistoryCaptureMode resolve_session_source resolve_interaction_target_source PipeTransport configure_multiprocessing"),
        ("compneurovis.session.pipe", "PipeTransport configure_multiprocessing"),
        ("compneurovis.session.base", "SessionFactory resolve_startup_scene_source"),
        ("compneurovis.session.protocol", "SessionCommand SessionUpdate Error"),
        ("compneurovis.backends.neuron.session", "NeuronSession SessionInteractionContext"),
        ("compneurovis.frontends.vispy.interaction_context", "FrontendInteractionContext"),
    ],
)
def test_module_paths_of_scripts(module, names):
    import importlib

    imported = importlib.import_module(module)
    for name in names.split():
        assert hasattr(imported, name), name
