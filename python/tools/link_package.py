"""Links every Python file of a package folder into a second folder, and removes links to files that are gone."""

import os
import sys
from pathlib import Path

source, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
for relative in wanted:
    link = target / relative
    link.parent.mkdir(parents=True, exist_ok=True)
    if not (link.is_symlink() and Path(os.readlink(link)) == source / relative):
        link.unlink(missing_ok=True)
        link.symlink_to(source / relative)
for link in target.rglob("*"):
    if link.is_symlink() and link.relative_to(target) not in wanted:
        link.unlink()
