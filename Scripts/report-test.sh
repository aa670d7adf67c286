#!/usr/bin/env bash
# Tests the report in a headless Chromium; installs it (Debian's package) where it is missing.
#
#   Scripts/report-test.sh [ARGUMENTS OF unittest]
#
# SIDIK names a binary to use instead of building. Pictures are left in out/report.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${CHROMIUM:-}" ] &&
  ! command -v chromium chromium-browser google-chrome chrome >/dev/null 2>&1
then
  Scripts/install-packages.sh chromium fonts-dejavu-core
fi
if [ -z "${SIDIK:-}" ]; then
  Scripts/install-dependencies.sh
  swift build -c release --product sidik >&2
  SIDIK=$PWD/.build/release/sidik
fi
export SIDIK
exec python3 Tests/Browser/report_test.py "$@"
