#!/bin/sh
# Checks with other readers and writers that records in every container are read and written: Python's csv,
# json, gzip, lzma, bz2, tarfile and zipfile, and zstandard, lz4, warcio and fastwarc from PyPI.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv="${REFRAIN_VENV:-$root/out/containers-venv}"
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q zstandard lz4 warcio fastwarc
fi
exec "$venv/bin/python" "$here/containers.py" "${REFRAIN:-$root/.build/release/refrain}"
