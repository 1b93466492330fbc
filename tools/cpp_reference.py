#!/usr/bin/env python3
"""The reference of the C++ headers, docs/reference/cpp*.md, from their declarations and comments.

    cpp_reference.py --write    writes the pages
    cpp_reference.py --check    fails when a page is not what --write would make, or something public has no comment

libclang reads the declarations; what stands in the pages is the header's own text. A comment belongs to the
declarations below it up to the next empty line or comment, one at the end of a line to that line. Members of records
that also travel as messages are told in messages.md and taken from there.
"""

import argparse
import dataclasses
import itertools
import pathlib
import re
import subprocess
import sys

from clang.cindex import AccessSpecifier, CursorKind, Diagnostic, Index, conf

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
FOLDER = ROOT / "docs" / "reference"
INDEX = "cpp.md"


@dataclasses.dataclass(frozen=True)
class Page:
    name: str
    title: str
    target: str  # what a CMake project links
    about: str
    headers: tuple


PAGES = (
    Page(
        "cpp-core.md",
        "C++: values, fields, scenes",
        "compneurovis::core",
        "What sessions, scenes and updates are made of.",
        (
            "core/dtype.hpp",
            "core/array.hpp",
            "core/ordered_map.hpp",
            "core/value.hpp",
            "core/field.hpp",
            "core/geometry.hpp",
            "core/specs.hpp",
            "core/display_variable.hpp",
            "core/scene.hpp",
            "core/updates.hpp",
            "core/scene_store.hpp",
            "core/stored_field.hpp",
            "core/keys.hpp",
            "base/exceptions.hpp",
            "base/result.hpp",
        ),
    ),
    Page(
        "cpp-session.md",
        "C++: sessions and how they run",
        "compneurovis::builders",
        "A model of one's own, and the app around it.",
        (
            "session.hpp",
            "runtime/session.hpp",
            "protocol/commands.hpp",
            "runtime/app_spec.hpp",
            "builders/apps.hpp",
            "runtime/launch.hpp",
            "runtime/launch_hooks.hpp",
            "runtime/find_viewer.hpp",
            "runtime/run_options.hpp",
            "runtime/interaction_target.hpp",
            "runtime/pipe_transport.hpp",
            "runtime/sampled_session.hpp",
            "runtime/default_scene.hpp",
            "runtime/display_fields.hpp",
        ),
    ),
    Page(
        "cpp-neuron.md",
        "C++: NEURON",
        "compneurovis::neuron",
        "Live NEURON models: the session, and the model itself.",
        (
            "neuron.hpp",
            "backends/neuron/neuron_session.hpp",
            "backends/neuron/section.hpp",
            "backends/neuron/point_process.hpp",
            "backends/neuron/simulation.hpp",
            "backends/neuron/swc.hpp",
            "backends/neuron/generate_layout.hpp",
            "backends/neuron/section_json.hpp",
            "backends/neuron/morphology.hpp",
            "backends/neuron/error.hpp",
            "io/swc.hpp",
        ),
    ),
    Page(
        "cpp-apps.md",
        "C++: surfaces and recordings",
        "compneurovis::builders",
        "Apps that need no session of one's own; recordings link `compneurovis::replay`.",
        ("surface.hpp", "builders/surface.hpp", "replay.hpp", "backends/replay/replay_session.hpp"),
    ),
)
UMBRELLAS = ("neuron.hpp", "session.hpp", "surface.hpp", "replay.hpp")
# Records that have another name on the wire.
MESSAGE_NAMES = {"ErrorReport": "Error"}
# Members whose property has another name, that of a word of C++.
PROPERTY_NAMES = {"default_value": "default"}

