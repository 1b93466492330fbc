"""Older home of the SWC tools."""

from ..backends.jaxley.utils import (
    load_cached_swc_jaxley,
    load_cached_swc_multi_jaxley,
    load_swc_jaxley,
    load_swc_multi_jaxley,
    parse_swc,
    save_swc_jaxley_cache,
    save_swc_multi_jaxley_cache,
)
