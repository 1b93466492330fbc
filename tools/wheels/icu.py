"""ICU's data, reduced to what Qt asks for in this program: a third of the bundle otherwise.

Left out are the translations of the names of languages, regions, currencies, units and time zones, dictionaries of
breaks, transliterations, converters of older character sets, and the rules of single languages. Qt has the formats of
dates and numbers of its own; it asks ICU to sort names of files and to convert them: the root of each kind stays.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import elf

KEPT = re.compile(
    r"cnvalias\.icu|uemoji\.icu|ulayout\.icu|unames\.icu|pnames\.icu|.*\.nrm|.*\.spp|ucadata\.icu|coll/ucadata\.icu"
    r"|((coll|brkitr|curr|lang|region|unit|zone|rbnf|translit)/)?(root|res_index|pool)\.res"
    r"|brkitr/(char|word|line|sent|title)\.brk|(timezoneTypes|zoneinfo64|windowsZones|metaZones|supplementalData"
    r"|numberingSystems|keyTypeData|likelySubtags|icuver|icustd|genderList|pluralRanges|plurals|currencyNumericCodes)\.(res|icu)"
)


def reduce_data(folder: Path) -> str:
    """Replaces folder/libicudata.so.N by one with less in it; a sentence about what was done."""
    (library,) = folder.glob("libicudata.so.*")
    version = library.name.rsplit(".", 1)[1]
    name = f"icudt{version}"
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        package = work / f"{name}l.dat"
        package.write_bytes(elf.symbol(library, f"{name}_dat"))
        items = _run(work, "icupkg", "-l", package.name).split()
        removed = [item for item in items if not KEPT.fullmatch(item)]
        (work / "removed.txt").write_text("\n".join(removed) + "\n")
        _run(work, "icupkg", "--ignore-deps", "-r", "removed.txt", package.name, "less.dat")
        # A library with this one symbol, as ICU's own tools make it.
        (work / "data.s").write_text(
            f'.section .note.GNU-stack,"",%progbits\n.section .rodata\n.balign 16\n.globl {name}_dat\n'
            f'.type {name}_dat,%object\n{name}_dat:\n.incbin "less.dat"\n.size {name}_dat, .-{name}_dat\n'
        )
        _run(
            work,
            "cc",
            "-shared",
            "-nostdlib",
            f"-Wl,-soname,{library.name}",
            "-Wl,--build-id=none",
            "-o",
            "data.so",
            "data.s",
        )
        library.write_bytes((work / "data.so").read_bytes())
    kept = len(items) - len(removed)
    return f"The data of ICU hold {kept} of {len(items)} items; what was left out: see tools/wheels/icu.py."


def _run(folder: Path, *words: str) -> str:
    return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout
