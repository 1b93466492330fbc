"""What mkdocs does differently here: a page stands in the site where it stands in the tree.

So a relative link holds in both, whether it leads from docs/ to a README beside the source or to an example. A file
that is linked and is no page becomes one that shows its text. Used by mkdocs.yml.
"""

import fnmatch
import logging
import os
import pathlib
import re

from mkdocs.structure.files import File, Files

log = logging.getLogger("mkdocs.hooks.docs")

FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
LINK = re.compile(r"(\]\()([^)\s#]+)(#[^)\s]*)?(\))")
CELL = re.compile(r"<td.*?</td>", re.S)
ABSOLUTE = re.compile(r"[a-z]+:|/")
LANGUAGES = {
    ".py": "python",
    ".cpp": "cpp",
    ".hpp": "cpp",
    ".glsl": "glsl",
    ".sh": "bash",
    ".toml": "toml",
    ".json": "json",
}
PICTURES = {".png", ".svg"}
# What a browser fetches by itself; a link that a person may follow is not among it.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video)\b[^>]*\bsrc=[\"']?(?P<src>(?:https?:)?//[^\"' >]+)"
    r"|<link\b[^>]*\bhref=[\"']?(?P<href>(?:https?:)?//[^\"' >]+)"
    r"|(?:url\(|@import )[\"']?(?P<css>(?:https?:)?//[^\"') ]+)"
)


def root_of(config):
    return pathlib.Path(config.config_file_path).parent


def files_of(root):
    """Pages and pictures of the tree, without what is built or installed there."""
    found = []
    for folder, below, names in os.walk(root):
        below[:] = sorted(
            name for name in below if not name.startswith(".") and pathlib.Path(folder, name) != root / "build"
        )
        for name in sorted(names):
            path = pathlib.Path(folder, name).relative_to(root)
            in_docs = path.parts[0] == "docs" and path.suffix in {".md", *PICTURES}
            if in_docs or name == "README.md" or (len(path.parts) == 1 and path.suffix == ".md"):
                found.append(path)
    return found


def on_config(config):
    """In `nav` a pattern stands for the pages that it matches, folder by folder; `*` is any text, also slashes."""
    root = root_of(config)
    pages = [path.as_posix() for path in files_of(root) if path.suffix == ".md"]

    def spread(entries):
        for entry in entries:
            if isinstance(entry, dict):
                yield {
                    title: list(spread(inner)) if isinstance(inner, list) else inner for title, inner in entry.items()
                }
            elif "*" in entry:
                kept = fnmatch.filter(pages, entry)
                yield from sorted(kept, key=lambda page: page.removesuffix("README.md"))
            else:
                yield entry

    config.nav = list(spread(config.nav))
    return config


def links_of(text):
    """Relative links outside fenced code, without their anchors."""
    return [match[2] for match in LINK.finditer(FENCE.sub("", text)) if not ABSOLUTE.match(match[2])]


def destination(root, page, target):
    """Where a link of a page leads in the site, from the root; None where that is no file of the tree."""
    path = pathlib.Path(os.path.normpath(root / pathlib.Path(page).parent / target))
    if path.is_dir():
        path /= "README.md"
    if not path.is_file() or root not in path.parents:
        return None
    path = path.relative_to(root)
    if path.suffix in {".md", *PICTURES}:
        return path.as_posix()
    return f"{path.as_posix()}.md"


def on_files(files, config):
    root = root_of(config)
    kept = [file for file in files if file.src_dir != config.docs_dir]
    for path in files_of(root):
        kept.append(File(path.as_posix(), str(root), config.site_dir, config.use_directory_urls))
    known = {file.src_uri for file in kept}
    for page in [file for file in kept if file.src_uri.endswith(".md")]:
        for target in links_of(page.content_string):
            there = destination(root, page.src_uri, target)
            if there and there not in known and there.endswith(".md"):
                known.add(there)
                kept.append(File.generated(config, there, content=source_page(root, there.removesuffix(".md"))))
    for name in ("iframe-worker.js", "site.css"):
        kept.append(File.generated(config, f"assets/{name}", abs_src_path=str(pathlib.Path(__file__).parent / name)))
    return Files(kept)


def source_page(root, name):
    path = root / name
    head = "---\nhide: [navigation, toc]\nsearch: {boost: 0.3}\n---\n"  # a page about it goes before the file
    language = LANGUAGES.get(path.suffix, "text")
    return f"{head}# {path.name}\n\n`{name}`\n\n``````{language}\n{path.read_text()}\n``````\n"


def on_page_markdown(markdown, page, config, files):
    root = root_of(config)

    def with_destination(match):
        there = None if ABSOLUTE.match(match[2]) else destination(root, page.file.src_uri, match[2])
        if there is None:
            return match[0]
        relative = os.path.relpath(there, pathlib.PurePath(page.file.src_uri).parent)
        return f"{match[1]}{relative}{match[3] or ''}{match[4]}"

    # Code stays as it is: it is cut out, and the text between is rewritten.
    parts, end = [], 0
    for code in FENCE.finditer(markdown):
        parts += [LINK.sub(with_destination, markdown[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, LINK.sub(with_destination, markdown[end:])])


def on_page_content(html, page, config, files):
    """In a table `\\|` is a `|`, also inside code, where this parser keeps both characters and code hosts do not."""
    return CELL.sub(lambda cell: cell[0].replace("\\|", "|"), html)


def on_post_build(config):
    """The pages are read without a network: nothing in them is fetched from elsewhere."""
    site = pathlib.Path(config.site_dir)
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".css"}:
            for match in FETCHED.finditer(path.read_text()):
                log.warning(f"{path.relative_to(site)} fetches {match[match.lastgroup]}")
