"""Every number that the viewer holds is NEURON's own:
the dump of a hosted run against h.Vector().record of a bare one."""

import pathlib
import subprocess
import sys

import numpy as np
import pytest

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE / "fidelity_model.py"

BARE = """
import sys
import numpy as np
sys.path.insert(0, {folder!r})
import fidelity_model as model
from neuron import h

kind, ids, steps, event, out = sys.argv[1], np.load(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
sections, clamp = model.build(kind)
by_name = {{s.name(): s for s in sections}}
places = [by_name[name](float(x)) for name, x in (i.split("@") for i in ids)]
records = [h.Vector().record(p._ref_v) for p in places]
times = h.Vector().record(h._ref_t)
h.dt = model.DT
h.finitialize(-65)
for step in range(steps):
    if event == "control" and step == model.EVENT_STEP:
        clamp.amp = model.AMPS[1]
    h.fadvance()
np.savez(out, values=np.array([r.as_numpy() for r in records]), times=times.as_numpy())
"""


def hosted(tmp_path, kind, batch, event="none", speed="max", until=15.0):
    command = [
        sys.executable,
        "-m",
        "compneurovis",
        "run",
        "--headless",
        "--speed",
        speed,
        "--until-ms",
        str(until),
        "--dump",
        str(tmp_path / "dump"),
        str(MODEL),
        kind,
        str(batch),
        event,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    load = lambda name: np.load(tmp_path / "dump" / f"{name}.npy")
    return (
        load("segment_history"),
        load("segment_history.time"),
        load("segment_history.segment"),
        load("segment_display"),
    )


def bare(tmp_path, kind, ids, steps, event="none"):
    np.save(tmp_path / "ids.npy", ids)
    out = tmp_path / "bare.npz"
    subprocess.run(
        [
            sys.executable,
            "-c",
            BARE.format(folder=str(HERE)),
            kind,
            str(tmp_path / "ids.npy"),
            str(steps),
            event,
            str(out),
        ],
        check=True,
        timeout=120,
    )
    result = np.load(out)
    return result["values"].astype(np.float32), result["times"]


@pytest.mark.parametrize("kind", ["ball", "cell"])
@pytest.mark.parametrize("batch", [1, 7, 40])
def test_every_sample_is_what_neuron_recorded(tmp_path, kind, batch):
    values, times, ids, display = hosted(tmp_path, kind, batch)
    expected, t = bare(tmp_path, kind, ids, values.shape[1] - 1)
    assert values.shape[1] > 600 and values.max() > 0
    assert values.dtype == np.float32 and times.dtype == np.float64
    np.testing.assert_array_equal(values, expected)
    np.testing.assert_array_equal(times, t)
    np.testing.assert_array_equal(display, expected[:, -1])


def test_a_paced_run_gives_the_same_numbers(tmp_path):
    values, times, ids, _ = hosted(tmp_path, "ball", 7, speed="20", until=12.0)
    expected, t = bare(tmp_path, "ball", ids, values.shape[1] - 1)
    np.testing.assert_array_equal(values, expected)
    np.testing.assert_array_equal(times, t)


@pytest.mark.parametrize("batch", [1, 40])
def test_a_control_acts_at_its_step(tmp_path, batch):
    values, times, ids, _ = hosted(tmp_path, "ball", batch, event="control")
    expected, t = bare(tmp_path, "ball", ids, values.shape[1] - 1, "control")
    unchanged, _ = bare(tmp_path, "ball", ids, values.shape[1] - 1)
    np.testing.assert_array_equal(values, expected)
    np.testing.assert_array_equal(times, t)
    assert not np.array_equal(expected, unchanged)


@pytest.mark.parametrize("batch", [1, 40])
def test_a_reset_starts_the_same_run_again(tmp_path, batch):
    values, times, ids, display = hosted(tmp_path, "ball", batch, event="reset", until=10.0)
    expected, t = bare(tmp_path, "ball", ids, values.shape[1] - 1)
    assert times[0] == 0 and times[-1] > 9.99
    np.testing.assert_array_equal(values, expected)
    np.testing.assert_array_equal(times, t)
    np.testing.assert_array_equal(display, expected[:, -1])
