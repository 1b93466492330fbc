#!/usr/bin/env python3
"""The page of public names, what they are and the tests that exercise them: docs/reference/api.md.

    api_table.py --write    runs all Python tests, notes which public names each of them calls, and writes the tables
    api_table.py --write ARGUMENTS…    the same with these arguments for pytest; rows of tests that did not run stay
    api_table.py --text     writes signatures and texts anew; runs nothing
    api_table.py --check    runs the tests that the tables name; fails when a name is not called by its test, when the
                            package exports a name that the page does not have, and when a signature or text is another
                            one by now
    api_table.py --check ARGUMENTS…    the same while pytest runs with these arguments, such as -x tests/python

A class counts as called when one is made (or a subclass of it), a method when it runs on such an object, a function
when it runs, a module path (its row has the name `import`) when the test imports it by importlib.import_module. What
cannot be seen to run (constants, enums, exceptions, classes without a constructor) counts when the code of the test
uses the name: the test function, its decorators, and the functions and classes of its file that these use; text and
comments do not count.
"""

import argparse
import ast
import collections
import enum
import functools
import importlib
import inspect
import pathlib
import pkgutil
import re
import sys
import threading
import types

import pytest

from api_text import cell_of

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "reference" / "api.md"
# Modules whose exports are promised; a name counts once, under the first of them.
MODULES = [
    "compneurovis",
    "compneurovis.core.scene",
    "compneurovis.session",
    "compneurovis.session.base",
    "compneurovis.builders",
    "compneurovis.backends.neuron.utils",
    "compneurovis.backends.neuron.session",
    "compneurovis.backends.jaxley.session",
    "compneurovis.backends.jaxley.utils",
    "compneurovis.frontends.vispy.interaction_context",
    "compneurovis._perf",
]
IMPORT = "import"  # stands for a module as a whole
IMPORTER = importlib.import_module.__code__  # of now: a test may put another function in its place
SKIPPED = {"VispyFrontendWindow"}  # not offered: importing it says what replaces it
MAKERS = ("__init__", "__post_init__", "__new__")
MODULE = re.compile(r"^## (?:`([^`]+)`|Module paths)$")  # in the last section the names are paths
ROW = re.compile(r"^\| `([^`]+)` \| (.*) \| `([^`]+)` \|$")
HEADER = ["", "| Name | What it is | Test |", "|---|---|---|"]


def exports(module):
    names = getattr(module, "__all__", None)
    if names is None:
        names = [
            name
            for name in dir(module)
            if not name.startswith("_") and not isinstance(getattr(module, name), types.ModuleType)
        ]
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
    paths = {*MODULES, *module_paths("compneurovis", importlib.import_module("compneurovis").__path__)}
    return found | {(path, IMPORT): None for path in sorted(paths)}


def module_paths(package, folders):
    """The paths of a package and of all its public modules. Imports none of them."""
    yield package
    for module in pkgutil.iter_modules(folders):
        if not module.name.startswith("_"):
            name = f"{package}.{module.name}"
            yield from module_paths(
                name, [str(pathlib.Path(folder, module.name)) for folder in folders] if module.ispkg else []
            )


def methods_of(cls):
    for member in sorted(dir(cls)):
        if member.startswith("_"):
            continue
        raw = inspect.getattr_static(cls, member)
        if inspect.isfunction(raw) or isinstance(raw, (classmethod, staticmethod, property)):
            yield member


def is_seen_only_by_name(value):
    """True for what leaves no trace when a test uses it."""
    if not inspect.isclass(value):
        return not callable(value)
    return issubclass(value, (enum.Enum, BaseException)) or value.__init__ is object.__init__


