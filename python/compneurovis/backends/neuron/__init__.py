"""Live NEURON models. The simulator itself is loaded when a session starts."""

from .scene import NeuronSceneBuilder
from .session import NeuronSession
