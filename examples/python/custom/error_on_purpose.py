"""What the window does when a model goes wrong: after 20 ms a message that is no failure, after 40 ms an exception.

The strip names the line that raised, the plot keeps its last samples, and Run tries the step again; Reset starts anew.
"""

import numpy as np

from compneurovis import ActionSpec, AppSpec, Error, Field, FieldAppend, FieldReplace, LinePlotViewSpec, Scene, run_app
from compneurovis.session import BufferedSession, Reset

STEPS, DT = 10, 0.1  # ms


class Fragile(BufferedSession):
    def __init__(self):
        super().__init__()
        self.count = 0

    def initialize(self):
        field = Field("v", np.array([-65.0]), ("time",), {"time": np.array([0.0])}, unit="mV")
        view = LinePlotViewSpec(
            "v",
            "Membrane potential",
            "v",
            x_dim="time",
            x_label="t",
            x_unit="ms",
            y_label="v",
            y_unit="mV",
            y_min=-80.0,
            y_max=40.0,
        )
        scene = Scene(
            {"v": field}, {}, {"v": view}, actions={"reset": ActionSpec("reset", "Reset", shortcuts=("Space",))}
        )
        scene.layout.title = "An error on purpose"
        return scene

    def advance(self):
        times = DT * np.arange(self.count + 1, self.count + STEPS + 1)
        if times[-1] > 40:
            self.conductance(times[-1])
        self.count += STEPS
        self.emit(FieldAppend("v", "time", -65 + 30 * np.exp(-((times - 15) ** 2) / 20), times, max_length=10_000))
        if self.count == 200:
            self.emit(Error("The electrode drifts: values after 20 ms are not reliable."))

    def conductance(self, t):
        raise ZeroDivisionError(f"the conductance became 0 at t = {t:.1f} ms")

    def handle(self, command):
        if isinstance(command, Reset):
            self.count = 0
            self.emit(FieldReplace("v", np.array([-65.0]), coords={"time": np.array([0.0])}))


run_app(AppSpec(session=Fragile))
