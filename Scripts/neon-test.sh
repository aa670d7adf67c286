#!/usr/bin/env bash
# Compares every kernel at every level, on this machine and, under an emulator, on the other of
# x86-64 and arm64: the same hostile inputs must give the same bits everywhere.
#
#   Scripts/neon-test.sh [ROUNDS]     rounds of inputs, 1 if left out
#
# Three runs: plain, with the address and undefined behaviour sanitizers, and emulated arm64.
# Missing Debian packages (emulator, cross compiler's libraries) are installed.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-1}
out=out/kernels
mkdir -p "$out"
say() { echo "kernels: $*" >&2; }

# The compiler of the product: the Swift toolchain's own.
clang=${CLANG:-$(dirname "$(readlink -f "$(command -v swift)")")/clang}
[ -x "$clang" ] || clang=clang
flags=(-std=c11 -g -Wall -Wextra -Wconversion -Werror -D_GNU_SOURCE
  -ISources/CSidikKernels -ISources/CSidikKernels/include -ITests/Kernels)
sources=(Tests/Kernels/*.c Sources/CSidikKernels/*.c)

say "plain, $(uname -m)"
"$clang" "${flags[@]}" -O2 "${sources[@]}" -o "$out/compare"
"$out/compare" "$rounds" > "$out/native.txt"

say "with sanitizers"
"$clang" "${flags[@]}" -O1 -fuse-ld=lld -fsanitize=address,undefined -fno-sanitize-recover=all \
  "${sources[@]}" -o "$out/compare-sanitized"
"$out/compare-sanitized" "$rounds" > "$out/sanitized.txt"

results=("$out/native.txt" "$out/sanitized.txt")
if [ "$(uname -m)" = x86_64 ]; then
  missing=()
  command -v qemu-aarch64-static > /dev/null 2>&1 || missing+=(qemu-user-static)
  command -v aarch64-linux-gnu-gcc > /dev/null 2>&1 || missing+=(gcc-aarch64-linux-gnu)
  [ -e /usr/aarch64-linux-gnu/include/stdio.h ] || missing+=(libc6-dev-arm64-cross)
  [ ${#missing[@]} -eq 0 ] || Scripts/install-packages.sh "${missing[@]}"
  say "arm64, emulated"
  # Compiled by the product's compiler, linked by the cross compiler, which knows its libraries.
  rm -rf "$out/arm64"
  mkdir -p "$out/arm64"
  for source in "${sources[@]}"; do
    "$clang" --target=aarch64-linux-gnu --sysroot=/ -isystem /usr/aarch64-linux-gnu/include \
      "${flags[@]}" -O2 -c "$source" -o "$out/arm64/$(basename "$source" .c).o"
  done
  aarch64-linux-gnu-gcc -static "$out"/arm64/*.o -o "$out/compare-arm64"
  qemu-aarch64-static "$out/compare-arm64" "$rounds" > "$out/arm64.txt"
  results+=("$out/arm64.txt")
fi

# One digest a kernel, whatever the level, the machine and the compiler's checks.
awk '
  NF == 3 && length($3) == 16 {
    lines[FILENAME]++
    levels[FILENAME " " $2] = 1
    if (!($1 in digest)) { digest[$1] = $3; kernels++ }
    if (digest[$1] != $3) {
      print "kernels: " FILENAME ": " $1 " at level " $2 " gives " $3 ", elsewhere " digest[$1]
      wrong++
    }
    seen[$1] = seen[$1] " " FILENAME
  }
  END {
    for (kernel in digest) for (i = 1; i < ARGC; i++) if (!index(seen[kernel], ARGV[i])) {
      print "kernels: " ARGV[i] " has no " kernel
      wrong++
    }
    if (ARGC > 3 && !(ARGV[3] " neon" in levels)) { print "kernels: no level neon in " ARGV[3]; wrong++ }
    if (!kernels) { print "kernels: no digest was printed"; wrong++ }
    if (wrong) exit 1
    n = 0
    for (level in levels) { split(level, part, " "); if (part[2] != "-") names[part[2]] = 1 }
    for (name in names) all = all " " name
    print kernels " kernels agree at" all " in " ARGC - 1 " runs"
  }' "${results[@]}"
