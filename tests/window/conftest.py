"""A window manager, and scripts whose windows are gone when the test is over."""

import shlex
import subprocess

import pytest

from hands import started_apps, until


@pytest.fixture(scope="session", autouse=True)
def window_manager(tmp_path_factory):
    """One for all tests, and there before the first window: openbox loses a window that comes while it starts, and Xvfb
    starts anew, without its clients of that moment, whenever the last client goes."""
    ready = tmp_path_factory.mktemp("openbox") / "ready"
    command = ["openbox", "--startup", f"touch {shlex.quote(str(ready))}"]
    manager = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(ready.exists, "the window manager")
    yield
    manager.terminate()
    manager.wait(10)


@pytest.fixture
def start(tmp_path):
    with started_apps() as make:
        yield lambda script, *args, **more: make(tmp_path, script, *args, **more)


@pytest.fixture(scope="module")
def start_shared(tmp_path_factory):
    """As `start`, for one app that several tests work with."""
    with started_apps() as make:
        yield lambda script, *args, **more: make(
            tmp_path_factory.mktemp("app"), script, *args, files=("report",), **more
        )
