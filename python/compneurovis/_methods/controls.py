"""Methods of controls and their value specs."""

from __future__ import annotations

from typing import Any


class ValueSpecMethods:
    __slots__ = ()

    def default_value(self) -> Any:
        """`default`, as it was given: a number, a bool or a choice."""
        return self.default


class XYValueSpecMethods:
    __slots__ = ()

    def default_value(self) -> dict[str, float]:
        """A new dict with both components as float; a missing one is 0.5."""
        return {axis: float(self.default.get(axis, 0.5)) for axis in ("x", "y")}


class ControlMethods:
    __slots__ = ()

    def default_value(self) -> Any:
        """What the control shows before anybody has moved it; see the method of its value spec."""
        return self.value_spec.default_value()

    def resolved_state_key(self) -> str:
        """The key under which the viewer's state holds the value: `state_key`, else `id`."""
        return self.state_key or self.id
