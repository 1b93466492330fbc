"""Older home of the layout tools."""

from ..backends.jaxley.utils import translate_cell_xyzr, translate_cells_xyzr
