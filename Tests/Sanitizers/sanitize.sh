#!/usr/bin/env bash
# All tests under the address sanitizer, and then under the thread sanitizer; the executable that the
# tests start is built the same way. Arguments go to `swift test`, such as --filter GoldenTests.
#
# Not part of `make test`: each build takes as long as the release, and the tests run several times as
# slow.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Tests that limit the address space leave that be.
export REFRAIN_SANITIZED=1
# Leaks are not looked for: what a process holds when it ends is its own business.
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1
# Dispatch's own hand-over between threads is not instrumented.
export TSAN_OPTIONS="suppressions=$PWD/Tests/Sanitizers/thread.txt halt_on_error=1"

for sanitizer in address thread; do
  scratch=.build-${sanitizer:0:1}san
  echo "== $sanitizer sanitizer, in $scratch"
  swift build -c release --build-tests --sanitize "$sanitizer" --scratch-path "$scratch"

  swift test -c release --skip-build --sanitize "$sanitizer" --scratch-path "$scratch" "$@"
done
