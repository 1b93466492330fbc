"""Set-up that all tests share. Building Jaxley cells compiles hundreds of tiny functions,
which are kept between runs."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

_CACHE = pathlib.Path(
    os.environ.get("COMPNEUROVIS_JAX_CACHE")
    or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "compneurovis" / "jax-tests"
)

os.environ["COMPNEUROVIS_JAX_CACHE"] = str(_CACHE)
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(_CACHE))
# The defaults keep only what is large or took long: none of these functions.
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")


@pytest.fixture(scope="session")
def mechanisms(tmp_path_factory):
    """A folder in which the mechanisms of examples/python/neuron/mod are compiled."""
    nrnivmodl = shutil.which(
        "nrnivmodl", path=os.pathsep.join([str(pathlib.Path(sys.executable).parent), os.environ.get("PATH", "")])
    )
    if not nrnivmodl:
        pytest.skip("NEURON's nrnivmodl is not installed")
    folder = tmp_path_factory.mktemp("mechanisms")
    sources = pathlib.Path(__file__).resolve().parents[2] / "examples/python/neuron/mod"
    subprocess.run([nrnivmodl, str(sources)], cwd=folder, check=True, capture_output=True, timeout=300)
    return folder
