#!/usr/bin/env bash
# The pages of docs/ and every README as HTML in build/docs: open build/docs/index.html, no server or network needed. A dead link,
# a dead anchor or a page that the navigation lacks is an error. `./run docs` makes the environment and calls this; `./run docs serve`
# shows the pages while they are edited.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv=$PWD/.venv-docs
export NO_MKDOCS_2_WARNING=1

if [ "${1:-}" = serve ]; then exec "$venv/bin/mkdocs" serve; fi
# Not --quiet: what it does not say, it does not count as a fault.
mkdir -p build
"$venv/bin/mkdocs" build --strict "$@" >build/docs.log 2>&1 || { grep -vE '^INFO' build/docs.log >&2; exit 1; }
echo "Wrote $PWD/build/docs/index.html"
