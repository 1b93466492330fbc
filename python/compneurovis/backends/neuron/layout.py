"""3-D points for sections that have none."""

from __future__ import annotations

from collections.abc import Iterable

from ... import _core


def define_shape_layout() -> None:
    """NEURON's own layout of sections without 3-D points."""
    _core.define_shape_layout()


def generate_layout(
    sections: Iterable,
    cell_connections: Iterable[tuple] | None = None,
    default_direction: tuple[float, float, float] = (0, 0, 1),
    branch_angle: float = 30.0,
    min_length: float = 1.0,
    root_spacing: float = 100.0,
) -> None:
    """Gives each section two 3-D points (µm), which replace those it has.
    This changes the model where L is below `min_length`.

    Roots stand `root_spacing` apart along x and grow in `default_direction`; a child starts on its parent's line. One
    child at a free end goes straight on (backwards at the start of a root); several spread on a cone of `branch_angle`
    degrees, and so does one that would lead into its parent or grandparent. `cell_connections` holds (child section,
    parent section, parent x), for position only; ignored for sections with a parent and for sections that are not
    given.
    Raises ValueError for a section listed twice, for options that are not finite and for connections that close a loop.
    """
    sections = list(sections)
    index = {section: i for i, section in enumerate(sections)}
    known = [
        (index[child], index[parent], float(x))
        for child, parent, x in cell_connections or ()
        if child in index and parent in index
    ]
    direction = tuple(map(float, default_direction))
    _core.generate_layout(sections, known, direction, float(branch_angle), float(min_length), float(root_spacing))
