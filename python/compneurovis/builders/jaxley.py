"""build_jaxley_app."""
from __future__ import annotations

from typing import Any

from .._methods.app import AppSpec
from ..session.base import require_lazy


def build_jaxley_app(session, *, title: str | None = None, interaction_target: Any = None) -> AppSpec:
    """An app around a session class or zero-argument factory. Nothing is constructed; an existing session is a TypeError."""
    require_lazy("build_jaxley_app", session)
    return AppSpec(session=session, interaction_target=interaction_target, title=title)
