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

from check_layers import Tree

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDERS = ("src", "python/src", "examples")
# What another compiler does not know, and what headers of others use.
GCC_ONLY = re.compile(r" (-Winvalid-pch|-include \S+/cmake_pch\.hxx|--param=\S+)(?= )")
OPTIONS = ["--quiet", "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-deprecated-declarations"]


def state_of(tree, file):
    """A hash of what clang-tidy reads of this tree for one file."""
    hashed = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    for name in sorted(tree.reached_from(file)):
        hashed.update((ROOT / name).read_bytes())
    return hashed.hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clang-tidy", default="clang-tidy")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    commands = json.loads((arguments.build / "compile_commands.json").read_text())
    # Each file as it stands: another compiler cannot read the precompiled headers and has no such parameters.
    for command in commands:
        command["command"] = GCC_ONLY.sub(" ", command["command"])
    alone = arguments.build / "tidy"
    alone.mkdir(exist_ok=True)
    (alone / "compile_commands.json").write_text(json.dumps(commands))
    tree = Tree(ROOT, FOLDERS)
    compiled = {os.path.relpath(os.path.realpath(command["file"]), ROOT) for command in commands}
    wanted = {os.path.relpath(path.resolve(), ROOT) for path in arguments.files} or compiled
    ours = sorted(wanted & compiled & tree.includes.keys())
    kept = arguments.build / "tidy.json"
    clean = json.loads(kept.read_text()) if kept.exists() else {}
    states = {file: state_of(tree, file) for file in ours}
    due = [file for file in ours if clean.get(file) != states[file]]

    def check(file):
        done = subprocess.run(
            [arguments.clang_tidy, "-p", alone, *OPTIONS, ROOT / file], capture_output=True, text=True
        )
        return file, done.returncode, done.stdout or done.stderr

    faults = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, status, text in pool.map(check, due):
            if status == 0:
                clean[file] = states[file]
            else:
                faults += 1
                print(text)
    kept.write_text(json.dumps(clean))
    print(f"{len(ours)} files, {len(due)} read, {faults} with findings")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
