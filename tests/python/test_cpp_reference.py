"""The reference of the C++ headers is what the headers say, knows every name that the pages and examples use,
and finds what has no comment."""

import importlib.util
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("cpp_reference", ROOT / "tools/cpp_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(tool):
    return tool.read_headers()


def test_the_pages_are_what_the_headers_say(tool):
    pages, problems = tool.all_pages()
    assert problems == [], "\n".join(problems)
    assert tool.stale_pages(pages) == [], "run tools/cpp_reference.py --write"
    assert set(pages) == {path.name for path in (ROOT / "docs/reference").glob("cpp*.md")}


def test_names_that_programs_use_are_in_the_reference(made):
    known = set().union(*(header.names for header in made[0].values()))
    programs = [path.read_text() for path in (ROOT / "examples/cpp").rglob("*.cpp")]
    pages = [path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]]
    blocks = [code for page in pages for code in re.findall(r"^```cpp\n(.*?)^```", page, re.M | re.S)]
    used = {name for text in programs + blocks for name in re.findall(r"\bcnv::(?:nrn::)?([A-Za-z]\w*)", text)} - {
        "nrn"
    }
    assert len(used) > 40 and used - known == set()


HEADER = """// Thing: what the page begins with. Owner thread only.
#pragma once
#include <string>
namespace cnv::inner {

class Later;

// A thing with "a < b".
template <class T>
class Thing : public std::string {
 public:
  // Of a length in µm. Throws ValueError
  // when it is negative.
  explicit Thing(double length_um = 1.5, T value = {}) : length_um_(length_um) {}
  Thing(const Thing&) = default;

  // Twice as long,
  // and half.
  double twice() const noexcept { return 2 * length_um_; }
  double half() const;
  bool valid = true;  // false: used up
  double x = 0, y = 0;  // µm

  double undocumented() const;
  // ---- hooks -----------------------------------------------------------------
  // Called once.
  virtual void hook(int /*times*/) = 0;

 protected:
  // For those that derive.
  void inherited();

 private:
  double hidden() const;
  double length_um_;
};

// Kinds.
enum class Kind { one, two };
// The default.
inline constexpr int size = 3;

void plain(Kind kind);

}  // namespace cnv::inner
"""


def test_a_header_becomes_tables(tool, tmp_path):
    (tmp_path / "cnv").mkdir()
    (tmp_path / "cnv/thing.hpp").write_text(HEADER)
    headers, problems = tool.read_headers(["thing.hpp"], tmp_path / "cnv", {})
    without = {"inner::Thing::undocumented": "  double undocumented() const;", "plain": "void plain(Kind kind);"}
    assert problems == [
        f"{tmp_path / 'cnv/thing.hpp'}:{HEADER.splitlines().index(line) + 1}: {name} has no comment"
        for name, line in without.items()
    ]
    lines = tool.header_lines(headers["thing.hpp"])
    text = "\n".join(lines)
    assert lines[1] == "## cnv/thing.hpp" and "Thing: what the page begins with. Owner thread only." in lines
    assert (
        "`template <class T> class cnv::inner::Thing : std::string`" in lines
        or "`template <class T> class cnv::inner::Thing : std::basic_string`" in lines
    )
    for line in (
        "### inner::Thing",
        "In namespace `cnv::inner`:",
        'A thing with "a &lt; b".',
        "| `Thing(double length_um = 1.5, T value = {})` | Of a length in µm. Throws ValueError when it is negative. |",
        "| `double twice() const noexcept`<br>`double half() const` | Twice as long, and half. |",
        "| `bool valid = true` | false: used up |",
        "| `double x = 0, y = 0` | µm |",
        "*hooks*",
        "| `virtual void hook(int times) = 0` | Called once. |",
        "| `void inherited()` | For those that derive. |",
        "| `one`<br>`two` |  |",
        "| `constexpr int size = 3` | The default. |",
    ):
        assert line in lines, line + "\n\n" + text
    assert "hidden" not in text and "Later" not in text and "const Thing&" not in text


def test_a_header_that_does_not_compile_is_refused(tool, tmp_path):
    (tmp_path / "cnv").mkdir()
    (tmp_path / "cnv/wrong.hpp").write_text("// Wrong.\nstruct Unfinished {\n")
    with pytest.raises(RuntimeError, match=r"wrong\.hpp"):
        tool.read_headers(["wrong.hpp"], tmp_path / "cnv", {})
