#!/bin/sh
# Runs on generated documents that memory limits, shards and kills must not change the answer of:
# Scripts/scale-test.sh [SEED]. FULL=1 takes ten million documents and fifty kills, which needs an
# hour and 60 GB of disk; else it takes minutes. COUNT, LIMIT, SMALL and KILLS can be given by
# themselves. The run without a limit is left out where less than 3 KB a document are free.
set -eu
cd "$(dirname "$0")/.."
SEED=${1:-1}
SIDIK=${SIDIK:-$PWD/.build/release/sidik}
if [ "${FULL:-0}" = 1 ]; then
  COUNT=${COUNT:-10000000} LIMIT=${LIMIT:-2000M} KILLS=${KILLS:-50} SMALL=${SMALL:-200000}
else
  COUNT=${COUNT:-200000} LIMIT=${LIMIT:-192M} KILLS=${KILLS:-6} SMALL=${SMALL:-40000}
fi
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/sidik-scale-XXXXXX")
trap 'rm -rf "$FOLDER"' EXIT
mkdir -p out/bench
${CC:-cc} -O2 -std=gnu11 Benchmarks/harness/documents.c -o out/bench/documents
say() { echo "scale-test: $*"; }
fail() { say "FAILED: $*"; exit 1; }
same() { cmp -s "$1" "$2" || fail "$3"; }

# The last two lines of time(1): CPU seconds and peak kilobytes.
measured() {
  command time -f '%U %S %M' -o "$FOLDER/time" "$@"
}
peak() { awk '{ print $3 }' "$FOLDER/time"; }
cpu() { awk '{ print $1 + $2 }' "$FOLDER/time"; }
bytes_of() {
  case $1 in
    *G) echo $((${1%G} * 1024 * 1024)) ;;
    *M) echo $((${1%M} * 1024)) ;;
  esac
}

# A profile with and without a limit: bounded PROFILE COUNT [OPTIONS]
bounded() {
  profile=$1 count=$2
  shift 2
  say "$count documents from a pipe, --profile $profile --memory $LIMIT $*"
  out/bench/documents "$count" "$SEED" | measured "$SIDIK" cluster -q --profile "$profile" "$@" \
    --memory "$LIMIT" --temp-dir "$FOLDER" -o "$FOLDER/limited" --stats "$FOLDER/limited.stats"
  say "  CPU $(cpu) s, peak $(peak) KB"
  [ "$(peak)" -le "$(bytes_of "$LIMIT")" ] || fail "the peak is above --memory $LIMIT"
  LIMITED=$(cpu)
  if awk -v n="$count" '/MemAvailable/ { exit !($2 > 3 * n) }' /proc/meminfo; then
    out/bench/documents "$count" "$SEED" | measured "$SIDIK" cluster -q --profile "$profile" "$@" \
      --temp-dir "$FOLDER" -o "$FOLDER/free" --stats "$FOLDER/free.stats"
    say "  without a limit: CPU $(cpu) s, peak $(peak) KB"
    same "$FOLDER/limited" "$FOLDER/free" "the limit changes families ($profile $*)"
    same "$FOLDER/limited.stats" "$FOLDER/free.stats" "the limit changes numbers ($profile $*)"
    awk -v a="$LIMITED" -v b="$(cpu)" 'BEGIN { printf "scale-test:   CPU %.2f x\n", a / b }'
    rm "$FOLDER/free" "$FOLDER/free.stats"
  fi
  rm "$FOLDER/limited" "$FOLDER/limited.stats"
}
bounded corpus "$COUNT"
bounded auto "$COUNT"
# Links between and inside stories, equal texts among them.
out/bench/documents "$COUNT" "$SEED" | head -n 4000 | sed 's/^{"id":"\([^"]*\)".*/\1/' | awk '
  NR % 2 { a = $0; next } { print a "\t" $0 "\t" (NR % 4 ? "same" : "different") }
' > "$FOLDER/links"
bounded auto "$COUNT" --links "$FOLDER/links"

