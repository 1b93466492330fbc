"""What a control does to a session that does not override apply_control."""

from __future__ import annotations

from typing import Any

# Attributes of the library that a control may set.
_PARAMETERS = ("dt", "display_dt", "v_init", "max_samples")


def apply_to_attribute(session: Any, control_id: str, value: Any) -> bool:
    """Writes through the control's target, else to the plain attribute of the control's name;
    False when there is none."""
    target = session._cnv_core.control_target(control_id)
    if target is not None:
        target.write(session, value)
        return True
    if control_id in _PARAMETERS or _is_plain(session, control_id):
        setattr(session, control_id, value)
        return True
    return False


def _is_plain(session: Any, name: str) -> bool:
    if name.startswith("_"):
        return False
    if name in getattr(session, "__dict__", {}):
        return not callable(session.__dict__[name])
    own = next((cls for cls in type(session).__mro__ if name in cls.__dict__), None)
    return own is not None and "_cnv_defaults" not in own.__dict__ and not callable(getattr(session, name))
