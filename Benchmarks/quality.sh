#!/usr/bin/env bash
# Prints the quality tables, which compare Refrain with the labels of others. The corpora and the scorers are
# not part of this repository. The arguments name the folders that hold them.
#
#   Benchmarks/quality.sh DATA EVAL
set -euo pipefail
data=${1:?usage: quality.sh DATA EVAL}
eval=${2:?usage: quality.sh DATA EVAL}
refrain=$(cd "$(dirname "$0")/.." && pwd)/.build/release/refrain
rivals=$(cd "$(dirname "$0")" && pwd)/rivals
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "== pairs against the exact similarities of Reuters-21578 (J >= 0.85)"
set="$data/reuters21578"
"$refrain" pairs -q "$set/docs.jsonl" -o "$work/pairs.jsonl"
"$refrain" pairs -q --exhaustive "$set/docs.jsonl" -o "$work/exact.jsonl"
python3 "$eval/pairs.py" --labels "$set/truth.jsonl" --found "$work/pairs.jsonl"
echo "default mode: $(wc -l < "$work/pairs.jsonl") pairs, exhaustive mode: $(wc -l < "$work/exact.jsonl")"

echo
echo "== compare on PAN 2013 text alignment, training"
set="$data/pan13-train"
"$refrain" compare -q --min-bytes 150 --documents "$set/docs.jsonl" --pairs "$set/pairs.jsonl" -o "$work/pan.jsonl"
python3 "$eval/spans.py" --docs "$set/docs.jsonl" --labels "$set/labels.jsonl" \
  --pairs "$set/pairs.jsonl" --found "$work/pan.jsonl"

echo
echo "== check --scope within on judged sentence pairs of news"
set="$data/within-news"
"$refrain" check -q --scope within --format json "$set/docs.jsonl" -o "$work/within.json" || true
python3 "$eval/within.py" --labels "$set/labels.jsonl" --found "$work/within.json"

echo
echo "== pairs on labelled sets: refrain and datasketch at 0.8, at 0.3, and at the best of all (by F1)"
for name in tang-two-editions scancode-licenses docs-powershell clough mini20news; do
  set="$data/$name"
  [ -f "$set/labels.jsonl" ] || continue
  "$refrain" pairs -q --threshold 0.3 "$set/docs.jsonl" -o "$work/refrain.jsonl"
  python3 "$rivals/datasketch_pairs.py" "$set/docs.jsonl" 0.3 > "$work/datasketch.jsonl" 2> /dev/null \
    || : > "$work/datasketch.jsonl"
  for tool in refrain datasketch; do
    for how in "--threshold 0.8" "--threshold 0.3" "--sweep"; do
      # shellcheck disable=SC2086
      line=$(python3 "$eval/pairs.py" --labels "$set/labels.jsonl" --found "$work/$tool.jsonl" $how \
        2> /dev/null | sed -n 1p)
      printf '%-18s %-10s %s\n' "$name" "$tool" "$line"
    done
  done
done
