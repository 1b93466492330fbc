"""Apps from a few arguments. None of them opens a window."""
from .neuron import build_neuron_app
