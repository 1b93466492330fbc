"""build_surface_app and grid_field: height fields from plain arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from .._methods.app import AppSpec
from .._records import Field, GridGeometry, LayoutSpec, Scene, SurfaceViewSpec


def grid_field(
    *, field_id: str, values, x_coords, y_coords, x_dim: str = "x", y_dim: str = "y", unit: str | None = None
) -> tuple[Field, GridGeometry]:
    """A float32 field (y, x) and its geometry "<field_id>-grid". values: (len(y), len(x)).
    ValueError: another shape."""
    coords = {y_dim: np.asarray(y_coords, dtype=np.float32), x_dim: np.asarray(x_coords, dtype=np.float32)}
    field = Field(field_id, np.asarray(values, dtype=np.float32), (y_dim, x_dim), coords, unit)
    return field, GridGeometry(f"{field_id}-grid", (y_dim, x_dim), coords)


def _by_id(name: str, given) -> dict[str, Any]:
    if isinstance(given, Mapping):
        return dict(given)
    try:
        return {spec.id: spec for spec in given or ()}
    except (TypeError, AttributeError) as e:
        raise TypeError(f"{name} are specs, or a dict id → spec; not {given!r}") from e


def build_surface_app(
    *,
    field: Field,
    geometry: GridGeometry | None = None,
    title: str = "Surface",
    surface_view: SurfaceViewSpec | None = None,
    line_views: Iterable[Any] = (),
    operators: Mapping[str, Any] | Iterable[Any] | None = None,
    controls: Mapping[str, Any] | Iterable[Any] | None = None,
    panels: Iterable[Any] = (),
    panel_grid: Iterable[Any] = (),
) -> AppSpec:
    """An app around one height field: a scene and no session. None entries of line_views are skipped.

    TypeError: operators or controls are neither specs nor a dict of them; ValueError: the field has not two dims."""
    from .. import _core

    if len(field.dims) != 2:
        raise ValueError(f"field '{field.id}' has {len(field.dims)} dims; a surface needs two")
    geometry_id = geometry.id if geometry is not None else None
    surface = surface_view or SurfaceViewSpec("surface", title, field_id=field.id, geometry_id=geometry_id)
    plots = [view for view in line_views if view is not None]
    operators, controls = _by_id("operators", operators), _by_id("controls", controls)
    placed = _core.surface_panels(
        surface.id, [view.id for view in plots], operators, field.id, geometry_id, bool(controls), list(panels)
    )
    scene = Scene(
        fields={field.id: field},
        geometries={geometry.id: geometry} if geometry is not None else {},
        views={view.id: view for view in (surface, *plots)},
        operators=operators,
        controls=controls,
        layout=LayoutSpec(title=title, panels=tuple(placed), panel_grid=tuple(panel_grid)),
    )
    return AppSpec(scene=scene, title=title)
