#!/usr/bin/env bash
# Fetches what the console shows itself with: KRDS (styles, icons, fonts) and htmx, each in the version named here, and
# only the files that pages use. Run by `make vendor-console`; needs npm. Nothing of it runs when the service does.
set -euo pipefail
KRDS=1.1.0 HTMX=2.0.11
TO=$(cd "$(dirname "$0")" && pwd)/static
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cd "$WORK"

fetch() { # name version sha256
  file=$(npm pack --silent "$1@$2")
  echo "$3  $file" | sha256sum --check --quiet
  mkdir "$1" && tar xzf "$file" --strip-components=1 --directory "$1"
}

fetch krds-uiux "$KRDS" 2958eee582fabe3a3319a1032880f0f838c79647a311497d0d2045686c35dba8
fetch htmx.org "$HTMX" 165a2655073e9e6e55e307a7c74e8ebcdb76afb7701f9c16cfd106a13add408e

rm -rf "$TO/krds"
mkdir -p "$TO/krds/css/token" "$TO/krds/css/component" "$TO/krds/img/component/icon" "$TO/krds/fonts"
cd krds-uiux/resources
cp css/token/krds_tokens.css "$TO/krds/css/token/"
cp css/component/output.css "$TO/krds/css/component/"
cp fonts/*.subset.woff2 "$TO/krds/fonts/"
grep -o 'icon/[a-z0-9_]*\.svg' css/component/output.css | sort -u | grep -v 'ico_logo_krds' | while read -r icon; do
  cp "img/component/$icon" "$TO/krds/img/component/icon/"
done
cp "$WORK/htmx.org/dist/htmx.min.js" "$TO/htmx.min.js"
echo "KRDS $KRDS, htmx $HTMX: $(du -sh "$TO" | cut -f1) in $TO"