TYPES = {CursorKind.CLASS_DECL, CursorKind.STRUCT_DECL, CursorKind.CLASS_TEMPLATE, CursorKind.ENUM_DECL}
FUNCTIONS = {
    CursorKind.FUNCTION_DECL,
    CursorKind.FUNCTION_TEMPLATE,
    CursorKind.CXX_METHOD,
    CursorKind.CONSTRUCTOR,
    CursorKind.CONVERSION_FUNCTION,
}
VALUES = {CursorKind.FIELD_DECL, CursorKind.VAR_DECL, CursorKind.TYPE_ALIAS_DECL, CursorKind.ENUM_CONSTANT_DECL}
COMMENT = re.compile(r"^\s*//\s?(.*)$")
SECTION = re.compile(r"^-{2,}\s*(.*?)\s*-*$")


@dataclasses.dataclass
class Row:
    """Declarations under one comment."""

    code: list
    text: str
    last_line: int
    leading: bool  # the comment stands above: the next lines share it
    override: bool
    title: str = ""  # of the part of the class that begins here


@dataclasses.dataclass
class Type:
    name: str  # as written inside namespace cnv: "nrn::Section"
    code: str
    text: str
    rows: list = dataclasses.field(default_factory=list)
    protected: list = dataclasses.field(default_factory=list)
    told_above: bool = False  # the header's own text tells what it is


@dataclasses.dataclass
class Header:
    name: str
    text: str
    types: list = dataclasses.field(default_factory=list)
    rows: list = dataclasses.field(default_factory=list)
    space: str = ""  # namespace of the rows inside cnv
    names: set = dataclasses.field(default_factory=set)  # all that it declares


# ---- messages.md -----------------------------------------------------------------------------------------------------


def message_tables(page=FOLDER / "messages.md"):
    """Record → (what it is, property → meaning)."""
    found = {}
    for part in re.split(r"^### ", page.read_text(), flags=re.M)[1:]:
        name, _, rest = part.partition("\n")
        about = rest.strip().split("\n\n")[0]
        found[name.strip()] = (
            "" if about.startswith("|") else about,
            dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]*) \|$", rest, re.M)),
        )
    return found


# ---- one header ------------------------------------------------------------------------------------------------------


