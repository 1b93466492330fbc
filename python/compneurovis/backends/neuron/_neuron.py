"""How Python objects of NEURON reach the C++ core: as arguments of functions that it made known to NEURON."""
from __future__ import annotations

from typing import Any


def hoc() -> Any:
    """NEURON's `h`; loads the simulator. ModuleNotFoundError, ImportError: it is absent or too old, and what to install."""
    advice = "install it into this environment with: pip install 'compneurovis[neuron]' (or 'neuron>=9,<10')"
    try:
        import neuron
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"a NEURON session needs the package 'neuron', which is not here; {advice}", name="neuron") from error
    version = str(getattr(neuron, "__version__", "0"))
    if int(version.split(".")[0] or 0) < 9:
        raise ImportError(f"NEURON {version} is too old: 9.0 or later is needed; {advice}", name="neuron")
    return neuron.h


def pass_sections(sections: list) -> None:
    h = hoc()
    if len(set(sections)) != len(sections):
        raise ValueError("a section is listed twice")
    h.cnv_take_sections(h.SectionList(sections))


def pass_references(references: list) -> None:
    """Keeps NEURON's own handles, which stay valid while the model changes; never addresses."""
    h = hoc()
    pointers = h.PtrVector(len(references))
    for index, reference in enumerate(references):
        pointers.pset(index, reference)
    h.cnv_take_object(pointers)
