#!/usr/bin/env bash
# The functions that a header declares, one a line, sorted.
#
#   Scripts/capi-names.sh include/sidik.h
set -euo pipefail
# Comments out, then names before a parenthesis.
awk 'BEGIN { RS = "\\*/" } { sub(/\/\*.*/, ""); print }' "$1" | grep -oE '\bsidik_[a-z_]+\(' | tr -d '(' | sort -u
