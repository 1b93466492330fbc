#!/usr/bin/env python3
"""Runs benchmarks and prints one table; every round goes to the JSON file.

    ./run bench [name …] [--json FILE] [--rounds N] [--seconds S]
    ./run bench goals FILE…

`bench/README.md` lists the names. Without a name it runs `peers`, where this program stands beside others; `all` runs
everything; `goals` answers the questions of `goals.py` from JSON files of earlier runs, as a Markdown table. What was
measured at three sizes or more is followed by the exponent of its growth; the range beside it is that of the exponents
from each size to the next.
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

import goals
import peers
import profiles
from common import BIN, BUILD, MODELS, ROOT, USUAL_MODELS, objects, output_of, result
from slopes import slopes

COLUMN = 110  # of the table: where values begin
WHOLE_PATH = ("path_bench", "stopped_bench", "control_bench")
SIZES = [
    "hh10",
    "net103",
    "hh1k",
    "hh10k",
    "hh100k",
    "large",
    "passive10",
    "passive100",
    "passive1k",
    "passive10k",
    "passive100k",
    "passive257k",
]


def path(args, models):
    for model in models or USUAL_MODELS:
        lines = list(objects(output_of([BIN / "path_bench", model, args.rounds, args.seconds, "viewer"])))
        yield from of_path(f"path/{model}", MODELS[model], lines)


# Of each view, for people and in names.
VIEWS = {"morphology": "cell", "line_plot": "plot"}
OF_A_VIEW = ("kind", "pictures", "pictures_per_s", "delay_ms", "paints")


def kept(line):
    """A round for the JSON, without where the parts of the window were."""
    report = {key: value for key, value in line["report"].items() if key not in ("views", "window", "state", "fields")}
    report["views"] = {
        name: {key: view[key] for key in OF_A_VIEW if key in view} for name, view in line["report"]["views"].items()
    }
    return {**line, "report": report}


def of_views(name, text, reports):
    """Pictures and delays of the cell's view and of the plot alone."""
    for kind, word in VIEWS.items():
        views = [view for report in reports for view in report["views"].values() if view.get("kind") == kind]
        if views and all(view["pictures"] for view in views):
            yield result(
                f"{name}/{word}_pictures",
                f"{text}: new pictures per second of the {word} alone",
                [view["pictures_per_s"] for view in views],
                "1/s",
            )
            yield result(
                f"{name}/{word}_delay",
                f"{text}: median delay until the {word} is painted",
                [view["delay_ms"]["median"] for view in views],
                "ms",
            )


def of_reports(name, text, reports):
    """What the viewer showed and was sent, from the reports of runs."""
    yield result(
        f"{name}/pictures", f"{text}: new pictures per second meanwhile", [r["pictures_per_s"] for r in reports], "1/s"
    )
    if all(r["pictures"] for r in reports):
        yield result(
            f"{name}/delay",
            f"{text}: median delay from step to the last pixel of all views",
            [r["delay_ms"]["median"] for r in reports],
            "ms",
        )
        yield result(
            f"{name}/delay_p99", f"{text}: 99 % of the delays are below", [r["delay_ms"]["p99"] for r in reports], "ms"
        )
    yield from of_views(name, text, reports)
    yield result(
        f"{name}/batch",
        f"{text}: sent for each batch",
        [
            sum(v["bytes"] for v in r["viewers"]) / max(1, sum(v["batches"] for v in r["viewers"])) / 1e3
            for r in reports
        ],
        "kB",
    )
    yield result(
        f"{name}/sent",
        f"{text}: sent",
        [sum(v["bytes"] for v in r["viewers"]) / r["wall_s"] / 1e6 for r in reports],
        "MB/s",
    )


