#!/usr/bin/env python3
"""Runs benchmarks and prints one table; every round goes to the JSON file.

    ./run bench [name …] [--json FILE] [--rounds N] [--seconds S]

`bench/README.md` lists the names. Without a name it runs `path`; `all` runs everything.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
BIN = BUILD / "release" / "bin"
MODELS = {
    "net103": "NEURON, 103 segments (hh, 3 cells, dt 0.1)",
    "passive10k": "NEURON, 10,000 passive segments (cheap steps)",
    "hh1k": "NEURON, 1,000 segments (hh)",
    "hh10k": "NEURON, 10,000 segments (hh)",
    "large": "NEURON, 257,054 segments (hh)",
}
USUAL_MODELS = ["net103", "passive10k", "large"]
PEER_PACKAGES = ["compneurovis==0.4.0a1", "neuron>=9,<10", "jaxley==0.14.0", "jax==0.10.2", "PyQt6", "vispy==0.15.2", "pyqtgraph==0.13.7"]
WHOLE_PATH = ("path_bench", "stopped_bench")
ORIGINAL_STEPS_PER_PICTURE = (10, 1000)


def spread(values):
    return {"min": min(values), "median": statistics.median(values), "max": max(values), "rounds": values}


def result(name, question, values, unit, **more):
    return {"name": name, "question": question, "value": statistics.median(values), "unit": unit, "spread": spread(values), **more}


def output_of(command, display=False, **options):
    if display and not os.environ.get("DISPLAY"):
        command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24 +extension GLX", *command]
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=True, **options).stdout


def objects(text):
    """The JSON objects that a program printed one after the other."""
    decoder, at = json.JSONDecoder(), 0
    text = text.strip()
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while at < len(text) and text[at].isspace():
            at += 1


def path(args, models):
    for model in models or USUAL_MODELS:
        lines = list(objects(output_of([BIN / "path_bench", model, args.rounds, args.seconds, "viewer"])))
        reports, text = [line["report"] for line in lines], MODELS[model]
        ratios = [report["steps_per_s"] / line["bare"] for report, line in zip(reports, lines)]
        yield result(f"path/{model}/speed", f"{text}: steps/s with the viewer attached ÷ bare", ratios, "ratio", ratio_to_bare=statistics.median(ratios), rounds=lines)
        yield result(f"path/{model}/pictures", f"{text}: new pictures per second meanwhile", [r["pictures_per_s"] for r in reports], "1/s")
        yield result(f"path/{model}/delay", f"{text}: median delay from step to pixel", [r["delay_ms"]["median"] for r in reports], "ms")
        yield result(f"path/{model}/viewer_cpu", f"{text}: CPU of the viewer ÷ CPU of the model's process", [line["viewer_cpu_s"] / line["cpu_s"] for line in lines], "ratio")


def peer_python():
    """Python of an environment with the programs that are compared with, made when it is missing."""
    folder = BUILD / "peers"
    python = folder / "bin" / "python"
    stamp = folder / "packages"
    wanted = "\n".join(PEER_PACKAGES)
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER_PACKAGES], check=True)
        stamp.write_text(wanted)
    return python


def peer_environment():
    """Ours has the same import name as one of the peers."""
    hidden = ("PYTHONPATH", "VIRTUAL_ENV", "NEURON_MODULE_OPTIONS", "COMPNEUROVIS_VIEWER")
    return {key: value for key, value in os.environ.items() if key not in hidden}


def peers(args, models):
    """What a person would use instead, each against a bare loop in its own process."""
    python, folder, environment = peer_python(), ROOT / "bench" / "peers", peer_environment()
    for model in models or USUAL_MODELS:
        lines = list(objects(output_of([python, folder / "neuron_gui.py", model, args.rounds, args.seconds], display=True, env=environment, stderr=subprocess.DEVNULL)))
        yield result(f"peers/neuron_gui/{model}", f"{MODELS[model]}: NEURON's PlotShape and Graph ÷ bare", [line["shown"] / line["bare"] for line in lines], "ratio", rounds=lines)
        for steps in ORIGINAL_STEPS_PER_PICTURE:
            lines = original(python, folder, environment, model, steps, args)
            yield result(f"peers/original/{model}/{steps}", f"{MODELS[model]}: compneurovis 0.4.0a1, {steps} steps per picture ÷ bare", [line["shown"] / line["bare"] for line in lines], "ratio", rounds=lines)
    for line in objects(output_of([python, folder / "draw.py", max(5, args.rounds)], display=True, env=environment, stderr=subprocess.DEVNULL)):
        yield result(f"peers/{line['name']}", f"{line['name']}: one picture", line["rounds_ms"], "ms")


def original(python, folder, environment, model, steps, args):
    with tempfile.TemporaryDirectory() as place:
        file = pathlib.Path(place) / "rounds.json"
        command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24 +extension GLX", python, folder / "original.py", model, args.rounds, args.seconds, file, steps]
        # It ends by ending its whole process group.
        subprocess.run([str(word) for word in command], env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return list(objects(file.read_text()))


def start(args, _):
    questions = {
        "import": "import compneurovis, beside numpy",
        "swc": "load the SWC file of 25,709 sections: load_swc_neuron",
        "import3d": "load the SWC file of 25,709 sections: Import3d alone",
        "first_picture": "first picture after the model's initialisation",
        "window": "window visible after the start of the program",
    }
    environment = dict(os.environ)
    environment.pop("NEURON_MODULE_OPTIONS", None)
    for line in objects(output_of([sys.executable, ROOT / "bench" / "python" / "start.py", args.rounds], display=True, env=environment, stderr=subprocess.DEVNULL)):
        yield result(f"start/{line['name']}", questions[line["name"]], line["rounds_s"], "s")


def growth(args, _):
    (line,) = objects(output_of([sys.executable, ROOT / "bench" / "python" / "growth.py", BIN / "path_bench", max(20.0, 5 * args.seconds)]))
    for process in ("model", "viewer"):
        # The rings of the histories fill first.
        settled = line["samples"][3:]
        grown = settled[-1][f"{process}_mib"] - settled[0][f"{process}_mib"]
        millions = line["steps_per_s"] * (settled[-1]["s"] - settled[0]["s"]) / 1e6
        yield result(f"growth/{process}", f"memory of the {process}'s process, growth per million steps ({line['steps'] / 1e6:.1f} million made)", [grown / millions], "MiB", rounds=[line])


JAXLEY_MODELS = {
    "three": "Jaxley, 3 cells, 87 compartments (HH, 3 synapses, dt 0.1)",
    "three-hooks": "the same, v, m and n read at each step in Python",
    "large": "Jaxley, 2,541 compartments (HH, dt 0.025)",
}


def jaxley(args, models):
    """A live Jaxley session with the viewer attached; and how long its start takes, beside the original's."""
    folder = ROOT / "bench" / "python"
    for model in models or [*JAXLEY_MODELS, "start"]:
        if model == "start":
            yield from jaxley_start(args, folder)
            continue
        with tempfile.TemporaryDirectory() as place:
            file = pathlib.Path(place) / "rounds.json"
            command = [sys.executable, "-m", "compneurovis", "run", "--headless", "--speed", "max", folder / "jaxley_path.py", model, args.rounds, args.seconds, file]
            subprocess.run([str(word) for word in command], stderr=subprocess.DEVNULL)  # it ends in the midst of a run
            line = json.loads(file.read_text())
        rounds, text = line["rounds"], JAXLEY_MODELS[model]
        costs = [r["bare"] / r["shown"] for r in rounds]
        yield result(f"jaxley/{model}/cost", f"{text}: time per step with the viewer attached ÷ bare scan", costs, "ratio", ratio_to_bare=statistics.median(costs), rounds=rounds)
        yield result(f"jaxley/{model}/integrate", f"{text}: the same ÷ jit(jx.integrate), parameters constant", [r["integrate"] / r["shown"] for r in rounds], "ratio")
        yield result(f"jaxley/{model}/steps", f"{text}: steps/s", [r["shown"] for r in rounds], "1/s")
        yield result(f"jaxley/{model}/change", f"{text}: from a parameter's change to the batch with the first step that it acts on", line["delays_ms"], "ms")


