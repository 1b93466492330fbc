"""Why values are not numbers: what of a network's tables nothing can be computed with."""

from __future__ import annotations

from typing import Any

import numpy as np

_ABOVE_ZERO = {"radius": "µm", "length": "µm", "axial_resistivity": "Ω cm", "capacitance": "µF/cm²"}


def cause_of_missing(network: Any) -> str:
    """The first such value with its place and what to do; empty: the tables are in order."""
    nodes = network.nodes
    for name, unit in _ABOVE_ZERO.items():
        values = nodes[name].to_numpy(float)
        if (found := _first(~(np.isfinite(values) & (values > 0)))) is not None:
            return f"{name} of {_place(nodes, found)} is {values[found]:g} {unit}; give it a value above 0"
    for channel in [*network.channels, *getattr(network, "pumps", ())]:
        has = nodes[channel._name].to_numpy(bool)
        for name in channel.channel_params:
            if (found := _first(has & ~np.isfinite(nodes[name].to_numpy(float)))) is not None:
                return f"{name} of {_place(nodes, found)} is {nodes[name].to_numpy(float)[found]:g}; set it to a number"
    edges = network.edges
    for synapse in network.synapses:
        has = (edges["type"] == synapse._name).to_numpy(bool)
        for name in synapse.synapse_params:
            if (found := _first(has & ~np.isfinite(edges[name].to_numpy(float)))) is not None:
                return f"{name} of synapse {found} ({synapse._name}) is not a number; set it to one"
    for key, values in network.externals.items():
        if not np.isfinite(np.asarray(values)).all():
            return f"a stimulus or clamp of '{key}' holds values that are not numbers; look at what it was given"
    return ""


def _first(wrong: np.ndarray) -> int | None:
    return int(np.argmax(wrong)) if wrong.any() else None


def _place(nodes: Any, row: int) -> str:
    cell, branch, compartment = (int(nodes[f"local_{kind}_index"].iloc[row]) for kind in ("cell", "branch", "comp"))
    return f"cell({cell}).branch({branch}).comp({compartment})"
