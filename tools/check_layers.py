#!/usr/bin/env python3
"""Fails when a file includes, itself or through any chain of includes, what its layer may not use.

    check_layers.py [ROOT]    prints a line for each such include, with its chain

The table is the architecture: a layer may include only the folders (and third-party headers) named in its row. What a
folder may include is not handed on: a layer that reaches a folder by way of another one must name it too. Who includes
an umbrella header (cnv/*.hpp) reaches all that it gathers; these headers are for programs, tests and examples only.
"""

import collections
import dataclasses
import pathlib
import re
import sys

QT = ("Q",)
GL = ("epoxy/", "EGL/", "GL/")
RUNTIME = ("runtime", "protocol", "io", "core", "base")  # what a simulator is attached by

# layer → (folders or files of src/cnv that it may include, beginnings of third-party headers that it may include)
TABLE = {
    "base": ((), ()),
    "core": (("base",), ()),
    "draw": (("base",), ("glm/",)),
    "io": (("core", "base"), ()),
    "protocol": (("core", "base"), ("msgpack/",)),
    "transport": (("base",), ("boost/asio/",)),
    "runtime": (("protocol", "transport/channel.hpp", "core", "base"), ("CLI/",)),
    "backends/shape": (("core", "base"), ()),
    "backends/neuron": (("backends/shape", *RUNTIME), ("nlohmann/",)),
    "backends/jaxley": (("backends/shape", *RUNTIME), ()),
    "backends/replay": (RUNTIME, ()),
    "builders": (RUNTIME, ()),
    "view": (("draw", "protocol", "core", "base"), ("glm/",)),
    "render": (("draw", "base"), (*GL, "glm/")),
    "desktop": (("view", "render", "draw", "protocol", "core", "base"), (*QT, *GL, "glm/")),
    "app": (
        ("desktop", "view", "render", "draw", "backends", "builders", "transport", *RUNTIME),
        (*QT, *GL, "glm/", "CLI/"),
    ),
    "cnv/*.hpp": (("backends", "builders", "transport", *RUNTIME), ()),
    "python/src": (("backends", "builders", "draw", "transport", *RUNTIME), ("nanobind/",)),
}
# Files of runtime that start processes or make channels: they may include transport.
LAUNCH = re.compile(
    r"src/cnv/runtime/(launch(_again|_hooks|_process|_thread)?\.[ch]pp|doctor\.cpp|(pipe_transport|session_worker)\.cpp)"
)
SYSTEM = re.compile(r"^(sys/|netinet/|arpa/|linux/)|^[a-z_0-9]+(\.h)?$")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
SOURCES = (".hpp", ".cpp")


@dataclasses.dataclass(frozen=True)
class Include:
    line: int
    target: str  # path below the root for a file of ours, else the name of a third-party header
    is_ours: bool


class Tree:
    """The files of src/cnv and python/src with what they include. Files are paths below the root."""

    def __init__(self, root: pathlib.Path, folders: tuple[str, ...] = ("src", "python/src")) -> None:
        self.root = root.resolve()
        paths = [path for folder in folders for path in sorted((self.root / folder).rglob("*"))]
        self.misnamed = [self._name(path) for path in paths if path.suffix in (".h", ".cc", ".cxx")]
        self.includes = {self._name(path): list(self._includes_of(path)) for path in paths if path.suffix in SOURCES}

    def _name(self, path: pathlib.Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _includes_of(self, path: pathlib.Path):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            target = found[1]
            beside = (path.parent / target).resolve()
            if target.startswith("cnv/"):
                yield Include(number, f"src/{target}", True)
            elif beside.is_file() and beside.is_relative_to(self.root):
                yield Include(number, self._name(beside), True)
            elif not SYSTEM.match(target):
                yield Include(number, target, False)

    def reached_from(self, file: str) -> set[str]:
        """Those of these files that one includes, directly or not, itself among them."""
        reached, waiting = set(), [file]
        while waiting:
            place = waiting.pop()
            if place in self.includes and place not in reached:
                reached.add(place)
                waiting += [include.target for include in self.includes[place]]
        return reached


def layer_of(file: str) -> str | None:
    """The row of the table that a file stands in."""
    if file.startswith("python/src/"):
        return "python/src"
    inner = file.removeprefix("src/cnv/")
    if "/" not in inner:
        return "cnv/*.hpp"
    return next((layer for layer in TABLE if inner.startswith(layer + "/")), None)


def may_include(file: str, target: Include) -> bool:
    layer = layer_of(file)
    folders, foreign = TABLE[layer]
    if not target.is_ours:
        return target.target.startswith(foreign)
    if layer_of(target.target) == layer:
        return True
    inner = target.target.removeprefix("src/cnv/")
    allowed = (*folders, "transport") if LAUNCH.fullmatch(file) else folders
    return any(inner == place or inner.startswith(place + "/") for place in allowed)


def shown(target: str) -> str:
    return target.removeprefix("src/")


def problems_of(tree: Tree, file: str):
    """The forbidden includes of a file, each with the shortest chain that leads to it.
    One that is forbidden to a file in between as well is told there only."""
    queue, seen = collections.deque([(file, ())]), {file}
    while queue:
        place, chain = queue.popleft()
        for include in tree.includes.get(place, ()):
            if include.target in seen:
                continue
            seen.add(include.target)
            way = (*chain, include)
            if may_include(file, include):
                queue.append((include.target, way))
            elif all(may_include(step.target, include) for step in chain):
                target, steps = shown(include.target), " → ".join(shown(step.target) for step in way)
                through = f", reached by {steps}" if chain else ""
                yield f"{file}:{way[0].line}: '{layer_of(file)}' may not include <{target}>{through}"


def problems(tree: Tree) -> list[str]:
    strangers = [file for file in tree.includes if layer_of(file) is None]
    found = [f"{file}: its folder is not in the table of layers" for file in strangers]
    found += [f"{file}: extension of a source file must be .hpp or .cpp" for file in tree.misnamed]
    for file in tree.includes:
        if file not in strangers:
            found += problems_of(tree, file)
    return found


def main() -> int:
    tree = Tree(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    found = problems(tree)
    for text in found:
        print(text)
    print(f"{len(tree.includes)} files, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
