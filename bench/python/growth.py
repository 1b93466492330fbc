"""Memory of both processes while a model makes a million steps and more, as JSON lines.

    growth.py PROGRAM SECONDS      PROGRAM: path_bench
"""

import json
import pathlib
import subprocess
import sys
import time

SAMPLES = 12


def resident_mib(process):
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return None


def children(process):
    return [int(child) for child in pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def main(program, seconds):
    # The bare half of the round runs first and is as long.
    model = subprocess.Popen([program, "net103", "1", str(seconds), "viewer"], stdout=subprocess.PIPE, text=True)
    while not children(model.pid):
        time.sleep(0.05)
    viewer = children(model.pid)[0]
    time.sleep(2)
    samples, start = [], time.perf_counter()
    for _ in range(SAMPLES):
        samples.append({"s": time.perf_counter() - start, "model_mib": resident_mib(model.pid), "viewer_mib": resident_mib(viewer)})
        time.sleep((seconds - 3) / SAMPLES)
    out, _ = model.communicate()
    report = json.loads(out)["report"]
    print(json.dumps({"steps": report["steps"], "steps_per_s": report["steps_per_s"], "samples": samples}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
