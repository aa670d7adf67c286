#!/usr/bin/env bash
# Installs and runs what Scripts/dist.sh made, each in a clean root:
#
#   program   in a root that holds nothing but it, an empty /tmp, /proc and its inputs (Swift's runtime
#             reads its arguments from /proc, which every container has)
#   deb       by dpkg, in a minimal Debian made by debootstrap
#   wheel     by pip without network, in that Debian, with Debian's Python
#
# Needs root. Where debootstrap cannot make a Debian, says so: the package is then taken apart into an
# empty root, and the wheel is installed into a fresh environment of this machine.
set -euo pipefail
cd "$(dirname "$0")/.."
out=out/dist-test
say() { echo "dist: $*"; }
die() { echo "dist: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || die "needs root, to change the root folder"
deb=$(ls dist/sidik_*.deb 2>/dev/null) || die "there is no dist/sidik_*.deb; make dist makes it"
wheel=$(ls dist/sidik-*.whl)
archive=$(ls dist/sidik-*-linux-*.tar.gz)
version=$(basename "$archive" | cut -d- -f2)
proc=()
# Gives a root the system's /proc until the script ends.
with_proc() {
  mkdir -p "$1/proc"
  mount -t proc proc "$1/proc" || die "cannot mount /proc in $1"
  proc+=("$1/proc")
}
without_proc() { for place in "${proc[@]}"; do umount "$place"; done; }
trap without_proc EXIT
rm -rf "$out/empty" "$out/taken"
mkdir -p "$out/empty/tmp"
with_proc "$out/empty"

# Runs what every kind of installation must do.
#   $1 the root, $2 the program in it
check_program() {
  mkdir -p "$1/tmp/corpora"
  cp corpora/reposts/documents.jsonl "$1/tmp/corpora/"
  [ "$(chroot "$1" "$2" --version)" = "$version" ] || die "$2 says another version"
  families=$(chroot "$1" "$2" cluster --quiet /tmp/corpora/documents.jsonl | wc -l)
  [ "$families" -gt 50 ] || die "$2 found $families families"
  chroot "$1" "$2" dedup --quiet /tmp/corpora/documents.jsonl -o /tmp/unique.jsonl --force
  again=$(chroot "$1" "$2" dedup --quiet /tmp/unique.jsonl | wc -l)
  [ "$again" = "$(wc -l < "$1/tmp/unique.jsonl")" ] || die "$2: its own output has copies"
}

tar -xzf "$archive" -C "$out/empty" --strip-components=2 "sidik-$version/bin/sidik"
check_program "$out/empty" /sidik
say "program: runs in a root with nothing else but /proc; $(stat -c %s "$out/empty/sidik") bytes"

# The median of 51 starts, each a process with nothing to do.
start() {
  python3 - "$out/empty/sidik" <<'PYTHON'
import statistics, subprocess, sys, time
def once():
    begun = time.perf_counter()
    subprocess.run([sys.argv[1], "--version"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun
once()
print(f"{1000 * statistics.median(once() for _ in range(51)):.1f}")
PYTHON
}
say "program: starts and ends in $(start) ms (median of 51)"

debian=$out/debian
if [ ! -e "$debian/.made" ]; then
  command -v debootstrap > /dev/null || Scripts/install-packages.sh debootstrap || true
  rm -rf "$debian"
  mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | head -1)
  # shellcheck disable=SC1091 # the system's own file
  release=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
  if command -v debootstrap > /dev/null && debootstrap --variant=minbase \
    --include=python3,python3-venv "$release" "$debian" "$mirror" > "$out/debootstrap.log" 2>&1; then
    touch "$debian/.made"
  fi
fi

if [ -e "$debian/.made" ]; then
  with_proc "$debian"
  chroot "$debian" dpkg --purge sidik > /dev/null 2>&1 || true
  cp "$deb" "$debian/tmp/sidik.deb"
  chroot "$debian" dpkg -i /tmp/sidik.deb > /dev/null
  check_program "$debian" sidik
  chroot "$debian" dpkg --verify sidik || die "dpkg finds changed files"
  [ -n "$(chroot "$debian" dpkg -L sidik | grep 'man1/sidik.1.gz')" ] || die "no man page"
  chroot "$debian" dpkg --purge sidik > /dev/null
  [ ! -e "$debian/usr/bin/sidik" ] || die "dpkg --purge left the program"
  say "deb: installed, run, verified and purged in a Debian made by debootstrap"

  rm -rf "$out/wheels" "$debian/tmp/wheels" "$debian/tmp/venv"
  python=$(chroot "$debian" python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  python3 -m pip download --quiet --disable-pip-version-check --only-binary :all: \
    --python-version "$python" --dest "$out/wheels" "$wheel"
  cp -r "$out/wheels" "$debian/tmp/wheels"
  chroot "$debian" env -i PATH=/usr/bin:/bin python3 -m venv /tmp/venv
  chroot "$debian" env -i /tmp/venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --no-index --find-links /tmp/wheels sidik
  chroot "$debian" env -i /tmp/venv/bin/python - < Scripts/dist/try-wheel.py
  say "wheel: installed without network and run with the Python $python of that Debian"
else
  say "debootstrap made no Debian here (see $out/debootstrap.log): clean roots without one instead"
  mkdir -p "$out/taken/tmp"
  with_proc "$out/taken"
  dpkg-deb -x "$deb" "$out/taken"
  check_program "$out/taken" /usr/bin/sidik
  say "deb: taken apart into an empty root, and run there"
  rm -rf "$out/venv"
  python3 -m venv "$out/venv"
  "$out/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$wheel"
  "$out/venv/bin/python" - < Scripts/dist/try-wheel.py
  say "wheel: installed and run in a fresh environment of this machine"
fi
