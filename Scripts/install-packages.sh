#!/usr/bin/env bash
# Installs Debian packages; says what to do where it can't.
#
#   Scripts/install-packages.sh PACKAGE...
set -euo pipefail

if ! command -v apt-get >/dev/null 2>&1; then
  echo "sidik: missing $* and no apt-get here; install the same with this system's package manager" >&2
  exit 2
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "sidik: missing $*; run as root: apt-get install $*" >&2
    exit 2
  fi
  as_root=(sudo)
fi
echo "sidik: installing $*" >&2
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
