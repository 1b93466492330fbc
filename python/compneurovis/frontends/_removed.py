"""Names of the original that this library does not offer, and what replaces them."""

REMOVED = {
    "VispyFrontendWindow": (
        "the window is a program of its own here (compneurovis-viewer): use compneurovis.run_app(app), and "
        "`compneurovis run --headless --screenshot FILE script.py` to draw without a display"
    ),
}


def removed_names(module: str):
    """A module's __getattr__ that explains removed names."""

    def getattr_of_module(name: str):
        if name in REMOVED:
            raise AttributeError(f"{module} has no {name}: {REMOVED[name]}")
        raise AttributeError(f"module '{module}' has no attribute '{name}'")

    return getattr_of_module
