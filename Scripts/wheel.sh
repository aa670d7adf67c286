#!/usr/bin/env bash
# Builds the Python wheel, with the C library inside, into dist/.
#
#   Scripts/wheel.sh          dist/sidik-VERSION-py3-none-manylinux_..._x86_64.whl
#
# Build tools come from PyPI, into an environment of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
Scripts/build-library.sh
library=out/lib/libsidik_c.so
mkdir -p dist
rm -rf Python/build dist/sidik-*.whl
cp "$library" Python/src/sidik/libsidik_c.so
cp LICENSE Python/LICENSE
grep -oE '"[0-9][^"]*"' Sources/SidikCore/SidikVersion.swift | tr -d '"' > Python/VERSION

# The newest glibc that a symbol asks for names the systems it runs on (PEP 600).
glibc=$(objdump -T "$library" | grep -oE 'GLIBC_[0-9]+\.[0-9]+' | sort -Vu | tail -1)
glibc=${glibc#GLIBC_}
SIDIK_PLATFORM="manylinux_${glibc/./_}_$(uname -m)" \
  python3 -m pip wheel --quiet --no-deps --wheel-dir dist ./Python
ls -l dist/sidik-*.whl >&2
