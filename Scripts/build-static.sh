#!/usr/bin/env bash
# Builds the program as one file that needs nothing of the system but the kernel.
#
#   Scripts/build-static.sh          out/static/sidik
set -euo pipefail
cd "$(dirname "$0")/.."
out=out/static
mkdir -p "$out"
static=$(Scripts/static-libraries.sh)
# Unwinding tables are read from their section: the index to them would be half a megabyte.
PKG_CONFIG_PATH=$static "${SWIFT:-swift}" build --quiet -c release --scratch-path .build-static \
  --product sidik -Xswiftc -static-executable -Xlinker -s -Xlinker --gc-sections -Xlinker --icf=safe \
  -Xlinker -O2 -Xlinker --no-eh-frame-hdr
cp .build-static/release/sidik "$out/.new"
mv "$out/.new" "$out/sidik"
if objdump -p "$out/sidik" | grep -q NEEDED; then
  echo "sidik: the static program needs libraries:" >&2
  objdump -p "$out/sidik" | grep NEEDED >&2
  exit 1
fi
