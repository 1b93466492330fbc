"""Commands and updates."""

from .._methods.bases import SessionCommand, SessionUpdate
from .._records import (
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
    SetControl,
    StatePatch,
    Status,
    StopSession,
)
