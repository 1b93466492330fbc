"""Older home of the Jaxley tools."""

from .layout import translate_cell_xyzr, translate_cells_xyzr
from .swc_utils import (
    load_cached_swc_jaxley,
    load_cached_swc_multi_jaxley,
    load_swc_jaxley,
    load_swc_multi_jaxley,
    parse_swc,
    save_swc_jaxley_cache,
    save_swc_multi_jaxley_cache,
)
