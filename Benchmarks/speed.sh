#!/usr/bin/env bash
# Prints the times of whole runs of `refrain dedup` on a corpus, with one and two threads, as medians of five. Then
# it runs each rival whose Python package is installed once. For each program it prints how many records it
# removes, and how many of those an exact comparison removes too.
#
#   Benchmarks/speed.sh corpus.jsonl
set -euo pipefail
corpus=${1:?usage: speed.sh corpus.jsonl}
here=$(cd "$(dirname "$0")" && pwd)
refrain=$here/../.build/release/refrain
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
megabytes=$(stat -c %s "$corpus" | awk '{ printf "%.1f", $1 / 1e6 }')

date -u '+%Y-%m-%d'
sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sed -n 1p
echo "$(basename "$corpus"), $megabytes MB"
cat "$corpus" > /dev/null
for threads in 1 2; do
  for _ in 1 2 3 4 5; do
    rm -f "$work/unique.jsonl"
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" \
      "$refrain" dedup "$corpus" -o "$work/unique.jsonl" --threads "$threads" 2> "$work/said"
    cat "$work/time" >> "$work/times.$threads"
  done
  sort -n "$work/times.$threads" | sed -n 3p | awk -v t="$threads" -v mb="$megabytes" -v said="$(cat "$work/said")" \
    '{ printf "refrain, %d thread(s) %8.2f s %8.1f MB/s   user %.2f s, system %.2f s, %d MB resident; %s\n",
       t, $1, mb / $1, $2, $3, $4 / 1024, said }'
done
"$refrain" dedup "$corpus" --exhaustive --quiet --dry-run --evidence "$work/exact.jsonl"
"$refrain" dedup "$corpus" --quiet --dry-run --evidence "$work/found.jsonl"
removed=$(wc -l < "$work/found.jsonl")
both=$(cut -d'"' -f4 "$work/found.jsonl" | sort | comm -12 - <(cut -d'"' -f4 "$work/exact.jsonl" | sort) | wc -l)
exact=$(wc -l < "$work/exact.jsonl")
echo "refrain removes $removed, of the $exact that exact comparison removes $both"
for rival in rensa datasketch gaoya fastsketchlsh dolma; do
  python3 "$here/rivals/whole_run.py" "$rival" "$corpus" "$work/exact.jsonl" 2> "$work/said" ||
    echo "$rival: not installed"
done
