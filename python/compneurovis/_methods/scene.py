"""Methods of Scene."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any


class SceneMethods:
    __slots__ = ()

    def __post_init__(self) -> None:
        for name in ("fields", "geometries", "views", "operators", "controls", "actions", "metadata"):
            setattr(self, name, dict(getattr(self, name)))
        self.layout.normalize_panels(views=self.views, controls=self.controls, actions=self.actions)

    def replace_view(self, view_id: str, updates: Mapping[str, Any]) -> None:
        """The view becomes a copy with these attributes. KeyError: unknown id; TypeError: unknown attribute."""
        _replace(self.views, "view", view_id, updates)

    def replace_operator(self, operator_id: str, updates: Mapping[str, Any]) -> None:
        """The operator becomes a copy with these attributes. KeyError: unknown id; TypeError: unknown attribute."""
        _replace(self.operators, "operator", operator_id, updates)

    def replace_control(self, control_id: str, updates: Mapping[str, Any]) -> None:
        """The control becomes a copy with these attributes. KeyError: unknown id; TypeError: unknown attribute."""
        _replace(self.controls, "control", control_id, updates)


def _replace(records: dict[str, Any], kind: str, record_id: str, updates: Mapping[str, Any]) -> None:
    if record_id not in records:
        raise KeyError(f"there is no {kind} '{record_id}'")
    records[record_id] = dataclasses.replace(records[record_id], **updates)