@functools.cache
def definitions(path):
    """Name → syntax tree, of the functions and classes of a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name: node for node in ast.parse(pathlib.Path(path).read_text()).body if isinstance(node, kinds)}


def names_used(path, function):
    """The names that a function's code uses, with its decorators and what it uses from the same file.
    Its arguments count as used: they are the fixtures."""
    known, used, waiting = definitions(path), set(), [function]
    while waiting:
        node = known.get(waiting.pop())
        found = {name for child in ast.walk(node) if (name := name_in(child))} if node else set()
        waiting += found - used
        used |= found
    return used


def name_in(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.arg if isinstance(node, ast.arg) else None


class Recorder:
    """Which public names run while a test does."""

    def __init__(self, names, tests=None):
        """`tests`: only these are looked at; None: all."""
        self.names, self.tests = names, tests
        self.called = collections.defaultdict(set)  # test → {(module, name)}
        self.test = None
        self.functions, self.classes, self.members = {}, [], collections.defaultdict(list)
        for (module, name), value in names.items():
            if name == IMPORT or (is_seen_only_by_name(value) and "." not in name):
                continue
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
        if code is IMPORTER:
            found.update({(frame.f_locals["name"], IMPORT)} & self.names.keys())
            return
        if name not in MAKERS and name not in self.members:
            return
        if not code.co_argcount:
            return
        first = frame.f_locals.get(code.co_varnames[0])
        cls = first if isinstance(first, type) else type(first)
        if name in MAKERS:
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
        used = names_used(str(item.path), getattr(item, "originalname", None))
        for (module, name), value in self.names.items():
            if name in used and is_seen_only_by_name(value):
                self.called[self.test].add((module, name))
        threading.setprofile(self.profile)
        sys.setprofile(self.profile)
        yield
        sys.setprofile(None)
        threading.setprofile(None)
        self.test = None


def run(recorder, arguments):
    return pytest.main(
        ["-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), *arguments],
        plugins=[recorder],
    )


def read_table():
    """(module, name) → (what it is, test)."""
    rows, module = {}, None
    for line in TABLE.read_text().splitlines():
        if match := MODULE.match(line):
            module = match[1]
        elif match := ROW.match(line):
            rows[(module, match[1]) if module else (match[1], IMPORT)] = match[2], match[3]
    return rows


def write_table(names, tests):
    """`tests`: (module, name) → test."""
    text = TABLE.read_text()
    lines, present = text[: text.index("\n## ")].splitlines(), None
    for module, name in sorted(tests, key=lambda key: section_of(key, names)):
        title = "Module paths" if name == IMPORT else f"`{module}`"
        if title != present:
            lines += ["", f"## {title}", *HEADER]
            present = title
        subject, text = module if name == IMPORT else name, cell_of(module, name, names[module, name])
        lines.append(f"| `{subject}` | {text} | `{tests[module, name]}` |")
    TABLE.write_text("\n".join(lines) + "\n")
    missing = [key for key in names if key not in tests]
    for module, name in missing:
        print(f"no test calls {module}.{name}", file=sys.stderr)
    print(f"{len(tests)} names written to {TABLE.relative_to(ROOT)}, {len(missing)} without a test")
    return 1 if missing else 0


def section_of(key, names):
    """Sorts by module in the order of MODULES, then by name; module paths come last."""
    module, name = key
    return (name == IMPORT, module if name == IMPORT else MODULES.index(module), list(names).index(key))


def chosen_tests(recorder, kept):
    """(module, name) → of the tests that call it the one that calls the fewest names;
    one of `kept` that did not run stays."""
    by_size = sorted(recorder.called, key=lambda test: (len(recorder.called[test]), test))
    chosen = {}
    for key in recorder.names:
        test = kept.get(key) if kept.get(key) not in recorder.called else None
        test = test or next((test for test in by_size if key in recorder.called[test]), None)
        if test:
            chosen[key] = test
    return chosen


def text_problems(names, rows):
    """Names that are missing, too many, or described otherwise than they are."""
    page = TABLE.relative_to(ROOT)
    for (module, name), value in names.items():
        text = cell_of(module, name, value)
        if not text:
            yield f"{module}.{name} has no docstring"
        elif (module, name) not in rows:
            yield f"{module}.{name} is not in {page}: run tools/api_table.py --write"
        elif rows[module, name][0] != text:
            told = rows[module, name][0]
            yield f"{page} says of {module}.{name}: {told}; it is by now: {text}. Run tools/api_table.py --text"
    yield from (
        f"{page} has {module}.{name}, which the package does not export"
        for module, name in rows
        if (module, name) not in names
    )


def check_table(names, arguments):
    rows = read_table()
    problems = list(text_problems(names, rows))
    tests = sorted({test for _, test in rows.values()})
    recorder = Recorder(names, set(tests))
    if run(recorder, arguments or tests) != 0:
        print("a test failed", file=sys.stderr)
        return 1
    problems += [
        f"{test} does not call {module}.{name}"
        for (module, name), (_, test) in rows.items()
        if (module, name) not in recorder.called[test]
    ]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true")
    mode.add_argument("--text", action="store_true")
    mode.add_argument("--check", action="store_true")
    options, arguments = parser.parse_known_args()
    names = public_names()
    if options.check:
        return check_table(names, arguments)
    kept = {key: test for key, (_, test) in read_table().items() if key in names}
    if options.text:
        return write_table(names, kept)
    recorder = Recorder(names)
    if run(recorder, arguments or ["tests/python"]) != 0:
        return 1
    return write_table(names, chosen_tests(recorder, kept if arguments else {}))


if __name__ == "__main__":
    sys.exit(main())
