"""Older home of the NEURON tools."""
from ..backends.neuron.utils import define_shape_layout, generate_layout, load_swc_neuron, parse_swc
