"""ReplaySession and build_replay_app: frames of one field, played."""
from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from .._methods.app import AppSpec
from .._records import ActionSpec, FieldReplace, Reset, Scene
from ..session.base import BufferedSession


class ReplaySession(BufferedSession):
    """Plays frames of one field, 20 per second at speed 1. The window's time bar runs, pauses, steps, and seeks.

    frames: (values, coords) each; coords None keeps the coordinates. interval_live: False plays nothing by itself. loop: False
    stops at the last frame.
    """

    def __init__(self, *, scene: Scene, field_id: str, frames: Sequence[tuple[Any, Any]], interval_live: bool = True, loop: bool = True) -> None:
        super().__init__()
        self.scene = scene
        self.field_id = field_id
        self.frames = list(frames)
        self.index = 0
        self.interval_live = interval_live
        self.loop = loop
        self._shown = 0
        self._ended = False

    def initialize(self) -> Scene:
        return self.scene

    def is_live(self) -> bool:
        return self.interval_live and not self._ended

    def advance(self) -> None:
        if not self.frames:
            return
        self._show(self.index)
        self.index = (self.index + 1) % len(self.frames)
        self._ended = self.index == 0 and not self.loop

    def handle(self, command) -> None:
        if isinstance(command, Reset) and self.frames:
            self.index = 0
            self._ended = False
            self._show(0)

    def frame_place(self) -> tuple[int, int]:
        """(number of frames, frame that is shown), for the time bar."""
        return len(self.frames), self._shown

    def seek(self, frame: int) -> None:
        """Shows that frame; out of range: the nearest."""
        if not self.frames:
            return
        shown = min(max(frame, 0), len(self.frames) - 1)
        self._show(shown)
        self.index = (shown + 1) % len(self.frames)
        self._ended = self.index == 0 and not self.loop

    def _show(self, frame: int) -> None:
        values, coords = self.frames[frame]
        self.emit(FieldReplace(self.field_id, values, coords))
        self._shown = frame


def build_replay_app(*, scene: Scene, field_id: str, frames: Sequence[tuple[Any, Any]], loop: bool = True) -> AppSpec:
    """An app that plays frames. Adds the action "reset" (Space) to the scene unless it has one."""
    scene.actions.setdefault("reset", ActionSpec("reset", "Reset", shortcuts=("Space",)))
    scene.layout.normalize_panels(views=scene.views, controls=scene.controls, actions=scene.actions)
    session = partial(ReplaySession, scene=scene, field_id=field_id, frames=frames, loop=loop)
    return AppSpec(scene=scene, session=session, title=scene.layout.title)
