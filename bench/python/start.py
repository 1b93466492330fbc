"""How long a start takes: the import, the window, the first picture, a large SWC file. Seconds of each round as JSON lines.

    start.py ROUNDS      needs a display for the window; with the built package on PYTHONPATH
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LARGE_SWC = ROOT / "data" / "Animal_2_Basal_2.CNG.swc"
APP = ROOT / "examples" / "python" / "neuron" / "live_cell.py"
CODE = {
    "import": "import numpy; from time import perf_counter as t; start = t(); import compneurovis; print(t() - start)",
    "swc": f"from neuron import h; import compneurovis.neuronutils as u; from time import perf_counter as t; start = t(); u.load_swc_neuron({str(LARGE_SWC)!r}); print(t() - start)",
    "import3d": (
        "from neuron import h; h.load_file('import3d.hoc'); from time import perf_counter as t; start = t(); "
        f"r = h.Import3d_SWC_read(); r.quiet = 1; r.input({str(LARGE_SWC)!r}); h.Import3d_GUI(r, False).instantiate(None); print(t() - start)"
    ),
}


def measured_inside(code):
    out = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    return float(out.stdout.split()[-1])


def window_visible():
    """From the start of the program to its window on the screen."""
    start = time.perf_counter()
    app = subprocess.Popen([sys.executable, "-m", "compneurovis", "run", str(APP)], start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--class", "compneurovis"], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start
    finally:
        os.killpg(app.pid, signal.SIGKILL)  # a window outlives its model
        app.wait()
        while subprocess.run(["xdotool", "search", "--class", "compneurovis"], stdout=subprocess.DEVNULL).returncode == 0:
            time.sleep(0.05)


def first_picture():
    """From the moment the scene is there to the acknowledged first picture."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        subprocess.run([sys.executable, "-m", "compneurovis", "run", "--headless", "--until-ms", "5", "--report", report, str(APP)], check=True)
        return json.loads(pathlib.Path(report).read_text())["first_picture_s"]


def main(rounds):
    kinds = {name: lambda code=code: measured_inside(code) for name, code in CODE.items()}
    kinds["first_picture"] = first_picture
    if os.environ.get("DISPLAY"):
        kinds["window"] = window_visible
    times = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, measure in kinds.items():
            times[name].append(measure())
    for name, rounds_s in times.items():
        print(json.dumps({"name": name, "rounds_s": rounds_s}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
