#!/bin/sh
# Fetches the design system and the fonts anew, unmodified, in the versions named here.
# `npm pack` asks whatever registry this machine is set up for.
set -eu

KERN=2.7.2
FONTS=5.3.0

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fetch PACKAGE VERSION: unpacks the package into $work/package
fetch() {
  rm -rf "$work/package"
  archive=$(cd "$work" && npm pack --silent "$1@$2")
  tar -xzf "$work/$archive" -C "$work"
}

# note FOLDER PACKAGE VERSION LICENCE: says what lies in the folder and where it comes from
note() {
  printf '%s %s, unmodified, from npm\nLicence: %s, see LICENSE\n' "$2" "$3" "$4" > "$here/$1/VERSION"
  case "$2" in @fontsource/*) echo "*.ttf: the same outlines as TrueType, for documents" >> "$here/$1/VERSION" ;; esac
}

fetch @kern-ux/native "$KERN"
mkdir -p "$here/kern"
cp "$work/package/dist/kern.min.css" "$here/kern/"
cp "$work/package/LICENSE.md" "$here/kern/LICENSE"
note kern @kern-ux/native "$KERN" EUPL-1.2

# font FOLDER SCRIPTS WEIGHTS: copies one font family
font() {
  fetch "@fontsource/$1" "$FONTS"
  mkdir -p "$here/$1"
  rm -f "$here/$1"/*.woff2
  for script in $2; do
    for weight in $3; do
      cp "$work/package/files/$1-$script-$weight-normal.woff2" "$here/$1/"
    done
  done
  cp "$work/package/LICENSE" "$here/$1/"
  note "$1" "@fontsource/$1" "$FONTS" OFL-1.1
}

font fira-sans "latin" "400 500 600"
for script in latin-ext cyrillic cyrillic-ext; do
  for weight in 400 600; do
    cp "$work/package/files/fira-sans-$script-$weight-normal.woff2" "$here/fira-sans/"
  done
done
font noto-sans-arabic arabic "400 600"
font noto-sans-ethiopic ethiopic "400 600"

# Documents want each family in one TrueType file a weight: the same outlines, brought together.
python3 -m venv "$work/fonts"
"$work/fonts/bin/pip" install -q fonttools brotli
opened() { "$work/fonts/bin/python" -m fontTools.ttLib.woff2 decompress -o "$2" "$1"; }
for weight in 400 600; do
  parts=""
  for script in latin latin-ext cyrillic cyrillic-ext; do
    opened "$here/fira-sans/fira-sans-$script-$weight-normal.woff2" "$work/$script.ttf"
    parts="$parts $work/$script.ttf"
  done
  # shellcheck disable=SC2086 - one word for each part
  "$work/fonts/bin/python" -m fontTools.merge --output-file="$here/fira-sans/fira-sans-$weight.ttf" $parts
  for script in arabic ethiopic; do
    opened "$here/noto-sans-$script/noto-sans-$script-$script-$weight-normal.woff2" \
      "$here/noto-sans-$script/noto-sans-$script-$weight.ttf"
  done
done

chmod -R u=rwX,go=rX "$here"
