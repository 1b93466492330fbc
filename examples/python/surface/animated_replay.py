"""A surface that was computed before: rings that spread from the middle of a pond, played again and again.

    u(r, t) = cos(2π (r/λ - t/T)) · exp(-r/d)

The time bar runs, pauses and steps the frames, and a drag on it seeks. Nothing is computed while it plays.
"""

import numpy as np

from compneurovis import LayoutSpec, PanelSpec, Scene, SurfaceViewSpec, run_app
from compneurovis.builders import build_replay_app, grid_field

X, Y = np.linspace(-3.0, 3.0, 151), np.linspace(-2.0, 2.0, 101)  # m
FRAMES, WAVE_LENGTH, DECAY = 40, 1.0, 1.5  # frames of one period; m, m


def height(frame):
    """Shape (len(Y), len(X)); the last frame goes over into the first without a jump."""
    r = np.hypot(X, Y[:, None])
    return np.cos(2 * np.pi * (r / WAVE_LENGTH - frame / FRAMES)) * np.exp(-r / DECAY)


def app():
    field, grid = grid_field(field_id="u", values=height(0), x_coords=X, y_coords=Y, x_dim="x", y_dim="y", unit="cm")
    view = SurfaceViewSpec(
        "pond",
        "Pond",
        field_id="u",
        geometry_id=grid.id,
        color_map="mpl:viridis",
        color_limits=(-1.0, 1.0),
        surface_shading="smooth",
        render_axes=True,
        axes_in_middle=False,
        axis_labels=("x (m)", "y (m)", "u (cm)"),
    )
    layout = LayoutSpec(
        "Rings on a pond", panels=(PanelSpec("pond-panel", "view_3d", view_ids=("pond",), camera_distance=None),)
    )
    scene = Scene(fields={"u": field}, geometries={grid.id: grid}, views={"pond": view}, layout=layout)
    return build_replay_app(scene=scene, field_id="u", frames=[(height(i), None) for i in range(FRAMES)])


if __name__ == "__main__":
    run_app(app())
