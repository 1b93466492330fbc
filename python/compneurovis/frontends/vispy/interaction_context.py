"""What an interaction target gets to act with."""
from __future__ import annotations

from typing import Any

from ..._records import Status


class FrontendInteractionContext:
    """Given to the methods of an interaction target, which runs between two batches of the model."""

    window = None

    def __init__(self, link) -> None:
        self._link = link

    @property
    def scene(self):
        """The present scene, or None. A copy: changing it has no effect."""
        return self._link.scene()

    def state(self, key: str, default: Any = None) -> Any:
        return self._link.state(key, default)

    def set_state(self, key: str, value: Any) -> None:
        """Sets a key of the viewer's state; nothing is sent to the session."""
        self._link.set_state(key, value)

    @property
    def selected_entity_id(self) -> str | None:
        return self.state("selected_entity_id")

    def entity_info(self, entity_id: str | None = None) -> dict[str, Any] | None:
        wanted = entity_id if entity_id is not None else self.selected_entity_id
        return None if wanted is None else self._link.entity_info(wanted)

    def show_status(self, message: str, timeout_ms: int | None = None) -> None:
        self._link.emit(Status(message, timeout_ms))

    def clear_status(self) -> None:
        self._link.emit(Status("", 0))

    def invoke_action(self, action_id: str, payload: dict[str, Any] | None = None) -> None:
        """Fires a scene action, straight to the session; an unknown one is ignored."""
        self._link.invoke_action(action_id, payload)

    def set_control(self, control_id: str, value: Any) -> None:
        """As if the user had changed the control; an unknown one is ignored."""
        self._link.set_control(control_id, value)
