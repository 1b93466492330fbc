"""What all benchmarks share: where programs lie, how they are run, what a result looks like."""

import json
import os
import pathlib
import re
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
BIN = BUILD / "release" / "bin"
XVFB = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24 +extension GLX"]


class _Models(dict):
    """The text of a model by name; trees of any size (hh10k, passive100) are described as they are asked for."""

    def __missing__(self, name):
        tree = re.fullmatch(r"(hh|passive)(\d+)(k?)", name)
        if not tree:
            return name
        size = int(tree[2]) * (1000 if tree[3] else 1)
        return (
            f"NEURON, {size:,} segments (hh)" if tree[1] == "hh" else f"NEURON, {size:,} passive segments (cheap steps)"
        )


MODELS = _Models({"net103": "NEURON, 103 segments (hh, 3 cells, dt 0.1)", "large": "NEURON, 257,054 segments (hh)"})
USUAL_MODELS = ["net103", "passive10k", "large"]


def spread(values):
    return {"min": min(values), "median": statistics.median(values), "max": max(values), "rounds": values}


def result(name, question, values, unit, **more):
    return {
        "name": name,
        "question": question,
        "value": statistics.median(values),
        "unit": unit,
        "spread": spread(values),
        **more,
    }


def output_of(command, display=False, **options):
    if display and not os.environ.get("DISPLAY"):
        command = [*XVFB, *command]
    return subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, text=True, check=True, **options
    ).stdout


def objects(text):
    """The JSON objects that a program printed one after the other."""
    decoder, at = json.JSONDecoder(), 0
    text = text.strip()
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while at < len(text) and text[at].isspace():
            at += 1


def viewer_of(process):
    """Process of the viewer, or None: there are other children, such as the one that is asked where NEURON is."""
    for child in pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split():
        command = pathlib.Path(f"/proc/{child}/cmdline")
        if command.exists() and "compneurovis-viewer" in command.read_text():
            return int(child)
    return None
