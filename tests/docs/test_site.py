"""The site of the documentation, built from small trees: links that hold, and each fault that must fail the build.

Needs the environment that `./run docs` makes.
"""

import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MKDOCS = ROOT / ".venv-docs/bin/mkdocs"
TREE = {
    "README.md": "# Home\n\n[Map](docs/README.md), [one part](docs/concepts/one.md#part-a--b), [libraries](src/lib).\n",
    "docs/README.md": "# Map\n\n![A cell](pictures/cell.png) [One](concepts/one.md)\n",
    "docs/concepts/one.md": "# One\n\n## Part: A & B\n\n[The script](../../examples/a.py), [home](../../README.md).\n\n"
    "```\n[not a link](../../examples/a.py)\n```\n",
    "examples/a.py": 'print("hello, reader")\n',
    "src/lib/README.md": "# lib\n\n[One](../../docs/concepts/one.md)\n",
    "build/README.md": "# What is built is no page\n",
}
NAV = "nav:\n  - README.md\n  - docs/README.md\n  - docs/concepts/*.md\n  - src/*README.md\n"


def build(folder, changes):
    for name, text in (TREE | changes).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    pictures = folder / "docs/pictures"
    pictures.mkdir()
    shutil.copy(ROOT / "docs/pictures/lif-light.png", pictures / "cell.png")
    shutil.copytree(ROOT / "tools/docs", folder / "tools/docs", ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(
        re.sub(r"^watch: .*\n", "", settings[: settings.index("\nnav:")], flags=re.M) + NAV
    )
    return subprocess.run([MKDOCS, "build", "--strict"], cwd=folder, capture_output=True, text=True, timeout=120)


def test_links_of_the_tree_hold_in_the_site(tmp_path):
    done = build(tmp_path, {})
    assert done.returncode == 0, done.stderr
    site = tmp_path / "build/docs"
    for page in ("index.html", "docs/index.html", "docs/concepts/one.html", "src/lib/index.html"):
        content = (site / page).read_text().partition("<article")[2]
        for target in re.findall(r'(?:href|src)="([^"#:]+)', content.partition("</article>")[0]):
            assert (site / page).parent.joinpath(target).is_file(), f"{page}: {target}"
    assert 'href="docs/concepts/one.html#part-a--b"' in (site / "index.html").read_text()
    assert 'id="part-a--b"' in (site / "docs/concepts/one.html").read_text()
    assert "hello, reader" in (site / "examples/a.py.html").read_text()
    assert "[not a link](../../examples/a.py)" in (site / "docs/concepts/one.html").read_text()
    assert not (site / "build").exists()


def test_an_escaped_bar_in_a_table_is_a_bar(tmp_path):
    assert (
        build(tmp_path, {"src/lib/README.md": "# lib\n\n| a | b |\n|---|---|\n| `int \\| str` | c |\n"}).returncode == 0
    )
    assert "<code>int | str</code>" in (tmp_path / "build/docs/src/lib/index.html").read_text()


def test_the_search_needs_no_server(tmp_path):
    assert build(tmp_path, {}).returncode == 0
    assert "hello, reader" in (tmp_path / "build/docs/search/search_index.js").read_text()
    assert 'src="assets/iframe-worker.js"' in (tmp_path / "build/docs/index.html").read_text()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"docs/README.md": "# Map\n\n[Gone](concepts/gone.md)\n"}, "concepts/gone.md"),
        ({"docs/README.md": "# Map\n\n[Gone](../examples/gone.py)\n"}, "examples/gone.py"),
        ({"docs/README.md": "# Map\n\n[Folder](concepts)\n"}, "concepts"),
        ({"docs/README.md": "# Map\n\n[Gone](concepts/one.md#gone)\n"}, "#gone"),
        ({"src/lib/README.md": "# lib\n\n[Gone](../../docs/gone.md)\n"}, "docs/gone.md"),
        ({"docs/README.md": "# Map\n\n![Gone](pictures/gone.png)\n"}, "pictures/gone.png"),
        ({"docs/lonely.md": "# In no navigation\n"}, "docs/lonely.md"),
        (
            {"docs/README.md": '# Map\n\n<img src="https://elsewhere.example/a.png">\n'},
            "fetches https://elsewhere.example/a.png",
        ),
    ],
)
def test_a_fault_fails_the_build(tmp_path, changes, told):
    done = build(tmp_path, changes)
    assert done.returncode != 0 and told in done.stderr
