"""Figures for print through the box of the real window: the files have the size, the text and the dots asked for."""

import re
import struct
import subprocess
import xml.etree.ElementTree

import numpy as np
import pytest

from hands import APPS, middle

MM_PER_PX = 25.4 / 96  # on the screen


@pytest.fixture(scope="module")
def app(start_shared):
    app = start_shared(APPS / "every_view.py", options=["--theme", "light"])
    app.see_view("morphology", lambda view: view.get("visible_pieces", 0) > 0, "the cell")
    app.take_keyboard()
    app.press("Pause")
    app.see(lambda report: not report["running"], "the pause")
    return app


def chunks(data):
    """The parts of a PNG file by name; the first of each."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    parts, at = {}, 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        parts.setdefault(name.decode(), data[at + 8 : at + 8 + length])
        at += 12 + length
    return parts


def pixels(path):
    width, height = struct.unpack(">II", chunks(path.read_bytes())["IHDR"][:8])
    raw = subprocess.run(["convert", str(path), "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(height, width, 3).astype(int)


def box_of(cell):
    """Left, top, right, bottom of what is marked, as shares of the picture."""
    ys, xs = np.nonzero(cell)
    height, width = cell.shape
    return np.array([xs.min() / width, ys.min() / height, (xs.max() + 1) / width, (ys.max() + 1) / height])


def cell_in(picture):
    """Where the cell is: away from the ground, outside the overlays at the edges."""
    height, width, _ = picture.shape
    away = abs(picture - picture[3, 3]).max(axis=2) > 60
    away[: height // 6] = away[-height // 5 :] = False
    away[:, : width // 25] = away[:, -width // 5 :] = False
    return away


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_plot_of_a_column_has_its_text_in_points(app, tmp_path, kind):
    path = tmp_path / f"plot.{kind}"
    app.more("Three places", "Save picture…")
    app.save_figure(path, Width="85", Height="60", Font_size="8")
    data = path.read_bytes()
    if kind == "svg":
        root = xml.etree.ElementTree.fromstring(data)
        assert (root.get("width"), root.get("height")) == ("85mm", "60mm")
        _, _, width, height = map(float, root.get("viewBox").split())
        assert width / height == pytest.approx(85 / 60, rel=1e-4)
        pt = 85 / 25.4 * 72 / width
        sizes = {text.text: float(text.get("font-size")) * pt for text in root.iter("{http://www.w3.org/2000/svg}text")}
        assert sizes["t (ms)"] == pytest.approx(8, abs=0.01)
        assert all(7.9 < size < 9 for size in sizes.values()), sizes
    elif kind == "png":
        parts = chunks(data)
        assert struct.unpack(">II", parts["IHDR"][:8]) == (round(85 / 25.4 * 300), round(60 / 25.4 * 300))
        per_metre, _, unit = struct.unpack(">IIB", parts["pHYs"])
        assert unit == 1 and per_metre * 0.0254 == pytest.approx(300, abs=0.5)
    else:
        box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+) *\]", data)
        assert [float(side) for side in box.groups()] == pytest.approx([85 / 25.4 * 72, 60 / 25.4 * 72], abs=1e-3)


def test_the_last_choice_is_there_again_and_what_cannot_be_is_refused(app, tmp_path):
    app.more("All segments", "Save picture…")
    app.see(lambda report: report["window"]["dialog"] == "Figure", "the box for figures")
    assert app.place("Width", "NumberField")

    def shown(report, name):
        return next(stop["text"] for stop in report["window"]["stops"] if stop["name"] == name)

    assert shown(app.look(), "Width") == "85.0", "that of the plot before"
    app.enter("Font size", "40", "NumberField")
    app.see(
        lambda report: shown(report, "Font size") == "40.00" and "Save…" not in map(name_of, report["window"]["stops"]),
        "nothing to save",
    )
    app.enter("Font size", "7", "NumberField")
    app.see(lambda report: "Save…" in map(name_of, report["window"]["stops"]), "it to be possible again")
    app.key("Escape", closing=True)
    app.see(lambda report: not report["window"]["dialog"], "the box to close")
    app.take_keyboard()


def name_of(stop):
    return stop["name"]


def test_a_cell_is_drawn_larger_than_its_window(app, tmp_path):
    path = tmp_path / "cell.png"
    rect = app.view("morphology")["rect"]
    app.move(*middle(app.view("trace")["rect"]))  # no tip over the cell
    screen = app.rested_part(rect)
    app.more("Morphology", "Save picture…")
    # Twice the panel with twice the text: the same picture.
    app.save_figure(
        path,
        Width=f"{2 * rect[2] * MM_PER_PX}",
        Height=f"{2 * rect[3] * MM_PER_PX}",
        Font_size="16.5",
        Resolution="240",
    )
    paper = pixels(path)
    zoom = 2 * 240 / 96
    assert paper.shape[:2] == (round(zoom * rect[3]), round(zoom * rect[2]))
    assert paper.shape[1] > app.look()["window"]["size"][0], "larger than the window"
    small, large = cell_in(screen), cell_in(paper)
    assert box_of(large) == pytest.approx(box_of(small), abs=1.5 / rect[3])
    assert large.mean() == pytest.approx(small.mean(), rel=0.05), "the same share of the picture"
    # The upper edge of the apical dendrite rises slowly: drawn, it goes up by single pixels; enlarged, by `zoom`.
    left, _, right, _ = box_of(large) * large.shape[1]
    columns = np.arange(int(left + 0.75 * (right - left)), int(left + 0.95 * (right - left)))
    edge = large[:, columns].argmax(axis=0)
    steps = abs(np.diff(edge))
    assert edge.min() < edge.max() and steps.max() <= 2, "stairs of its own pixels"
    # And from ground to cell within two pixels.
    sharp = abs(paper[edge + 2, columns] - paper[edge - 2, columns]).max(axis=1)
    assert np.median(sharp) > 90
