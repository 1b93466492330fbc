"""Which hooks a session overrides."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterable
from typing import Any

# Classes of the library whose methods are defaults carry this name in their own namespace.
DEFAULTS = "_cnv_defaults"
# What those classes offer to be called; everything else of theirs is called by the library.
CALLED = {"emit", "plot", "plot_variables", "record", "record_many", "recorded_values", "set_display_variable"}


def overrides(session: Any, names: Iterable[str]) -> list[bool]:
    """True for each name that the instance, or a class before the library's own, defines."""
    return [_overrides(session, name) for name in names]


def misspelt(session: Any) -> list[str]:
    """A remark for each method whose name is nearly that of a hook that the session does not override:
    nothing calls it."""
    own, hooks = {}, set()
    for cls in type(session).__mro__:
        functions = {
            name: value for name, value in vars(cls).items() if inspect.isfunction(value) and not name.startswith("__")
        }
        if DEFAULTS in vars(cls):
            hooks.update(functions)
        elif cls.__module__ != "abc":
            own = functions | own
    used = {name for function in own.values() for name in function.__code__.co_names}
    remarks = []
    for name in sorted(set(own) - hooks - used):
        alike = [hook for hook in hooks - CALLED - set(own) if hook.startswith("_") == name.startswith("_")]
        near = difflib.get_close_matches(name, alike, n=1, cutoff=0.88)
        if near:
            code = own[name].__code__
            remarks.append(
                f"{type(session).__name__}.{name}() ({code.co_filename}, line {code.co_firstlineno}) is no hook, so "
                f"nothing calls it; is {near[0]}() meant?"
            )
    return remarks


def _overrides(session: Any, name: str) -> bool:
    if name in getattr(session, "__dict__", {}):
        return True
    for cls in type(session).__mro__:
        if name in cls.__dict__:
            return DEFAULTS not in cls.__dict__
    return False
