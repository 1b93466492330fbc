"""What the hooks of a session get to talk with the user."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from .._records import StatePatch, Status


class SessionInteractionContext:
    """Selection, facts about entities, status and state, for the hooks of a session."""

    def __init__(self, session) -> None:
        self.session = session

    def state(self, key: str, default: Any = None) -> Any:
        """Value of a key of the viewer's state, as far as the session was told of it; else `default`."""
        return self.session._ui_state.get(key, default)

    def set_state(self, key: str, value: Any) -> None:
        """Sets a key of the viewer's state, here and in every viewer."""
        self.session._ui_state[key] = value
        self.session.emit(StatePatch({key: value}))

    @property
    def selected_entity_id(self) -> str | None:
        """Id of the entity that was clicked last; None before the first click."""
        return self.state("selected_entity_id")

    def entity_info(self, entity_id: str | None = None) -> dict[str, Any] | None:
        """index, entity_id, section_name, xloc, label; None when unknown."""
        wanted = entity_id if entity_id is not None else self.selected_entity_id
        geometry = self.session.geometry
        if geometry is None or wanted is None:
            return None
        index = self.session._entity_index_by_id.get(wanted)
        return None if index is None else geometry.entity_info(wanted)

    def show_status(self, message: str, timeout_ms: int | None = None) -> None:
        """Shows a line in the window's status bar, for `timeout_ms` milliseconds; None: until the next one."""
        self.session.emit(Status(message, timeout_ms))

    def clear_status(self) -> None:
        """Empties the window's status bar."""
        self.session.emit(Status("", 0))

    def invoke_action(self, action_id: str, payload: dict[str, Any] | None = None) -> bool:
        """Passes an action to the hooks, as if the user had fired it: on_action, then apply_action.
        True when one of them handled it."""
        return self.session._dispatch_action(action_id, dict(payload or {}))


class UiState(MutableMapping):
    """The session's own copy of the UI state, which its C++ core holds."""

    def __init__(self, core) -> None:
        self._core = core

    def __getitem__(self, key: str) -> Any:
        return self._core.ui_state()[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._core.set_ui_state(key, value)

    def __delitem__(self, key: str) -> None:
        if not self._core.drop_ui_state(key):
            raise KeyError(key)

    def __iter__(self):
        return iter(self._core.ui_state())

    def __len__(self) -> int:
        return len(self._core.ui_state())

    def __repr__(self) -> str:
        return repr(self._core.ui_state())
