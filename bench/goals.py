"""The goals of this program's speed, as data: which figure answers which question, and what it should be.

./run bench goals FILE.json…      the questions as a Markdown table, answered from the results of earlier runs
"""

import dataclasses
import fnmatch
import json
import pathlib

DELAY_MS = 100  # from step to pixel, median: pictures must not be bought with it


@dataclasses.dataclass(frozen=True)
class Part:
    """One figure with its limit. `name` may hold wildcards: then each of these figures has to keep it,
    and the worst is shown."""

    name: str
    limit: float
    unit: str = ""
    label: str = ""
    at_least: bool = False

    def fits(self, name):
        return fnmatch.fnmatchcase(name, self.name)

    def met(self, value):
        return value >= self.limit if self.at_least else value <= self.limit

    def text(self):
        return f"{'≥' if self.at_least else '≤'} {shown(self.limit, self.unit)}"


@dataclasses.dataclass(frozen=True)
class Row:
    """`original` and `peer` are names of figures that are measured, or texts about what is not."""

    number: int
    question: str
    parts: tuple
    original: tuple = ("–",)
    peer: tuple = ("–",)


def least(name, limit, unit="", label=""):
    return Part(name, limit, unit, label, at_least=True)


def most(name, limit, unit="", label=""):
    return Part(name, limit, unit, label)


ORIGINAL = "compneurovis 0.4.0a1"
GUI = "NEURON's PlotShape and Graph"

ROWS = (
    Row(
        1,
        "NEURON, 103 segments: steps/s with the viewer ÷ bare",
        (least("path/net103/speed", 0.95), most("path/net103/delay", DELAY_MS, "ms", "delay")),
        (f"peers/net103/{ORIGINAL}*",),
        (f"peers/net103/{GUI}",),
    ),
    Row(
        2,
        "NEURON, 257,054 segments: the same",
        (
            least("path/large/speed", 0.95),
            least("path/large/pictures", 20, "1/s", "pictures"),
            most("path/large/delay", DELAY_MS, "ms", "delay"),
        ),
        (f"peers/large/{ORIGINAL}*",),
        (f"peers/large/{GUI}",),
    ),
    Row(
        3,
        "the same two, viewer stopped for 30 s",
        (
            least("stopped/net103/speed", 0.95, label="103"),
            least("stopped/large/speed", 0.95, label="257,054"),
            most("stopped/*/growth", 4, "MB", "growth of memory"),
        ),
        ("blocks",),
    ),
    Row(
        4,
        "10,000 passive segments: steps/s with the viewer ÷ bare",
        (least("path/passive10k/speed", 1 / 1.1),),
        (f"peers/passive10k/{ORIGINAL}*",),
        (f"peers/passive10k/{GUI}",),
    ),
    Row(
        5,
        "Jaxley, 87 compartments: time per step ÷ bare scan",
        (most("jaxley/three/cost", 1.35), most("jaxley/three-hooks/cost", 2.5, label="hooks per step")),
        ("jaxley/original/cost",),
        ("jaxley/three/integrate_cost",),
    ),
    Row(
        6,
        "a slider acts on the model: time beyond one batch",
        (
            most("jaxley/three/change_beyond", 1, "ms", "Jaxley"),
            most("control/net103/beyond", 1, "ms", "103"),
            most("control/large/beyond", 1, "ms", "257,054"),
        ),
        ("next batch; Jaxley 27.7 ms",),
    ),
    Row(
        7,
        "draw 257,054 pieces, new colours, moving camera",
        (
            most("render_bench/draw_frame/pieces:257054/moving:1/radius:1/*", 20, "ms"),
            most("render_bench/draw_frame/pieces:257054/moving:1/radius:12/*", 33, "ms", "radii × 12"),
        ),
        ("2,280–2,490 ms",),
        ("peers/pieces257054/VisPy",),
    ),
    Row(
        8, "pick the segment under the mouse", (most("render_bench/pick_piece/pieces:257054/*", 1, "ms"),), ("880 ms",)
    ),
    Row(
        9,
        "redraw 8 series × 10⁶ samples",
        (
            most("plot_bench/redraw/stored:1000000/*", 4, "ms", "any zoom"),
            most("plot_bench/redraw_while_appending/stored:1000000/*", 4, "ms", "appending"),
        ),
        ("150–205 ms (pyqtgraph)",),
        ("peers/traces/pyqtgraph",),
    ),
    Row(
        10,
        "append 1,000 series × 20,000 samples one by one",
        (
            most("store_bench/append_one_by_one/20000/0", 300, "ms"),
            most("store_bench/append_one_by_one/[*]/0/slope", 1.1, label="exponent"),
        ),
        ("95.8 s, quadratic",),
    ),
    Row(
        11,
        "channel: replace 100 floats ÷ original; 257,054 floats ÷ a bare socket pair",
        (least("channel/100/original", 5, label="100"), least("channel/257054/bare", 0.7, label="257,054")),
        ("channel/100/original_rate", "channel/257054/original_rate", "39,700 and 745 per second"),
        ("channel/100/bare_rate", "channel/257054/bare_rate"),
    ),
    Row(
        12,
        "surface 500 × 500, new heights in each picture",
        (most("surface_bench/new_heights/side:500/shading:?/samples:1/most:40000/*", 20, "ms"),),
        ("275 ms",),
    ),
    Row(
        13,
        "`import compneurovis`",
        (most("start/import", 0.15, "s"), most("start/import_libraries", 0, label="libraries of Qt and OpenGL")),
        ("start/import_original", "0.7 s, 112 MB, loads Qt"),
    ),
    Row(
        14,
        "window visible after the start; first picture after the model's initialisation",
        (most("start/window", 0.5, "s", "window"), most("start/first_picture", 0.3, "s", "picture")),
        ("start/window_original", "0.72–0.87 s"),
    ),
    Row(15, "load the large SWC file", (most("start/swc", 0.3, "s"),), ("1.9–2.3 s (Import3d)",), ("start/import3d",)),
    Row(
        16,
        "Jaxley start, three cells, warm ÷ the original's",
        (most("jaxley/start/ratio", 0.5),),
        ("jaxley/start/original", "18–20 s cold, 7 s warm"),
    ),
    Row(
        17,
        "memory while a model makes a million steps, MiB per million",
        (
            least("growth/net103/steps", 1e6, label="steps"),
            most("growth/net103/model", 0.1, label="model"),
            most("growth/net103/viewer", 0.1, label="viewer"),
        ),
        ("lists grow",),
    ),
)


