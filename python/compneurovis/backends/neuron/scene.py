"""NeuronSceneBuilder: geometry and default scene of NEURON models."""

from __future__ import annotations

from ... import _core
from ..._records import MorphologyGeometry
from .._scene import DefaultSceneBuilder


class NeuronSceneBuilder(DefaultSceneBuilder):
    """Static members only."""

    @staticmethod
    def build_morphology_geometry(sections) -> MorphologyGeometry:
        """One entity for each pair of neighbouring 3-D points, or for each compartment where there are fewer pairs than
        compartments. Sections without points get a place; the model is not changed."""
        return _core.neuron_geometry(list(sections))
