"""What `import compneurovis` costs and loads."""

import pathlib
import subprocess
import sys
import types

import pytest


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def submodules_of(package) -> set[str]:
    return {name for name, value in vars(package).items() if isinstance(value, types.ModuleType)}


def test_import_loads_no_simulator_no_qt_no_gl():
    loaded = run(
        "import sys, compneurovis\n"
        "heavy = {'neuron', 'jax', 'jaxley', 'scipy', 'matplotlib', 'multiprocessing', 'PyQt6'}\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in heavy))\n"
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
    assert (
        run(
            "import sys; from compneurovis import NeuronSession, NeuronSceneBuilder, build_neuron_app; "
            "print('neuron' in sys.modules)"
        )
        == "False"
    )


def test_a_star_import_brings_every_public_name_and_needs_no_simulator():
    names = run(
        "import sys\n"
        "sys.modules.update(neuron=None, jax=None, jaxley=None)  # as if they were not installed\n"
        "brought = {}\n"
        "exec('from compneurovis import *', brought)\n"
        "print(*sorted(name for name in brought if name != '__builtins__'))"
    ).split()
    import compneurovis

    assert {
        "Field",
        "Scene",
        "SessionUpdate",
        "ViewSpec",
        "HistoryCaptureMode",
        "ViewerError",
        "run_app",
        "grid_field",
        *compneurovis._LAZY,
    } <= set(names)
    assert set(names) == {name for name in dir(compneurovis) if name[0] != "_"} - {
        "annotations",
        "importlib",
    } - submodules_of(compneurovis)


def test_lazy_names_are_listed_and_unknown_ones_are_attribute_errors():
    import compneurovis

    assert {"NeuronSession", "build_neuron_app", "Field", "run_app"} <= set(dir(compneurovis))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = compneurovis.nonsense
    with pytest.raises(AttributeError, match="run_app"):
        _ = compneurovis.VispyFrontendWindow
    with pytest.raises(ImportError):
        from compneurovis.frontends.vispy import VispyFrontendWindow  # noqa: F401


def test_a_missing_module_says_what_to_install(monkeypatch):
    import compneurovis

    monkeypatch.setitem(compneurovis._LAZY, "NeuronSession", ("a_simulator_that_is_not_here", "neuron"))
    monkeypatch.delitem(vars(compneurovis), "NeuronSession", raising=False)
    with pytest.raises(ModuleNotFoundError, match=r"NeuronSession.*pip install 'neuron>=9,<10'$"):
        _ = compneurovis.NeuronSession


def test_what_a_user_is_told_to_install_is_what_the_extras_name():
    tomllib = pytest.importorskip("tomllib")
    from compneurovis._simulators import WORKS_WITH

    extras = tomllib.loads((pathlib.Path(__file__).parents[2] / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    for simulator, packages in WORKS_WITH.items():
        assert extras[simulator] == [package + versions for package, versions in packages.items()]


# The paths by which scripts import, and names that each of them has.
# Those of the NEURON tools are in test_neuron_utils.
PATHS = {
    "compneurovis": "AppSpec ControlRefused Field Scene Session run_app",
    "compneurovis.core": (
        "AppSpec AttributeRef ControlSpec ControlValueSpec Field Geometry LayoutSpec OperatorSpec PanelSpec "
        "Scene StateBinding ViewSpec"
    ),
    "compneurovis.core.bindings": "AttributeRef SeriesSpec",
    "compneurovis.core.controls": (
        "ActionSpec BoolValueSpec ChoiceValueSpec ControlPresentationSpec ControlSpec ControlValueSpec "
        "ScalarValueSpec XYValueSpec"
    ),
    "compneurovis.core.field": "Field",
    "compneurovis.core.geometry": "Geometry MorphologyGeometry GridGeometry PieceTable",
    "compneurovis.core.operators": "OperatorSpec GridSliceOperatorSpec",
    "compneurovis.core.scene": "PanelSpec LayoutSpec Scene AppSpec DiagnosticsSpec",
    "compneurovis.core.state": "StateBinding",
    "compneurovis.core.views": (
        "ViewSpec MorphologyViewSpec SurfaceViewSpec LinePlotViewSpec StateGraphViewSpec HeatMapViewSpec"
    ),
    "compneurovis.session": (
        "Session BufferedSession SessionSource Reset FieldAppend HistoryCaptureMode resolve_session_source "
        "resolve_interaction_target_source PipeTransport configure_multiprocessing"
    ),
    "compneurovis.session.base": "BufferedSession Session SessionFactory SessionSource resolve_startup_scene_source",
    "compneurovis.session.history": "HistoryCaptureMode",
    "compneurovis.session.pipe": "PipeTransport configure_multiprocessing",
    "compneurovis.session.protocol": "SessionCommand SessionUpdate Error",
    "compneurovis.builders": (
        "ReplaySession build_jaxley_app build_neuron_app build_replay_app build_surface_app grid_field"
    ),
    "compneurovis.builders.jaxley": "build_jaxley_app",
    "compneurovis.builders.neuron": "build_neuron_app",
    "compneurovis.builders.replay": "ReplaySession build_replay_app",
    "compneurovis.builders.surface": "build_surface_app grid_field",
    "compneurovis.backends": "",
    "compneurovis.backends.neuron": "NeuronSceneBuilder NeuronSession",
    "compneurovis.backends.neuron.layout": "define_shape_layout generate_layout",
    "compneurovis.backends.neuron.scene": "NeuronSceneBuilder",
    "compneurovis.backends.neuron.section_json": "export_section_json import_section_json",
    "compneurovis.backends.neuron.session": "NeuronSession SessionInteractionContext",
    "compneurovis.backends.neuron.swc": "load_swc_multi load_swc_neuron parse_swc",
    "compneurovis.backends.jaxley": "JaxleySceneBuilder JaxleySession",
    "compneurovis.backends.jaxley.cache": (
        "load_cached_swc_jaxley load_cached_swc_multi_jaxley save_swc_jaxley_cache save_swc_multi_jaxley_cache"
    ),
    "compneurovis.backends.jaxley.layout": "translate_cell_xyzr translate_cells_xyzr",
    "compneurovis.backends.jaxley.scene": "JaxleySceneBuilder",
    "compneurovis.backends.jaxley.session": "JaxleySession SessionInteractionContext",
    "compneurovis.backends.jaxley.swc": "load_swc_jaxley load_swc_multi_jaxley parse_swc",
    "compneurovis.backends.jaxley.utils": (
        "load_swc_jaxley load_swc_multi_jaxley parse_swc translate_cell_xyzr translate_cells_xyzr"
    ),
    "compneurovis.jaxleyutils": (
        "load_swc_jaxley load_swc_multi_jaxley parse_swc translate_cell_xyzr translate_cells_xyzr"
    ),
    "compneurovis.jaxleyutils.layout": "translate_cell_xyzr translate_cells_xyzr",
    "compneurovis.jaxleyutils.swc_utils": "load_cached_swc_jaxley load_swc_jaxley parse_swc save_swc_jaxley_cache",
    "compneurovis.frontends": "run_app",
    "compneurovis.frontends.vispy": "run_app",
    "compneurovis.frontends.vispy.frontend": "run_app",
    "compneurovis.frontends.vispy.interaction_context": "FrontendInteractionContext",
    "compneurovis._perf": "perf_log perf_logging_enabled configure_perf_logging clear_perf_logging_configuration",
}


@pytest.mark.parametrize("module", PATHS)
def test_module_paths_of_scripts(module):
    import importlib

    import compneurovis

    imported = importlib.import_module(module)
    assert imported.__name__ == module
    for name in PATHS[module].split():
        value = getattr(imported, name)
        assert value is getattr(compneurovis, name, value), name
