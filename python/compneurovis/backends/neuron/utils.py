"""Tools for NEURON models. Importing this module loads NEURON."""
from ._neuron import hoc
from .layout import define_shape_layout, generate_layout
from .swc import load_swc_neuron, parse_swc

hoc()
