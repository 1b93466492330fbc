"""Older home of the SWC tools."""

from ..backends.neuron.utils import load_swc_multi, load_swc_neuron, parse_swc
