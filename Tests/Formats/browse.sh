#!/usr/bin/env bash
# Opens HTML reports in headless Chromium and checks what a reader relies on; browse.py says what.
# Needs Chromium (Debian's package chromium, or $CHROMIUM names it), python3, and PyPI for playwright,
# which is installed into a temporary folder; so it is no part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check playwright==1.65.2
"$work/venv/bin/python" -B Tests/Formats/browse.py .build/release/refrain "$@"