class Reader:
    """Turns the cursors of one file into a Header."""

    def __init__(self, name, path, messages):
        self.path, self.messages = path, messages
        self.bytes = path.read_bytes()
        self.lines = self.bytes.decode().split("\n")
        self.header = Header(name, self.block_below(0))
        self.problems = []
        self.opened = -1  # line where the type that is read begins

    # Comments are looked up by line: clang joins what an empty line parts.
    def comment_on(self, line):
        match = COMMENT.match(self.lines[line]) if 0 <= line < len(self.lines) else None
        return None if match is None else match[1].strip()

    def block_below(self, line):
        found = []
        while (text := self.comment_on(line)) is not None:
            found.append(text)
            line += 1
        return joined(found)

    def comment_above(self, line):
        """The block that ends just above, and the title of the part that begins there."""
        found, title = [], ""
        at = line - 1
        while (text := self.comment_on(at)) is not None and not SECTION.match(text):
            found.insert(0, text)
            at -= 1
        while at >= 0 and not self.lines[at].strip():
            at -= 1
        if (text := self.comment_on(at)) is not None and (match := SECTION.match(text)):
            title = match[1]
        return joined(found), title

    def comment_behind(self, line):
        code, mark, text = self.lines[line].partition("// ")
        return text.strip() if mark and code.strip() else ""

    def source(self, start, end):
        return re.sub(r"\s+", " ", self.bytes[start:end].decode()).strip()

    def declaration(self, cursor):
        """A function without body, initialisers of members and words that say nothing to a caller."""
        depth, end, before = 0, cursor.extent.end.offset, ""
        for token in cursor.get_tokens():
            word = token.spelling
            if depth == 0 and before == "=" and word in ("default", "delete"):
                return ""
            if depth == 0 and word in ("{", ":", ";"):
                end = token.extent.start.offset
                break
            depth += word.count("(") - word.count(")")
            before = word
        text = self.source(cursor.extent.start.offset, end)
        text = re.sub(r"\b(inline|explicit) ", "", text)
        text = re.sub(r"/\*(\w+)\*/", r"\1", text)
        return re.sub(r" override$", "", text)

    def add(self, rows, cursor, code, can_share=True):
        first, last = cursor.extent.start.line - 1, cursor.extent.end.line - 1
        override = bool(
            re.search(
                r"\boverride\b|\bfinal\b",
                self.source(cursor.extent.start.offset, cursor.extent.end.offset).split("{")[0],
            )
        )
        above, title = self.comment_above(first)
        if first == self.opened:  # an enumeration on one line: the comment is that of the whole
            above, title = "", ""
        behind = self.comment_behind(last)
        before = rows[-1] if rows else None
        if before and before.last_line == last and before.code and not above and not title:  # on one line
            before.code.append(code)
            before.text = before.text or behind
            return before
        text = " ".join(part for part in (above, behind) if part)
        if (
            not text
            and before
            and can_share
            and before.leading
            and before.last_line == first - 1
            and (before.override or not override)
        ):
            before.code.append(code)
            before.last_line = last
            return before
        row = Row([code], text, last, bool(above), override, title)
        rows.append(row)
        return row

    def problem(self, line, what):
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        self.problems.append(f"{path}:{line + 1}: {what} has no comment")

    # ---- cursors

    def read(self, cursors):
        for cursor in cursors:
            if cursor.location.file is None or pathlib.Path(cursor.location.file.name) != self.path:
                continue
            if cursor.kind == CursorKind.NAMESPACE:
                self.read(cursor.get_children())
            elif cursor.kind in TYPES:
                self.read_type(cursor)
            elif cursor.semantic_parent == cursor.lexical_parent:
                self.header.space = qualified(cursor.semantic_parent)
                self.read_member(self.header.rows, cursor, "", {})
        return self.header

    def read_type(self, cursor):
        if (
            not cursor.is_definition()
            or not cursor.spelling
            or conf.lib.clang_getSpecializedCursorTemplate(cursor) is not None
        ):
            return  # announced only, or a special case of a template
        name = qualified(cursor)
        about, properties = self.messages.get(MESSAGE_NAMES.get(cursor.spelling, cursor.spelling), ("", {}))
        text = (
            self.comment_above(cursor.extent.start.line - 1)[0]
            or self.comment_behind(cursor.extent.start.line - 1)
            or about
        )
        if not text and self.header.text.startswith(cursor.spelling + ":"):
            text = self.header.text
        if not text:
            self.problem(cursor.extent.start.line - 1, name)
        kind = "enum class" if cursor.kind == CursorKind.ENUM_DECL else "struct" if is_struct(cursor) else "class"
        bases = [
            qualified(base.get_definition()) if base.get_definition() else base.spelling
            for base in cursor.get_children()
            if base.kind == CursorKind.CXX_BASE_SPECIFIER
        ]
        template = "template " + self.parameters_of(cursor) + " " if cursor.kind == CursorKind.CLASS_TEMPLATE else ""
        found = Type(
            name,
            f"{template}{kind} cnv::{name}" + (f" : {', '.join(bases)}" if bases else ""),
            text,
            told_above=text == self.header.text,
        )
        self.header.types.append(found)
        self.header.names.add(cursor.spelling)
        outer, self.opened = self.opened, cursor.extent.start.line - 1
        for child in cursor.get_children():
            access = child.access_specifier
            if access == AccessSpecifier.PRIVATE or child.kind == CursorKind.FRIEND_DECL:
                continue
            if child.kind in TYPES:
                self.read_type(child)
            else:
                self.read_member(
                    found.protected if access == AccessSpecifier.PROTECTED else found.rows, child, name, properties
                )
        self.opened = outer

    def parameters_of(self, cursor):
        text = self.source(cursor.extent.start.offset, cursor.extent.end.offset)
        return text[text.index("<") : text.index(">") + 1]

    def read_member(self, rows, cursor, owner, properties):
        if cursor.kind in FUNCTIONS:
            self.read_function(rows, cursor, owner)
        elif cursor.kind in VALUES:
            self.read_value(rows, cursor, owner, properties)

    def read_function(self, rows, cursor, owner):
        code = self.declaration(cursor)
        if not code or cursor.spelling in ("operator==", "operator=") or is_copy(cursor):
            return
        before = len(rows)
        row = self.add(rows, cursor, code)
        self.header.names.add(cursor.spelling)
        if row.text:
            return
        if row.override and len(rows) > before:
            rows.pop()  # told where it is declared first
        elif cursor.kind != CursorKind.CONSTRUCTOR or any(True for _ in cursor.get_arguments()):
            self.problem(cursor.extent.start.line - 1, f"{owner + '::' if owner else ''}{cursor.spelling}")
        else:
            rows.pop() if len(rows) > before else None

    def read_value(self, rows, cursor, owner, properties):
        code = re.sub(r"^inline ", "", self.source(cursor.extent.start.offset, cursor.extent.end.offset))
        same = rows and rows[-1].code and code.startswith(rows[-1].code[-1] + ",")
        if same:  # double x = 0, y = 0
            rows[-1].code[-1] = code
            rows[-1].last_line = cursor.extent.end.line - 1
            return
        told = properties.get(PROPERTY_NAMES.get(cursor.spelling, cursor.spelling), "")
        row = self.add(rows, cursor, code, can_share=not told)
        self.header.names.add(cursor.spelling)
        row.text = row.text or told
        if not row.text and cursor.kind not in (CursorKind.ENUM_CONSTANT_DECL, CursorKind.TYPE_ALIAS_DECL):
            self.problem(cursor.extent.start.line - 1, f"{owner + '::' if owner else ''}{cursor.spelling}")


