#!/usr/bin/env bash
# Injects faults into runs of the built program: kills, full disks, low limits, closed streams, inputs that
# may not be read or that shrink. Each output must be the complete old one or the complete new one. No other
# file may remain.
#
#   Tests/Faults/run.sh          quick, without root; part of `make test`
#   Tests/Faults/run.sh --all    200,000 records, 20 kills each, 3,000 shards, a line of 500 MB; as root also
#                                a full disk
#
# REFRAIN names another program. FAULTS_FOLDER names a folder to work in; --all needs a few gigabytes there.
set -u
cd "$(dirname "$0")/../.."
refrain=$(realpath "${REFRAIN:-.build/release/refrain}")
all=no records=20000 kills=3 shards=200
if [ "${1:-}" = --all ]; then all=yes records=200000 kills=20 shards=3000; fi

work=$(mktemp -d "${FAULTS_FOLDER:-${TMPDIR:-/tmp}}/faults-XXXXXX")
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf "$work"' EXIT
cd "$work" || exit 1

failures=0
ok() { echo "ok      $*"; }
fail() {
  echo "FAILED  $*"
  failures=$((failures + 1))
}
# Runs a check: a description, then a command that must succeed.
check() {
  local what=$1
  shift
  if "$@"; then ok "$what"; else fail "$what"; fi
}
# Fails unless a run ended with this status and wrote this to standard error, which is in the file `said`.
ended() {
  local status=$1 wanted=$2 words=$3
  [ "$status" = "$wanted" ] && grep -q -- "$words" said && return
  echo "        status $status, wanted $wanted; said: $(head -c 300 said)"
  return 1
}
temporaries() { find "$1" -name '.refrain-*' | wc -l; }

# Writes records of made-up words, about 2,000 bytes each. One in ten is a copy with one word changed.
make_records() {
  awk -v count="$1" -v seed="$2" 'BEGIN {
    srand(seed)
    for (i = 0; i < count; i++) {
      if (i > 100 && rand() < 0.1) {
        text = kept[int(rand() * 100)]
        sub(/ w[0-9]+ /, " w" int(rand() * 50000) " ", text)
      } else {
        text = ""
        for (w = 0; w < 280; w++) text = text (w % 14 ? " w" : w ? ". W" : "W") int(rand() * 50000)
        if (i < 100) kept[i] = text
      }
      printf "{\"id\": %d, \"text\": \"%s.\"}\n", i, text
    }
  }'
}

echo "== $records records"
make_records "$records" 1 > corpus.jsonl
split -d -a 3 -n l/12 --additional-suffix=.jsonl corpus.jsonl shard-
mkdir shards && mv shard-* shards/
started=$(date +%s%N)
"$refrain" dedup corpus.jsonl -o new.jsonl --evidence new-why.jsonl -q || exit 1
took=$((($(date +%s%N) - started) / 1000000))
mkdir new && "$refrain" dedup shards -o new -q || exit 1

echo "== $kills kills at random moments of $took ms, into one file"
old=0 whole=0
for ((i = 1; i <= kills; i++)); do
  rm -rf out && mkdir out && echo old > out/o.jsonl && echo old > out/w.jsonl
  "$refrain" dedup corpus.jsonl -o out/o.jsonl --evidence out/w.jsonl -q &
  victim=$!
  moment=$((RANDOM * took / 28000))
  sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
  kill -9 $victim 2> /dev/null
  wait $victim 2> /dev/null
  for pair in o.jsonl:new.jsonl w.jsonl:new-why.jsonl; do
    if [ "$(cat "out/${pair%:*}" | head -c 4)" = "old" ]; then
      old=$((old + 1))
    elif cmp -s "out/${pair%:*}" "${pair#*:}"; then
      whole=$((whole + 1))
    else
      fail "kill $i after $moment ms: ${pair%:*} is neither old nor new"
    fi
  done
  [ "$(ls -A out | tr '\n' ' ')" = "o.jsonl w.jsonl " ] || fail "kill $i: $(ls -A out)"