def of_path(name, text, lines):
    reports = [line["report"] for line in lines]
    ratios = [report["steps_per_s"] / line["bare"] for report, line in zip(reports, lines)]
    yield result(
        f"{name}/speed",
        f"{text}: steps/s with the viewer attached ÷ bare",
        ratios,
        "ratio",
        ratio_to_bare=statistics.median(ratios),
        rounds=[kept(line) for line in lines],
    )
    yield result(
        f"{name}/step",
        f"{text}: time per step with the viewer attached",
        [1e6 / report["steps_per_s"] for report in reports],
        "µs",
    )
    yield result(
        f"{name}/bare_step", f"{text}: time per step of the bare loop", [1e6 / line["bare"] for line in lines], "µs"
    )
    yield from of_reports(name, text, reports)
    yield result(
        f"{name}/model_cpu",
        f"{text}: processor time of the model's process, cores",
        [line["cpu_s"] / r["wall_s"] for line, r in zip(lines, reports)],
        "",
    )
    yield result(
        f"{name}/viewer_cpu",
        f"{text}: processor time of the viewer, cores",
        [line["viewer_cpu_s"] / r["wall_s"] for line, r in zip(lines, reports)],
        "",
    )
    yield result(
        f"{name}/model_peak", f"{text}: peak memory of the model's process", [line["peak_mib"] for line in lines], "MiB"
    )
    yield result(
        f"{name}/viewer_peak", f"{text}: peak memory of the viewer", [line["viewer_peak_mib"] for line in lines], "MiB"
    )


def sizes(args, _):
    """The whole path from 10 to 257,054 segments."""
    yield from path(args, SIZES)


def minimised(args, models):
    """A real window that is minimised as soon as it is there."""
    for model in models or ["net103", "large"]:
        command = [
            sys.executable,
            ROOT / "bench" / "python" / "minimised.py",
            BIN / "path_bench",
            model,
            args.rounds,
            args.seconds,
            "window",
        ]
        yield from of_path(
            f"minimised/{model}", f"{MODELS[model]}, window minimised", list(objects(output_of(command, display=True)))
        )