def joined(lines):
    """Lines of a comment as sentences; an empty line parts paragraphs, which a table cannot have."""
    return re.sub(r"\s+", " ", " ".join(lines)).strip()


def qualified(cursor):
    names = []
    while cursor is not None and cursor.kind != CursorKind.TRANSLATION_UNIT:
        if cursor.spelling != "cnv":
            names.insert(0, cursor.spelling)
        cursor = cursor.semantic_parent
    return "::".join(names)


def is_struct(cursor):
    if cursor.kind != CursorKind.CLASS_TEMPLATE:
        return cursor.kind == CursorKind.STRUCT_DECL
    words = [token.spelling for token in itertools.islice(cursor.get_tokens(), 40)]
    return [word for word in words[: words.index(cursor.spelling)] if word in ("struct", "class")][-1] == "struct"


def is_copy(cursor):
    arguments = [argument.type.spelling for argument in cursor.get_arguments()]
    return (
        cursor.kind == CursorKind.CONSTRUCTOR
        and len(arguments) == 1
        and bool(re.fullmatch(rf"(const )?(\w+::)*{re.escape(cursor.spelling)} ?&&?", arguments[0]))
    )


# ---- all headers -----------------------------------------------------------------------------------------------------


def compiler_headers():
    """Where stddef.h and its like are: libclang brings none."""
    return subprocess.run(
        ["g++", "-print-file-name=include"], capture_output=True, text=True, check=True
    ).stdout.strip()


def parse(paths, folder=SOURCE):
    """One translation unit that includes all of them. Raises RuntimeError for code that does not compile."""
    text = "".join(f'#include "{path}"\n' for path in paths)
    arguments = ["-x", "c++", "-std=c++20", f"-I{folder}", "-isystem", compiler_headers()]
    unit = Index.create().parse("reference.cpp", args=arguments, unsaved_files=[("reference.cpp", text)])
    wrong = [str(each) for each in unit.diagnostics if each.severity >= Diagnostic.Error]
    if wrong:
        raise RuntimeError("the headers could not be read:\n" + "\n".join(wrong[:5]))
    return unit


def read_headers(names=None, folder=SOURCE / "cnv", messages=None):
    """(name → Header, problems)."""
    names = names or [name for page in PAGES for name in page.headers]
    paths = {name: (folder / name).resolve() for name in names}
    unit = parse(paths.values(), folder.parent)
    messages = message_tables() if messages is None else messages
    headers, problems = {}, []
    for name, path in paths.items():
        reader = Reader(name, path, messages)
        headers[name] = reader.read(unit.cursor.get_children())
        problems += reader.problems
    return headers, problems