done
check "$old files as before, $whole new and whole" [ $((old + whole)) = $((2 * kills)) ]

echo "== $kills kills, into a folder"
old=0 whole=0 mixed=0
for ((i = 1; i <= kills; i++)); do
  rm -rf out && mkdir out
  for file in shards/*; do echo old > "out/${file#*/}"; done
  "$refrain" dedup shards -o out -q &
  victim=$!
  moment=$((RANDOM * took / 28000))
  sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
  kill -9 $victim 2> /dev/null
  wait $victim 2> /dev/null
  before=$whole
  for file in shards/*; do
    name=${file#*/}
    if [ "$(head -c 4 "out/$name")" = "old" ]; then
      old=$((old + 1))
    elif cmp -s "out/$name" "new/$name"; then
      whole=$((whole + 1))
    else
      fail "kill $i after $moment ms: $name is neither old nor new"
    fi
  done
  [ $((whole - before)) = 0 ] || [ $((whole - before)) = 12 ] || mixed=$((mixed + 1))
  [ "$(ls -A out)" = "$(ls -A shards)" ] || fail "kill $i: $(ls -A out | tr '\n' ' ')"
done
check "$old files as before, $whole new and whole; $mixed kills while names were given" \
  [ $((old + whole)) = $((12 * kills)) ]

echo "== a kill among more outputs than can be open, and the next run"
mkdir many out2
split -d -a 4 -n l/40 --additional-suffix=.jsonl corpus.jsonl many/
mkfifo why && exec 8<> why
(ulimit -n 24 && exec "$refrain" dedup many -o out2 --evidence why -q) &
victim=$!
until [ "$(temporaries out2)" -gt 0 ] || ! kill -0 $victim 2> /dev/null; do sleep 0.02; done
kill -9 $victim 2> /dev/null
wait $victim 2> /dev/null
exec 8>&-
check "no name but one that nobody takes for data" \
  [ "$(ls -A out2 | sed 's/\.refrain-[0-9a-f]\{16\}\.tmp//' | tr -d '\n')" = "" ]
"$refrain" dedup corpus.jsonl -o out2/o.jsonl -q
check "the next run clears it" [ "$(ls -A out2)" = o.jsonl ]

echo "== the other signals"
for signal in INT TERM HUP QUIT XCPU; do
  rm -rf out && mkdir out && echo old > out/o.jsonl
  # Nothing reads the evidence, so the run cannot end by itself, even on a fast machine. A script starts
  # what runs beside it with SIGINT ignored, and nohup this script with SIGHUP.
  exec 8<> why
  (ulimit -c 0; exec env --default-signal "$refrain" dedup corpus.jsonl -o out/o.jsonl --evidence why -q) &
  victim=$!
  sleep 0.2
  kill -$signal $victim
  wait $victim 2> /dev/null
  status=$?
  exec 8>&-
  check "SIG$signal ends it with status $status" [ $status = $((128 + $(kill -l $signal))) ]
  check "and leaves the old file alone" [ "$(ls -A out)$(head -c 4 out/o.jsonl)" = o.jsonlold ]
done
for signal in INT HUP; do
  rm -rf out && mkdir out && rm -f pipe && mkfifo pipe
  (trap '' $signal; exec "$refrain" dedup pipe -o out/o.jsonl -q) &
  victim=$!
  exec 9> pipe
  kill -$signal $victim
  cat corpus.jsonl >&9
  exec 9>&-
  wait $victim
  check "SIG$signal that was ignored stays ignored" cmp -s out/o.jsonl new.jsonl
done
"$refrain" pairs corpus.jsonl 2> said | head -n 1 > /dev/null
check "a closed pipe ends pairs: ${PIPESTATUS[0]}" [ ! -s said ]

