"""This program beside what a person would use instead: the same work, round by round in turn."""

import functools
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import venv

from common import BIN, BUILD, MODELS, ROOT, USUAL_MODELS, XVFB, objects, output_of, result

FOLDER = ROOT / "bench" / "peers"
PACKAGES = [
    "compneurovis==0.4.0a1",
    "neuron>=9,<10",
    "jaxley==0.14.0",
    "jax==0.10.2",
    "PyQt6",
    "vispy==0.15.2",
    "pyqtgraph==0.13.7",
]
STEPS_PER_PICTURE = (10, 1000)
PIECES = (1_000, 10_000, 100_000, 257_054)
TRACES = "8x1000000"


@functools.cache
def python():
    """Python of an environment with the programs that are compared with, made when it is missing."""
    folder = BUILD / "peers"
    program = folder / "bin" / "python"
    stamp = folder / "packages"
    wanted = "\n".join(PACKAGES)
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(folder, with_pip=True)
        subprocess.run([program, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        stamp.write_text(wanted)
    return program


def environment():
    """Ours has the same import name as one of the peers."""
    hidden = ("PYTHONPATH", "VIRTUAL_ENV", "NEURON_MODULE_OPTIONS", "COMPNEUROVIS_VIEWER")
    return {key: value for key, value in os.environ.items() if key not in hidden}


def compared(name, question, programs, rounds, unit, **more):
    """One result per program; `programs`: name → function that returns the value of one round."""
    values = {program: [] for program in programs}
    for _ in range(rounds):
        for program, measure in programs.items():
            values[program].append(measure())
    for program, measured in values.items():
        beside = {} if program == "ours" else {"ratio_to_peer": [a / b for a, b in zip(values["ours"], measured)]}
        yield result(f"peers/{name}/{program}", f"{question}: {program}", measured, unit, **beside, **more)


def peers(args, models):
    for model in models or USUAL_MODELS:
        programs = {
            "ours": functools.partial(ours, model, args.seconds),
            "NEURON's PlotShape and Graph": functools.partial(neuron_gui, model, args.seconds),
        }
        for steps in STEPS_PER_PICTURE:
            programs[f"compneurovis 0.4.0a1, {steps} steps per picture"] = functools.partial(
                original, model, args.seconds, steps
            )
        yield from compared(model, f"{MODELS[model]}: steps/s ÷ bare", programs, args.rounds, "ratio")
    if not models:
        yield from drawing(args)


def drawing(args):
    for pieces in PIECES:
        programs = {
            "ours": functools.partial(micro, "render_bench", f"draw_frame/pieces:{pieces}/moving:1/radius:1/"),
            "VisPy": functools.partial(drawn_by_peer, f"vispy/{pieces}"),
        }
        yield from compared(
            f"pieces{pieces}",
            f"{pieces} pieces in new colours from a moving camera, one picture",
            programs,
            args.rounds,
            "ms",
        )
    programs = {
        "ours": functools.partial(micro, "plot_bench", "redraw/stored:1000000/in_view:1000000"),
        "pyqtgraph": functools.partial(drawn_by_peer, f"pyqtgraph/{TRACES}"),
    }
    yield from compared("traces", "8 traces of 1,000,000 samples, one picture", programs, args.rounds, "ms")


def ours(model, seconds):
    (line,) = objects(output_of([BIN / "path_bench", model, 1, seconds, "viewer"]))
    return line["report"]["steps_per_s"] / line["bare"]


def neuron_gui(model, seconds):
    (line,) = objects(
        output_of(
            [python(), FOLDER / "neuron_gui.py", model, 1, seconds],
            display=True,
            env=environment(),
            stderr=subprocess.DEVNULL,
        )
    )
    return line["shown"] / line["bare"]


def original(model, seconds, steps):
    with tempfile.TemporaryDirectory() as place:
        file = pathlib.Path(place) / "rounds.json"
        command = [*XVFB, python(), FOLDER / "original.py", model, 1, seconds, file, steps]
        # It ends by ending its whole process group.
        subprocess.run(
            [str(word) for word in command],
            env=environment(),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        (line,) = objects(file.read_text())
    return line["shown"] / line["bare"]


def micro(program, name):
    """ms of the benchmark whose name begins so."""
    found = json.loads(output_of([BIN / program, "--benchmark_format=json", f"--benchmark_filter=^{name}"]))[
        "benchmarks"
    ]
    return found[0]["real_time"]


def drawn_by_peer(name):
    """ms of a picture, the median of some."""
    (line,) = objects(
        output_of([python(), FOLDER / "draw.py", name, 9], display=True, env=environment(), stderr=subprocess.DEVNULL)
    )
    return statistics.median(line["rounds_ms"])
