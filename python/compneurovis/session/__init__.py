"""Sessions: the model side of an app, and what passes between it and a window."""

from .base import BufferedSession, Session, SessionSource, resolve_interaction_target_source, resolve_session_source
from .history import HistoryCaptureMode
from .pipe import PipeTransport, configure_multiprocessing
from .protocol import (
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
    SessionCommand,
    SessionUpdate,
    SetControl,
    StatePatch,
    Status,
    StopSession,
)

__all__ = [
    "BufferedSession",
    "EntityClicked",
    "Error",
    "FieldAppend",
    "FieldReplace",
    "HistoryCaptureMode",
    "InvokeAction",
    "KeyPressed",
    "LayoutReplace",
    "PanelPatch",
    "PipeTransport",
    "Reset",
    "ScenePatch",
    "SceneReady",
    "Session",
    "SessionCommand",
    "SessionSource",
    "SessionUpdate",
    "SetControl",
    "StatePatch",
    "Status",
    "StopSession",
    "configure_multiprocessing",
    "resolve_interaction_target_source",
    "resolve_session_source",
]
