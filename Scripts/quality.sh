#!/bin/bash
# Measures detection quality and writes the table of targets and reached values.
#
# usage: Scripts/quality.sh [SEED]      the seed of the edit matrices; 20261 if left out
#
#   SHARED=DIR        the folder with corpora/; ../shared if left out
#   QUALITY_WRITE=1   also puts the table into Documentation/Quality.md, above the analysis
#   QUALITY_SAMPLE=N  texts of the civil codes that are asked about; 1000 if left out
#
# What is not there is skipped with a message. Nothing here changes a parameter of the engine.
set -euo pipefail
cd "$(dirname "$0")/.."
seed=${1:-20261}
corpora=${SHARED:-../shared}/corpora
sample=${QUALITY_SAMPLE:-1000}
swift build -c release --product sidik 2>&1 | tail -1 >&2
sidik=.build/release/sidik
out=out/quality
mkdir -p "$out"
table=out/quality.md

say() { echo "quality: $*" >&2; }

# The path of a corpus file, plain or compressed; fails where there is none.
corpus() {
  local name
  for name in "$corpora/$1" "$corpora/$1.zst"; do
    if [ -e "$name" ]; then echo "$name"; return; fi
  done
  say "$1 is not there: its rows are left out"
  return 1
}

# score NAME ARGUMENTS...: runs sidik eval into NAME.json.
score() {
  local name=$1
  shift
  say "$name"
  "$sidik" eval --quiet --json --force --output "$out/$name.json" "$@" ||
    { say "$name failed"; rm -f "$out/$name.json"; }
}

# The best wall time of three runs, in milliseconds.
milliseconds() {
  local from took best=
  for _ in 1 2 3; do
    from=$(date +%s%N)
    "$@" > /dev/null
    took=$((($(date +%s%N) - from) / 1000000))
    if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
  done
  echo "$best"
}

rm -f "$out"/*.json
if docs=$(corpus id-news-hoax-pairs/docs.jsonl); then
  score news-hoax --truth "$corpora/id-news-hoax-pairs/pairs.tsv" --positive dup,contain "$docs"
fi
if docs=$(corpus id-natural-pairs/docs.jsonl); then
  score natural --truth "$corpora/id-natural-pairs/pairs.tsv" --positive copy,excerpt \
    --ignored template "$docs"
fi
if docs=$(corpus clough-stevenson/docs.jsonl); then
  score clough --related --truth "$corpora/clough-stevenson/pairs.tsv" \
    --positive near-copy,light-revision,heavy-revision "$docs"
fi
if docs=$(corpus licence-texts/docs.jsonl); then
  score licence --truth "$corpora/licence-texts/clusters.jsonl" "$docs"
  score licence-jaccard --jaccard --least 0.5 "$docs"
fi
if docs=$(corpus newsgroups/docs.jsonl); then
  score newsgroups --truth "$corpora/newsgroups/clusters.jsonl" "$docs"
  score newsgroups-containment --jaccard --containment --unit word3 --least-features 12 "$docs"
  score newsgroups-jaccard --jaccard --least 0.5 "$docs"
fi

# The pools that stories and distractors are drawn from: `pool NAME KEEP FILE...` keeps the records
# whose id begins with one of KEEP, gives them a source, and removes their copies.
pool() {
  local name=$1 keep=$2
  shift 2
  for file in "$@"; do
    case $file in *.zst) zstdcat "$file" ;; *) cat "$file" ;; esac
  done | python3 -c '
import json, sys
keep = tuple(sys.argv[1].split(","))
for line in sys.stdin.buffer:
    row = json.loads(line)
    if row["id"].startswith(keep) and row.get("text"):
        place = row.get("url", "").split("/")
        source = place[2] if len(place) > 2 else row["id"].split("-")[0]
        print(json.dumps({"id": row["id"], "text": row["text"], "source": source}))
' "$keep" | "$sidik" dedup --quiet --input-format jsonl - > "$out/$name.jsonl"
}

if news=$(corpus id-news-portals/docs.jsonl) && hoaxes=$(corpus id-turnbackhoax-2021/docs.jsonl)
then
  pool articles gc-,tbh21- "$news" "$hoaxes"
  score article-28 --edits --setting article --regime 28 --seed "$seed" "$out/articles.jsonl"
  score article-2-5 --edits --setting article --regime 2-5 --seed "$seed" "$out/articles.jsonl"
fi
if hoaxes=$(corpus id-turnbackhoax-2024/docs.jsonl) &&
  chats=$(corpus id-whatsapp-messages/docs.jsonl)
then
  pool posts tbh24-,wa- "$hoaxes" "$chats"
  score chat-28 --edits --setting chat --regime 28 --seed "$seed" "$out/posts.jsonl"
  score chat-2-5 --edits --setting chat --regime 2-5 --seed "$seed" "$out/posts.jsonl"
fi

if docs=$(corpus id-plagiarism-passages/docs.jsonl); then
  say passages
  python3 Benchmarks/passages.py score "$sidik" "$docs" "${docs%docs.jsonl}passages.jsonl" \
    > "$out/passages.json"
fi
if docs=$(corpus seeds); then
  "$sidik" spans --quiet --force --within -o "$out/seeds.jsonl" "$docs"
fi
if docs=$(corpus id-turnbackhoax-2024/docs.jsonl); then
  "$sidik" spans --quiet --force --count -o "$out/formulas.jsonl" "$docs"
fi

if docs=$(corpus civil-codes/sections.jsonl); then
  score civil-jaccard --jaccard --least 0.5 --sample "$sample" "$docs"
  say "run times on civil-codes"
  default=$(milliseconds "$sidik" cluster --quiet "$docs")
  plain=$(milliseconds "$sidik" cluster --quiet --profile corpus "$docs")
  echo "{\"default\":$default,\"corpus\":$plain}" > "$out/times.json"
fi

python3 Scripts/quality-table.py "$out" "$seed" "$("$sidik" --version)" > "$table"
cat "$table"
if [ "${QUALITY_WRITE:-}" = 1 ]; then
  # What stands below the mark was written by hand and is kept.
  page=Documentation/Quality.md
  mark='<!-- analysis, by hand -->'
  rest=$(sed -n "/^$mark\$/,\$p" "$page" 2> /dev/null || true)
  { cat "$table"; echo; echo "${rest:-$mark}"; } > "$page"
fi
