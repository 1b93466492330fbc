"""Every code block of README.md and docs/: Python is run, C++ is compiled, and commands, options and links exist.

A page reads from the top: its Python blocks are one program in one namespace, its C++ blocks one translation unit. A
```text block is what the Python before it prints; a ```pycon block is a session at the prompt. A comment
`<!-- not run: reason -->` on the line before a block leaves it out. Of the other pages (READMEs beside the source, the
guide for contributors) links, commands and the files that they name are checked.
"""

import contextlib
import dataclasses
import doctest
import io
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
TREE = [
    path
    for folder in ("src", "python", "tests", "bench", "examples", "tools", "cmake", "data", "docs", "requirements")
    for path in sorted((ROOT / folder).rglob("*"))
    if "__pycache__" not in path.parts
]
GUIDES = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *(path for path in TREE if path.name == "README.md" and path not in PAGES),
]
LANGUAGES = {"python", "pycon", "cpp", "cmake", "sh", "text", ""}
CODE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.M | re.S)
NOT_RUN = re.compile(r"<!-- not run: (\S.*) -->\n\Z")
PATIENCE = 90


@dataclasses.dataclass
class Block:
    language: str
    code: str
    line: int  # of its first line of code
    left_out: str  # reason, or empty


def blocks_of(text):
    found = []
    for match in CODE.finditer(text):
        mark = NOT_RUN.search(text[: match.start()])
        found.append(Block(match[1].strip(), match[2], text[: match.start(2)].count("\n") + 1, mark[1] if mark else ""))
    return found


def name_of(page):
    return str(page.relative_to(ROOT))


BLOCKS = {name_of(page): blocks_of(page.read_text()) for page in PAGES}
ALL = list(map(name_of, [*PAGES, *GUIDES]))


def used(page, *languages):
    return [block for block in BLOCKS[page] if block.language in languages and not block.left_out]


def script_of(blocks):
    """The blocks in one file, each on the line where its page has it: tracebacks then lead to the page."""
    lines = []
    for block in blocks:
        lines += [""] * (block.line - 1 - len(lines)) + block.code.splitlines()
    return "\n".join(lines) + "\n"


# ---- Python ----------------------------------------------------------------------------------------------------------

PYTHON_PAGES = [page for page in BLOCKS if used(page, "python", "pycon")]


@pytest.mark.parametrize("page", PYTHON_PAGES)
def test_the_python_of_a_page_runs(page, tmp_path, monkeypatch):
    text = "".join(block.code for block in used(page, "python"))
    for simulator in ("neuron", "jaxley"):
        if re.search(rf"^(import|from) {simulator}\b", text, re.M):
            pytest.importorskip(simulator)
    shutil.copy(ROOT / "data/m3s4s4t-vp-sup.CNG.swc", tmp_path / "cell.swc")
    monkeypatch.chdir(tmp_path)
    if re.search(r"^[^#\n]*\brun_app\(", text, re.M):
        run_app_page(page, tmp_path)
    elif re.search(r"^(import|from) (neuron|jaxley)\b|neuron\.utils|__main__", text, re.M):
        run_script_page(page, tmp_path)
    else:
        run_in_here(used(page, "python", "pycon", "text"), page)


def python(folder, *command):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=os.environ | {"NEURON_MODULE_OPTIONS": "-nogui"},
    )
    assert done.returncode == 0, done.stderr[-6000:]
    return done.stdout


def run_app_page(page, folder):
    assert not used(page, "pycon", "text"), f"{page}: a program with a window prints nothing to compare"
    script = folder / "page.py"
    script.write_text(script_of(used(page, "python")))
    wall = (
        "20" if re.search(r"def advance|NeuronSession|JaxleySession", script.read_text()) else "1.5"
    )  # without a model there is no time to reach
    python(
        folder,
        "-m",
        "compneurovis",
        "run",
        "--headless",
        "--speed",
        "max",
        "--until-ms",
        "20",
        "--wall",
        wall,
        "--report",
        "r.json",
        str(script),
    )
    report = json.loads((folder / "r.json").read_text())
    assert report["errors"] == [] and report["warnings"] == []
    assert report["views"] and all(view.get("paints", 0) > 0 for view in report["views"].values())


def run_script_page(page, folder):
    assert not used(page, "pycon"), f"{page}: prompt sessions belong to pages without a simulator"
    script = folder / "page.py"
    script.write_text(script_of(used(page, "python")))
    assert python(folder, str(script)) == "".join(block.code for block in used(page, "text"))