def shown(value, unit=""):
    """A figure with three digits that count, and its unit."""
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return digits if unit in ("", "ratio") else f"{digits} {unit}"


def of(one):
    """What the table of a run says behind a result: number of the row, goal, whether it is met;
    empty without a goal."""
    for row in ROWS:
        for part in row.parts:
            if part.fits(one["name"]):
                return f"row {row.number}: {part.text()}, {'met' if part.met(one['value']) else 'NOT MET'}"
    return ""


def read(files):
    """Name → result; of a name that several files have, the last file counts."""
    found = {}
    for file in files:
        found |= {one["name"]: one for one in json.loads(pathlib.Path(file).read_text())["results"]}
    return found


def answer(part, results):
    """The worst figure that the part is about, or None."""
    fitting = [one for name, one in results.items() if part.fits(name)]
    return (min if part.at_least else max)(fitting, key=lambda one: one["value"]) if fitting else None


def this_cell(row, results):
    texts = []
    for part in row.parts:
        one = answer(part, results)
        texts.append((f"{part.label}: " if part.label else "") + (shown(one["value"], one["unit"]) if one else "–"))
    return " · ".join(texts)


def goal_cell(row):
    return " · ".join((f"{part.label}: " if part.label else "") + part.text() for part in row.parts)


def met_cell(row, results):
    answers = [(part, answer(part, results)) for part in row.parts]
    missing = [part for part, one in answers if one is None]
    failed = [part.label or "the first" for part, one in answers if one is not None and not part.met(one["value"])]
    if failed:
        return "no" if len(row.parts) == 1 or len(failed) == len(row.parts) else f"no: {', '.join(failed)}"
    if missing:
        return (
            "not measured"
            if len(missing) == len(row.parts)
            else f"not measured: {', '.join(part.label or part.name for part in missing)}"
        )
    return "yes"


def what_tells_it(name):
    """Of a figure beside others of the same row: what is behind its last comma, else what it was measured on."""
    return name.rpartition(", ")[2] if ", " in name else name.split("/")[1]


def others_cell(names, results):
    """Measured figures of others; without any, the texts among `names`."""
    measured = [one for name in names for known, one in results.items() if fnmatch.fnmatchcase(known, name)]
    texts = [
        shown(one["value"], one["unit"]) + (f" ({what_tells_it(one['name'])})" if len(measured) > 1 else "")
        for one in measured
    ]
    return " · ".join(texts or [name for name in names if "/" not in name]) or "–"


def table(results):
    lines = ["| # | question | original | other peer | this | goal | met |", "|---|---|---|---|---|---|---|"]
    for row in ROWS:
        cells = (
            row.number,
            row.question,
            others_cell(row.original, results),
            others_cell(row.peer, results),
            this_cell(row, results),
            goal_cell(row),
            met_cell(row, results),
        )
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)
