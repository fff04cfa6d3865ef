#!/bin/sh
# The bench's cases still are cases and its programs still measure: everything once, small.      usage: smoke.sh PROGRAM BUILT
# BUILT: where the bench's programs are. PyPSA is left out.
set -eu
program=$1 here=$(cd "$(dirname "$0")" && pwd) folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 "$here/gen.py" "$folder/power" power-336
"$program" plan "$folder/power" --quiet --timing --out "$folder/power.run" 2>"$folder/said"
grep -q '^seconds: read and build .* write ' "$folder/said"

# A quarter of the commitment family: its duals, patched together, must hold without branch and bound of the whole.
python3 "$here/gen.py" "$folder/mip" mip-2190
"$program" plan "$folder/mip" --gap 0.001 --method rolling --format json --out "$folder/mip.run" >"$folder/said"
grep -q '"method":"spans of time[^"]*with a bound"' "$folder/said"

export BENCH_BUILT="$2" BENCH_WORK="$folder" PYTHONDONTWRITEBYTECODE=1
python3 "$here/measure.py" --without-pypsa --repeats 1 --pairs 2 power-48 mip-24 chain-2 agreed-2 >"$folder/said"
for row in power-48 mip-24 chain-2 "one agreement changed" "1,000 scenario pairs"; do
  grep -q "^| $row | [0-9.]* | [0-9.]* | [*][*][0-9.]*[*][*]" "$folder/said" || { cat "$folder/said" && exit 1; }
done
python3 "$here/growth.py" --print --longest 1 power >"$folder/said"
grep -q '^| power | 744 ' "$folder/said"

# HiGHS alone, whole, in pieces, and from its own answer's basis: one optimum, certified.
"$2/bench_stages" "$folder/power" --dump "$folder/dump" >/dev/null
for way in "" --plain --again --apart "--plain solver=ipm"; do
  "$2/bench_highs_only" "$folder/dump" $way
done >"$folder/said"
python3 - "$folder/said" <<'END'
import json, sys
said = [json.loads(line) for line in open(sys.argv[1])]
value = said[0]["value"]
assert len(said) == 5 and all(abs(k["value"] / value - 1) < 1e-9 and k["gap"] < 1e-7 for k in said), said
assert said[2]["iterations"] == 0 < said[2]["first_iterations"], said[2]
END
