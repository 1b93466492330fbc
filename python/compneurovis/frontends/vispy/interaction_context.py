"""What an interaction target gets to act with."""

from __future__ import annotations

from typing import Any


class FrontendInteractionContext:
    """Given to the methods of an interaction target, which runs between two batches of the model."""

    window = None

    def __init__(self, access) -> None:
        self._access = access

    @property
    def scene(self):
        """The present scene, or None. A copy: changing it has no effect."""
        return self._access.scene()

    def state(self, key: str, default: Any = None) -> Any:
        """Value of a key of the viewer's state; `default` when nothing was set."""
        return self._access.state(key, default)

    def set_state(self, key: str, value: Any) -> None:
        """Sets a key of the viewer's state; nothing is sent to the session."""
        self._access.set_state(key, value)

    @property
    def selected_entity_id(self) -> str | None:
        """Id of the selected entity; None when nothing is selected."""
        return self.state("selected_entity_id")

    def entity_info(self, entity_id: str | None = None) -> dict[str, Any] | None:
        """Of that or the selected entity, from any morphology; None when there is none."""
        return self._access.entity_info(entity_id)

    def show_status(self, message: str, timeout_ms: int | None = None) -> None:
        """Shows a line in the window's status bar, for `timeout_ms` milliseconds; None: until the next one."""
        self._access.show_status(message, timeout_ms)

    def clear_status(self) -> None:
        """Empties the window's status bar."""
        self._access.show_status("", 0)

    def invoke_action(self, action_id: str, payload: dict[str, Any] | None = None) -> None:
        """Fires a scene action, straight to the session; an unknown one is ignored."""
        self._access.invoke_action(action_id, payload)

    def set_control(self, control_id: str, value: Any) -> None:
        """As if the user had changed the control; an unknown one is ignored."""
        self._access.set_control(control_id, value)
