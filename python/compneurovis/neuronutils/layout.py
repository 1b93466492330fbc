"""Older home of the layout tools."""

from ..backends.neuron.utils import define_shape_layout, generate_layout
