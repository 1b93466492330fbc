"""A surface that moves: the fundamental mode of a square drum and a travelling wave, computed while you look.

    u(x, y, t) = a sin(π x) sin(π y) cos(ω t) + b sin(k x - ω t)

The session computes one frame per step and replaces the field; the grid stays. Amplitudes are set with the sliders.
"""

import numpy as np

from compneurovis import (
    ActionSpec,
    AppSpec,
    ControlPresentationSpec,
    ControlSpec,
    FieldReplace,
    LayoutSpec,
    PanelSpec,
    ScalarValueSpec,
    Scene,
    SurfaceViewSpec,
    run_app,
)
from compneurovis.builders import grid_field
from compneurovis.session import BufferedSession, Reset, SetControl

X, Y = np.linspace(0.0, 1.0, 61), np.linspace(0.0, 1.0, 51)  # m
PERIOD, WAVE_LENGTH, DT = 2.0, 0.5, 1 / 60  # s, m, s
DRUM, WAVE = 0.6, 0.2  # mm


def height(t, drum=DRUM, wave=WAVE):
    """mm at t seconds, shape (len(Y), len(X))."""
    omega = 2 * np.pi / PERIOD
    mode = np.sin(np.pi * Y)[:, None] * np.sin(np.pi * X)
    return drum * mode * np.cos(omega * t) + wave * np.sin(2 * np.pi * X / WAVE_LENGTH - omega * t)


def slider(id, label, default):
    return ControlSpec(
        id,
        label,
        ScalarValueSpec(default, 0.0, 1.0),
        ControlPresentationSpec("slider"),
        send_to_session=True,
        unit="mm",
    )


CONTROLS = {spec.id: spec for spec in (slider("drum", "Drum", DRUM), slider("wave", "Wave", WAVE))}


class Drum(BufferedSession):
    def __init__(self):
        super().__init__()
        self.step = 0
        self.amplitudes = {"drum": DRUM, "wave": WAVE}

    def frame(self):
        return height(self.step * DT, **self.amplitudes)

    def initialize(self):
        field, grid = grid_field(
            field_id="u", values=self.frame(), x_coords=X, y_coords=Y, x_dim="x", y_dim="y", unit="mm"
        )
        view = SurfaceViewSpec(
            "drum",
            "Drum",
            field_id="u",
            geometry_id=grid.id,
            color_map="mpl:coolwarm",
            color_limits=(-1.0, 1.0),
            surface_shading="smooth",
            render_axes=True,
            axes_in_middle=False,
            axis_labels=("x (m)", "y (m)", "u (mm)"),
        )
        layout = LayoutSpec(
            "A drum",
            panels=(
                PanelSpec("drum-panel", "view_3d", view_ids=("drum",), camera_distance=None),
                PanelSpec("controls-panel", "controls", control_ids=tuple(CONTROLS), action_ids=("reset",)),
            ),
            panel_grid=(("drum-panel", "controls-panel"),),
        )
        reset = ActionSpec("reset", "Reset", shortcuts=("Space",))
        return Scene(
            fields={"u": field},
            geometries={grid.id: grid},
            views={"drum": view},
            controls=dict(CONTROLS),
            actions={"reset": reset},
            layout=layout,
        )

    def show(self):
        self.emit(FieldReplace("u", self.frame()))

    def advance(self):
        self.step += 1
        self.show()

    def idle_sleep(self):
        return DT  # as fast as the drum moves

    def handle(self, command):
        if isinstance(command, SetControl):
            self.amplitudes[command.control_id] = command.value
        elif isinstance(command, Reset):
            self.step = 0
        self.show()


if __name__ == "__main__":
    run_app(AppSpec(session=Drum))