echo "== no room"
mkdir full && echo old > full/o.jsonl
for command in explain config "config --schema" --help --version "dedup --help" \
  "--generate-completion-script bash" "dedup corpus.jsonl -o -" "pairs corpus.jsonl"; do
  "$refrain" $command > /dev/full 2> said
  check "$command > /dev/full" ended $? 2 "No space left on device"
  "$refrain" $command >&- 2> said
  check "$command >&-" ended $? 2 "Bad file descriptor"
done
(ulimit -f 200 && exec "$refrain" dedup corpus.jsonl -o full/o.jsonl -q) 2> said
check "ulimit -f" ended $? 2 "File too large"
check "the old file is there" [ "$(ls -A full)$(cat full/o.jsonl)" = o.jsonlold ]
if [ $all = yes ] && mkdir small && mount -t tmpfs -o size=20m tmpfs small 2> /dev/null; then
  mounted=$work/small
  echo old > small/o.jsonl
  "$refrain" dedup corpus.jsonl -o small/o.jsonl --evidence small/w.jsonl -q 2> said
  check "a full disk" ended $? 2 "small/.*No space left on device"
  check "the old file is there" [ "$(ls -A small)$(cat small/o.jsonl)" = o.jsonlold ]
  mkdir small/out && "$refrain" dedup shards -o small/out -q 2> said
  check "a full disk, into a folder" ended $? 2 "No space left on device"
  check "nothing is there" [ -z "$(ls -A small/out)" ]
  gzip -c corpus.jsonl > corpus.jsonl.gz
  TMPDIR=$work/small "$refrain" dedup corpus.jsonl.gz --dry-run -q 2> said
  check "a full disk for temporary files" ended $? 2 "temporary file in .*small.*No space left"
  umount small && mounted=
fi

echo "== what may not be read"
# Root may read everything, so root lets somebody else try.
anybody=
[ "$(id -u)" != 0 ] || anybody="setpriv --reuid=65534 --regid=65534 --clear-groups"
if (exec $anybody "$refrain" --version) > /dev/null 2>&1; then
  chmod 755 .
  mkdir -p met/locked open && chmod 777 open
  head -n 50 corpus.jsonl > met/a.jsonl && tail -n 50 corpus.jsonl > met/locked/b.jsonl
  cp met/locked/b.jsonl met/c.jsonl
  for mode in 000 444; do
    chmod $mode met/locked met/c.jsonl
    [ $mode = 000 ] || chmod 000 met/c.jsonl
    echo old > open/o.jsonl && chmod 666 open/o.jsonl
    (exec $anybody "$refrain" dedup met -o open/o.jsonl -q) 2> said
    check "a folder of mode $mode" ended $? 2 "met/locked/.*cannot read: Permission denied"
    check "the old file is there" [ "$(ls -A open)$(cat open/o.jsonl)" = o.jsonlold ]
    (exec $anybody "$refrain" dedup met -o open/o.jsonl --on-error skip) 2> said
    check "and what is left out is named" ended $? 0 "left out: met/locked/.*cannot read: Permission denied"
    check "and counted" grep -q "2 inputs left out" said
    check "the others are there" cmp -s open/o.jsonl met/a.jsonl
    chmod 755 met/locked
  done
  chmod 644 met/c.jsonl
else
  echo "left out: root has no setpriv, or nobody else may run $refrain"
fi

