"""The real window under Xvfb, worked with real mouse and key events."""

import os
import pathlib
import signal

import numpy as np

from hands import ROOT, middle, until, xdo


def cell_pixels(app):
    """Where the cell is drawn, without colour bar, scale bar and axes; none before a cell fills the view."""
    picture = app.picture()
    panel = picture[60 : picture.shape[0] - 140, 10 : int(picture.shape[1] * 0.53)]
    ys, xs = np.nonzero((panel < 200).all(axis=2))
    bright = (panel > 250).all(axis=2).mean() > 0.5
    # The words of the page that is there before the cell are drawn, too.
    fills = len(xs) > 1500 and max(np.ptp(ys) / panel.shape[0], np.ptp(xs) / panel.shape[1]) > 0.7
    return (xs + 10, ys + 60) if bright and fills else None


def shows_error(app):
    """The error strip has the light error colour at its left edge."""
    return (abs(app.picture()[40:140, 0].astype(int) - (0xB3, 0x26, 0x1E)).max(axis=1) < 12).any()


def test_a_neuroscientist_looks_clicks_steers_and_leaves(start):
    app = start(ROOT / "examples/python/neuron/live_cell.py", options=["--theme", "light"])
    xs, ys = until(lambda: cell_pixels(app), "a cell that fills the view")

    # The trace reaches most columns of its plot, and nothing is drawn on the panel's borders.
    def columns_with_trace():
        shot = app.picture()
        plot = shot[110:780, int(shot.shape[1] * 0.64) : int(shot.shape[1] * 0.83)].astype(int)
        return (abs(plot - (0x38, 0x70, 0xEE)).max(axis=2) < 60).any(axis=0).mean()

    until(lambda: columns_with_trace() > 0.8, "a trace in most columns of the plot")
    picture = app.picture()
    for x in (int(picture.shape[1] * 0.603), picture.shape[1] - 3):
        assert (picture[140:740, x] > 200).all(), "no label is clipped at the border of a panel"

    # Every part of the upper half of the picture is dendrite; the legend then names it instead of the soma.
    def legend():
        shot = app.picture()
        return shot[64:84, int(shot.shape[1] * 0.62) : int(shot.shape[1] * 0.74)].tobytes()

    app.take_keyboard()
    soma_label = legend()
    upper = np.nonzero(ys < ys.min() + 0.5 * (ys.max() - ys.min()))[0]
    places = iter(np.random.default_rng(1).permutation(upper))

    def clicked():
        if legend() != soma_label:
            return True
        place = next(places)
        app.click(xs[place], ys[place])

    until(clicked, "the dendrite's name in the legend")

    # Pulse amplitude to zero with the mouse: the handle stands at a quarter of the track.
    track = app.place("Pulse amplitude", "Track")
    app.drag(*middle(track, x=0.25), track[0] - 20, middle(track)[1])

    # P pauses: the figures of the model time stand still.
    def time_figures():
        return app.picture()[-70:-25, 700:860].tobytes()

    app.key("p")
    app.see(lambda report: not report["running"], "the pause")
    until(lambda: time_figures() == time_figures() == time_figures() == time_figures(), "the model time to stand still")
    paused = time_figures()
    app.key("period")
    until(lambda: time_figures() != paused, "one step after the key .")
    app.key("p")
    until(lambda: time_figures() != time_figures(), "the model to run again")

    assert app.quit() == 0, app.stderr()
    assert app.viewers() == []
    report = app.report()
    assert report["state"]["amp"] == 0
    selected = report["state"]["selected_entity_id"]
    assert not selected.startswith("soma")
    ids = list(app.field("segment_history.segment"))
    assert selected in ids
    row = app.field("segment_history")[ids.index(selected)]
    assert np.isfinite(row).sum() > 100


