"""One example, run and reset: `python example_reset.py SCRIPT` fails when Reset does not start it again."""

import runpy
import sys
from unittest import mock

import numpy as np

import compneurovis
from hosts import host


def app_of(script):
    """The AppSpec that the script would run."""
    apps = []
    with mock.patch.object(compneurovis, "run_app", apps.append), mock.patch.object(sys, "argv", [script]):
        runpy.run_path(script, run_name="__main__")
    return apps[0]


def fields_of(made):
    """Of the viewer: id → values and coordinates, copied."""
    return {
        id: {"values": np.array(field.values), **{dim: np.array(coords) for dim, coords in field.coords.items()}}
        for id, field in made.viewer().fields.items()
    }


def control(made, action):
    """Run, pause or reset, and what follows from it."""
    made.send_run_control(action)
    made.tick(3)


def after_a_run(made, ticks):
    control(made, "run")
    made.tick(ticks)
    control(made, "pause")
    return fields_of(made)


def differences(found, wanted):
    """Names of what is not equal, bit by bit."""
    if found.keys() != wanted.keys():
        return [f"fields {sorted(found)} instead of {sorted(wanted)}"]
    return [
        f"{id}: {name}"
        for id, parts in wanted.items()
        for name, values in parts.items()
        if not same(found[id][name], values)
    ]


def same(a, b):
    return np.array_equal(a, b, equal_nan=a.dtype.kind == b.dtype.kind == "f")


def check_reset(script, ticks):
    """Runs the example twice from Reset; before the second time each of its actions is triggered. AssertionError: the
    fields are not where they started, or the second run is not the first one again."""
    app = app_of(script)
    made = host(app.session, scene=app.scene)
    control(made, "pause")
    control(made, "reset")
    start = fields_of(made)
    first = after_a_run(made, ticks)
    for action in made.viewer().actions.values():
        if action.id != "reset" and not action.payload:
            made.send_action(action.id)
    moved = after_a_run(made, ticks)
    assert differences(moved, first), f"nothing happens: {made.failures}"
    control(made, "reset")
    assert (wrong := differences(fields_of(made), start)) == [], f"not as at the start: {wrong}"
    again = after_a_run(made, ticks)
    assert (wrong := differences(again, first)) == [], f"not as in the first run: {wrong}"
    backwards = [id for id, parts in again.items() if "time" in parts and np.any(np.diff(parts["time"]) <= 0)]
    assert backwards == [], f"time does not ascend: {backwards}"


if __name__ == "__main__":
    script, ticks = sys.argv[1:]
    sys.argv = [script]  # the hooks may look at it
    check_reset(script, int(ticks))
