"""Live Jaxley models. JAX and Jaxley themselves are loaded when a session starts."""
from .scene import JaxleySceneBuilder
from .session import JaxleySession
from ._xla_flags import schedule_in_order as _schedule_in_order

_schedule_in_order()