# ---- pages -----------------------------------------------------------------------------------------------------------


def prose(text):
    """Text in which only what stands in backticks may look like a tag or a link."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [part.replace("<", "&lt;").replace("](", r"]\(") for part in parts[::2]]
    return "".join(parts)


def cell(text):
    return prose(text).replace("|", r"\|")


def code_cell(code):
    return "`" + code.replace("|", r"\|") + "`"


def table(rows):
    lines, open_table = [], False
    for row in rows:
        if row.title:
            lines += ["", f"*{row.title}*"]
            open_table = False
        if not open_table:
            lines += ["", "| | |", "|---|---|"]
            open_table = True
        lines.append(f"| {'<br>'.join(code_cell(code) for code in row.code)} | {cell(row.text)} |")
    return lines


def type_lines(found):
    lines = ["", f"### {found.name}", "", f"`{found.code}`"]
    if found.text and not found.told_above:
        lines += ["", prose(found.text)]
    lines += table(found.rows)
    if found.protected:
        lines += ["", "For derived classes:", *table(found.protected)]
    return lines


def header_lines(header):
    lines = ["", f"## cnv/{header.name}", "", prose(header.text)]
    for found in header.types:
        lines += type_lines(found)
    if header.rows:
        if header.types:
            lines += ["", f"### Also in cnv/{header.name}"]
        if header.space:
            lines += ["", f"In namespace `cnv::{header.space}`:"]
        lines += table(header.rows)
    return lines


def page_text(page, headers):
    lines = [
        f"# {page.title}",
        "",
        f"{page.about} CMake: `{page.target}`. "
        "Names stand in namespace `cnv` unless another one is written. Written by",
        "`tools/cpp_reference.py` from the headers; a test compares. [All C++ pages](cpp.md).",
    ]
    for name in page.headers:
        lines += header_lines(headers[name])
    return "\n".join(lines) + "\n"


def index_text(headers):
    lines = [
        "# C++ reference",
        "",
        "What a program includes, and what it finds there. "
        "Written by `tools/cpp_reference.py` from the headers; a test compares.",
        "",
        "## What to include",
        "",
        "| | |",
        "|---|---|",
    ]
    lines += [
        f"| `#include <cnv/{name}>` | {cell(text.split(': #include')[0])}; link `{link_of(text)}` |"
        for name, text in ((name, headers[name].text) for name in UMBRELLAS)
    ]
    lines += ["", "## Pages", "", "| | |", "|---|---|"]
    lines += [f"| [{page.title}]({page.name}) | {page.about} |" for page in PAGES]
    lines += ["", "## Types by name", "", "| | |", "|---|---|"]
    places = sorted((found.name, page) for page in PAGES for name in page.headers for found in headers[name].types)
    lines += [
        f"| [`{name}`]({page.name}#{anchor(name)}) | `cnv/{header_of(name, page, headers)}` |" for name, page in places
    ]
    return "\n".join(lines) + "\n"


def link_of(text):
    return re.search(r"link (compneurovis::\w+)", text)[1]


def header_of(type_name, page, headers):
    return next(name for name in page.headers if any(found.name == type_name for found in headers[name].types))


def anchor(title):
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def all_pages():
    headers, problems = read_headers()
    return {INDEX: index_text(headers)} | {page.name: page_text(page, headers) for page in PAGES}, problems


def stale_pages(pages, folder=FOLDER):
    left = {path.name for path in folder.glob("cpp*.md")} - set(pages)
    return sorted(
        left
        | {name for name, text in pages.items() if not (folder / name).exists() or (folder / name).read_text() != text}
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true")
    mode.add_argument("--check", action="store_true")
    options = parser.parse_args()
    pages, problems = all_pages()
    if options.write:
        for name in stale_pages(pages):
            (FOLDER / name).write_text(pages[name]) if name in pages else (FOLDER / name).unlink()
    else:
        problems += [
            f"docs/reference/{name} is not what its headers say: run tools/cpp_reference.py --write"
            for name in stale_pages(pages)
        ]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