def test_a_viewer_that_dies_comes_back_once(start):
    app = start(ROOT / "examples/python/neuron/live_cell.py")
    until(lambda: cell_pixels(app), "the first picture")
    (first,) = app.viewers()
    os.kill(first, signal.SIGKILL)
    second = until(lambda: next((pid for pid in app.viewers() if pid != first), None), "another viewer")
    app.window = until(lambda: xdo("search", "--onlyvisible", "--pid", second).split("\n")[0] or None, "its window")
    until(lambda: cell_pixels(app), "the cell in the new window")
    os.kill(second, signal.SIGKILL)
    assert app.end() == 1
    assert "Killed" in app.stderr() and "the model was shut down" in app.stderr()


def test_a_window_stays_when_its_model_dies(start):
    app = start(ROOT / "examples/python/neuron/live_cell.py")
    until(lambda: cell_pixels(app), "the first picture")
    (viewer,) = app.viewers()
    os.kill(app.process.pid, signal.SIGKILL)
    app.process.wait()
    # The picture stays.
    until(lambda: shows_error(app), "the message in the window")

    def closed():
        # The window manager gives the focus when it gets to it: the key is pressed until it is heard.
        xdo("windowactivate", app.window)
        app.key_unheard("ctrl+q")
        process = pathlib.Path(f"/proc/{viewer}")
        return not process.exists() or process.joinpath("stat").read_text().split()[2] == "Z"

    until(closed, "the viewer to end")


def test_ctrl_c_ends_both_sides(start):
    app = start(ROOT / "examples/python/neuron/live_cell.py")
    until(lambda: cell_pixels(app), "the first picture")
    viewers = app.viewers()
    os.killpg(app.process.pid, signal.SIGINT)
    assert app.end() in (130, -signal.SIGINT), "as a program that Ctrl-C ended"
    assert not any(pathlib.Path(f"/proc/{pid}").exists() for pid in viewers)


RAISING = """
from neuron import h
from compneurovis import ControlSpec, ControlPresentationSpec, NeuronSession, ScalarValueSpec, build_neuron_app, run_app

class Raising(NeuronSession):
    def build_sections(self):
        self.soma = h.Section(name="soma")
        self.soma.L, self.soma.diam = 200, 30
        self.soma.insert("hh")
        return [self.soma]
    def control_specs(self):
        amplitude = ControlSpec("amp", "Amplitude", ScalarValueSpec(0.5, 0.0, 2.0),
                                ControlPresentationSpec("slider"), send_to_session=True)
        return {"amp": amplitude}
    def apply_control(self, control_id, value):
        raise ValueError(f"no clamp for {control_id}")
    def on_entity_clicked(self, entity_id, ctx):
        raise LookupError(f"nothing known of {entity_id}")
    def shutdown(self):
        super().shutdown()
        raise OSError("the log is gone")

run_app(build_neuron_app(Raising))
"""


def test_hooks_that_raise_are_told_and_the_model_goes_on(start, tmp_path):
    script = tmp_path / "raising.py"
    script.write_text(RAISING)
    app = start(script, options=["--theme", "light"])
    xs, ys = until(lambda: cell_pixels(app), "the first picture")

    def clicked():
        app.click(int(np.median(xs)), int(np.median(ys)))
        return shows_error(app)

    until(clicked, "the message about the click hook")
    track = app.place("Amplitude", "Track")  # the strip has moved the panels down
    app.drag(*middle(track, x=0.25), *middle(track, x=0.75))
    until(lambda: "no clamp for amp" in app.stderr(), "the message about the control in the terminal")
    assert app.quit() == 1
    report = app.report()
    errors = "\n".join(report["errors"])
    assert "nothing known of soma" in errors and "no clamp for amp" in errors
    assert report["state"]["amp"] == 0.5, "the control is back at the accepted value"
    assert "on_entity_clicked" in app.stderr() and "apply_control" in app.stderr() and "the log is gone" in app.stderr()
    assert len(app.field("segment_history.time")) > 10
