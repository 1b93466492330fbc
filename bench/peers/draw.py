"""VisPy and pyqtgraph drawing what the viewer draws: pieces of a cell in new colours from a moving camera, long traces.

draw.py FIGURE ROUNDS      needs a display. FIGURE: vispy/PIECES or pyqtgraph/8x1000000. A JSON object: its name and the
                           milliseconds of each round
"""

import json
import pathlib
import sys
import time

import numpy as np
import pyqtgraph
import vispy.app
import vispy.gloo
import vispy.scene

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
TRACES, SAMPLES = 8, 1_000_000


def report(name, rounds):
    print(json.dumps({"name": name, "rounds_ms": [1e3 * seconds for seconds in rounds]}), flush=True)


def timed(rounds, draw):
    draw(0)
    out = []
    for i in range(rounds):
        start = time.perf_counter()
        draw(i + 1)
        out.append(time.perf_counter() - start)
    return out


def pieces(count):
    """`count` pieces of the large cell, each cut into ten as the viewer's segments are. Shape (count, 2, 3), µm."""
    table = np.loadtxt(DATA / "Animal_2_Basal_2.CNG.swc", comments="#")
    position = {int(row[0]): row[2:5] for row in table}
    ends = np.array([(position[int(row[6])], row[2:5]) for row in table if int(row[6]) in position])
    cut = np.linspace(0, 1, 11)[:, None]
    points = ends[:, 0, None] * (1 - cut) + ends[:, 1, None] * cut
    parts = np.stack([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 2, 3)
    return parts[np.linspace(0, len(parts) - 1, count).astype(int)].astype(np.float32)


def vispy_cell(rounds, count):
    canvas = vispy.scene.SceneCanvas(size=(1280, 800), show=True, vsync=False)
    view = canvas.central_widget.add_view()
    view.camera = vispy.scene.TurntableCamera(fov=0)
    points = pieces(count).reshape(-1, 3)
    line = vispy.scene.visuals.Line(
        points, connect="segments", color=np.ones((len(points), 4), np.float32), method="gl", parent=view.scene
    )
    view.camera.set_range()

    def draw(i):
        shade = np.random.default_rng(i).random(count, dtype=np.float32)
        colors = np.stack([shade, 1 - shade, shade, np.ones_like(shade)], axis=1)
        line.set_data(color=np.repeat(colors, 2, axis=0))
        view.camera.azimuth += 1
        canvas.set_current()
        canvas.on_draw(None)
        vispy.gloo.gl.glFinish()

    vispy.app.process_events()
    report(f"vispy/{count}", timed(rounds, draw))
    canvas.close()


def pyqtgraph_traces(rounds):
    app = pyqtgraph.mkQApp()
    plot = pyqtgraph.PlotWidget()
    plot.resize(1200, 600)
    plot.setDownsampling(auto=True, mode="peak")
    plot.setClipToView(True)
    t = np.arange(SAMPLES) * 0.025
    values = np.random.default_rng(1).normal(size=(TRACES, SAMPLES)).astype(np.float32)
    curves = [plot.plot(t, row, pen=pyqtgraph.mkPen(i, width=1)) for i, row in enumerate(values)]
    plot.show()
    app.processEvents()

    def draw(i):
        for curve, row in zip(curves, values):
            curve.setData(t, row)
        plot.repaint()

    report(f"pyqtgraph/{TRACES}x{SAMPLES}", timed(rounds, draw))


def main(figure, rounds):
    vispy.app.use_app("pyqt6")
    program, size = figure.split("/")
    if program == "vispy":
        vispy_cell(rounds, int(size))
    else:
        pyqtgraph_traces(rounds)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
