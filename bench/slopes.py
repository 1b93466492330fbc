"""Growth with size: of figures whose names differ in one number only ("redraw/stored:10000", "path/hh1k/delay"), the
exponent of size that they grow with. 0: size does not matter, 1: as size."""

import itertools
import math
import re
import statistics

FEWEST_SIZES = 3
# Of a ratio, a rate or a count of events an exponent says nothing.
UNITS = {"ns", "us", "ms", "s", "µs", "B", "kB", "MB", "MiB"}
# Models whose names do not tell their size, beside the trees that theirs belong to.
SAME_AS = {"net103": "hh103", "large": "hh257054"}
# How close one looks.
NO_SIZES = {"zoom", "in_view"}
NUMBER = re.compile(r"(?:(?P<label>\w+):)?(?P<digits>\d+)(?P<thousands>k?)(?![\w.])")


def exponent(points):
    """Slope of the straight line of least squares through log size and log figure;
    `points`: (size, figure), all above 0."""
    x, y = ([math.log(point[k]) for point in points] for k in (0, 1))
    return statistics.linear_regression(x, y).slope


def slopes(results):
    """A result for each series among `results` with at least three sizes. Its spread is that of the exponents from each
    size to the next: what is flat and then grows shows there."""
    for series, points in _series(results).items():
        points = sorted(points.items())
        if len(points) < FEWEST_SIZES or min(figure for _, figure in points) <= 0:
            continue
        steps = [exponent(pair) for pair in itertools.pairwise(points)]
        yield {
            "name": f"{series}/slope",
            "question": f"{series}: exponent of its growth, {points[0][0]:,} … {points[-1][0]:,} ({len(points)} sizes)",
            "value": exponent(points),
            "unit": "",
            "spread": {"min": min(steps), "median": statistics.median(steps), "max": max(steps), "rounds": steps},
            "points": points,
        }


def _series(results):
    """Name with a number taken out → size → figure. A number of 0 stands for "none" and is no size."""
    series = {}
    for one in results:
        if one["unit"] not in UNITS:
            continue
        name = "/".join(SAME_AS.get(part, part) for part in one["name"].split("/"))
        for number in NUMBER.finditer(name):
            size = int(number["digits"]) * (1000 if number["thousands"] else 1)
            if size > 0 and number["label"] not in NO_SIZES:
                series.setdefault(f"{name[: number.start('digits')]}*{name[number.end() :]}", {})[size] = one["value"]
    return series
