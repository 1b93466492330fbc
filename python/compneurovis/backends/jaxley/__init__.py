"""Live Jaxley models. JAX and Jaxley themselves are loaded when a session starts."""

from .scene import JaxleySceneBuilder
from .session import JaxleySession
