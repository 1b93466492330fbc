"""Field."""

from .._records import Field

__all__ = ["Field"]
