"""Links every Python file of a package folder into a second folder, and what the demo runs into demo/ in it; removes
links to files that are gone.

link_package.py PACKAGE TARGET DEMO_FILE …
"""

import os
import sys
from pathlib import Path

source, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
wanted = {
    path.relative_to(source): path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts
}
wanted.update((Path("demo") / Path(path).name, Path(path).resolve()) for path in sys.argv[3:])
for relative, file in wanted.items():
    link = target / relative
    link.parent.mkdir(parents=True, exist_ok=True)
    if not (link.is_symlink() and Path(os.readlink(link)) == file):
        link.unlink(missing_ok=True)
        link.symlink_to(file)
for link in target.rglob("*"):
    if link.is_symlink() and link.relative_to(target) not in wanted:
        link.unlink()
