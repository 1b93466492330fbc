"""Session classes, and how a lazy source becomes a session."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from .._snapshot import snapshot

__all__ = [
    "BufferedSession",
    "Session",
    "SessionFactory",
    "SessionSource",
    "resolve_interaction_target_source",
    "resolve_session_source",
    "resolve_startup_scene_source",
]


class Session(ABC):
    """The model side of an app. The host calls every method from one thread."""

    _cnv_defaults = True
    # Set by a host while it runs this session; emitted updates then take effect at once.
    _cnv_link = None
    _cnv_hosted = False

    @classmethod
    def startup_scene(cls):
        """A scene to show before the session exists, or None."""
        return None

    @abstractmethod
    def initialize(self):
        """Once, first. Returns the Scene to show, or None when it is emitted later."""

    @abstractmethod
    def advance(self) -> None:
        """One display batch."""

    @abstractmethod
    def handle(self, command) -> None:
        """Acts on a command."""

    @abstractmethod
    def read_updates(self) -> list:
        """The pending updates; forgets them."""

    def is_live(self) -> bool:
        """False stops advance(); commands are still handled."""
        return True

    def idle_sleep(self) -> float:
        """Least duration of a tick in seconds. A class that overrides it keeps its own pace."""
        return 0.05

    def shutdown(self) -> None:  # noqa: B027  a hook: most sessions have nothing to close
        """Once at the end, also after an error."""


class BufferedSession(Session):
    """Queues updates: subclasses call emit(). With a host they take effect when they are emitted."""

    _cnv_defaults = True
    _cnv_made = False  # whether this process has made one

    def __init__(self) -> None:
        BufferedSession._cnv_made = True
        self._cnv_pending: list = []

    def emit(self, update) -> None:
        """Takes the values as they are at this moment; an array changed later does not show."""
        link = self._cnv_link
        if link is None or not link.emit(update):
            self._pending_updates().append(snapshot(update))

    def read_updates(self) -> list:
        pending = self._pending_updates()
        updates = pending[:]
        del pending[: len(updates)]
        return updates

    def _pending_updates(self) -> list:
        # A subclass that forgets super().__init__() works too.
        return self.__dict__.setdefault("_cnv_pending", [])


SessionFactory = Callable[[], Session]
SessionSource = type[Session] | SessionFactory

_WANTED = "requires a Session subclass or top-level zero-argument factory"


def require_lazy(name: str, source: Any) -> None:
    """TypeError unless `source` is a Session subclass or another callable; in particular for
    a session that exists already."""
    if isinstance(source, Session):
        raise TypeError(f"{name} {_WANTED}, not an existing {type(source).__name__}: pass the class itself")
    if inspect.isclass(source) and not issubclass(source, Session):
        raise TypeError(f"{name} {_WANTED}; {source.__name__} is no Session subclass")
    if not callable(source):
        raise TypeError(f"{name} {_WANTED}, not {source!r}")


def resolve_session_source(source: Any) -> Session:
    """Makes the session of a class or factory."""
    require_lazy("resolve_session_source", source)
    session = source()
    if not isinstance(session, Session):
        raise TypeError(f"the session factory {source!r} returned {session!r}, which is no Session")
    return session


def resolve_startup_scene_source(source: Any):
    """The scene to show before the session exists, or None."""
    from .._records import Scene

    if source is None:
        return None
    if inspect.isclass(source) or isinstance(source, Session):
        require_lazy("resolve_startup_scene_source", source)
    make = getattr(source, "startup_scene", None)
    scene = make() if callable(make) else None
    if scene is not None and not isinstance(scene, Scene):
        raise TypeError(f"startup_scene of {source!r} returned {scene!r}, which is no Scene")
    return scene


def resolve_interaction_target_source(source: Any):
    """The interaction target of an object, class or factory."""
    if source is None:
        return None
    hooks = ("on_action", "on_key_press", "on_entity_clicked")
    if inspect.isclass(source) or (callable(source) and not any(hasattr(source, hook) for hook in hooks)):
        return source()
    return source
