"""Tools for NEURON models. Importing this module loads NEURON."""

from ._neuron import hoc
from .layout import define_shape_layout, generate_layout
from .section_json import export_section_json, import_section_json
from .swc import load_swc_multi, load_swc_neuron, parse_swc

__all__ = [
    "define_shape_layout",
    "export_section_json",
    "generate_layout",
    "import_section_json",
    "load_swc_multi",
    "load_swc_neuron",
    "parse_swc",
]

hoc()
