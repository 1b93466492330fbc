#!/usr/bin/env python3
"""clang-tidy over the sources of this tree, one on each core; exit status 1 when it finds something.

    run_tidy.py --clang-tidy PROGRAM --build FOLDER [FILE …]      no files: all but tests and benchmarks

A file is read again only when it, something of ours that it includes, or .clang-tidy has changed since it was last
clean: the build folder keeps a hash for each.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
FOLDERS = ("src", "python/src", "examples")
# What another compiler does not know, and what headers of others use.
OPTIONS = ["--quiet", "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-deprecated-declarations"]


def included(path, seen):
    """All files of this tree that one includes, itself among them."""
    if path in seen:
        return
    seen.add(path)
    for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        for folder in (path.parent, ROOT / "src", ROOT / "tests"):
            if (folder / name).is_file():
                included((folder / name).resolve(), seen)
                break


def state_of(path):
    files = set()
    included(path, files)
    hashed = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    for file in sorted(files):
        hashed.update(file.read_bytes())
    return hashed.hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clang-tidy", default="clang-tidy")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    commands = json.loads((arguments.build / "compile_commands.json").read_text())
    known = {pathlib.Path(command["file"]).resolve() for command in commands}
    wanted = {path.resolve() for path in arguments.files} or known
    ours = sorted(p for p in wanted & known if any(p.is_relative_to(ROOT / folder) for folder in FOLDERS))
    kept = arguments.build / "tidy.json"
    clean = json.loads(kept.read_text()) if kept.exists() else {}
    states = {path: state_of(path) for path in ours}
    due = [path for path in ours if clean.get(str(path)) != states[path]]

    def check(path):
        done = subprocess.run(
            [arguments.clang_tidy, "-p", arguments.build, *OPTIONS, path], capture_output=True, text=True
        )
        return path, done.returncode, done.stdout or done.stderr

    faults = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, status, text in pool.map(check, due):
            if status == 0:
                clean[str(path)] = states[path]
            else:
                faults += 1
                print(text)
    kept.write_text(json.dumps(clean))
    print(f"{len(ours)} files, {len(due)} read, {faults} with findings")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
