"""Methods of controls and their value specs."""
from __future__ import annotations

from typing import Any


class ValueSpecMethods:
    __slots__ = ()

    def default_value(self) -> Any:
        return self.default


class XYValueSpecMethods:
    __slots__ = ()

    def default_value(self) -> dict[str, float]:
        """A new dict with both components as float; a missing one is 0.5."""
        return {axis: float(self.default.get(axis, 0.5)) for axis in ("x", "y")}


class ControlMethods:
    __slots__ = ()

    def default_value(self) -> Any:
        return self.value_spec.default_value()

    def resolved_state_key(self) -> str:
        return self.state_key or self.id