def run_in_here(blocks, page):
    """In this process: a namespace of its own, and what each block prints."""
    names, printed = {"__name__": "page"}, ""
    for block in blocks:
        if block.language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile("\n" * (block.line - 1) + block.code, page, "exec"), names)
            printed += out.getvalue()
        elif block.language == "pycon":
            run_prompt(block, page, names)
        else:
            assert printed == block.code, f"{page}:{block.line}: printed was\n{printed}"
            printed = ""
    assert printed == "", f"{page}: prints what it does not show:\n{printed}"


def run_prompt(block, page, names):
    session = doctest.DocTestParser().get_doctest(block.code, names, page, page, block.line - 1)
    told = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(session, out=told.append, clear_globs=False)
    names.update(session.globs)
    assert runner.failures == 0, "".join(told)


def test_broken_python_is_found():
    for page in (
        "```python\nx = 1\nprint(y)\n```\n",
        "```pycon\n>>> 1 + 1\n3\n```\n",
        "```python\nprint(1)\n```\n```text\n2\n```\n",
        "```python\nprint(1)\n```\n",
    ):
        with pytest.raises((AssertionError, NameError)):
            run_in_here(blocks_of(page), "page")


# ---- C++ -------------------------------------------------------------------------------------------------------------

CPP_PAGES = [page for page in BLOCKS if used(page, "cpp")]
FILE_SCOPE = re.compile(r"^(#include|struct |class |namespace |template|int main|constexpr |inline )", re.M)


def compiler():
    """The command with which the build compiles a program that uses the library: all but files."""
    viewer = pathlib.Path(os.environ.get("COMPNEUROVIS_VIEWER", "viewer"))
    database = viewer.parent.parent / "compile_commands.json"
    if not database.exists():
        pytest.skip(f"{database} does not exist: COMPNEUROVIS_VIEWER does not lie in a build folder")
    entry = next(
        e
        for e in json.loads(database.read_text())
        if e["file"].endswith(("backends/replay/replay_session.cpp", "neuron/live_cell.cpp"))
    )
    words = shlex.split(entry["command"])
    kept = [
        word
        for word in words
        if word.startswith(("-I", "-D", "-std", "-W", "-isystem", "/"))
        and word != "-Winvalid-pch"
        and not word.endswith((".cpp", ".o", "/cmake_pch.hxx"))
    ]
    return [word for word in kept if word not in ("-DNDEBUG",)]


def unit_of(pages):
    """One translation unit: each page in a namespace of its own; statements stand in a function."""
    includes, bodies = set(), []
    for number, (page, blocks) in enumerate(pages.items()):
        declarations, statements = [], []
        for k, block in enumerate(blocks):
            includes.update(re.findall(r"^#include .*$", block.code, re.M))
            code = re.sub(r"^#include .*$", "", block.code, flags=re.M).replace("int main(", f"int main_{k}(")
            (declarations if FILE_SCOPE.search(block.code) else statements).append(
                f'#line {block.line} "{page}"\n{code}'
            )
        body = "".join(declarations)
        if statements:
            body += "void statements() {\n" + "".join(statements) + "}\n"
        bodies.append(f"namespace page_{number} {{\n{body}}}\n")
    return "#include <cnv/neuron.hpp>\n" + "".join(f"{line}\n" for line in sorted(includes)) + "".join(bodies)


def compile_unit(text, folder):
    unit = folder / "pages.cpp"
    unit.write_text(text)
    return subprocess.run(
        [*compiler(), "-Wno-unused", "-fsyntax-only", str(unit)], capture_output=True, text=True, timeout=300
    )


def test_the_cpp_of_all_pages_compiles(tmp_path):
    done = compile_unit(unit_of({page: used(page, "cpp") for page in CPP_PAGES}), tmp_path)
    assert done.returncode == 0 and done.stderr == "", done.stderr[:6000]


def test_broken_cpp_is_found_with_page_and_line(tmp_path):
    unit = unit_of({"docs/page.md": blocks_of("# A page\n\n```cpp\nint x = 1;\ny = 2;\n```\n")}).replace(
        "cnv/neuron.hpp", "string"
    )
    done = compile_unit(unit, tmp_path)
    assert done.returncode != 0 and "docs/page.md:5" in done.stderr


