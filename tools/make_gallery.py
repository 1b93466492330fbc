"""The pictures of docs/gallery.md, made anew: `./run python tools/make_gallery.py [name …]`. Needs the packages of the
examples (NEURON, Jaxley) and no display."""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
# Name of the picture → example and its arguments, and how the run ends.
GALLERY = {
    "live-cell": ("neuron/live_cell.py", "--until-ms 22"),
    "large-cell": (f"neuron/live_cell.py {ROOT}/data/Animal_2_Basal_2.CNG.swc", "--until-ms 3"),
    "neuron-complex-cell": ("neuron/complex_cell.py", "--until-ms 2.5"),
    "neuron-section-inspector": ("neuron/section_inspector.py", "--until-ms 60"),
    "neuron-cascade": ("neuron/cascade.py", "--until-ms 40"),
    "neuron-hh-point-states": ("neuron/hh_point_states.py", "--until-ms 20"),
    "neuron-many-cells": ("neuron/many_cells.py", "--until-ms 20"),
    "neuron-network": ("neuron/network.py", "--until-ms 60"),
    "heat-map": ("neuron/activity_map.py", "--until-ms 60"),
    "jaxley-first-cell": ("jaxley/first_cell.py", "--until-ms 20"),
    "jaxley-swc-cell": ("jaxley/swc_cell.py", "--until-ms 20"),
    "jaxley-three-cells": ("jaxley/three_cells.py", "--until-ms 40"),
    "custom-controls": ("custom/controls.py", "--wall 3"),
    "custom-fitzhugh-nagumo": ("custom/fitzhugh_nagumo.py", "--until-ms 200"),
    "lif": ("custom/lif.py", "--until-ms 100"),
    "replay-recording": ("replay/recording.py", "--wall 3"),
    "animated-surface": ("surface/animated_replay.py", "--wall 3"),
    "animated-surface-live": ("surface/animated_live.py", "--wall 3"),
    "surface-cross-section": ("surface/cross_section.py", "--wall 3"),
    "surface-static": ("surface/static.py", "--wall 3"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="of pictures; none: all")
    names = parser.parse_args().names or list(GALLERY)
    with tempfile.TemporaryDirectory() as folder:
        # Mechanisms are found in the folder where a script starts.
        subprocess.run(["nrnivmodl", ROOT / "examples/python/neuron/mod"], cwd=folder, capture_output=True, check=True)
        return make(names, folder)


def make(names: list[str], folder: str) -> int:
    failed = 0
    for name in names:
        example, end = GALLERY[name]
        script, *arguments = example.split()
        for theme in ("light", "dark"):
            command = [sys.executable, "-m", "compneurovis", "run", "--headless", *end.split(), "--theme", theme]
            command += [
                "--screenshot",
                str(PICTURES / f"{name}-{theme}.png"),
                str(ROOT / "examples/python" / script),
                *arguments,
            ]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            print(f"{name} {theme}: {'made' if done.returncode == 0 else done.stderr.strip()[-300:]}")
            failed += done.returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
