#!/usr/bin/env bash
# Holds the C interface to its header: the header compiles by itself as C and as C++, it and the
# library name the same functions, and a C program that calls every one of them, from several threads
# too, gives the expected answers with the address sanitizer in both.
set -euo pipefail
cd "$(dirname "$0")/.."
out=out/capi
rm -rf "$out"
mkdir -p "$out"
say() { echo "capi: $*" >&2; }
swift=${SWIFT:-swift}

clang=${CLANG:-$(dirname "$(readlink -f "$(command -v swift)")")/clang}
[ -x "$clang" ] || clang=clang
strict=(-Wall -Wextra -Wpedantic -Wconversion -Werror -Iinclude)

say "the header by itself"
for mode in "c -std=c99" "c -std=c17" "c++ -std=c++11" "c++ -std=c++20"; do
  # shellcheck disable=SC2086 # two words are two arguments
  echo '#include "sidik.h"' | "$clang" "${strict[@]}" -fsyntax-only -x $mode -
done
"$clang" "${strict[@]}" -fsyntax-only -x c++ -std=c++17 Tests/CInterface/interface.c

say "the library with the address sanitizer"
# The linker names every symbol of the sanitizer that it does not export.
"$swift" build --quiet --sanitize address --scratch-path .build-asan --product sidik_c \
  2>&1 | { grep -v "ld.gold: warning: Cannot export local symbol '__asan" || true; } >&2
library=.build-asan/debug/libsidik_c.so

say "names of the header and of the library"
Scripts/capi-names.sh include/sidik.h > "$out/header.txt"
# Kernels and tables are hidden where the library is built to be shipped (build-library.sh).
nm -D --defined-only "$library" | awk '$2 == "T" { print $3 }' | sort > "$out/exported.txt"
comm -23 "$out/header.txt" "$out/exported.txt" > "$out/missing.txt"
grep -ohE '^public func sidik_[a-z_]+' Sources/SidikC/*.swift | awk '{ print $3 }' | sort \
  | comm -3 "$out/header.txt" - >> "$out/missing.txt"
for name in $(cat "$out/header.txt"); do
  grep -q "\b$name(" Tests/CInterface/interface.c || echo "$name is not called" >> "$out/missing.txt"
done
if [ -s "$out/missing.txt" ]; then
  cat "$out/missing.txt" >&2
  say "header, library and test program do not name the same functions"
  exit 1
fi

say "the test program with the address sanitizer"
"$clang" "${strict[@]}" -std=c11 -g -fsanitize=address Tests/CInterface/interface.c \
  -L.build-asan/debug -lsidik_c "-Wl,-rpath,$PWD/.build-asan/debug" -lpthread -lm \
  -o "$out/interface"
"$swift" build --quiet --product sidik
printf '%s\n' \
  '{"id":"beras","source":"kabar","time":"2026-01-02","text":"Pemerintah menegaskan harga beras di pasar tradisional akan turun mulai pekan depan setelah panen raya, kata menteri perdagangan di Jakarta."}' \
  '{"id":"bola","text":"Tim nasional sepak bola berangkat ke Hanoi untuk pertandingan persahabatan melawan tuan rumah pada akhir minggu ini, tanpa dua pemain inti."}' \
  > "$out/known.jsonl"
.build/debug/sidik index create "$out/index" --store-text > "$out/index.txt"
.build/debug/sidik index add "$out/index" "$out/known.jsonl" >> "$out/index.txt"
SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=${SIDIK_LEAKS:-1} \
  "$out/interface" "$out/index"
