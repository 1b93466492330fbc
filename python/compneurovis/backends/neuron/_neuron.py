"""How Python objects of NEURON reach the C++ core: as arguments of functions that it made known to NEURON."""
from __future__ import annotations

from typing import Any


def hoc() -> Any:
    """NEURON's `h`; loads the simulator."""
    from neuron import h

    return h


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
