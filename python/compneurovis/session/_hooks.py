"""Which hooks a session overrides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# Classes of the library whose methods are defaults carry this name in their own namespace.
DEFAULTS = "_cnv_defaults"


def overrides(session: Any, names: Iterable[str]) -> list[bool]:
    """True for each name that the instance, or a class before the library's own, defines."""
    return [_overrides(session, name) for name in names]


def _overrides(session: Any, name: str) -> bool:
    if name in getattr(session, "__dict__", {}):
        return True
    for cls in type(session).__mro__:
        if name in cls.__dict__:
            return DEFAULTS not in cls.__dict__
    return False
