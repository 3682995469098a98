#!/usr/bin/env bash
# Installs the wheel of out/ with Spark into an environment of its own, and runs the tests on a master and two workers
# of this machine. Java 17 or later must be there.
# Usage: spark-test.sh PYTHON [PYTEST_ARGUMENT ...]
set -euo pipefail
python=$1
shift
cd "$(dirname "$0")/.."
environment=out/python/spark-environment
[ -x "$environment/bin/python" ] || "$python" -m venv "$environment"
"$environment/bin/pip" -q install pytest "pyspark>=4" pyarrow numpy "pandas<3"
"$environment/bin/pip" -q install --force-reinstall --no-deps out/refrain_text-*.whl
export PYTHONPYCACHEPREFIX=out/python/pycache
timeout --foreground 900 "$environment/bin/python" -m pytest -q -p no:cacheprovider "$@" python/tests/spark
