"""A window manager, and scripts whose windows are gone when the test is over."""

import subprocess

import pytest

from hands import App, kill_all


@pytest.fixture(scope="module", autouse=True)
def window_manager():
    manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield
    manager.terminate()
    manager.wait(10)


@pytest.fixture
def start(tmp_path):
    apps = []

    def make(script, *args, options=(), **more):
        apps.append(App(tmp_path, script, *args, options=options, **more))
        return apps[-1]

    yield make
    for app in apps:
        kill_all(app)


@pytest.fixture(scope="module")
def start_shared(window_manager, tmp_path_factory):
    """As `start`, for one app that several tests work with."""
    apps = []

    def make(script, *args, options=()):
        apps.append(App(tmp_path_factory.mktemp("app"), script, *args, options=options, files=("report",)))
        return apps[-1]

    yield make
    for app in apps:
        kill_all(app)
