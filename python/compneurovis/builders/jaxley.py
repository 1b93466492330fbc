"""build_jaxley_app."""

from __future__ import annotations

from typing import Any

from .._methods.app import AppSpec
from ._session_app import session_app


def build_jaxley_app(session, *, title: str | None = None, interaction_target: Any = None) -> AppSpec:
    """An app around a session class or zero-argument factory. Nothing is constructed;
    an existing session is a TypeError."""
    return session_app("build_jaxley_app", session, title, interaction_target)
