#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET ...]: builds the fuzz program and lets libFuzzer run each target for so
# long, from the seeds and from what earlier runs found. Everything lies in .build-fuzz; inputs that
# broke something are in .build-fuzz/finds, and the exit status is 1 then.
set -euo pipefail
cd "$(dirname "$0")/.."
duration=$1
shift
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  targets=(markdown mdx html rst asciidoc org notebook plain records settings baseline waivers gzip words)
fi

# What belongs to the Swift that is used: its clang, and libFuzzer without a main of its own.
resources=$(swiftc -print-target-info | sed -nE 's/.*"runtimeResourcePath": "(.*)".*/\1/p')
clang=$resources/../../bin/clang
fuzzer=$("$clang" -print-resource-dir)/lib/linux/libclang_rt.fuzzer_no_main-$(uname -m).a
if ! [ -f "$fuzzer" ]; then
  echo "this Swift has no libFuzzer: $fuzzer is missing; the toolchains of swift.org have it" >&2
  exit 2
fi

bash Fuzz/libraries.sh "$clang"
# By name, before the installed ones, which the same symbols would be taken from otherwise.
libraries=()
for library in "$PWD"/.build-fuzz/lib/*.a; do
  if [ -f "$library" ]; then libraries+=(-Xlinker "$library"); fi
done
program=.build-fuzz/swift/release/refrain-fuzz
# Optimised, since a fuzzer lives on speed, with all assertions; coverage in Swift, C and C++.
REFRAIN_FUZZ=1 swift build -c release --product refrain-fuzz --scratch-path .build-fuzz/swift \
  --sanitize address \
  -Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table,indirect-calls,trace-cmp \
  -Xswiftc -assert-config -Xswiftc Debug \
  -Xcc -fsanitize=fuzzer-no-link -Xcc -fno-omit-frame-pointer \
  "${libraries[@]}" -Xlinker "$fuzzer" -Xlinker -lstdc++

# Swift's own backtracer and libFuzzer stand in each other's way when something breaks.
export SWIFT_BACKTRACE=enable=no
status=0
mkdir -p .build-fuzz/finds .build-fuzz/logs
for target in "${targets[@]}"; do
  corpus=.build-fuzz/corpus/$target
  log=.build-fuzz/logs/$target.log
  mkdir -p "$corpus"
  dictionary=()
  if [ -f "Fuzz/Dictionaries/$target.dict" ]; then
    dictionary=("-dict=Fuzz/Dictionaries/$target.dict")
  fi
  # TMPDIR: where compressed inputs are spooled; memory wears no disk.
  if TMPDIR=$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}") \
    "$program" "$target" -max_total_time="$duration" -timeout=20 -rss_limit_mb=3072 -max_len=4096 \
    -print_final_stats=1 -artifact_prefix=".build-fuzz/finds/$target-" "${dictionary[@]}" \
    "$corpus" "Fuzz/Seeds/$target" > "$log" 2>&1 < /dev/null; then
    printf '%-10s %s inputs, coverage %s\n' "$target" \
      "$(sed -nE 's/^stat::number_of_executed_units: *//p' "$log")" \
      "$(sed -nE 's/.* cov: ([0-9]+) .*/\1/p' "$log" | tail -n 1)"
  else
    status=1
    printf '%-10s broke:\n' "$target"
    grep -m 5 -E 'Fatal error|ERROR: |SUMMARY|Test unit written' "$log" || tail -n 5 "$log"
    echo "  again: $program $target .build-fuzz/finds/$target-..."
  fi
done
exit $status
