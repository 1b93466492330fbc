#!/usr/bin/env python3
"""The table of public names and the tests that exercise them: docs/reference/api.md.

    api_table.py --write    runs all Python tests, notes which public names each of them calls, and writes the table
    api_table.py --write ARGUMENTS…    the same with these arguments for pytest; rows of tests that did not run stay
    api_table.py --check    runs the tests that the table names; fails when a name is not called by its test, or when the
                            package exports a name that the table does not have
    api_table.py --check ARGUMENTS…    the same while pytest runs with these arguments, such as -x tests/python

A class counts as called when one is made (or a subclass of it), a method when it runs on such an object, a function when it
runs. Constants and base classes that are only named count when the test's file names them.
"""
import argparse
import collections
import enum
import importlib
import inspect
import pathlib
import re
import sys
import threading
import types

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "reference" / "api.md"
# Modules whose exports are promised; a name counts once, under the first of them.
MODULES = [
    "compneurovis", "compneurovis.core.scene", "compneurovis.session", "compneurovis.session.base", "compneurovis.builders",
    "compneurovis.backends.neuron.utils", "compneurovis.backends.neuron.session", "compneurovis.backends.jaxley.session",
    "compneurovis.backends.jaxley.utils", "compneurovis.frontends.vispy.interaction_context",
]
# What a person may override or call on these classes, besides what they inherit from each other.
SKIPPED = {"VispyFrontendWindow"}  # not offered: importing it says what replaces it
ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|$")


def exports(module):
    names = getattr(module, "__all__", None)
    if names is None:
        names = [name for name in dir(module) if not name.startswith("_") and not isinstance(getattr(module, name), types.ModuleType)]
    for name in sorted(names):
        value = getattr(module, name)
        origin = getattr(value, "__module__", "") or ""
        if name in SKIPPED or (origin and not origin.startswith("compneurovis")):
            continue
        yield name, value


def public_names():
    """(module, name) → object, for classes also their own public methods."""
    found, seen = {}, set()
    for module_name in MODULES:
        module = importlib.import_module(module_name)
        for name, value in exports(module):
            if not callable(value) and not name.isupper():
                continue
            key = id(value) if callable(value) else (module_name, name)
            if key in seen:
                continue
            seen.add(key)
            found[module_name, name] = value
            if inspect.isclass(value) and not issubclass(value, (enum.Enum, BaseException)):
                for member in methods_of(value):
                    found[module_name, f"{name}.{member}"] = value
    return found


def methods_of(cls):
    for member in sorted(dir(cls)):
        if member.startswith("_"):
            continue
        raw = inspect.getattr_static(cls, member)
        if inspect.isfunction(raw) or isinstance(raw, (classmethod, staticmethod, property)):
            yield member


class Recorder:
    """Which public names run while a test does."""

    def __init__(self, names, tests=None):
        """`tests`: only these are looked at; None: all."""
        self.names, self.tests = names, tests
        self.called = collections.defaultdict(set)  # test → {(module, name)}
        self.test = None
        self.functions, self.classes, self.members = {}, [], collections.defaultdict(list)
        for (module, name), value in names.items():
            if "." in name:
                self.members[name.split(".", 1)[1]].append(((module, name), value))
                raw = inspect.getattr_static(value, name.split(".", 1)[1])
                code = getattr(getattr(raw, "__func__", None) or getattr(raw, "fget", None) or raw, "__code__", None)
                if code is not None:
                    self.functions.setdefault(code, []).append((module, name))
            elif inspect.isclass(value):
                self.classes.append(((module, name), value))
            elif hasattr(value, "__code__"):
                self.functions.setdefault(value.__code__, []).append((module, name))
        self.made = {}  # class → names that making one of it counts for

    def profile(self, frame, event, argument):
        if event != "call" or self.test is None:
            return
        code, found = frame.f_code, self.called[self.test]
        for key in self.functions.get(code, ()):
            found.add(key)
        name = code.co_name
        if name not in ("__init__", "__post_init__", "__new__", "_missing_") and name not in self.members:
            return
        if not code.co_argcount:
            return
        first = frame.f_locals.get(code.co_varnames[0])
        cls = first if isinstance(first, type) else type(first)
        if name in ("__init__", "__post_init__", "__new__", "_missing_"):
            if cls not in self.made:
                self.made[cls] = [key for key, known in self.classes if issubclass(cls, known)]
            found.update(self.made[cls])
        else:
            for key, known in self.members.get(name, ()):
                if issubclass(cls, known):
                    found.add(key)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item, nextitem):
        if self.tests is not None and item.nodeid not in self.tests:
            yield
            return
        self.test = item.nodeid
        source = pathlib.Path(item.fspath).read_text()
        for (module, name), value in self.names.items():
            bare = not callable(value) or inspect.isclass(value) and (inspect.isabstract(value) or issubclass(value, (enum.Enum, BaseException)) or not value.__dict__.get("__init__"))
            if "." not in name and bare and re.search(rf"\b{name}\b", source):
                self.called[self.test].add((module, name))
        threading.setprofile(self.profile)
        sys.setprofile(self.profile)
        yield
        sys.setprofile(None)
        threading.setprofile(None)
        self.test = None


def run(recorder, arguments):
    return pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), *arguments], plugins=[recorder])


def read_table():
    rows = {}
    for line in TABLE.read_text().splitlines():
        if match := ROW.match(line):
            rows[match[1], match[2]] = match[3]
    return rows


def write_table(recorder, kept):
    by_size = sorted(recorder.called, key=lambda test: (len(recorder.called[test]), test))
    rows, missing = [], []
    for key in recorder.names:
        test = kept.get(key) if kept.get(key) not in recorder.called else None
        test = test or next((test for test in by_size if key in recorder.called[test]), None)
        (rows.append((*key, test)) if test else missing.append(key))
    lines = ["# Public names and the tests that exercise them", "",
             "Made and checked by `tools/api_table.py`, which runs each test named here and fails when it does not call the name. Of several",
             "tests the one that calls the fewest names stands here.", "",
             "| Module | Name | Test |", "|---|---|---|"]
    lines += [f"| `{module}` | `{name}` | `{test}` |" for module, name, test in rows]
    TABLE.write_text("\n".join(lines) + "\n")
    for module, name in missing:
        print(f"no test calls {module}.{name}", file=sys.stderr)
    print(f"{len(rows)} names written to {TABLE.relative_to(ROOT)}, {len(missing)} without a test")
    return 1 if missing else 0


def check_table(names, arguments):
    rows = read_table()
    problems = [f"{module}.{name} is not in {TABLE.relative_to(ROOT)}: run tools/api_table.py --write" for module, name in names if (module, name) not in rows]
    problems += [f"the table has {module}.{name}, which the package does not export" for module, name in rows if (module, name) not in names]
    tests = sorted(set(rows.values()))
    recorder = Recorder(names, set(tests))
    if run(recorder, arguments or tests) != 0:
        print("a test failed", file=sys.stderr)
        return 1
    problems += [f"{test} does not call {module}.{name}" for (module, name), test in rows.items() if (module, name) not in recorder.called[test]]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true")
    mode.add_argument("--check", action="store_true")
    options, arguments = parser.parse_known_args()
    names = public_names()
    if options.check:
        return check_table(names, arguments)
    recorder = Recorder(names)
    if run(recorder, arguments or ["tests/python"]) != 0:
        return 1
    return write_table(recorder, read_table() if arguments else {})


if __name__ == "__main__":
    sys.exit(main())
