#!/usr/bin/env bash
# Makes what is given out, into dist/:
#
#   sidik-VERSION-linux-x86_64.tar.gz    the static program with man pages and completions
#   sidik_VERSION_amd64.deb              the same as a Debian package without dependencies
#   sidik-VERSION-py3-...whl             the Python package (Scripts/wheel.sh)
#
# The same commit gives the same tar and deb on one machine: times are those of the commit.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(grep -oE '"[0-9][^"]*"' Sources/SidikCore/SidikVersion.swift | tr -d '"')
machine=$(uname -m)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
mkdir -p dist
rm -f dist/sidik[-_]*

Scripts/build-static.sh
SIDIK=$PWD/out/static/sidik Scripts/make-docs.sh out/static
size=$(stat -c %s out/static/sidik)
limit=$((25 * 1000 * 1000))
[ "$size" -le "$limit" ] || { echo "dist: the program has $size bytes, more than $limit" >&2; exit 1; }

# The tree both packages hold.
tree=out/dist/tree
rm -rf out/dist
install -D -m 755 out/static/sidik "$tree/usr/bin/sidik"
install -d "$tree/usr/share/man/man1" "$tree/usr/share/doc/sidik"
for page in out/static/man/*.1; do
  gzip -9nc "$page" > "$tree/usr/share/man/man1/$(basename "$page").gz"
done
install -D -m 644 out/static/completions/sidik.bash \
  "$tree/usr/share/bash-completion/completions/sidik"
install -D -m 644 out/static/completions/_sidik "$tree/usr/share/zsh/vendor-completions/_sidik"
install -D -m 644 out/static/completions/sidik.fish \
  "$tree/usr/share/fish/vendor_completions.d/sidik.fish"
gzip -9nc CHANGELOG.md > "$tree/usr/share/doc/sidik/changelog.gz"
install -m 644 Scripts/dist/copyright "$tree/usr/share/doc/sidik/copyright"

tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
  --transform "s,^\./usr,sidik-$version," -C "$tree" -cf - ./usr \
  | gzip -9n > "dist/sidik-$version-linux-$machine.tar.gz"

package=out/dist/package
cp -r "$tree" "$package"
mkdir "$package/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$(dpkg --print-architecture)/" \
  -e "s/@MAINTAINER@/$(git log -1 --format='%an <%ae>' 2>/dev/null || echo 'Sidik')/" \
  -e "s/@SIZE@/$(du -sk "$tree" | cut -f1)/" Scripts/dist/control > "$package/DEBIAN/control"
(cd "$package" && find usr -type f -print0 | sort -z | xargs -0 md5sum) > "$package/DEBIAN/md5sums"
chmod -R u=rwX,go=rX "$package"
dpkg-deb --root-owner-group --build "$package" dist > /dev/null

Scripts/wheel.sh
ls -l dist >&2
