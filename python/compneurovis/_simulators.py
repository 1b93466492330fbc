"""The simulators and the versions that this package works with, as its extras in pyproject.toml name them."""

WORKS_WITH = {
    "neuron": {"neuron": ">=9,<10"},
    "jaxley": {"jaxley": "==0.14.*", "jax": "==0.10.*"},
}


def install_command(simulator: str) -> str:
    """What a user types to get a simulator: `pip install 'jaxley==0.14.*' 'jax==0.10.*'`."""
    return "pip install " + " ".join(f"'{package}{versions}'" for package, versions in WORKS_WITH[simulator].items())


def works_with(version: str, wanted: str) -> bool:
    """Whether a version such as "9.0.2" fits what WORKS_WITH says of it."""
    have = _numbers(version)
    for condition in wanted.split(","):
        if condition.startswith(">="):
            fits = have >= _numbers(condition[2:])
        elif condition.startswith("<"):
            fits = have < _numbers(condition[1:])
        else:
            exact = _numbers(condition.removeprefix("==").removesuffix(".*"))
            fits = have[: len(exact)] == exact
        if not fits:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    parts = []
    for part in version.split("."):
        digits = part[: next((i for i, c in enumerate(part) if not c.isdigit()), len(part))]
        if not digits:
            break
        parts.append(int(digits))
    return tuple(parts)
