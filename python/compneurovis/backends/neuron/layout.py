"""3-D points for sections that have none."""
from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable

import numpy as np

from ._neuron import hoc


def define_shape_layout() -> None:
    """NEURON's own layout of sections without 3-D points."""
    hoc().define_shape()


def generate_layout(
    sections: Iterable,
    cell_connections: Iterable[tuple] | None = None,
    default_direction: tuple[float, float, float] = (0, 0, 1),
    branch_angle: float = 30.0,
    min_length: float = 1.0,
    root_spacing: float = 100.0,
) -> None:
    """Gives each section two 3-D points (µm), which replace those it has.

    Roots stand `root_spacing` apart along x and grow in `default_direction`; a child starts on its parent's line. One child at a
    point goes straight on (backwards at the parent's start), several spread on a cone of `branch_angle` degrees.
    `cell_connections` holds (child section, parent section, parent x), for position only.
    """
    sections = list(sections)
    known = set(sections)
    children, roots = _tree(sections, known, cell_connections or ())
    ahead = _unit(np.asarray(default_direction, float))
    waiting = deque((root, np.array([k * root_spacing, 0.0, 0.0]), ahead) for k, root in enumerate(roots))
    while waiting:
        section, start, direction = waiting.popleft()
        end = start + max(float(section.L), min_length) * direction
        _set_points(section, start, end)
        groups = defaultdict(list)
        for child, x in children[section]:
            groups[x].append(child)
        for x, group in groups.items():
            onward = -direction if x == 0 else direction
            for child, turned in zip(group, _spread(onward, len(group), branch_angle)):
                waiting.append((child, start + x * (end - start), turned))


def _tree(sections: list, known: set, connections: Iterable[tuple]):
    joined = {child: (parent, float(x)) for child, parent, x in connections if child in known and parent in known}
    children, roots = defaultdict(list), []
    for section in sections:
        segment = section.parentseg()
        parent, x = (segment.sec, float(segment.x)) if segment is not None and segment.sec in known else (None, 0.0)
        if segment is None and section in joined:
            parent, x = joined[section]
        if parent is None:
            roots.append(section)
        else:
            children[parent].append((section, x))
    return children, roots


def _unit(vector: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(vector)
    return vector / length if length > 0 else np.array([0.0, 0.0, 1.0])


def _spread(axis: np.ndarray, count: int, angle: float) -> list[np.ndarray]:
    """`count` directions around `axis`: itself, or evenly on a cone."""
    if count == 1:
        return [axis]
    helper = np.array([1.0, 0.0, 0.0]) if abs(axis[0]) < 0.9 else np.array([0.0, 1.0, 0.0])
    side = _unit(np.cross(axis, helper))
    other = np.cross(axis, side)
    tilt = math.radians(angle)
    turns = (2 * math.pi * k / count for k in range(count))
    return [_unit(math.cos(tilt) * axis + math.sin(tilt) * (math.cos(a) * side + math.sin(a) * other)) for a in turns]


def _set_points(section, start: np.ndarray, end: np.ndarray) -> None:
    diameter = float(section.diam)
    section.pt3dclear()
    for point in (start, end):
        section.pt3dadd(*map(float, point), diameter)
