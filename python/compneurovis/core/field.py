"""Field."""

from .._records import Field
