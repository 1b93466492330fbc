"""What the apps of all simulators are: a session class or factory, and names around it."""

from __future__ import annotations

from typing import Any

from .._methods.app import AppSpec
from ..session.base import require_lazy


def session_app(builder: str, session: Any, title: str | None, interaction_target: Any) -> AppSpec:
    """TypeError, which names `builder`, for a session that exists already."""
    require_lazy(builder, session)
    return AppSpec(session=session, interaction_target=interaction_target, title=title)
