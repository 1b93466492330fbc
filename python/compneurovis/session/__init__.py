"""Sessions: the model side of an app, and what passes between it and a window."""

from .base import BufferedSession, Session, SessionSource, resolve_interaction_target_source, resolve_session_source
from .history import HistoryCaptureMode
from .pipe import PipeTransport, configure_multiprocessing
from .protocol import *
from .protocol import SessionCommand, SessionUpdate
