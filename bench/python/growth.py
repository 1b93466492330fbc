"""Memory of both processes while a model makes a million steps and more, as a line of JSON.

growth.py PROGRAM MODEL SECONDS      PROGRAM: path_bench; SECONDS: above 20
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from common import viewer_of

SAMPLES = 24
# Histories, lists of latest delays and the pools of the allocators fill first.
SETTLING_S = 10


def resident_mib(process):
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return None


def main(program, name, seconds):
    # The bare half of the round runs first and is as long.
    model = subprocess.Popen([program, name, "1", str(seconds), "viewer"], stdout=subprocess.PIPE, text=True)
    while (viewer := viewer_of(model.pid)) is None:
        if model.poll() is not None:
            sys.exit(f"{program} ended before there was a viewer")
        time.sleep(0.05)
    time.sleep(2)
    samples, start = [], time.perf_counter()
    for _ in range(SAMPLES):
        samples.append(
            {"s": time.perf_counter() - start, "model": resident_mib(model.pid), "viewer": resident_mib(viewer)}
        )
        time.sleep((seconds - 3) / SAMPLES)
    out, _ = model.communicate()
    report = json.loads(out)["report"]
    settled = [sample for sample in samples if sample["s"] >= SETTLING_S]
    millions = [report["steps_per_s"] * sample["s"] / 1e6 for sample in settled]
    figures = {
        process: {
            "mib": statistics.median(sample[process] for sample in settled),
            "mib_per_million_steps": statistics.linear_regression(
                millions, [sample[process] for sample in settled]
            ).slope,
        }
        for process in ("model", "viewer")
    }
    print(
        json.dumps(
            {
                "steps": report["steps"],
                "settled_steps": 1e6 * (millions[-1] - millions[0]),
                **figures,
                "samples": samples,
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
