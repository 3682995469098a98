#!/usr/bin/env bash
# Counts the instructions of two small jobs under valgrind and compares them with the last counts. It fails if a
# job takes over 3 % more. `--update` writes the new counts instead.
#
#   Benchmarks/instructions.sh [--update]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/..
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# valgrind cannot read the debugging information of the compiler.
refrain=$work/refrain
strip -o "$refrain" "$root/.build/release/refrain"

# A small generator draws 10,000 records of ten sentences each from the fixtures.
awk 'BEGIN { RS = "[.!?][ \n]+" }
  length($0) > 20 { gsub(/["\\\r\n]/, " "); sentence[n++] = $0 }
  END {
    for (record = 0; record < 10000; record++) {
      text = ""
      for (i = 0; i < 10; i++) {
        seed = (seed * 69069 + 12345) % 4294967296
        text = text sentence[int(seed / 65536) % n] ". "
      }
      printf "{\"id\": %d, \"text\": \"%s\"}\n", record, text
    }
  }' "$root/Fixtures/articles.txt" "$root/Fixtures/lavrov-pompeo.txt" > "$work/corpus.jsonl"

head -n 200 "$work/corpus.jsonl" > "$work/some.jsonl"

count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 > /dev/null |
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
{
  echo "dedup $(count "$refrain" dedup "$work/corpus.jsonl" --quiet --dry-run --threads 1)"
  echo "check $(count "$refrain" check "$work/some.jsonl" --quiet --threads 1)"
} > "$work/counts"

if [ "${1:-}" = --update ]; then
  cp "$work/counts" "$here/instructions.txt"
  cat "$work/counts"
  exit
fi
join "$here/instructions.txt" "$work/counts" | awk '
  { printf "%-8s %12d before, %12d now, %+.1f %%\n", $1, $2, $3, 100 * ($3 / $2 - 1) }
  $3 > $2 * 1.03 { worse = 1 }
  END { exit worse }'
