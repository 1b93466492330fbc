"""What is asked of XLA: only of a version that knows it, and never against the user."""

import importlib.metadata
import os
import subprocess
import sys

import pytest

pytest.importorskip("jaxley")

from compneurovis.backends.jaxley import _xla_flags

OURS = f"{_xla_flags.FLAG}=false"


@pytest.mark.parametrize(
    "before, after",
    [
        (None, OURS),
        ("--xla_cpu_enable_fast_math=false", f"--xla_cpu_enable_fast_math=false {OURS}"),
        (f"{_xla_flags.FLAG}=true", f"{_xla_flags.FLAG}=true"),
        (OURS, OURS),
    ],
)
def test_the_flag_is_added_unless_the_user_has_decided(monkeypatch, before, after):
    monkeypatch.delenv("XLA_FLAGS", raising=False)
    if before is not None:
        monkeypatch.setenv("XLA_FLAGS", before)
    _xla_flags.schedule_in_order()
    assert os.environ["XLA_FLAGS"] == after


@pytest.mark.parametrize("version", ["0.9.1", "0.11.0", None])
def test_a_version_that_may_not_know_the_flag_is_left_alone(monkeypatch, version):
    def asked(name):
        if version is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return version

    monkeypatch.delenv("XLA_FLAGS", raising=False)
    monkeypatch.setattr(importlib.metadata, "version", asked)
    _xla_flags.schedule_in_order()
    assert "XLA_FLAGS" not in os.environ


def test_who_defines_no_session_is_left_alone():
    code = "from compneurovis import *; JaxleySession; import os; print('XLA_FLAGS' in os.environ)"
    environment = {name: value for name, value in os.environ.items() if name != "XLA_FLAGS"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["False"], done.stderr


def test_xla_takes_the_flag_although_jaxley_was_imported_before():
    """XLA ends the process for a flag that it does not know, and a computation is what makes it look."""
    code = (
        "import jax, jaxley, jaxley.channels; from compneurovis import JaxleySession; import os; "
        "type('Mine', (JaxleySession,), {}); print(os.environ['XLA_FLAGS'], jax.jit(lambda x: x + 1)(1.0))"
    )
    environment = {name: value for name, value in os.environ.items() if name != "XLA_FLAGS"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == [OURS, "2.0"], done.stderr
