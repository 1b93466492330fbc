"""The cache of compiled functions: on by default, its folder, its size, and that nothing breaks without it."""

import os
import pathlib
import subprocess
import sys

import pytest

pytest.importorskip("jaxley")

from compneurovis.backends.jaxley import _compile_cache

HERE = pathlib.Path(__file__).parent
# A function of its own: what is compiled and what is found is told by JAX.
PROGRAM = """
import sys
import jax, jax.monitoring, jax.numpy as jnp
events = []
jax.monitoring.register_event_listener(lambda name, **facts: events.append(name.rsplit("/", 1)[-1]))
from compneurovis.backends.jaxley._compile_cache import use_compile_cache
if "late" in sys.argv:
    jax.jit(lambda x: x + 1)(1.0)
folder = use_compile_cache()
use_compile_cache()
result = jax.jit(lambda x: jnp.sin(x) * 3 + x)(jnp.arange(7.0))
assert abs(float(result[1]) - 3.5244129544) < 1e-6
print(folder, events.count("cache_hits"), events.count("cache_misses"))
"""


def program(*arguments, cache=None, home=None, **more):
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("JAX_") and name != _compile_cache.VARIABLE
    }
    if cache is not None:
        environment[_compile_cache.VARIABLE] = str(cache)
    if home is not None:
        environment["XDG_CACHE_HOME"] = str(home)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**environment, **more},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    folder, hits, misses = done.stdout.split()
    return folder, int(hits), int(misses), done.stderr


def test_the_second_run_finds_what_the_first_compiled(tmp_path):
    folder, hits, _, _ = program(home=tmp_path)
    assert pathlib.Path(folder).parent == tmp_path / "compneurovis" and "jax-0.10." in folder and hits == 0
    assert len(list(pathlib.Path(folder).glob("*-cache"))) >= 2
    assert program("late", home=tmp_path)[1] >= 2


def test_off_and_a_folder_of_ones_own(tmp_path):
    assert program(cache="off", home=tmp_path)[0] == "None" and not (tmp_path / "compneurovis").exists()
    own = tmp_path / "own" / "folder"
    assert program(cache=own)[0] == str(own) and any(own.iterdir())


def test_what_the_user_decided_for_jax_stays(tmp_path):
    mine = tmp_path / "mine"
    assert program(home=tmp_path, JAX_COMPILATION_CACHE_DIR=str(mine))[0] == str(mine)
    assert not (tmp_path / "compneurovis").exists()


@pytest.mark.parametrize("damage", ["empty", "random", "cut"])
def test_damaged_files_are_compiled_again(tmp_path, damage):
    program(cache=tmp_path)
    for file in tmp_path.glob("*-cache"):
        whole = file.read_bytes()
        file.write_bytes({"empty": b"", "random": bytes(range(256)) * 8, "cut": whole[: len(whole) // 2]}[damage])
    assert "persistent" not in program(cache=tmp_path)[3]


@pytest.mark.parametrize("place", ["/proc/1", "/dev/null/cache", "/proc/no/such/folder"])
def test_a_folder_that_cannot_be_written_costs_time_only(place):
    assert "persistent" not in program(cache=place)[3]


def test_the_oldest_files_go_when_there_are_too_many(tmp_path):
    for age in range(10):
        file = tmp_path / f"f{age}-cache"
        file.write_bytes(b"x" * 1000)
        (tmp_path / f"f{age}-atime").write_bytes(b"t")
        os.utime(file, (1e9 - age, 1e9 - age))
    (tmp_path / "thesis.tex").write_bytes(b"x" * 100_000)
    _compile_cache._prune(tmp_path, 10_000)
    assert len(list(tmp_path.glob("*-cache"))) == 10
    _compile_cache._prune(tmp_path, 9_000)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
        [*(f"f{age}-{kind}" for age in range(4) for kind in ("cache", "atime")), "thesis.tex"]
    )
