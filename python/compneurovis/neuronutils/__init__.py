"""Older home of the NEURON tools."""

from ..backends.neuron.utils import (
    define_shape_layout,
    export_section_json,
    generate_layout,
    import_section_json,
    load_swc_multi,
    load_swc_neuron,
    parse_swc,
)
