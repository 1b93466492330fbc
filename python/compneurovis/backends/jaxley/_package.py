"""The simulator, loaded when it is needed."""

from __future__ import annotations

import importlib
from types import ModuleType

from ..._simulators import install_command


def jaxley(module: str = "jaxley") -> ModuleType:
    """Jaxley or one of its modules. ModuleNotFoundError: it is absent, and what to install."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        name = (error.name or module).split(".")[0]
        raise ModuleNotFoundError(
            f"Jaxley models need the package '{name}', which is not here; "
            f"install it into this environment with: {install_command('jaxley')}",
            name=name,
        ) from error
