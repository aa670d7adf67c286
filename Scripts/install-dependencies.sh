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

if ! command -v apt-get >/dev/null 2>&1; then
  echo "sidik: missing ${missing[*]} and no apt-get here; install the same libraries with this system's package manager" >&2
  exit 2
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "sidik: missing ${missing[*]}; run as root: apt-get install ${missing[*]}" >&2
    exit 2
  fi
  as_root=(sudo)
fi
echo "sidik: installing ${missing[*]}" >&2
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}" >/dev/null
