#!/usr/bin/env bash
# Opens HTML reports in headless Chromium and checks what a reader relies on, as browse.py lists it. It needs
# python3, Chromium (Debian's package chromium, or the program that $CHROMIUM names), and PyPI, from which it
# installs playwright into a temporary folder. So it is not part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check playwright==1.65.2
"$work/venv/bin/python" -B Tests/Formats/browse.py .build/release/refrain "$@"
