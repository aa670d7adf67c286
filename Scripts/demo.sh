#!/usr/bin/env bash
# The README's first command: builds Sidik and looks for copies in the bundled corpora.
#
#   Scripts/demo.sh [FOLDER]          default: out/demo
#
# Families, pairs and numbers are left in FOLDER. SIDIK names a binary to use instead of building.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-out/demo}

if [ -z "${SIDIK:-}" ]; then
  Scripts/install-dependencies.sh
  echo "Building sidik (release) ..." >&2
  swift build -c release --product sidik >&2
  SIDIK=.build/release/sidik
fi
mkdir -p "$folder"

# A title, and what there is to see.
heading() { printf '\n%s\n%s\n%s\n\n' "$1" "${1//?/-}" "$2"; }

# Clusters one input.
#   $1 name of the outputs, $2 families to show, $3 members to show, $4 the input
look() {
  echo "\$ sidik cluster $4"
  "$SIDIK" cluster --force --progress never --output "$folder/$1.families.jsonl" \
    --edges "$folder/$1.edges.jsonl" --stats "$folder/$1.stats.json" \
    --report "$folder/$1.report.html" "$4" 2>&1
  echo
  "$SIDIK" cluster --quiet --format table --top "$2" --members "$3" "$4"
}

heading "Reposts" \
  "79 stories, most followed by edited copies; an id says what was done: harga-cabai~typo5."
look reposts 6 5 corpora/reposts/documents.jsonl

heading "Pages as a scraper kept them" \
  "twice.txt holds the article of once.txt two times. The other four are different articles in
one frame of navigation and footer, which is most of their wording."
look pages 4 4 corpora/pages

heading "The originals" \
  "JSON Lines, CSV and text in Indonesian and twelve other languages. No copies, but letters
and reports made from one frame with other names and figures."
look bases 4 4 corpora/bases

cat <<TEXT

How to read the table
---------------------
FAMILY  made of the members' ids        MEMBER  the first is the earliest, or the most central
SIZE    documents                       LEVEL   exact, copy, variant (edited), excerpt: of the
                                                family first, then of each member
MIN     the weakest pair inside         SIM     Jaccard similarity to the first member
REP     share that repeats itself       CONT    how much of the shorter one stands in the other

Everything that was found lies in $folder:
TEXT
for name in reposts pages bases; do
  for kind in families.jsonl edges.jsonl stats.json report.html; do
    printf '  %-46s %8d bytes\n' "$folder/$name.$kind" "$(wc -c <"$folder/$name.$kind")"
  done
done
hoaxes=../shared/corpora/id-hoax-topics/docs.jsonl
if [ -f "$hoaxes" ]; then
  "$SIDIK" cluster --quiet --force --output "$folder/hoax-topics.families.jsonl" \
    --report "$folder/hoax-topics.report.html" --language id "$hoaxes"
  printf '  %-46s %8d bytes\n' "$folder/hoax-topics.report.html" \
    "$(wc -c <"$folder/hoax-topics.report.html")"
fi
echo
echo "Open in a browser: $PWD/$folder/reposts.report.html"
echo "Next: $SIDIK help, README.md, corpora/README.md (what is in the corpora, and the answers)"