def start(args, _):
    questions = {
        "import": "import compneurovis, beside numpy",
        "import_memory": "memory that import compneurovis takes, beside numpy",
        "import_libraries": "libraries of Qt and OpenGL that import compneurovis loads",
        "import_original": "import compneurovis 0.4.0a1, beside numpy",
        "import_original_memory": "memory that import compneurovis 0.4.0a1 takes",
        "import_original_libraries": "libraries of Qt and OpenGL that import compneurovis 0.4.0a1 loads",
        "picture": "from the start of the program to the first picture of its cell in its window",
        "swc": "load the SWC file of 25,709 sections: load_swc_neuron",
        "import3d": "load the SWC file of 25,709 sections: Import3d alone",
        "first_picture": "first picture after the model's initialisation",
        "window": "window visible after the start of the program",
        "window_original": "window of compneurovis 0.4.0a1 visible after the start of its program",
    }
    environment = dict(os.environ)
    environment.pop("NEURON_MODULE_OPTIONS", None)
    for line in objects(
        output_of(
            [sys.executable, ROOT / "bench" / "python" / "start.py", args.rounds, peers.python()],
            display=True,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
    ):
        unit = "MiB" if line["name"].endswith("memory") else "" if line["name"].endswith("libraries") else "s"
        yield result(f"start/{line['name']}", questions[line["name"]], line["rounds"], unit)


def growth(args, models):
    """Of the smallest a million steps in any case; of the others what the time allows (--seconds)."""
    for model in models or ["net103", "hh1k", "hh10k"]:
        (line,) = objects(
            output_of(
                [
                    sys.executable,
                    ROOT / "bench" / "python" / "growth.py",
                    BIN / "path_bench",
                    model,
                    max(30.0, 7.5 * args.seconds),
                ]
            )
        )
        yield result(
            f"growth/{model}/steps",
            f"{MODELS[model]}: steps over which memory was looked at",
            [line["settled_steps"]],
            "",
        )
        for process in ("model", "viewer"):
            figures = line[process]
            yield result(
                f"growth/{model}/{process}",
                f"{MODELS[model]}: memory of the {process}'s process, growth per million steps",
                [figures["mib_per_million_steps"]],
                "MiB per million",
                rounds=[line],
            )
            yield result(
                f"growth/{model}/{process}_memory",
                f"{MODELS[model]}: memory of the {process}'s process meanwhile",
                [figures["mib"]],
                "MiB",
            )


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
            command = [
                sys.executable,
                "-m",
                "compneurovis",
                "run",
                "--headless",
                "--speed",
                "max",
                folder / "jaxley_path.py",
                model,
                args.rounds,
                args.seconds,
                file,
            ]
            subprocess.run([str(word) for word in command], stderr=subprocess.DEVNULL)  # it ends in the midst of a run
            line = json.loads(file.read_text())
        rounds, text = line["rounds"], JAXLEY_MODELS[model]
        costs = [r["bare"] / r["shown"] for r in rounds]
        yield result(
            f"jaxley/{model}/cost",
            f"{text}: time per step with the viewer attached ÷ bare scan",
            costs,
            "ratio",
            ratio_to_bare=statistics.median(costs),
            rounds=rounds,
        )
        yield result(
            f"jaxley/{model}/integrate",
            f"{text}: the same ÷ jit(jx.integrate), parameters constant",
            [r["integrate"] / r["shown"] for r in rounds],
            "ratio",
        )
        yield result(
            f"jaxley/{model}/integrate_cost",
            f"{text}: time per step of jit(jx.integrate) ÷ bare scan",
            [r["bare"] / r["integrate"] for r in rounds],
            "ratio",
        )
        yield result(f"jaxley/{model}/steps", f"{text}: steps/s", [r["shown"] for r in rounds], "1/s")
        yield result(
            f"jaxley/{model}/change",
            f"{text}: from a parameter's change to the batch with the first step that it acts on",
            line["delays_ms"],
            "ms",
        )
        batch = statistics.median(line["batches_ms"])
        yield result(
            f"jaxley/{model}/change_beyond",
            f"{text}: the same without the time of one batch",
            [delay - batch for delay in line["delays_ms"]],
            "ms",
        )
        yield from of_reports(f"jaxley/{model}", text, [jaxley_report(args, folder, model)])
        if model == "three":
            yield from jaxley_original(args, folder, statistics.median([r["bare"] for r in rounds]))


def jaxley_report(args, folder, model):
    """Of a run in which nothing else is measured."""
    with tempfile.TemporaryDirectory() as place:
        file = pathlib.Path(place) / "report.json"
        command = [
            sys.executable,
            "-m",
            "compneurovis",
            "run",
            "--headless",
            "--speed",
            "max",
            "--wall",
            args.seconds * 2,
            "--report",
            file,
            folder / "jaxley_path.py",
            model,
        ]
        output_of(command, stderr=subprocess.DEVNULL)
        return json.loads(file.read_text())


def jaxley_original(args, folder, bare):
    command = [peers.python(), folder / "jaxley_start.py", "original", time.time(), args.seconds]
    alone = float(output_of(command, env=peers.environment(), stderr=subprocess.DEVNULL).split()[-1])
    yield result(
        "jaxley/original/steps",
        f"{JAXLEY_MODELS['three']}: steps/s of compneurovis 0.4.0a1, its session alone",
        [alone],
        "1/s",
    )
    yield result(
        "jaxley/original/cost",
        f"{JAXLEY_MODELS['three']}: time per step of compneurovis 0.4.0a1, its session alone ÷ bare scan",
        [bare / alone],
        "ratio",
    )


def jaxley_start(args, folder):
    programs = {"ours": ([sys.executable], dict(os.environ)), "original": ([peers.python()], peers.environment())}
    seconds = {name: [] for name in programs}
    for round_number in range(min(args.rounds, 3) + 1):
        for name, (python, environment) in programs.items():
            if round_number or name == "ours":  # the first fills the cache
                seconds[name].append(
                    float(
                        output_of(
                            [*python, folder / "jaxley_start.py", name, time.time()],
                            env=environment,
                            stderr=subprocess.DEVNULL,
                        ).split()[-1]
                    )
                )
    warm = seconds["ours"][1:]
    yield result(
        "jaxley/start/warm",
        f"{JAXLEY_MODELS['three']}: from the start of the program to the first steps, cache filled",
        warm,
        "s",
    )
    yield result("jaxley/start/original", "the same of compneurovis 0.4.0a1", seconds["original"], "s")
    yield result("jaxley/start/ratio", "ours ÷ original", [a / b for a, b in zip(warm, seconds["original"])], "ratio")


# Programs that run beside the simulator; the first is none.
NEIGHBOURS = {
    "idle": None,
    "counting": "while True: pass",
    "copying memory": "import numpy\na = numpy.zeros(8 << 20, 'u1')\nb = a.copy()\nwhile True: b[:] = a",
}


def neighbour(args, models):
    """What the machine itself takes from the bare simulator while its other core works."""
    for model in models or ["net103", "large"]:
        speeds = {name: [] for name in NEIGHBOURS}
        for _ in range(args.rounds):
            for name, program in NEIGHBOURS.items():
                beside = subprocess.Popen([sys.executable, "-c", program]) if program else None
                try:
                    (line,) = objects(output_of([BIN / "path_bench", model, 1, args.seconds / 2, "none"]))
                finally:
                    if beside:
                        beside.kill()
                        beside.wait()
                speeds[name].append(line["bare"])
        for name in list(NEIGHBOURS)[1:]:
            yield result(
                f"neighbour/{model}/{name.split()[0]}",
                f"{MODELS[model]}: bare steps/s while another process is {name} ÷ alone",
                [a / b for a, b in zip(speeds[name], speeds["idle"])],
                "ratio",
            )


def stopped(args, models):
    """A viewer that stands still (SIGSTOP) for 30 s, whatever --seconds says."""
    for model in models or ["net103", "large"]:
        (line,) = objects(output_of([BIN / "stopped_bench", model, 10, 30, 10]))
        yield from of_stopped(f"stopped/{model}", MODELS[model], line)


def of_stopped(name, text, line):
    for stretch in ("before", "stopped", "after"):
        part = line[stretch]
        for key, unit in (
            ("steps_per_s", "1/s"),
            ("model_mb", "MB"),
            ("viewer_mb", "MB"),
            ("fields_mb", "MB"),
            ("sent_mb", "MB"),
            ("batches", ""),
            ("superseded", ""),
            ("trimmed", ""),
        ):
            yield result(f"{name}/{stretch}/{key}", f"{text}, {stretch}: {key}", [part[key]], unit)
    bare = statistics.mean([line["bare_before"], line["bare_after"]])
    yield result(
        f"{name}/speed",
        f"{text}: steps/s with a stopped viewer ÷ bare, before and behind",
        [line["stopped"]["steps_per_s"] / bare],
        "ratio",
        rounds=[line],
    )
    yield result(
        f"{name}/speed_of_before",
        f"{text}: steps/s with a stopped viewer ÷ while it ran",
        [line["stopped"]["steps_per_s"] / line["before"]["steps_per_s"]],
        "ratio",
    )
    yield result(
        f"{name}/growth",
        f"{text}: growth of the model's memory while the viewer stands",
        [line["stopped"]["model_mb"] - line["before"]["model_mb"]],
        "MB",
    )
    yield result(f"{name}/back", f"{text}: first batches taken after the viewer goes on", [1e3 * line["back_s"]], "ms")


CHANGES = 20  # of a slider, in each round


def control(args, models):
    """A slider is moved while the model runs as fast as it goes, with the viewer attached."""
    for model in models or ["net103", "hh10k", "large"]:
        lines = list(objects("".join(output_of([BIN / "control_bench", model, CHANGES]) for _ in range(args.rounds))))
        text = MODELS[model]
        every = {
            key: [value for line in lines for value in line[key]] for key in ("change_ms", "batch_ms", "beyond_ms")
        }
        yield result(
            f"control/{model}/change",
            f"{text}: from a slider's ControlEvent to the batch that shows what it does",
            every["change_ms"],
            "ms",
            rounds=lines,
        )
        yield result(
            f"control/{model}/batch",
            f"{text}: of that, the rest of the batch under way and the steps of the one that shows it",
            every["batch_ms"],
            "ms",
        )
        yield result(f"control/{model}/beyond", f"{text}: of that, beyond these batches", every["beyond_ms"], "ms")


CHANNEL_FLOATS = (100, 10_000, 257_054)
SOCKET_BUFFERS = (0, 1 << 20)


def channel(args, _):
    """The channel beside a bare socket pair, a copy in memory and the original's transport, in turn."""
    rates = {floats: {"ours": [], "bare": [], "copy": [], "original": []} for floats in CHANNEL_FLOATS}
    for _ in range(args.rounds):
        entries = json.loads(output_of([BIN / "channel_bench", "--benchmark_format=json"]))["benchmarks"]
        found = {entry["name"].removesuffix("/real_time"): entry["items_per_second"] for entry in entries}
        for floats, of in rates.items():
            of["ours"].append(found[f"pipe_channel/{floats}"])
            of["bare"].append(max(found[f"bare_socket_pair/{floats}/{size}"] for size in SOCKET_BUFFERS))
            of["copy"].append(found[f"memory_copy/{floats}"])
            (line,) = objects(
                output_of(
                    [peers.python(), peers.FOLDER / "channel.py", floats, args.seconds / 4], env=peers.environment()
                )
            )
            of["original"].append(line["per_s"])
    words = {"bare": "a bare socket pair", "copy": "one copy in memory", "original": "compneurovis 0.4.0a1"}
    for floats, of in rates.items():
        text = f"channel, messages of {floats:,} floats"
        yield result(f"channel/{floats}/rate", f"{text}: per second", of["ours"], "1/s")
        for word, name in words.items():
            yield result(f"channel/{floats}/{word}_rate", f"{text}: per second with {name}", of[word], "1/s")
            yield result(
                f"channel/{floats}/{word}",
                f"{text}: ours ÷ {name}",
                [a / b for a, b in zip(of["ours"], of[word])],
                "ratio",
            )


def fuzz(args, _):
    """Inputs from nowhere for what reads received bytes, under sanitizers; a problem ends the program."""
    (line,) = objects(output_of([BUILD / "address" / "tests" / "fuzz" / "fuzz_codec", args.inputs]))
    for key, count in line.items():
        yield result(f"fuzz/{key}", f"fuzzing: {key.replace('_', ' ')}", [count], "")


def micro(program):
    for entry in json.loads(output_of([program, "--benchmark_format=json"]))["benchmarks"]:
        yield {
            "name": f"{program.name}/{entry['name']}",
            "question": entry["name"],
            "value": entry["real_time"],
            "unit": entry["time_unit"],
            "spread": None,
            "counts": {key: entry[key] for key in COUNTS if key in entry},
        }


# What benchmarks of pictures count beside the time.
COUNTS = ("visible", "draw_calls", "points", "uploaded_bytes")

# Name → function of the arguments and of the words behind the name ("path/large").
BENCHMARKS = {
    "path": path,
    "sizes": sizes,
    "minimised": minimised,
    "peers": peers.peers,
    "start": start,
    "growth": growth,
    "stopped": stopped,
    "control": control,
    "channel": channel,
    "profile": profiles.profile,
    "neighbour": neighbour,
    "fuzz": fuzz,
    "jaxley": jaxley,
}


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
    return [
        *(name for name in BENCHMARKS if name != "path"),
        *sorted(p.name for p in BIN.glob("*_bench") if p.name not in WHOLE_PATH),
    ]


def show(one):
    """As soon as it is known: some take minutes."""
    low = f"  (min {one['spread']['min']:.3g}, max {one['spread']['max']:.3g})" if one["spread"] else ""
    ratio = f"  ours ÷ it: {statistics.median(one['ratio_to_peer']):.3g}" if one.get("ratio_to_peer") else ""
    goal = goals.of(one)
    print(
        f"{one['question']:<{COLUMN}}  {one['value']:10.4g} {one['unit']}{low}{ratio}{f'  [{goal}]' if goal else ''}",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="names of bench/README.md; none: peers; goals: the JSON files")
    parser.add_argument("--json", help="write every result with every round to this file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="length of each half of a round")
    parser.add_argument("--inputs", type=int, default=10_000_000, help="of fuzz")
    args = parser.parse_args()
    names = args.names or ["peers"]
    if names[0] == "goals":
        return print(goals.table(goals.read(names[1:])))
    results = []
    try:
        for name in every_name() if "all" in names else names:
            first = len(results)
            for one in run(name, args):
                results.append(one)
                show(one)
            for one in slopes(results[first:]):
                results.append(one)
                show(one)
    finally:
        if args.json:
            machine = {
                "cores": os.cpu_count(),
                "python": sys.version.split()[0],
                "gpu": bool(shutil.which("nvidia-smi")),
            }
            pathlib.Path(args.json).write_text(json.dumps({"machine": machine, "results": results}, indent=1))


if __name__ == "__main__":
    main()
