#!/usr/bin/env python3
"""Stops of matplotlib's colour maps: src/cnv/draw/sampled_maps.hpp.

color_maps.py --write    needs matplotlib; writes the header
"""

import pathlib
import sys

import matplotlib
import numpy as np

HEADER = pathlib.Path(__file__).resolve().parent.parent / "src" / "cnv" / "draw" / "sampled_maps.hpp"
ENTRIES, CLOSE = 256, 2  # steps of 1/255 by which a channel may differ
PER_LINE = 9
HEAD = """\
// Stops of matplotlib's maps, chosen so that lines between them stay within 2/255 of its tables of 256 entries.
// Read by color_map only. A stop is 0xIIRRGGBB: entry and colour. Written by tools/color_maps.py.
#pragma once

#include <cstdint>
#include <string_view>

namespace cnv {

inline constexpr std::uint32_t sampled_stops[] = {
"""
MIDDLE = """};

struct SampledMap {
  std::string_view name;
  std::uint16_t first, count;  // of sampled_stops
};

inline constexpr SampledMap sampled_maps[] = {
"""
TAIL = """};

}  // namespace cnv
"""


def stops_of(table):
    """Entries between which straight lines stay close to the table (256, 3); the longest lines first."""
    stops, at = [0], 0
    while at < ENTRIES - 1:
        to = next(to for to in range(ENTRIES - 1, at, -1) if is_close(table, at, to))
        stops.append(to)
        at = to
    return stops


def is_close(table, at, to):
    share = np.linspace(0, 1, to - at + 1)[:, None]
    return np.abs(table[at] * (1 - share) + table[to] * share - table[at : to + 1]).max() <= CLOSE


def main():
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    words, rows = [], []
    for name in sorted(matplotlib.colormaps, key=str.lower):
        if name.endswith("_r"):
            continue
        table = np.round(
            matplotlib.colormaps[name](np.arange(ENTRIES) / (ENTRIES - 1), bytes=False)[:, :3] * 255
        ).astype(int)
        stops = stops_of(table)
        rows.append(f'    {{"{name}", {len(words)}, {len(stops)}}},\n')
        words += [f"0x{at:02X}{table[at][0]:02X}{table[at][1]:02X}{table[at][2]:02X}," for at in stops]
    lines = ["    " + " ".join(words[i : i + PER_LINE]) + "\n" for i in range(0, len(words), PER_LINE)]
    HEADER.write_text(HEAD + "".join(lines) + MIDDLE + "".join(rows) + TAIL)


if __name__ == "__main__":
    main()
