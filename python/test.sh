#!/usr/bin/env bash
# Installs the wheel of out/ with the packages that it works with into an environment of their own, and runs the tests.
# Usage: test.sh PYTHON [PYTEST_ARGUMENT ...]
set -euo pipefail
python=$1
shift
cd "$(dirname "$0")/.."
environment=out/python/environment
# An environment that is there already has what takes minutes to install.
[ -x "$environment/bin/python" ] || "$python" -m venv "$environment"
"$environment/bin/pip" -q install pytest pyarrow polars pandas duckdb datasets tqdm
"$environment/bin/pip" -q install --force-reinstall --no-deps out/refrain_text-*.whl
# The tests see the package that was installed, and none of the sources.
"$environment/bin/python" -m pytest -q -p no:cacheprovider --ignore python/tests/spark "$@" python/tests
