#!/usr/bin/env python3
"""Fails when a file includes what its layer may not use, or when a public header does not stand in the table.

The table is the architecture: a folder of src/cnv may include only the folders (and third-party headers) named here.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# folder → (folders it may include, third-party header prefixes it may include)
QT = ("Q",)
GL = ("epoxy/", "EGL/", "GL/")
TABLE = {
    "base": ((), ()),
    "core": (("base",), ()),
    "draw": (("base",), ("glm/",)),
    "io": (("core", "base"), ()),
    "protocol": (("core", "base"), ("msgpack",)),
    "transport": (("base",), ("boost/asio", "boost/system")),
    "runtime": (("protocol", "transport/channel.hpp", "core", "base"), ("CLI/", "spdlog/")),
    "backends": (("runtime", "protocol", "io", "core", "base"), ("nlohmann/",)),
    "builders": (("runtime", "protocol", "io", "core", "base"), ()),
    "view": (("draw", "protocol", "core", "base"), ("glm/",)),
    "render": (("draw", "base"), GL + ("glm/",)),
    "desktop": (("view", "render", "draw", "protocol", "core", "base"), QT + GL + ("glm/",)),
    "app": (None, QT + ("CLI/", "spdlog/") + GL),
}
# Concrete channels and process start only where an app is launched.
EXCEPTIONS = {
    f"runtime/{name}": ("transport",)
    for name in (
        "launch_hooks.hpp",
        "launch_process.cpp",
        "launch_thread.cpp",
        "pipe_transport.cpp",
        "session_worker.cpp",
    )
}
SYSTEM = re.compile(r"^(sys/|netinet/|arpa/)|^[a-z_0-9]+(\.h)?$|^(linux|bits)/")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def problems_of(path: pathlib.Path):
    name = path.relative_to(ROOT / "src/cnv").as_posix()
    layer = name.split("/")[0]
    if "/" not in name:  # an umbrella header gathers what an app needs
        return
    if layer not in TABLE:
        yield f"src/cnv/{name}: folder '{layer}' is not in the layer table"
        return
    allowed, foreign = TABLE[layer]
    extra = EXCEPTIONS.get(name, ())
    for quote, target in INCLUDE.findall(path.read_text(encoding="utf-8")):
        if target.startswith("cnv/"):
            inner = target[4:]
            folder = inner.split("/")[0]
            if allowed is None or folder == layer or folder in allowed or inner in allowed or folder in extra:
                continue
            if inner.endswith(".hpp") and inner.count("/") == 0:  # the umbrella headers
                continue
            yield f"src/cnv/{name}: '{layer}' may not include <{target}>"
        elif any(target.startswith(p) for p in foreign) or SYSTEM.match(target):
            continue
        elif quote == '"' and "/" not in target:
            continue
        else:
            yield f"src/cnv/{name}: '{layer}' may not include <{target}>"


def main() -> int:
    files = [p for p in sorted((ROOT / "src/cnv").rglob("*")) if p.suffix in (".hpp", ".cpp")]
    problems = [text for path in files for text in problems_of(path)]
    problems += [
        f"{p.relative_to(ROOT)}: extension of a source file must be .hpp or .cpp"
        for p in (ROOT / "src").rglob("*")
        if p.suffix in (".h", ".cc", ".cxx")
    ]
    for text in problems:
        print(text)
    print(f"{len(files)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
