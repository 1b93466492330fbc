"""Exceptions of the library."""


class UnknownDimError(ValueError, KeyError):
    """A dimension name that a field does not have."""

    def __str__(self) -> str:
        return ValueError.__str__(self)


class ViewerError(RuntimeError):
    """The viewer could not be started, or was lost twice."""


class ControlRefused(Exception):  # noqa: N818  says what happened; it is no fault
    """apply_control returned False; the host puts the control back. Carries the id of the control."""