def jaxley_start(args, folder):
    programs = {"ours": ([sys.executable], dict(os.environ)), "original": ([peer_python()], peer_environment())}
    seconds = {name: [] for name in programs}
    for round_number in range(min(args.rounds, 3) + 1):
        for name, (python, environment) in programs.items():
            if round_number or name == "ours":  # the first fills the cache
                seconds[name].append(float(output_of([*python, folder / "jaxley_start.py", name, time.time()], env=environment, stderr=subprocess.DEVNULL).split()[-1]))
    warm = seconds["ours"][1:]
    yield result("jaxley/start/warm", f"{JAXLEY_MODELS['three']}: from the start of the program to the first steps, cache filled", warm, "s")
    yield result("jaxley/start/original", "the same of compneurovis 0.4.0a1", seconds["original"], "s")
    yield result("jaxley/start/ratio", "ours ÷ original", [a / b for a, b in zip(warm, seconds["original"])], "ratio")


def stopped(args, models):
    """A viewer that stands still (SIGSTOP) for 30 s, whatever --seconds says."""
    for model in models or ["net103"]:
        (line,) = objects(output_of([BIN / "stopped_bench", model, 10, 30, 10]))
        for stretch in ("before", "stopped", "after"):
            part = line[stretch]
            for key, unit in (("steps_per_s", "1/s"), ("model_mb", "MB"), ("viewer_mb", "MB"), ("fields_mb", "MB"), ("sent_mb", "MB"), ("batches", ""), ("superseded", ""), ("trimmed", "")):
                yield result(f"stopped/{model}/{stretch}/{key}", f"{MODELS[model]}, {stretch}: {key}", [part[key]], unit)
        yield result(f"stopped/{model}/speed", f"{MODELS[model]}: steps/s with a stopped viewer ÷ before", [line["stopped"]["steps_per_s"] / line["before"]["steps_per_s"]], "ratio")
        yield result(f"stopped/{model}/back", f"{MODELS[model]}: first batches taken after the viewer goes on", [1e3 * line["back_s"]], "ms")


