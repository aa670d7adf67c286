#!/usr/bin/env bash
# Makes a folder in which pkg-config finds zlib, zstd and libcrypto as static libraries only, so that
# what is linked with it needs none of them at run time. Prints the folder.
#
#   PKG_CONFIG_PATH=$(Scripts/static-libraries.sh) swift build ...
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/out/static-libraries
mkdir -p "$folder"
for name in zlib:z libzstd:zstd libcrypto:crypto; do
  module=${name%%:*} library=lib${name##*:}.a
  place=$(cc -print-file-name="$library")
  if [ ! -f "$place" ]; then
    echo "sidik: $place is missing: the package that has $module's headers lacks the static library" >&2
    exit 2
  fi
  ln -sf "$place" "$folder/$library"
  # -ldl and -lpthread are part of glibc 2.34 and later.
  printf 'Name: %s\nDescription: %s, static\nVersion: %s\nLibs: -L%s -l%s\nCflags: %s\n' \
    "$module" "$module" "$(PKG_CONFIG_PATH='' pkg-config --modversion "$module")" "$folder" \
    "${name##*:}" "$(PKG_CONFIG_PATH='' pkg-config --cflags "$module")" > "$folder/$module.pc"
done
echo "$folder"
