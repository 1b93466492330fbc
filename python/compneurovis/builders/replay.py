"""ReplaySession and build_replay_app: frames of one field, played."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from .._methods.app import AppSpec
from .._records import ActionSpec, Error, FieldReplace, Reset, Scene, Status
from ..session.base import BufferedSession


def checked_frames(scene: Scene, field_id: str, frames: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The frames as a list of (values, coords); raises as ReplaySession says."""
    if field_id not in scene.fields:
        raise KeyError(
            f"the scene has no field {field_id!r} to replay; it has {', '.join(map(repr, scene.fields)) or 'none'}"
        )
    dims = scene.fields[field_id].dims
    checked = []
    for number, frame in enumerate(frames):
        if not isinstance(frame, (tuple, list)) or len(frame) != 2:
            raise TypeError(
                f"frame {number} is {type(frame).__name__}: each frame is a pair (values, coords), "
                "with coords None where they stay"
            )
        rank = np.ndim(frame[0])
        if rank != len(dims):
            raise ValueError(
                f"frame {number} of field {field_id!r} has {rank} dimensions, "
                f"the field has {len(dims)}: {', '.join(dims)}"
            )
        checked.append((frame[0], frame[1]))
    return checked


class ReplaySession(BufferedSession):
    """Plays frames of one field, 20 per second at speed 1. The window's time bar runs, pauses, steps, and seeks.

    frames: (values, coords) each; coords None keeps the coordinates. interval_live: False plays nothing by itself.
    loop: False stops at the last frame. Raises KeyError when the scene has no such field, TypeError and ValueError for
    frames that are no such pairs or have another number of dimensions than the field.
    """

    def __init__(
        self,
        *,
        scene: Scene,
        field_id: str,
        frames: Sequence[tuple[Any, Any]],
        interval_live: bool = True,
        loop: bool = True,
    ) -> None:
        super().__init__()
        self.scene = scene
        self.field_id = field_id
        self.frames = checked_frames(scene, field_id, frames)
        self.index = 0
        self.interval_live = interval_live
        self.loop = loop
        self._shown = 0
        self._refused: set[int] = set()  # frames that do not fit the field
        self._ended = False

    def initialize(self) -> Scene:
        if not self.frames:
            self.emit(Status("This recording has no frames: only its scene is shown."))
        return self.scene

    def is_live(self) -> bool:
        return self.interval_live and not self._ended and bool(self.frames)

    def advance(self) -> None:
        if not self.frames:
            return
        self._go_on_after(self.index)

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
        self._go_on_after(min(max(frame, 0), len(self.frames) - 1))

    def _go_on_after(self, frame: int) -> None:
        self._show(frame)
        self.index = (frame + 1) % len(self.frames)
        self._ended = self.index == 0 and not self.loop

    def _show(self, frame: int) -> None:
        values, coords = self.frames[frame]
        try:
            self.emit(FieldReplace(self.field_id, values, coords))
        except ValueError as problem:  # told once; the other frames play
            if frame not in self._refused:
                self._refused.add(frame)
                self.emit(Error(f"frame {frame}: {problem}"))
        self._shown = frame


def build_replay_app(*, scene: Scene, field_id: str, frames: Sequence[tuple[Any, Any]], loop: bool = True) -> AppSpec:
    """An app that plays frames. Adds the action "reset" (Space) to the scene unless it has one.
    Raises as ReplaySession does."""
    frames = checked_frames(scene, field_id, frames)
    scene.actions.setdefault("reset", ActionSpec("reset", "Reset", shortcuts=("Space",)))
    scene.layout.normalize_panels(views=scene.views, controls=scene.controls, actions=scene.actions)
    session = partial(ReplaySession, scene=scene, field_id=field_id, frames=frames, loop=loop)
    return AppSpec(scene=scene, session=session, title=scene.layout.title)
