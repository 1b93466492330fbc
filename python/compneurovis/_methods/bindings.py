"""References: to a key of the viewer's state, and to an attribute of a session."""

from __future__ import annotations

from typing import Any

from .bases import frozen_record


@frozen_record
class StateBinding:
    """A property that follows a key of the viewer's state."""

    key: str


@frozen_record
class AttributeRef:
    """Attribute `attribute` of attribute `owner` of an object. A missing attribute raises AttributeError."""

    owner: str
    attribute: str

    def read(self, root: Any) -> Any:
        """The present value: `root.owner.attribute`. AttributeError: one of the two is missing."""
        return getattr(getattr(root, self.owner), self.attribute)

    def write(self, root: Any, value: Any) -> None:
        """Sets `root.owner.attribute`. AttributeError: `root` has no attribute `owner`,
        or the attribute cannot be set."""
        setattr(getattr(root, self.owner), self.attribute, value)


@frozen_record
class SeriesSpec:
    """Declares a plotted quantity, for a session's own use."""

    key: str
    label: str
    source: AttributeRef
    color: Any = "k"
