"""The persistent cache of compiled functions: building and running a model compiles hundreds,
which are kept between runs."""

from __future__ import annotations

import contextlib
import os
import pathlib
import warnings

VARIABLE = "COMPNEUROVIS_JAX_CACHE"  # "off", or a folder
MOST_BYTES = 300_000_000
_SUFFIX, _TIME_SUFFIX = "-cache", "-atime"  # of JAX's files
_NEVER_S = 1e9  # only what took longer to compile would be written

_known: str | None = None


def use_compile_cache() -> pathlib.Path | None:
    """Turns JAX's cache on, unless the program or the user has decided about it. Returns its folder;
    None: there is none.

    A cache that cannot be written or read costs time only: JAX then compiles.
    """
    global _known
    import jax

    wanted = os.environ.get(VARIABLE, "").strip()
    if wanted.lower() == "off":
        return None
    present = jax.config.jax_compilation_cache_dir
    if present and present != _known and not wanted:
        return pathlib.Path(present)
    try:
        folder = pathlib.Path(wanted).expanduser() if wanted else _default_folder()
        folder.mkdir(parents=True, exist_ok=True)
        _prune(folder)
    except (OSError, RuntimeError):  # no place to write, no home
        return None
    # JAX would warn for each of hundreds of files that it cannot read or write.
    warnings.filterwarnings("ignore", message="Error (reading|writing) persistent compilation cache")
    if present != str(folder):
        from jax.experimental.compilation_cache import compilation_cache

        jax.config.update("jax_compilation_cache_dir", str(folder))
        # What was compiled before has fixed JAX's mind about the cache.
        compilation_cache.reset_cache()
    # JAX's defaults keep only what is large or took long: none of these functions.
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0 if os.access(folder, os.W_OK) else _NEVER_S)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
    _known = str(folder)
    return folder


def _default_folder() -> pathlib.Path:
    import jax
    import jaxlib

    base = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    return base / "compneurovis" / f"jax-{jax.__version__}-{jaxlib.__version__}"


def _prune(folder: pathlib.Path, most_bytes: int = MOST_BYTES) -> None:
    """Removes files that a full disk left empty; and when the limit is passed what was not used for longest,
    down to half of it. Touches JAX's own files only."""
    files = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_SUFFIX) and entry.is_file(follow_symlinks=False):
                facts = entry.stat(follow_symlinks=False)
                files.append((max(facts.st_atime, facts.st_mtime), facts.st_size, entry.path))
    excess = sum(size for _, size, _ in files) - most_bytes
    if excess > 0:
        excess += most_bytes // 2
    for _, size, path in sorted(files):
        if size > 0 and excess <= 0:
            continue
        for old in (path, path.removesuffix(_SUFFIX) + _TIME_SUFFIX):
            with contextlib.suppress(OSError):
                os.unlink(old)
        excess -= size