# ---- the rest --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ALL)
def test_blocks_have_a_language_that_is_checked(page):
    text = (ROOT / page).read_text()
    blocks = blocks_of(text)
    assert {block.language for block in blocks} <= LANGUAGES
    assert text.count("\n```") + text.startswith("```") == 2 * len(blocks), "a fence without its partner, or indented"


def test_hardly_any_block_is_left_out():
    left_out = [(page, block.line) for page, blocks in BLOCKS.items() for block in blocks if block.left_out]
    assert len(left_out) <= 4, left_out


def test_the_commands_exist():
    usage = subprocess.run([str(ROOT / "run"), "help"], capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"^\./run (\w+)", usage, re.M))
    named = {(page, command) for page in ALL for command in re.findall(r"\./run ([a-z]\w*)", (ROOT / page).read_text())}
    assert named and {(page, command) for page, command in named if command not in known} == set()


def test_the_options_exist():
    from compneurovis import _core

    known = set(re.findall(r"--[a-z][a-z-]+", _core.run_options_help())) | {
        "--help",
        "--json",
        "--install",
        "--prefix",
        "--build",
        "--target",
    }
    named = {
        (page, option)
        for page in BLOCKS
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / page).read_text())
    }
    assert {(page, option) for page, option in named if option not in known} == set()


# As `get<int>` outside code, which every reader of Markdown takes for a tag and drops.
@pytest.mark.parametrize("page", ALL)
def test_no_text_is_taken_for_html(page):
    text = re.sub(r"`[^`\n]*`", "", CODE.sub("", (ROOT / page).read_text()))
    assert re.findall(r"<(?!br>|!-- )[a-zA-Z/!?][^>\n]*>", text) == []


def anchors_of(page):
    plain = CODE.sub("", page.read_text())
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", plain, re.M)}


@pytest.mark.parametrize("page", ALL)
def test_links_lead_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)\s]+)\)", CODE.sub("", path.read_text())):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in anchors_of(there), f"{page}: {target}"


def linked_from(page):
    return {
        (page.parent / target.partition("#")[0]).resolve()
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text())
    }


def test_the_map_names_every_page():
    links = linked_from(DOCS / "README.md")
    own_map = {page for page in PAGES if page.parent.name == "decisions" and page.name != "README.md"}
    missing = [name_of(page) for page in PAGES[1:] if page not in links | own_map | {DOCS / "README.md"}]
    assert missing == []


def test_the_decisions_name_every_decision():
    page = DOCS / "decisions/README.md"
    assert linked_from(page) == set(page.parent.glob("*.md")) - {page}


def test_every_folder_of_the_source_has_a_page_that_the_one_above_names():
    folders = {path.parent for path in TREE if path.suffix in {".hpp", ".cpp"} and ROOT / "src/cnv" in path.parents}
    folders |= {path.parent for path in folders} - {ROOT / "src"}
    assert [name_of(folder) for folder in folders if not (folder / "README.md").exists()] == []
    below = [folder for folder in folders if folder != ROOT / "src/cnv"]
    assert [name_of(f) for f in below if f / "README.md" not in linked_from(f.parent / "README.md")] == []


# Where the page itself does not say which folder it speaks of, any will do.
@pytest.mark.parametrize("page", [name_of(page) for page in GUIDES])
def test_the_files_that_a_page_names_exist(page):
    text = CODE.sub("", (ROOT / page).read_text())
    known = [name_of(path) for path in TREE] + [path.name for path in ROOT.iterdir()]
    named = set(re.findall(r"`([\w./-]+\.(?:hpp|cpp|py|cmake|in|md|cff|yml|toml|txt|js|sh|swc))`", text))
    assert [name for name in named if not any(f"/{path}".endswith(f"/{name.lstrip('./')}") for path in known)] == []
    folders = set(re.findall(r"`((?:src|python|tests|bench|examples|tools|docs)/[\w./-]*)/`", text))
    assert [folder for folder in folders if not (ROOT / folder).exists()] == []


def test_the_gallery_shows_every_picture():
    shown = set(re.findall(r"pictures/([\w-]+\.png)", (DOCS / "gallery.md").read_text()))
    assert shown == {picture.name for picture in (DOCS / "pictures").glob("*.png")}


def test_the_gallery_names_every_example():
    text = (DOCS / "gallery.md").read_text()
    examples = [*(ROOT / "examples/python").glob("*/*.py"), *(ROOT / "examples/cpp").glob("*/*.cpp")]
    assert [name_of(path) for path in examples if f"../{name_of(path)}" not in text] == []
