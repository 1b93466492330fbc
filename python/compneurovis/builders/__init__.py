"""Apps from a few arguments. None of them opens a window."""

from .jaxley import build_jaxley_app
from .neuron import build_neuron_app
from .replay import ReplaySession, build_replay_app
from .surface import build_surface_app, grid_field
