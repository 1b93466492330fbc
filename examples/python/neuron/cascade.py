"""A signalling cascade with mechanisms of its own: a ligand is cleared, binds receptors,
and these switch on an effector.

Compile the three files once, in the folder from which you start the script, then run it:

    nrnivmodl examples/python/neuron/mod
    ./run app examples/python/neuron/cascade.py
"""

import numpy as np
from neuron import h

from compneurovis import (
    ActionSpec,
    AppSpec,
    ControlPresentationSpec,
    ControlSpec,
    Field,
    FieldAppend,
    FieldReplace,
    LinePlotViewSpec,
    ScalarValueSpec,
    Scene,
    Status,
    run_app,
)
from compneurovis.session import BufferedSession, InvokeAction, Reset, SetControl

DT, STEPS, V_INIT = 0.05, 10, -65.0  # ms, per update, mV
SPECIES = ["ligand (10 µM)", "bound receptors", "active effectors"]
# Parameter → (label, unit, default, lowest, highest, log scale)
PARAMETERS = {
    "dose": ("Dose", "µM", 5.0, 0.1, 10.0, False),
    "tau": ("Clearance time", "ms", 40.0, 5.0, 500.0, True),
    "kon": ("k on", "1/(µM ms)", 0.05, 0.001, 1.0, True),
    "koff": ("k off", "1/ms", 0.05, 0.001, 1.0, True),
    "kact": ("k activate", "1/ms", 0.04, 0.001, 1.0, True),
    "kdeact": ("k deactivate", "1/ms", 0.01, 0.001, 1.0, True),
}


def control(id, label, unit, default, low, high, log):
    presentation = ControlPresentationSpec("slider", steps=200, scale="log" if log else "linear")
    return ControlSpec(id, label, ScalarValueSpec(default, low, high), presentation, unit=unit, send_to_session=True)


class Cascade(BufferedSession):
    def build(self):
        missing = [name for name in ("Ligand", "Receptor", "Effector") if not hasattr(h, name)]
        if missing:
            raise RuntimeError(
                f"NEURON does not know {', '.join(missing)}: run `nrnivmodl examples/python/neuron/mod` "
                "in the folder from which you start this script"
            )
        self.section = h.Section(name="cytosol")
        here = self.section(0.5)
        self.ligand, self.receptor, self.effector = h.Ligand(here), h.Receptor(here), h.Effector(here)
        h.setpointer(self.ligand._ref_c, "ligand", self.receptor)
        h.setpointer(self.receptor._ref_bound, "receptor", self.effector)
        self.owner = {
            "tau": self.ligand,
            "kon": self.receptor,
            "koff": self.receptor,
            "kact": self.effector,
            "kdeact": self.effector,
        }
        self.dose = PARAMETERS["dose"][2]

    def start(self):
        h.dt = DT
        h.finitialize(V_INIT)
        self.ligand.c = self.dose

    def state(self):
        return np.array([self.ligand.c / 10, self.receptor.bound, self.effector.active])

    def initialize(self):
        self.build()
        self.start()
        species = Field(
            "species", self.state()[:, None], ("species", "time"), {"species": SPECIES, "time": np.array([0.0])}
        )
        view = LinePlotViewSpec(
            "species",
            "Ligand, receptors, effectors",
            "species",
            x_dim="time",
            series_dim="species",
            x_label="t",
            x_unit="ms",
            y_label="fraction",
            rolling_window=400.0,
            y_min=0.0,
            y_max=1.0,
        )
        actions = {
            "give": ActionSpec("give", "Give a dose", shortcuts=("D",)),
            "reset": ActionSpec("reset", "Reset", shortcuts=("Space",)),
        }
        scene = Scene(
            {"species": species},
            {},
            {"species": view},
            controls={id: control(id, *facts) for id, facts in PARAMETERS.items()},
            actions=actions,
        )
        scene.layout.title = "Signalling cascade"
        return scene

    def advance(self):
        times, samples = np.empty(STEPS), np.empty((3, STEPS))
        for k in range(STEPS):
            h.fadvance()
            times[k], samples[:, k] = h.t, self.state()
        self.emit(FieldAppend("species", "time", samples, times, max_length=50_000))

    def handle(self, command):
        if isinstance(command, SetControl) and command.control_id == "dose":
            self.dose = command.value
        elif isinstance(command, SetControl):
            setattr(self.owner[command.control_id], command.control_id, command.value)
        elif isinstance(command, InvokeAction) and command.action_id == "give":
            self.ligand.c += self.dose
            self.emit(Status(f"{self.dose:.1f} µM given at t = {h.t:.1f} ms", 3000))
        elif isinstance(command, Reset):
            self.start()
            self.emit(
                FieldReplace("species", self.state()[:, None], coords={"species": SPECIES, "time": np.array([0.0])})
            )


run_app(AppSpec(session=Cascade))
