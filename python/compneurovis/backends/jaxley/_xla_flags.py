"""How XLA schedules a step. Set before JAX computes for the first time; importing JAX and Jaxley before is fine."""

from __future__ import annotations

import importlib.metadata
import os

VARIABLE = "XLA_FLAGS"
# XLA otherwise gives parts of a step to other threads. In a network of some hundred compartments that costs more than
# it gains: a step takes longer, and a second core, which should draw the pictures, is busy with waiting. As an option
# of one function it would be lost whenever that function comes from the compile cache.
FLAG = "--xla_cpu_enable_concurrency_optimized_scheduler"
KNOWN_TO = "0.10."  # a jaxlib that does not know a flag ends the process


def schedule_in_order() -> None:
    """Nothing where the user has decided about the flag, or where this jaxlib may not know it."""
    flags = os.environ.get(VARIABLE, "")
    try:
        known = importlib.metadata.version("jaxlib").startswith(KNOWN_TO)
    except importlib.metadata.PackageNotFoundError:
        return
    if known and FLAG not in flags:
        os.environ[VARIABLE] = f"{flags} {FLAG}=false".strip()
