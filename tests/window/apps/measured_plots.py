"""A potential that is known exactly, sampled every 0.1 ms: each 20 ms a triangle of 100 mV, up within 1 ms, down within
2; and the current that goes with it."""

import numpy as np

from compneurovis import (
    AppSpec,
    BufferedSession,
    Field,
    FieldAppend,
    LayoutSpec,
    LinePlotViewSpec,
    PanelSpec,
    Scene,
    run_app,
)

DT = 0.1


def potential(t):
    """mV at t (ms); the second trace is half as high."""
    since = np.mod(t, 20) - 5
    v = np.interp(since, [0, 1, 3], [-65, 35, -65])
    return np.stack([v, -65 + (v + 65) / 2])


def samples(first, count):
    t = (first + np.arange(count)) * DT
    return t, potential(t)


class Known(BufferedSession):
    def initialize(self):
        self.n = 1000
        t, v = samples(0, self.n)
        names = np.array(["soma", "dend"])
        axes = dict(x_dim="time", series_dim="segment", x_label="t", x_unit="ms", rolling_window=60.0)
        views = {
            "v": LinePlotViewSpec("v", "Potential", "v", y_label="v", **axes),
            "i": LinePlotViewSpec("i", "Current", "i", y_label="I", **axes),
        }
        fields = {
            "v": Field("v", v, ("segment", "time"), {"segment": names, "time": t}, unit="mV"),
            "i": Field("i", 0.1 * v, ("segment", "time"), {"segment": names, "time": t}, unit="nA"),
        }
        panels = tuple(PanelSpec(f"{id}-panel", "line_plot", view_ids=(id,)) for id in views)
        layout = LayoutSpec("Known", panels, (("v-panel",), ("i-panel",)))
        return Scene(fields=fields, geometries={}, views=views, layout=layout)

    def advance(self):
        t, v = samples(self.n, 10)
        self.n += 10
        self.emit(FieldAppend("v", "time", v, t))
        self.emit(FieldAppend("i", "time", 0.1 * v, t))

    def current_time(self):
        return self.n * DT

    def handle(self, command):
        pass


if __name__ == "__main__":
    run_app(AppSpec(session=Known, title="Known"))
