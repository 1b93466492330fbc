"""Base records: what a type annotation or an isinstance test names."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass
from typing import Any


def _refuse_setting(self, name: str, value: Any) -> None:
    raise FrozenInstanceError(f"cannot assign to '{name}': {type(self).__name__} is frozen; use dataclasses.replace")


def _refuse_deleting(self, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete '{name}': {type(self).__name__} is frozen")


def frozen_record(cls):
    """A frozen dataclass with slots. Assigning an unknown attribute is an AttributeError too, which dataclasses of
    Python 3.10 and 3.11 with slots get wrong."""
    cls = dataclass(frozen=True, slots=True)(cls)
    cls.__setattr__, cls.__delattr__ = _refuse_setting, _refuse_deleting
    return cls


class RecordMethods:
    __slots__ = ()


@frozen_record
class Geometry:
    """Base of the shapes that views draw."""

    id: str


@frozen_record
class ViewSpec:
    """Base of the views."""

    id: str
    title: str = ""


@frozen_record
class OperatorSpec:
    """Base of the operators."""

    id: str


@frozen_record
class SessionCommand:
    """Base of what a window asks of a session."""


@frozen_record
class SessionUpdate:
    """Base of what a session tells a window."""
