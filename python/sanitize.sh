#!/usr/bin/env bash
# Runs the hostile calls of the package on a library that was built with the address sanitizer, and looks for what
# it leaks. It needs the environment that test.sh makes.
# Usage: sanitize.sh [PYTEST_ARGUMENT ...]
set -euo pipefail
cd "$(dirname "$0")/.."
environment=out/python/environment
reports=out/python/leaks
swift build -c release --sanitize address --scratch-path .build-asan --product CRefrain
runtime=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
rm -f "$reports".*

# Python keeps some objects until its end, and these are reported with the rest: only what the library allocated
# counts. A fork and a signal are left out, since the sanitizer's threads do not live through them.
status=0
PYTHONMALLOC=malloc REFRAIN_LIBRARY=$PWD/.build-asan/release/libCRefrain.so \
  LD_PRELOAD=$runtime/clang/lib/linux/libclang_rt.asan-$(uname -m).so \
  ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=1:exitcode=0:log_path=$PWD/$reports \
  "$environment/bin/python" -m pytest -q -p no:cacheprovider python/tests/test_hostile.py \
  -k "not fork and not interruption and not no_leak and not left_alone" "$@" || status=$?
if grep -l "ERROR: AddressSanitizer\| in swift_\| in refrain_" "$reports".* 2> /dev/null; then status=1; fi
exit "$status"
