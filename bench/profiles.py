"""Where the time of both processes goes while a model runs with the viewer attached, as perf sees it."""

import collections
import re
import shutil
import subprocess
import sys
import tempfile
import time

from common import BIN, MODELS, result, viewer_of

START_S = 1.5  # of the viewer
SAMPLES_PER_S = 999
LEAST_SHARE = 1.0  # %
LINE = re.compile(r"\s*(?P<share>[\d.]+)%\s+(?P<where>\[JIT\] tid \d+|\S+)\s+\[.\]\s+(?P<symbol>.+?)\s*$")


def profile(args, models):
    if not shutil.which("perf"):
        print("There is no profile without perf.", file=sys.stderr)
        return
    for model in models or ["net103", "large"]:
        for process, shares in shares_of(model, args.seconds).items():
            for (symbol, where), share in shares.most_common():
                if share >= LEAST_SHARE:
                    yield result(
                        f"profile/{model}/{process}/{where}/{symbol}",
                        f"{MODELS[model]}, {process}: {symbol} ({where})",
                        [share],
                        "%",
                    )


def shares_of(model, seconds):
    """Of each process: (symbol, library) → percent of its samples."""
    # The bare half of the round runs first and is as long.
    program = subprocess.Popen(
        [BIN / "path_bench", model, "1", str(seconds + START_S + 1), "viewer"], stdout=subprocess.DEVNULL
    )
    while (viewer := viewer_of(program.pid)) is None:
        if program.poll() is not None:
            sys.exit(f"path_bench {model} ended before there was a viewer")
        time.sleep(0.05)
    time.sleep(START_S)
    with tempfile.TemporaryDirectory() as folder:
        files = {"model": f"{folder}/model", "viewer": f"{folder}/viewer"}
        ids = {"model": program.pid, "viewer": viewer}
        recorders = [
            subprocess.Popen(
                [
                    "perf",
                    "record",
                    "-q",
                    "-F",
                    str(SAMPLES_PER_S),
                    "-p",
                    str(ids[name]),
                    "-o",
                    file,
                    "--",
                    "sleep",
                    str(seconds),
                ],
                stderr=subprocess.DEVNULL,
            )
            for name, file in files.items()
        ]
        for recorder in recorders:
            recorder.wait()
        program.wait()
        return {name: shares_in(file) for name, file in files.items()}


def shares_in(file):
    report = subprocess.run(
        ["perf", "report", "-i", file, "--no-children", "--stdio", "--sort", "dso,sym"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    ).stdout
    shares = collections.Counter()
    for line in report.splitlines():
        if found := LINE.match(line):
            where, symbol = found["where"], found["symbol"]
            if where.startswith("[JIT]") or symbol.startswith("0x"):  # without names: all of the library together
                where, symbol = where.split()[0], "without a name"
            shares[symbol, where] += float(found["share"])
    return shares
