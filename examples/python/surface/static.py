"""A surface to look at from all sides: a brief current pulse spreads along a passive cable.

    v(x, t) = v0 / √(4π t/τ) · exp(-(x/λ)² / (4 t/τ) - t/τ)        (infinite cable, pulse at x = 0 and t = 0)

No session: the controls are bound to how the surface looks and never leave the window.
"""

import numpy as np

from compneurovis import (
    BoolValueSpec,
    ChoiceValueSpec,
    ControlPresentationSpec,
    ControlSpec,
    PanelSpec,
    ScalarValueSpec,
    StateBinding,
    SurfaceViewSpec,
    run_app,
)
from compneurovis.builders import build_surface_app, grid_field

LENGTH, TAU, V0 = 500.0, 10.0, 10.0  # λ (µm), τ (ms), mV
X = np.linspace(-1500.0, 1500.0, 121)  # µm
T = np.linspace(0.5, 20.0, 79)  # ms


def cable(x, t):
    """mV, shape (len(t), len(x))."""
    space, time = np.meshgrid(x / LENGTH, t / TAU)
    return V0 / np.sqrt(4 * np.pi * time) * np.exp(-(space**2) / (4 * time) - time)


def choice(id, label, *options, group):
    return ControlSpec(
        id,
        label,
        ChoiceValueSpec(options[0], options),
        presentation=ControlPresentationSpec(kind="dropdown", group=group),
    )


def slider(id, label, default, low, high, group):
    return ControlSpec(
        id, label, ScalarValueSpec(default, low, high), presentation=ControlPresentationSpec(kind="slider", group=group)
    )


CONTROLS = [
    choice("map", "Colour map", "mpl:viridis", "voltage", "fire", "mpl:coolwarm", "grayscale", group="Surface"),
    choice("by", "Colour by", "height", "uniform", group="Surface"),
    choice("shading", "Shading", "smooth", "flat", "unlit", group="Surface"),
    slider("alpha", "Opacity", 1.0, 0.1, 1.0, "Surface"),
    ControlSpec("axes", "Axes", BoolValueSpec(True), presentation=ControlPresentationSpec(group="Axes")),
    ControlSpec(
        "middle", "Crossing in the middle", BoolValueSpec(False), presentation=ControlPresentationSpec(group="Axes")
    ),
    ControlSpec(
        "ticks",
        "Ticks",
        ScalarValueSpec(5, 0, 10, value_type="int"),
        presentation=ControlPresentationSpec(kind="spinbox", group="Axes"),
    ),
]

field, grid = grid_field(field_id="v", values=cable(X, T), x_coords=X, y_coords=T, x_dim="x", y_dim="t", unit="mV")
surface = SurfaceViewSpec(
    "surface",
    "Passive cable",
    field_id="v",
    geometry_id=grid.id,
    color_map=StateBinding("map"),
    color_by=StateBinding("by"),
    surface_shading=StateBinding("shading"),
    surface_alpha=StateBinding("alpha"),
    render_axes=StateBinding("axes"),
    axes_in_middle=StateBinding("middle"),
    tick_count=StateBinding("ticks"),
    axis_labels=("x (µm)", "t (ms)", "v (mV)"),
)
panels = (
    PanelSpec("surface-panel", "view_3d", view_ids=("surface",), camera_distance=None, camera_azimuth=35.0),
    PanelSpec("controls-panel", "controls", control_ids=tuple(c.id for c in CONTROLS)),
)

if __name__ == "__main__":
    run_app(
        build_surface_app(
            field=field,
            geometry=grid,
            title="A pulse on a passive cable",
            surface_view=surface,
            controls={c.id: c for c in CONTROLS},
            panels=panels,
            panel_grid=(("surface-panel", "controls-panel"),),
        )
    )
