"""What a run finds on this machine, what of it is wrong and what helps: `compneurovis doctor`."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

from . import _core
from ._simulators import WORKS_WITH, install_command, works_with

Finding = tuple[str, str, str]  # name, value, problem


def main(viewer: str = "") -> int:
    """Prints the findings; 0 when nothing is wrong, else 1."""
    text, well = _core.doctor([*_own(), *_simulators()], viewer)
    print(text, end="")
    return 0 if well else 1


def _own() -> list[Finding]:
    import numpy

    return [
        ("compneurovis", f"{_core.version}, {Path(_core.__file__).parent}", ""),
        ("Python", f"{sys.version.split()[0]}, {sys.executable}", ""),
        ("numpy", numpy.__version__, ""),
    ]


def _simulators() -> list[Finding]:
    out = []
    for simulator, packages in WORKS_WITH.items():
        try:
            versions = {package: importlib.metadata.version(package) for package in packages}
        except importlib.metadata.PackageNotFoundError:
            out.append((_NAMES[simulator], f"not installed ({install_command(simulator)})", ""))
            continue
        told = ", ".join(v if p == simulator else f"{p} {v}" for p, v in versions.items())
        unfit = [p for p, v in versions.items() if not works_with(v, packages[p])]
        problem = _import_problem(simulator)
        if unfit:
            needed = ", ".join(f"{package}{packages[package]}" for package in unfit)
            problem = f"this package works with {needed}: {install_command(simulator)}" + (
                f"; {problem}" if problem else ""
            )
        out.append((_NAMES[simulator], told, problem))
    return out


_NAMES = {"neuron": "NEURON", "jaxley": "Jaxley"}


def _import_problem(simulator: str) -> str:
    """Why the simulator cannot be imported, tried in a process of its own: a library may end it."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", f"import {simulator}"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"it cannot be imported: {error}"
    if done.returncode == 0:
        return ""
    said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    reason = said[-1] if said else f"exit status {done.returncode}"
    return f"it cannot be imported: {reason}. Install it again: {install_command(simulator)}"
