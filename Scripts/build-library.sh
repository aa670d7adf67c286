#!/usr/bin/env bash
# Builds the C library as it is shipped: one file with Swift's runtime and all libraries in it, which
# needs glibc only and exports the functions of include/sidik.h only.
#
#   Scripts/build-library.sh          out/lib/libsidik_c.so
set -euo pipefail
cd "$(dirname "$0")/.."
out=out/lib
mkdir -p "$out"
{
  echo "{ global:"
  Scripts/capi-names.sh include/sidik.h | sed 's/^/  /; s/$/;/'
  echo "local: *; };"
} > "$out/exports.map"
static=$(Scripts/static-libraries.sh)
PKG_CONFIG_PATH=$static "${SWIFT:-swift}" build --quiet -c release \
  --scratch-path .build-library --product sidik_c -Xswiftc -static-stdlib \
  -Xlinker -s -Xlinker --gc-sections -Xlinker "--version-script=$PWD/$out/exports.map"
# Renamed into place, as a running program may have the old one mapped.
cp .build-library/release/libsidik_c.so "$out/.new"
mv "$out/.new" "$out/libsidik_c.so"
nm -D --defined-only "$out/libsidik_c.so" | awk '$2 == "T" { print $3 }' | sort \
  | diff - <(Scripts/capi-names.sh include/sidik.h) \
  || { echo "sidik: the library exports other names than the header" >&2; exit 1; }
needed=$(objdump -p "$out/libsidik_c.so" | awk '$1 == "NEEDED" { print $2 }' \
  | grep -vE '^(libc|libm|libpthread|libdl|libgcc_s|libstdc\+\+|ld-linux-.*)\.so' || true)
if [ -n "$needed" ]; then
  echo "sidik: the library needs more than glibc: $needed" >&2
  exit 1
fi
