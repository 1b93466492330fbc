#!/usr/bin/env python3
"""Fails when a source reads or writes numbers, or changes letters, with a function that follows the program's locale.

    check_numbers.py [ROOT]    prints a line for each such place

A script may choose a locale with a decimal comma, or one in which the small letter of I is not i. Ids, labels, files
and what is said to a simulator stay the same: src/cnv/base/numbers.hpp has the functions to use.
"""

import pathlib
import re
import sys

FOLDERS = ("src", "python/src", "examples/cpp")
FUNCTIONS = (
    r"v?s?n?printf|v?f?printf|v?[fs]?scanf|sto[dfil]|sto(ld|ll|ul|ull)|strto(d|f|ld|l|ll|ul|ull|imax|umax)|ato[fil]|atoll"
    r"|to_string|to_wstring|[io]?stringstream|boost::lexical_cast"
    r"|tolower|toupper|is(digit|alpha|alnum|space|upper|lower|punct|xdigit|print)"
    r"|setlocale|localeconv|std::locale|QLocale\(\)|QLocale::system|strftime|put_time"
)
CALL = re.compile(rf"(?<![\w.>])(?:std::|::)?({FUNCTIONS})\s*[(<{{ ]")
STREAM = re.compile(r"\bstd::([io]?stringstream|locale)\b")
# What a line may say all the same: text without a number, and the one place that looks at the locale.
ALLOWED = {
    "src/cnv/base/numbers.cpp": {"localeconv"},
    "src/cnv/backends/neuron/output.cpp": {"istringstream"},  # lines, no numbers
}
COMMENT = re.compile(r"//.*$|\"(?:[^\"\\]|\\.)*\"")
PRINTS_A_NUMBER = re.compile(r"%[-+ #0-9.*]*(l|h|z|j|t|L)*[aAeEfFgGdiuxXo]")


def faults_of(path, name):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        bare = COMMENT.sub("", line)
        for found in (*CALL.finditer(bare), *STREAM.finditer(bare)):
            word = found.group(1)
            if word in ALLOWED.get(name, ()):
                continue
            if word in ("fprintf", "printf") and not PRINTS_A_NUMBER.search(line):
                continue
            yield f"{name}:{number}: {word} follows the locale: use src/cnv/base/numbers.hpp"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[1])
    faults, count = [], 0
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.?pp")):
            count += 1
            faults += faults_of(path, path.relative_to(root).as_posix())
    faults = list(dict.fromkeys(faults))
    print("\n".join([*faults, f"{count} files, {len(faults)} places that follow the locale"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
