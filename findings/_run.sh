# Sourced by the scripts beside it: `finding PACKAGES… <program` installs the pinned packages in a temporary folder,
# runs the program there without this project, prints what it prints, and fails if that is not what EXPECTED holds.
set -euo pipefail

finding() {
  local status=0
  folder=$(mktemp -d) # global, since the trap runs after the function
  trap 'rm -rf "$folder"' EXIT
  cat >"$folder/program.py"
  python3 -m venv "$folder/env"
  "$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check "$@" 2>"$folder/pip.log" || {
    cat "$folder/pip.log" >&2
    exit 2
  }
  (cd "$folder" && env/bin/python -I -W ignore program.py) | tee "$folder/output"
  diff <(printf '%s\n' "$EXPECTED") "$folder/output" >&2 || status=1
  [ $status -eq 0 ] && echo "as seen before" || echo "CHANGED: the lines above marked < were seen before" >&2
  return $status
}
