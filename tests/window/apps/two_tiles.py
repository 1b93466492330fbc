"""A scene alone: five cylinders along x in one 3-D panel, coloured by two fields in tiles side by side."""

import numpy as np

from compneurovis import AppSpec, Field, LayoutSpec, MorphologyGeometry, MorphologyViewSpec, PanelSpec, Scene, run_app

N = 5
ALONG_X = np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]], np.float32)  # turns local +z into +x
names = tuple(f"part{i}" for i in range(N))
cell = MorphologyGeometry(
    "cell",
    positions=np.array([[50.0 * i, 0, 0] for i in range(N)], np.float32),
    orientations=np.repeat(ALONG_X[None], N, axis=0),
    radii=np.linspace(12, 4, N, dtype=np.float32),
    lengths=np.full(N, 50, np.float32),
    entity_ids=names,
    section_names=names,
    xlocs=np.full(N, 0.5, np.float32),
)
fields = {
    "v": Field("v", np.linspace(-70, 30, N), ("segment",), {"segment": list(names)}, unit="mV"),
    "ca": Field("ca", np.linspace(0, 1e-3, N), ("segment",), {"segment": list(names)}, unit="mM"),
}
views = {
    "left": MorphologyViewSpec("left", "Potential", "cell", "v", sample_dim=None, color_map="voltage"),
    "right": MorphologyViewSpec("right", "Calcium", "cell", "ca", sample_dim=None, color_map="mpl:viridis"),
}
layout = LayoutSpec("Two tiles", (PanelSpec("cell-panel", "view_3d", view_ids=("left", "right")),))
run_app(AppSpec(scene=Scene(fields, {"cell": cell}, views, layout=layout)))
