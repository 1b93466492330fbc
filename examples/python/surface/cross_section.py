"""A surface and cuts through it: firing rate of a leaky integrate-and-fire neuron over current and time constant.

    f(I, τ) = 1 / (t_ref + τ ln(R I / (R I - θ)))   where R I > θ, else 0

Drag the cut on the surface (or use the slider, or the arrow keys): the plot shows the curve under it.
"""

import numpy as np

from compneurovis import (
    ChoiceValueSpec,
    ControlPresentationSpec,
    ControlSpec,
    GridSliceOperatorSpec,
    LinePlotViewSpec,
    ScalarValueSpec,
    SurfaceViewSpec,
    run_app,
)
from compneurovis.builders import build_surface_app, grid_field

RESISTANCE, THRESHOLD, REFRACTORY = 10.0, 15.0, 2.0  # MΩ, mV above rest, ms
CURRENT = np.linspace(0.0, 4.0, 161)  # nA
TAU = np.geomspace(2.0, 50.0, 60)  # ms: not evenly spaced


def rate(current, tau):
    """Hz; the arguments are broadcast against each other."""
    drive = RESISTANCE * np.asarray(current, dtype=float)
    over = drive > THRESHOLD
    period = REFRACTORY + tau * np.log(np.where(over, drive, 2.0) / np.where(over, drive - THRESHOLD, 1.0))
    return np.where(over, 1e3 / period, 0.0)


field, grid = grid_field(
    field_id="rate",
    values=rate(CURRENT, TAU[:, None]),
    x_coords=CURRENT,
    y_coords=TAU,
    x_dim="I",
    y_dim="tau",
    unit="Hz",
)
surface = SurfaceViewSpec(
    "surface",
    "Firing rate",
    field_id="rate",
    geometry_id=grid.id,
    color_map="mpl:viridis",
    surface_shading="smooth",
    render_axes=True,
    axes_in_middle=False,
    axis_labels=("I (nA)", "τ (ms)", "f (Hz)"),
)
cut = GridSliceOperatorSpec(
    "cut", field_id="rate", geometry_id=grid.id, axis_state_key="axis", position_state_key="position"
)
plot = LinePlotViewSpec("curve", operator_id="cut", x_label="", y_label="f", y_unit="Hz", y_min=0.0)
controls = [
    ControlSpec("axis", "Cut at constant", ChoiceValueSpec("tau", ("tau", "I"))),
    ControlSpec(
        "position", "Position", ScalarValueSpec(0.4, 0.0, 1.0), presentation=ControlPresentationSpec(kind="slider")
    ),
]

if __name__ == "__main__":
    run_app(
        build_surface_app(
            field=field,
            geometry=grid,
            title="LIF firing rate",
            surface_view=surface,
            line_views=(plot,),
            operators={cut.id: cut},
            controls={c.id: c for c in controls},
        )
    )
