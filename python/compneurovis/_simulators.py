"""The simulators and the versions that this package works with, as its extras in pyproject.toml name them."""

WORKS_WITH = {
    "neuron": {"neuron": ">=9,<10"},
    "jaxley": {"jaxley": "==0.14.*", "jax": "==0.10.*"},
}


def install_command(simulator: str) -> str:
    """What a user types to get a simulator: `pip install 'jaxley==0.14.*' 'jax==0.10.*'`."""
    return "pip install " + " ".join(f"'{package}{versions}'" for package, versions in WORKS_WITH[simulator].items())
