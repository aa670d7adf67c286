#!/usr/bin/env bash
# Installs the system packages the build needs, where they are missing.
# Needs root or sudo on a Debian-like system; says what to do where it can't.
set -euo pipefail

declare -A wanted=(
  [libcrypto]=libssl-dev
  [zlib]=zlib1g-dev
  [libzstd]=libzstd-dev
)

missing=()
command -v pkg-config >/dev/null 2>&1 || missing+=(pkg-config)
for module in libcrypto zlib libzstd; do
  if ! command -v pkg-config >/dev/null 2>&1 || ! pkg-config --exists "$module"; then
    missing+=("${wanted[$module]}")
  fi
done

if ! command -v swift >/dev/null 2>&1; then
  echo "sidik: the Swift toolchain (6.3 or later) is not on PATH; see https://www.swift.org/install" >&2
  exit 2
fi
[ ${#missing[@]} -eq 0 ] && exit 0

exec "$(dirname "$0")/install-packages.sh" "${missing[@]}"
