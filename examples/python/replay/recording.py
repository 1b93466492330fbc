"""A recording played back: two drops of dye that spread along a dendrite and merge,
computed beforehand by finite differences.

The time bar plays, pauses, steps, and leads to any frame; its speed is in frames per second. A drop that starts as a
Gaussian of width σ₀ stays one, far from the ends: c(x, t) = a σ₀/σ exp(-(x - x₀)²/2σ²) with σ² = σ₀² + 2 D t.
"""

import numpy as np

from compneurovis import Field, LayoutSpec, LinePlotViewSpec, Scene, build_replay_app, run_app

D = 0.4  # µm²/ms
SIGMA = 4.0  # µm, at t = 0
DROPS = [(-16.0, 1.0), (14.0, 0.6)]  # x₀ in µm, a in µM
X = np.linspace(-60.0, 60.0, 481)  # µm
DX, DT = X[1] - X[0], 0.05  # µm, ms: D DT / DX² = 0.32 is stable
FRAMES, STEPS = 200, 20  # one frame per ms


def closed_form(t):
    variance = SIGMA**2 + 2 * D * t
    return sum(a * SIGMA / np.sqrt(variance) * np.exp(-((X - x0) ** 2) / (2 * variance)) for x0, a in DROPS)


def spread(c):
    """One step of the diffusion equation with closed ends."""
    padded = np.pad(c, 1, mode="edge")
    return c + D * DT / DX**2 * (padded[2:] - 2 * c + padded[:-2])


def record():
    start = c = closed_form(0.0)
    frames = []
    for _ in range(FRAMES):
        frames.append((np.array([c, start]), None))
        for _ in range(STEPS):
            c = spread(c)
    return frames


frames = record()
field = Field("dye", frames[0][0], ("curve", "x"), {"curve": ["now", "at the start"], "x": X}, unit="µM")
view = LinePlotViewSpec(
    "dye",
    "Dye along the dendrite",
    "dye",
    x_dim="x",
    series_dim="curve",
    x_label="x",
    x_unit="µm",
    y_label="c",
    y_unit="µM",
    y_min=0.0,
    y_max=1.05,
    series_colors={"at the start": "gray"},
)
scene = Scene({"dye": field}, {}, {"dye": view}, layout=LayoutSpec("Diffusion, recorded"))

run_app(build_replay_app(scene=scene, field_id="dye", frames=frames))
