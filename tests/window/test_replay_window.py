"""A recording in the real window, led by hand to a frame."""

import numpy as np

from hands import ROOT, until


def closed_form(x, t):
    """The two drops after t frames of 1 ms, with the mirror images that closed ends at ±60 µm make."""
    variance = 16 + 0.8 * t
    images = [(image, a) for x0, a in ((-16.0, 1.0), (14.0, 0.6)) for image in (x0, 120 - x0, -120 - x0)]
    return sum(a * 4 / np.sqrt(variance) * np.exp(-((x - x0) ** 2) / (2 * variance)) for x0, a in images)


def accent_right_end(app):
    """The right end of the slider's blue part, in the time bar; none while it is not shown."""
    picture = app.picture()
    bar = picture[-72:-24, picture.shape[1] // 2 :].astype(int)
    xs = np.nonzero(((bar[..., 2] - bar[..., 0]) > 100).any(axis=0))[0]
    return int(xs.max()) + picture.shape[1] // 2 if len(xs) else None


def test_the_slider_leads_to_a_frame_and_keys_go_on_from_there(start):
    app = start(ROOT / "examples/python/replay/recording.py", options=["--theme", "light"])
    until(lambda: accent_right_end(app), "the slider of the frames")
    app.take_keyboard()
    app.key("p")
    app.see(lambda report: not report["running"], "the pause")
    width, height = app.settled(lambda report: report["window"]["size"])
    app.rested_part((0, 0, width, height))
    here, y = accent_right_end(app), height - 48
    app.drag(here - 3, y, width - 20, y)  # past the last frame's place the handle stops
    last = until(lambda: (lambda x: x if x and x > width - 130 else None)(accent_right_end(app)), "the last frame")
    app.key("Left", "Left")
    until(lambda: (accent_right_end(app) or last) < last, "two frames back")
    assert app.quit() == 0, app.stderr()
    x, (now, _) = app.field("dye.x"), app.field("dye")
    frame = min(range(200), key=lambda t: np.abs(now - closed_form(x, t)).max())
    assert frame == 197 and app.report()["errors"] == []
