"""CompNeuroVis: watch and steer a running neuroscience model.

Importing the package loads numpy at most. Sessions and apps of simulators are loaded when they are named, also by
`from compneurovis import *`; a simulator itself when its session starts, so that everything can be imported without it.
"""

from __future__ import annotations

import importlib

from . import _loading

_loading.load_extension()

from ._errors import ControlRefused, UnknownDimError, ViewerError
from ._methods.app import HistoryCaptureMode
from ._run import run_app
from .builders.replay import ReplaySession, build_replay_app
from .builders.surface import build_surface_app, grid_field
from .core import (
    ActionSpec,
    AppSpec,
    AttributeRef,
    BoolValueSpec,
    ChoiceValueSpec,
    ControlPresentationSpec,
    ControlSpec,
    DiagnosticsSpec,
    Field,
    Geometry,
    GridGeometry,
    GridSliceOperatorSpec,
    HeatMapViewSpec,
    LayoutSpec,
    LinePlotViewSpec,
    MorphologyGeometry,
    MorphologyViewSpec,
    OperatorSpec,
    PanelSpec,
    PieceTable,
    ScalarValueSpec,
    Scene,
    SeriesSpec,
    StateBinding,
    StateGraphViewSpec,
    SurfaceViewSpec,
    ViewSpec,
    XYValueSpec,
)
from .frontends._removed import REMOVED as _REMOVED
from .session import (
    BufferedSession,
    EntityClicked,
    Error,
    FieldAppend,
    FieldReplace,
    InvokeAction,
    KeyPressed,
    LayoutReplace,
    PanelPatch,
    Reset,
    ScenePatch,
    SceneReady,
    Session,
    SessionCommand,
    SessionUpdate,
    SetControl,
    StatePatch,
    Status,
    StopSession,
)

# Export → (module, simulator that it needs).
_LAZY = {
    "JaxleySceneBuilder": ("compneurovis.backends.jaxley", "jaxley"),
    "JaxleySession": ("compneurovis.backends.jaxley", "jaxley"),
    "NeuronSceneBuilder": ("compneurovis.backends.neuron", "neuron"),
    "NeuronSession": ("compneurovis.backends.neuron", "neuron"),
    "build_jaxley_app": ("compneurovis.builders.jaxley", "jaxley"),
    "build_neuron_app": ("compneurovis.builders.neuron", "neuron"),
}

# What was imported above, without submodules, and what is loaded when it is named.
__all__ = sorted(
    {
        *_LAZY,
        *(
            name
            for name, value in globals().items()
            if name[0] != "_" and getattr(value, "__module__", "").startswith(__name__)
        ),
    }
)


def __getattr__(name: str):
    if name in _LAZY:
        module, simulator = _LAZY[name]
        try:
            value = getattr(importlib.import_module(module), name)
        except ModuleNotFoundError as missing:
            if (missing.name or "").split(".")[0] == __name__:
                raise
            from ._simulators import install_command

            raise ModuleNotFoundError(
                f"compneurovis.{name} needs the module '{missing.name}': install it with: {install_command(simulator)}",
                name=missing.name,
            ) from missing
        globals()[name] = value
        return value
    if name in _REMOVED:
        raise AttributeError(f"compneurovis has no {name}: {_REMOVED[name]}")
    raise AttributeError(f"module 'compneurovis' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
