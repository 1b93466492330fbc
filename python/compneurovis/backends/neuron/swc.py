"""SWC files."""

from __future__ import annotations

import os

from ... import _core
from .._files import existing
from .._swc import parse_swc as parse_swc
from .._swc import tell
from ._neuron import hoc


def load_swc_neuron(swc_path: str | os.PathLike) -> list:
    """Imports a cell into new top-level sections, divided and named as NEURON's own importer does.

    Returns the new sections only. They stay in the model until `h.delete_section(sec=section)`.
    Points are taken in the order of their ids; further trees hang on the first point, as in that importer. What is odd
    in the file is a UserWarning that names the line. Raises OSError, or ValueError "<path>:<line>: <what is wrong>".
    """
    h = hoc()
    before = set(h.allsec())
    tell(_core.load_swc(existing(swc_path)))
    return [section for section in h.allsec() if section not in before]


def load_swc_multi(swc_path: str | os.PathLike, basename: str | None = None) -> dict[int, list]:
    """Imports a file with any number of trees: root id → new sections, a parent before its children.

    Names are "soma[0]", "dendrite[3]", "axon[…]", "apical[…]", "sec[…]", counted over the file, with "<basename>_" in
    front if given. A section ends where the type changes and at branch points; each child of a root starts a section.
    Keep the sections: they live as long as something refers to them. What is odd in the file is a UserWarning that
    names the line. Raises OSError, or ValueError "<path>:<line>: <what is wrong>".
    """
    trees, odd = _core.load_swc_multi(existing(swc_path), basename or "")
    tell(odd)
    return trees
