#!/usr/bin/env bash
# The pages of docs/ and every README as HTML in build/docs: open build/docs/index.html, no server or network needed. A dead link,
# a dead anchor or a page that the navigation lacks is an error. `tools/make_docs.sh serve` shows them while they are edited.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv=$PWD/.venv-docs
export NO_MKDOCS_2_WARNING=1

# The environment follows docs/requirements.txt: made anew when that file changes.
wanted=$(sha256sum <docs/requirements.txt)
if [ "$(cat "$venv/.requirements" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install -q --disable-pip-version-check -r docs/requirements.txt
  printf '%s\n' "$wanted" >"$venv/.requirements"
fi

if [ "${1:-}" = serve ]; then exec "$venv/bin/mkdocs" serve; fi
# Not --quiet: what it does not say, it does not count as a fault.
mkdir -p build
"$venv/bin/mkdocs" build --strict "$@" >build/docs.log 2>&1 || { grep -vE '^INFO' build/docs.log >&2; exit 1; }
echo "Wrote $PWD/build/docs/index.html"
