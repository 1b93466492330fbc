#!/usr/bin/env python3
"""Runs benchmarks and prints one table; every round goes to the JSON file.

    ./run bench [name …] [--json FILE] [--rounds N] [--seconds S]

`path` is the whole path, model to pixels: steps per second with the viewer attached against a bare loop of fadvance() on
the same model in the same process, interleaved. The other names are the programs of bench/micro.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BIN = ROOT / "build" / "release" / "bin"
MODELS = {
    "net103": "NEURON, 103 segments (hh, 3 cells, dt 0.1)",
    "passive10k": "NEURON, 10,000 passive segments (cheap steps)",
    "hh1k": "NEURON, 1,000 segments (hh)",
    "hh10k": "NEURON, 10,000 segments (hh)",
    "large": "NEURON, 257,054 segments (hh)",
}


def spread(values):
    return {"min": min(values), "median": statistics.median(values), "max": max(values), "rounds": values}


def result(name, question, values, unit, **more):
    return {"name": name, "question": question, "value": statistics.median(values), "unit": unit, "spread": spread(values), **more}


def run_path(model, rounds, seconds):
    out = subprocess.run([str(BIN / "path_bench"), model, str(rounds), str(seconds), "viewer"], stdout=subprocess.PIPE, text=True, check=True)
    lines = [json.loads(chunk) for chunk in split_objects(out.stdout)]
    ratios, pictures, delays = [], [], []
    for line in lines:
        report = line["report"]
        ratios.append(report["steps_per_s"] / line["bare"])
        pictures.append(report["pictures_per_s"])
        delays.append(report["delay_ms"]["median"])
    text = MODELS[model]
    return [
        result(f"path/{model}/speed", f"{text}: steps/s with the viewer attached ÷ bare", ratios, "ratio", ratio_to_bare=statistics.median(ratios), rounds=lines),
        result(f"path/{model}/pictures", f"{text}: new pictures per second meanwhile", pictures, "1/s"),
        result(f"path/{model}/delay", f"{text}: median delay from step to pixel", delays, "ms"),
    ]


def split_objects(text):
    decoder, at = json.JSONDecoder(), 0
    text = text.strip()
    while at < len(text):
        _, end = decoder.raw_decode(text, at)
        yield text[at:end]
        at = end
        while at < len(text) and text[at].isspace():
            at += 1


def run_micro(program):
    out = subprocess.run([str(program), "--benchmark_format=json"], stdout=subprocess.PIPE, text=True, check=True)
    for entry in json.loads(out.stdout)["benchmarks"]:
        yield {"name": f"{program.name}/{entry['name']}", "question": entry["name"], "value": entry["real_time"], "unit": entry["time_unit"], "spread": None}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="path, path/MODEL, or a program of bench/micro; none: path")
    parser.add_argument("--json", help="write every result with every round to this file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0, help="length of each half of a round")
    args = parser.parse_args()
    results = []
    for name in args.names or ["path"]:
        if name == "path" or name.startswith("path/"):
            for model in [name[5:]] if "/" in name else ["net103", "passive10k", "large"]:
                results += run_path(model, args.rounds, args.seconds)
        else:
            results += run_micro(BIN / name)
    width = max(len(r["question"]) for r in results)
    for r in results:
        low = f"  (min {r['spread']['min']:.3g}, max {r['spread']['max']:.3g})" if r["spread"] else ""
        print(f"{r['question']:<{width}}  {r['value']:10.4g} {r['unit']}{low}")
    if args.json:
        machine = {"cores": os.cpu_count(), "python": sys.version.split()[0]}
        pathlib.Path(args.json).write_text(json.dumps({"machine": machine, "results": results}, indent=1))


if __name__ == "__main__":
    main()