say "shards of $SMALL documents"
out/bench/documents "$SMALL" "$SEED" > "$FOLDER/small.jsonl"
for profile in corpus auto; do
  "$SIDIK" cluster -q --profile $profile "$FOLDER/small.jsonl" -o "$FOLDER/whole.$profile" \
    --edges "$FOLDER/whole.edges.$profile"
  for shards in 1 2 5; do
    for index in $(seq $shards); do
      "$SIDIK" sketch -q --profile $profile --shard $index/$shards "$FOLDER/small.jsonl" \
        -o "$FOLDER/$index.shard"
    done
    "$SIDIK" cluster -q --profile $profile --memory 160M "$FOLDER"/*.shard -o "$FOLDER/parts" \
      --temp-dir "$FOLDER"
    same "$FOLDER/parts" "$FOLDER/whole.$profile" "$shards shards change families ($profile)"
    if [ $profile = corpus ]; then
      "$SIDIK" group -q --profile corpus --memory 160M "$FOLDER"/*.shard --temp-dir "$FOLDER" \
        -o "$FOLDER/$shards.groups"
      same "$FOLDER/$shards.groups" "$FOLDER/1.groups" "$shards shards change groups"
      "$SIDIK" cluster -q --profile corpus --groups "$FOLDER/$shards.groups" "$FOLDER"/*.shard \
        -o "$FOLDER/grouped" --temp-dir "$FOLDER"
      same "$FOLDER/grouped" "$FOLDER/whole.corpus" "groups of $shards shards change families"
      rm "$FOLDER/grouped"
    fi
    rm "$FOLDER"/*.shard "$FOLDER/parts"
  done
  say "  $profile: 1, 2 and 5 shards give the families of one run"
done
say "  corpus: groups of 1, 2 and 5 shards are equal and give the families of one run"

say "$KILLS kills, seed $SEED"
start() {
  exec "$SIDIK" cluster -q --profile corpus --memory 256M --resume "$FOLDER/run" \
    --temp-dir "$FOLDER" "$FOLDER/small.jsonl" -o "$FOLDER/resumed" --edges "$FOLDER/resumed.edges"
}
run() { (start); }
START=$(date +%s%N)
run
LENGTH=$((($(date +%s%N) - START) / 1000000))
rm "$FOLDER/resumed" "$FOLDER/resumed.edges"
say "  a run that is not killed takes $LENGTH ms"
KILLED=0 ROUND=0 CONTINUED=0
: > "$FOLDER/continued"
while [ "$KILLED" -lt "$KILLS" ]; do
  ROUND=$((ROUND + 1))
  DELAY=$(awk -v seed="$SEED$ROUND" -v most="$LENGTH" \
    'BEGIN { srand(seed); rand(); printf "%.3f", rand() * most / 1000 }')
  start &
  CHILD=$!
  sleep "$DELAY"
  if kill -9 $CHILD 2> "$FOLDER/kill"; then
    wait $CHILD 2> /dev/null || true
    # Outputs appear whole, but one after the other.
    if [ ! -e "$FOLDER/resumed" ] || [ ! -e "$FOLDER/resumed.edges" ]; then
      rm -f "$FOLDER/resumed" "$FOLDER/resumed.edges"
      KILLED=$((KILLED + 1))
      # Another kill meets what this one has left, now and then.
      [ $((KILLED % 3)) -ne 0 ] || continue
      if [ -e "$FOLDER/run/MANIFEST" ]; then
        # Finished sketches are not made again.
        CONTINUED=$((CONTINUED + 1))
        BEGAN=$(date +%s%N)
        "$SIDIK" cluster --profile corpus --memory 256M --resume "$FOLDER/run" \
          --temp-dir "$FOLDER" "$FOLDER/small.jsonl" -o "$FOLDER/resumed" \
          --edges "$FOLDER/resumed.edges" 2> "$FOLDER/said"
        echo $((($(date +%s%N) - BEGAN) / 1000000)) >> "$FOLDER/continued"
        grep -q 'goes on from finished sketches' "$FOLDER/said" || fail "sketches were made again"
      else
        run
      fi
    fi
  else
    wait $CHILD || fail "a run that was not killed has failed"
  fi
  same "$FOLDER/resumed" "$FOLDER/whole.corpus" "a continued run changes families"
  same "$FOLDER/resumed.edges" "$FOLDER/whole.edges.corpus" "a continued run changes edges"
  rm "$FOLDER/resumed" "$FOLDER/resumed.edges"
done
say "  $ROUND runs, $KILLED killed, $CONTINUED went on from finished sketches; the same answer each time"
[ "$CONTINUED" = 0 ] || say "  those that went on took $(sort -n "$FOLDER/continued" | head -n 1) to $(
  sort -n "$FOLDER/continued" | tail -n 1) ms"
say "passed"