def fuzz(args, _):
    """Inputs from nowhere for what reads received bytes, under sanitizers; a problem ends the program."""
    (line,) = objects(output_of([BUILD / "address" / "tests" / "fuzz" / "fuzz_codec", args.inputs]))
    for key, count in line.items():
        yield result(f"fuzz/{key}", f"fuzzing: {key.replace('_', ' ')}", [count], "")


def micro(program):
    for entry in json.loads(output_of([program, "--benchmark_format=json"]))["benchmarks"]:
        yield {"name": f"{program.name}/{entry['name']}", "question": entry["name"], "value": entry["real_time"], "unit": entry["time_unit"], "spread": None}


# Name → function of the arguments and of the words behind the name ("path/large").
BENCHMARKS = {"path": path, "peers": peers, "start": start, "growth": growth, "stopped": stopped, "fuzz": fuzz, "jaxley": jaxley}


def run(name, args):
    head, _, tail = name.partition("/")
    if head in BENCHMARKS:
        yield from BENCHMARKS[head](args, [tail] if tail else [])
    elif (BIN / name).exists():
        yield from micro(BIN / name)
    else:
        programs = sorted(p.name for p in BIN.glob("*_bench") if p.name not in WHOLE_PATH)
        sys.exit(f"There is no benchmark '{name}'. There are: {', '.join([*BENCHMARKS, *programs, 'all'])}")


def every_name():
    return [*BENCHMARKS, *sorted(p.name for p in BIN.glob("*_bench") if p.name not in WHOLE_PATH)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="names of bench/README.md; none: path")
    parser.add_argument("--json", help="write every result with every round to this file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="length of each half of a round")
    parser.add_argument("--inputs", type=int, default=10_000_000, help="of fuzz")
    args = parser.parse_args()
    names = args.names or ["path"]
    results = [r for name in (every_name() if "all" in names else names) for r in run(name, args)]
    width = max(len(r["question"]) for r in results)
    for r in results:
        low = f"  (min {r['spread']['min']:.3g}, max {r['spread']['max']:.3g})" if r["spread"] else ""
        print(f"{r['question']:<{width}}  {r['value']:10.4g} {r['unit']}{low}")
    if args.json:
        machine = {"cores": os.cpu_count(), "python": sys.version.split()[0], "gpu": bool(shutil.which("nvidia-smi"))}
        pathlib.Path(args.json).write_text(json.dumps({"machine": machine, "results": results}, indent=1))


if __name__ == "__main__":
    main()
