#!/usr/bin/env bash
# Tests the report in a headless Chromium; installs it (Debian's package) where it is missing.
#
#   Scripts/report-test.sh [ARGUMENTS OF unittest]
#
# SIDIK names a binary to use instead of building. Pictures are left in out/report.
set -euo pipefail
cd "$(dirname "$0")/.."

find_browser() {
  [ -n "${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome chrome >/dev/null 2>&1
}

if ! find_browser; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "sidik: no Chromium is installed and there is no apt-get; set CHROMIUM to its path" >&2
    exit 2
  fi
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "sidik: no Chromium is installed; run as root: apt-get install chromium" >&2
      exit 2
    fi
    as_root=(sudo)
  fi
  echo "sidik: installing chromium" >&2
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
    chromium fonts-dejavu-core >/dev/null
fi
if [ -z "${SIDIK:-}" ]; then
  Scripts/install-dependencies.sh
  swift build -c release --product sidik >&2
  SIDIK=$PWD/.build/release/sidik
fi
export SIDIK
exec python3 Tests/Browser/report_test.py "$@"