if [ $all = yes ]; then
  echo "== one line of 500 MB"
  awk 'BEGIN {
    srand(5)
    printf "{\"id\": 1, \"text\": \""
    for (size = 0; size < 500000000; size += length(word)) {
      word = (n % 14 ? " w" : n ? ". W" : "W") int(rand() * 1000000)
      n++
      printf "%s", word
    }
    print ".\"}"
  }' > line.jsonl
  line=$(stat -c %s line.jsonl)
  rm -f o.jsonl
  "$refrain" dedup line.jsonl -o o.jsonl -q &
  victim=$!
  # What lies in memory and is not the mapping of a file.
  most=0
  while size=$(awk '/^Rss(Anon|Shmem):/ { sum += $2 } END { print sum }' "/proc/$victim/status" 2> /dev/null) &&
    [ -n "$size" ]; do
    [ "$size" -le $most ] || most=$size
    sleep 0.02
  done
  wait $victim
  check "it is kept" cmp -s o.jsonl line.jsonl
  check "memory beside the mapping: $((most / 1024)) MiB for $((line >> 20))" \
    [ $most -gt 0 -a $((most * 1024)) -le $((3 * line)) ]
  rm -f line.jsonl o.jsonl
fi

echo "== low limits"
(ulimit -s 64 && exec "$refrain" dedup corpus.jsonl -o o.jsonl -q) 2> said
check "a stack of 64 KiB" cmp -s o.jsonl new.jsonl
(ulimit -n 5 && exec "$refrain" dedup corpus.jsonl -o o5.jsonl -q) 2> said
check "5 descriptors" ended $? 2 "ulimit -n"
mkdir plain gz outs
split -d -a 4 -n l/$shards --additional-suffix=.jsonl corpus.jsonl plain/
for file in plain/*; do gzip -1 -c "$file" > "gz/${file#*/}.gz"; done
limit=$((shards / 3 + 24))
for kind in plain gz; do
  rm -rf outs && mkdir outs
  (ulimit -n $limit && exec "$refrain" dedup $kind -o outs -q) 2> said
  check "$shards $kind shards under ulimit -n $limit" [ $? = 0 ]
  check "all of them are there and no more" [ "$(ls -A outs)" = "$(ls -A $kind)" ]
  cat outs/* > joined
  if [ $kind = gz ]; then gzip -dc joined > joined.jsonl; else mv joined joined.jsonl; fi
  check "and hold what one file would" cmp -s joined.jsonl new.jsonl
done

echo "== closed streams"
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
  eval "\"\$refrain\" dedup corpus.jsonl -o o.jsonl --evidence w.jsonl $closed" 2> /dev/null
  check "$closed" [ $? = 0 ]
  check "the files hold results alone" cmp -s o.jsonl new.jsonl
  check "and evidence alone" cmp -s w.jsonl new-why.jsonl
done

echo "== inputs that shrink"
for size in 0 5000 1000000; do
  for threads in 1 4; do
    cp corpus.jsonl shrinking.jsonl
    rm -f pipe && mkfifo pipe
    echo old > o.jsonl
    "$refrain" dedup shrinking.jsonl pipe -o o.jsonl --threads $threads -q 2> said &
    victim=$!
    exec 9> pipe
    truncate -s $size shrinking.jsonl
    exec 9>&-
    wait $victim
    check "to $size bytes, $threads threads" ended $? 2 "shrinking.jsonl: shrank while it was read"
    check "the old file is there" [ "$(cat o.jsonl)" = old ]
  done
  cp corpus.jsonl shrinking.jsonl
  "$refrain" dedup shrinking.jsonl -o o.jsonl -q 2> said &
  victim=$!
  # Cut off before it is opened, it would be a short file and no shrinking one.
  until grep -qs shrinking.jsonl "/proc/$victim/maps" || ! kill -0 $victim 2> /dev/null; do :; done
  moment=$((RANDOM * took / 28000))
  sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
  truncate -s $size shrinking.jsonl
  wait $victim
  status=$?
  if [ $status = 0 ]; then
    check "at a random moment: too late" cmp -s o.jsonl new.jsonl
  else
    check "at a random moment" ended $status 2 "shrinking.jsonl: shrank while it was read"
  fi
done

check "no temporary file is left" [ "$(temporaries .)" = 0 ]
[ $failures = 0 ] && echo "all well" && exit
echo "$failures failed"
exit 1
