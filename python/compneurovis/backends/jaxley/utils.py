"""Tools for Jaxley models. Jaxley is loaded when one of them needs it."""

from .cache import (
    load_cached_swc_jaxley,
    load_cached_swc_multi_jaxley,
    save_swc_jaxley_cache,
    save_swc_multi_jaxley_cache,
)
from .layout import translate_cell_xyzr, translate_cells_xyzr
from .swc import load_swc_jaxley, load_swc_multi_jaxley, parse_swc
