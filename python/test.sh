#!/usr/bin/env bash
# Installs the wheel of out/ with the packages that it works with into a fresh environment, and runs the tests.
# Usage: test.sh PYTHON [PYTEST_ARGUMENT ...]
set -euo pipefail
python=$1
shift
cd "$(dirname "$0")/.."
environment=out/python/environment
rm -rf "$environment"
"$python" -m venv "$environment"
"$environment/bin/pip" -q install pytest pyarrow polars pandas duckdb datasets tqdm out/refrain_text-*.whl
# The tests see the package that was installed, and none of the sources.
"$environment/bin/python" -m pytest -q -p no:cacheprovider "$@" python/tests
