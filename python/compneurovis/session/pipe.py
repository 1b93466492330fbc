"""PipeTransport: runs a session in a worker, for programs without a viewer: scripts, notebooks, tests."""

from __future__ import annotations

import errno
import os
import time
from typing import Any

from .base import require_lazy

_STOP_S = 1.0
# What a sandbox or a process limit answers with.
_REFUSED = (errno.EPERM, errno.EACCES, errno.EAGAIN, errno.ENOSYS, errno.ENOMEM)


def configure_multiprocessing() -> None:
    """Workers are always made by the method "spawn", so nothing has to be chosen; scripts may still call it."""


class PipeTransport:
    """A session in a process of its own; in a thread where the system lets no process start, or where none could import
    the session: a class of a notebook, of an interactive session, or of a program that came through a pipe.

    `session` is a Session subclass or a top-level function that returns a session: the worker imports it by name.
    Unlike run_app this starts the script once more in the worker, so a script that calls start() needs a main guard.
    `speed` is in ms of model time per second (20 also stands for a session's own idle_sleep); None: as fast as it goes.
    """

    def __init__(self, session, diagnostics: Any = None, parent: Any = None, *, speed: float | None = None) -> None:
        """Raises TypeError for a session that exists already. `parent` is not used."""
        require_lazy("PipeTransport", session)
        self._source, self._diagnostics, self._speed = session, diagnostics, speed
        self._client = self._worker = None
        self._end_told = self._heard = False

    def start(self) -> None:
        """Starts the worker; one that runs is stopped before."""
        from .. import _run

        _run.used = True
        self.stop()
        self._end_told = self._heard = False
        if not _can_be_imported(self._source):
            self._start_thread()
            return
        try:
            self._start_process()
        except OSError as problem:
            if problem.errno not in _REFUSED:
                raise
            self._start_thread()

    def poll_updates(self, timeout_s: float = 0.0) -> list:
        """The updates that arrived since the last call, in order; waits at most `timeout_s` for something.

        An exception of the session comes as an Error with its traceback. After the worker has ended by itself there is
        one Error that says so. Values that the session replaced before they could be sent are not seen.
        """
        if self._client is None:
            return []
        updates = list(self._client.poll_updates(timeout_s))
        if self._client.ended and not self._end_told:
            from .protocol import Error

            self._end_told = True
            self._worker.join(_STOP_S)
            status = getattr(self._worker, "exitcode", None)
            how = (
                "" if status is None else f" (killed by signal {-status})" if status < 0 else f" (exit status {status})"
            )
            advice = (
                ""
                if self._heard or updates
                else " It ended before the session began; its reason is on stderr. The worker imports the file of the "
                "session's class: that must work without side effects, so put what starts the program under "
                "`if __name__ == '__main__':`, or the class into a module of its own."
            )
            updates.append(Error(f"The worker of the session has ended{how}; there will be no more updates.{advice}"))
        if updates:
            self._heard = True
            self._log("poll", updates=len(updates))
        return updates

    def send_command(self, command) -> None:
        """Sends a command, such as SetControl or Reset, to the session; nothing happens when no worker runs."""
        if self._client is not None:
            self._client.send_command(command)

    def stop(self) -> None:
        """Sends StopSession; a process that has not ended after one second is ended by force."""
        client, worker = self._client, self._worker
        self._client = self._worker = None
        if client is None:
            return
        deadline = time.monotonic() + _STOP_S
        client.stop(_STOP_S)
        worker.join(max(0.0, deadline - time.monotonic()))
        if worker.is_alive() and hasattr(worker, "terminate"):
            worker.terminate()
            worker.join(_STOP_S)
            if worker.is_alive():
                worker.kill()
                worker.join()
        self._log("stop")

    def _start_process(self) -> None:
        from multiprocessing import get_context

        from .. import _core

        context = get_context("spawn")
        ours, theirs = context.Pipe(duplex=True)
        try:
            worker = context.Process(
                target=_work,
                name="compneurovis-session",
                args=(self._source, theirs, self._diagnostics, self._speed),
                daemon=True,
            )
            worker.start()
            client = _core.SessionClient(os.dup(ours.fileno()))
        finally:
            ours.close()
            theirs.close()
        self._client, self._worker = client, worker

    def _start_thread(self) -> None:
        from threading import Thread

        from .. import _core

        client, end = _core.thread_ends()
        worker = Thread(target=_run, name="compneurovis-session", args=(self._source, end, self._speed), daemon=True)
        worker.start()
        self._client, self._worker = client, worker

    def _log(self, event: str, **fields: Any) -> None:
        from .._perf import configure_perf_logging, perf_log

        if self._diagnostics is not None:
            configure_perf_logging(self._diagnostics)
        perf_log("transport", event, **fields)


def _can_be_imported(source) -> bool:
    """Whether a new process finds the class or function by its name."""
    import sys

    main = sys.modules.get("__main__")
    if main is None or getattr(source, "__module__", None) != "__main__":
        return True
    return getattr(main, "__spec__", None) is not None or os.path.isfile(getattr(main, "__file__", None) or "")


def _work(source, connection, diagnostics, speed) -> None:
    """The whole life of a worker process."""
    import signal
    import sys

    from .. import _core
    from .._perf import configure_perf_logging

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then stops its worker
    if diagnostics is not None:
        configure_perf_logging(diagnostics)
    end = _core.WorkerEnd(os.dup(connection.fileno()))
    connection.close()
    sys.exit(_run(source, end, speed))


def _run(source, end, speed) -> int:
    from .. import _core
    from .._perf import perf_log

    perf_log("session_worker", "start")
    status = _core.run_worker(source, end, 0.0 if speed is None else speed)
    perf_log("session_worker", "end", status=status)
    return status
