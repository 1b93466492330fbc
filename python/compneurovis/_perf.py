"""The performance log: one JSON object per line. Settings come from AppSpec.diagnostics, else from the environment."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

_DEFAULT_FOLDER = Path(".compneurovis") / "perf-logs"
_TRUE = ("1", "true", "yes", "on")

_lock = threading.Lock()
_configured: tuple[Path | None, bool] | None = None  # (file or folder, echo) of configure_perf_logging
_files: dict[Path, Any] = {}


def configure_perf_logging(spec: Any) -> None:
    """Takes the settings of a DiagnosticsSpec; all defaults switch the log off."""
    global _configured
    enabled = spec.perf_log_enabled or spec.perf_log_dir is not None or spec.perf_echo_stderr
    place = Path(spec.perf_log_dir) if spec.perf_log_dir is not None else _DEFAULT_FOLDER
    _configured = (place if enabled else None, bool(spec.perf_echo_stderr))


def clear_perf_logging_configuration() -> None:
    """Back to the environment."""
    global _configured
    _configured = None


def perf_logging_enabled() -> bool:
    """True when perf_log() writes somewhere: to a file, to stderr or to both."""
    place, echo = _settings()
    return place is not None or echo


def perf_log(component: str, event: str, **fields: Any) -> None:
    """Writes a record with time, process, component, event and the fields; nothing when the log is off."""
    place, echo = _settings()
    if place is None and not echo:
        return
    record = {
        "ts": datetime.now().astimezone().isoformat(timespec="milliseconds"),
        "mono_s": time.monotonic(),
        "pid": os.getpid(),
        "process": _process_name(),
        "component": component,
        "event": event,
        **{name: _plain(value) for name, value in fields.items()},
    }
    line = json.dumps(record) + "\n"
    with _lock:
        if place is not None:
            _file(place).write(line)
        if echo:
            sys.stderr.write(line)


def _settings() -> tuple[Path | None, bool]:
    if _configured is not None:
        return _configured
    place = os.environ.get("COMPNV_PERF_LOG", "").strip()
    echo = os.environ.get("COMPNV_PERF_STDERR", "").strip().lower() in _TRUE
    if not place:
        return None, echo
    return (_DEFAULT_FOLDER if place.lower() in _TRUE else Path(place)), echo


def _process_name() -> str:
    process = sys.modules.get("multiprocessing.process")
    return process.current_process().name if process else "MainProcess"


def _file(place: Path):
    suffix = f"{re.sub('[^a-z0-9]+', '-', _process_name().lower())}-{os.getpid()}"
    path = (
        place.with_name(f"{place.stem}-{suffix}{place.suffix}")
        if place.suffix
        else place / f"compneurovis-perf-{suffix}.jsonl"
    )
    if path not in _files:
        path.parent.mkdir(parents=True, exist_ok=True)
        _files[path] = path.open("a", buffering=1)
    return _files[path]


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape)}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
