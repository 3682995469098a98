#!/usr/bin/env bash
# Runs all tests under the address sanitizer, and then under the thread sanitizer. The executable that the
# tests start is built the same way. Arguments such as --filter GoldenTests go to `swift test`.
#
# This is not part of `make test`, because each build takes as long as a release, and the tests run several
# times slower.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Leak detection is off, because memory that a process holds when it ends is no error.
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1
# The hand-over between threads inside Dispatch is not instrumented. A process that ends would otherwise wait a
# second for threads that still run, and the tests start thousands.
TSAN_OPTIONS="suppressions=$PWD/Tests/Sanitizers/thread.txt halt_on_error=1 atexit_sleep_ms=0"
export TSAN_OPTIONS

for sanitizer in address thread; do
  # Tests whose limits a sanitizer cannot live with go without them.
  export REFRAIN_SANITIZED=$sanitizer
  scratch=.build-${sanitizer:0:1}san
  echo "== $sanitizer sanitizer, in $scratch"
  swift build -c release --build-tests --sanitize "$sanitizer" --scratch-path "$scratch"

  swift test -c release --skip-build --sanitize "$sanitizer" --scratch-path "$scratch" "$@"
done
