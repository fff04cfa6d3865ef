#!/bin/sh
# The bench's cases still are cases: two weeks of power, planned.      usage: smoke.sh PROGRAM
set -eu
program=$1 here=$(cd "$(dirname "$0")" && pwd) folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 "$here/gen.py" "$folder/power" power-336
"$program" plan "$folder/power" --quiet --timing --out "$folder/power.run" 2>"$folder/said"
grep -q '^seconds: read and build .* write ' "$folder/said"
