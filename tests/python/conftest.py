"""Set-up that all tests share: building Jaxley cells compiles hundreds of tiny functions, which are kept between runs."""
import os
import pathlib

_CACHE = pathlib.Path(os.environ.get("COMPNEUROVIS_JAX_CACHE") or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "compneurovis" / "jax-tests")

os.environ["COMPNEUROVIS_JAX_CACHE"] = str(_CACHE)
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(_CACHE))
# The defaults keep only what is large or took long: none of these functions.
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
