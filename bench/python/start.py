"""What a start takes: the import, the window, the first picture, a large SWC file. What each round gave as JSON lines:
seconds, and for the import also MiB of memory and the number of libraries of Qt and OpenGL that it loads.

    start.py ROUNDS [PYTHON]      needs a display for the window; with the built package on PYTHONPATH.
                                  PYTHON: of an environment with the original package
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from map_watch import MapWatch

ROOT = pathlib.Path(__file__).resolve().parents[2]
LARGE_SWC = ROOT / "data" / "Animal_2_Basal_2.CNG.swc"
FIRST_STEP = ROOT / "bench" / "python" / "first_step.py"
APP = ROOT / "examples" / "python" / "neuron" / "live_cell.py"
IMPORT = "import numpy; from time import perf_counter as t; start = t(); import compneurovis; print(t() - start)"
RESIDENT = "(int(open('/proc/self/statm').read().split()[1]) / 256)"
CODE = {
    "import": IMPORT,
    "import_memory": f"import numpy; before = {RESIDENT}; import compneurovis; print({RESIDENT} - before)",
    "import_libraries": (
        "import compneurovis; print(len({line.split()[-1] for line in open('/proc/self/maps') "
        "if any(name in line.rpartition('/')[2] for name in ('libQt', 'libGL', 'libEGL', 'libepoxy'))}))"
    ),
    "swc": (
        "from neuron import h; import compneurovis.neuronutils as u; from time import perf_counter as t; start = t(); "
        f"u.load_swc_neuron({str(LARGE_SWC)!r}); print(t() - start)"
    ),
    "import3d": (
        "from neuron import h; h.load_file('import3d.hoc'); from time import perf_counter as t; start = t(); "
        f"r = h.Import3d_SWC_read(); r.quiet = 1; r.input({str(LARGE_SWC)!r}); "
        "h.Import3d_GUI(r, False).instantiate(None); print(t() - start)"
    ),
}


# Of a program with another package of the same name.
ORIGINAL = {
    "import_original": IMPORT,
    "import_original_memory": CODE["import_memory"],
    "import_original_libraries": CODE["import_libraries"],
}


def environment_of(python):
    return {
        key: value
        for key, value in os.environ.items()
        if python == sys.executable or key not in ("PYTHONPATH", "VIRTUAL_ENV")
    }


def measured_inside(code, python=sys.executable):
    out = subprocess.run(
        [python, "-c", code], stdout=subprocess.PIPE, text=True, check=True, env=environment_of(python)
    )
    return float(out.stdout.split()[-1])


def begun(*command, **options):
    """A program of its own process group, and when it was begun."""
    start = time.time()
    return start, subprocess.Popen(
        [str(word) for word in command], start_new_session=True, stderr=subprocess.DEVNULL, text=True, **options
    )


def ours(script):
    return sys.executable, "-m", "compneurovis", "run", script


def end(app):
    os.killpg(app.pid, signal.SIGKILL)  # a window outlives its model
    app.wait()
    while subprocess.run(["xdotool", "search", "--class", "compneurovis"], stdout=subprocess.DEVNULL).returncode == 0:
        time.sleep(0.05)


def window_visible(*command, **options):
    """From the start of the program to its window on the screen."""
    watch = MapWatch()
    start, app = begun(*command, **options)
    visible = watch.wait()
    watch.close()
    end(app)
    return visible - start


def window_of_original(python):
    with tempfile.TemporaryDirectory() as folder:
        command = (
            python,
            ROOT / "bench" / "peers" / "original.py",
            "net103",
            1,
            0.01,
            os.path.join(folder, "rounds.json"),
            1000,
        )
        return window_visible(*command, env=environment_of(python), stdout=subprocess.DEVNULL)


def picture_in_window():
    """From the start of a program to the first picture of its cell in its window."""
    start, app = begun(*ours(FIRST_STEP), stdout=subprocess.PIPE)
    shown = float(app.stdout.readline())
    end(app)
    return shown - start


def first_picture():
    """From the moment the scene is there to the acknowledged first picture."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        subprocess.run(
            [
                sys.executable,
                "-m",
                "compneurovis",
                "run",
                "--headless",
                "--until-ms",
                "5",
                "--report",
                report,
                str(APP),
            ],
            check=True,
        )
        return json.loads(pathlib.Path(report).read_text())["first_picture_s"]


def main(rounds, original=None):
    kinds = {name: lambda code=code: measured_inside(code) for name, code in CODE.items()}
    if original:
        kinds |= {name: lambda code=code: measured_inside(code, original) for name, code in ORIGINAL.items()}
    kinds["first_picture"] = first_picture
    if os.environ.get("DISPLAY"):
        kinds["window"] = lambda: window_visible(*ours(APP))
        if original:
            kinds["window_original"] = lambda: window_of_original(original)
        kinds["picture"] = picture_in_window
    times = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, measure in kinds.items():
            times[name].append(measure())
    for name, values in times.items():
        print(json.dumps({"name": name, "rounds": values}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
