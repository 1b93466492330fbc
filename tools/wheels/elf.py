"""What executables and libraries need, read from their files."""

from __future__ import annotations

import re
from pathlib import Path

from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection


def is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def needed(path: Path) -> list[str]:
    """Names of the libraries that the loader looks for."""
    with path.open("rb") as file:
        dynamic = ELFFile(file).get_section_by_name(".dynamic")
        return [tag.needed for tag in dynamic.iter_tags("DT_NEEDED")] if dynamic else []


def glibc(paths: list[Path]) -> tuple[int, int]:
    """The lowest version of glibc with which all of them load."""
    most = (2, 17)
    for path in paths:
        with path.open("rb") as file:
            for section in ELFFile(file).iter_sections():
                if not isinstance(section, GNUVerNeedSection):
                    continue
                for _, versions in section.iter_versions():
                    for version in versions:
                        if found := re.fullmatch(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?", version.name):
                            most = max(most, (int(found[1]), int(found[2])))
    return most


def symbol(path: Path, name: str) -> bytes:
    """The contents of a data symbol."""
    with path.open("rb") as file:
        elf = ELFFile(file)
        (entry,) = elf.get_section_by_name(".dynsym").get_symbol_by_name(name)
        section = elf.get_section(entry["st_shndx"])
        start = entry["st_value"] - section["sh_addr"]
        return section.data()[start : start + entry["st_size"]]
