#!/bin/sh
# The back-test of docs/back-test.md: plans cases/alro-years in every reading that the page shows, makes the page's tables of what comes out and of
# what was reported, and compares them with those on the page.
# usage: back-test.sh PROGRAM [--accept]     --accept: write them into the page
set -eu
root=$(cd "$(dirname "$0")/.." && pwd) accept=${2:-}
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
case=$root/cases/alro-years page=$root/docs/back-test.md LC_ALL=C
export LC_ALL
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# plan NAME OPTIONS…: what it comes to, as lines "NAME figure year value" at the end of `values`
plan() {
  name=$1 && shift
  "$program" plan "$case" --quiet --replace --jobs 1 --out one.run "$@" 2>err || { cat err && exit 1; }
  rm -rf one.csv
  "$program" export one.run --to csv --out one.csv >export.out 2>&1 || { cat export.out && exit 1; }
  awk -F, -v name="$name" '
    BEGIN {
      figure["cast-slab"] = figure["cast-billet"] = figure["cast-ingot"] = "cast"
      figure["prebake-slatina"] = "pots"; figure["bayer-tulcea"] = "alumina"
      figure["eu-plate"] = figure["eu-cold-coil"] = "processed rolled"; figure["eu-profile"] = "processed"
      figure["eu-billet"] = figure["eu-ingot"] = "unprocessed"
      figure["sales"] = "turnover"; figure["result"] = "ebitda"; figure["compensation"] = "compensation"; figure["carbon"] = "carbon"
    }
    FNR == 1 {
      split("", year)
      for (i = 1; i <= NF; i++) if ($i ~ /^20[0-9][0-9]( \[USD\])?$/) year[i] = substr($i, 1, 4)
      key = FILENAME ~ /turnover/ ? 1 : 2
      next
    }
    $key in figure {
      n = split(figure[$key], f, " ")
      for (i in year) for (j = 1; j <= n; j++) sum[f[j] " " year[i]] += $i
    }
    END { for (what in sum) printf "%s %s %.9g\n", name, what, sum[what] }' \
    one.csv/production.csv one.csv/turnover.csv one.csv/accounts.csv >>values
}

for reading in orders before choice choice-at-spot; do plan "$reading" --scenario "$reading"; done
plan free
# a year alone is what it is among the others
for year in 2021 2022 2023 2024; do plan alone --scenario "year-$year"; done
# what the calibrated numbers are, and what they do
while read -r number low high unit; do
  plan "$number-low" --scenario orders --set "quotations.CAL.$number.value=$low $unit"
  plan "$number-high" --scenario orders --set "quotations.CAL.$number.value=$high $unit"
  value=$(awk -v key="  CAL.$number:" '$0 == key { on = 1 } on && $1 == "value:" { print $2; exit }' "$case/calibration.yaml")
  echo "calibrated $number $value $low $high $unit" >>values
done <<END
CONVERSION 0 1250 USD/t
LAGGED 0 100 %
SPOT 0 100 %
GRID.CO2 0.45 0.91 t/MWh
HEAD 25 45 kUSD/year
END
plan nameplate --scenario orders --set 'units.slatina-potlines.capacity=265 kt/year'
# parts of years that the group reported on, without compensation: when in a year it was booked was not seen
sed 1d "$case/parts.csv" | while IFS=, read -r part from to cast processed ebitda rate rest; do
  year=${from%-*}
  for reading in given free; do
    orders="$processed t"
    [ $reading = given ] || orders='200 kt/year'
    plan "part-$reading-$(echo "$part" | tr ' ' _)" --set case.from="$from" --set case.to="$to" --set "limits.orders.up to=$orders" \
      --set 'quotations.COMPENSATED.values={2021: 0 %}'
  done
  echo "part $(echo "$part" | tr ' ' _) $year ${cast:--} $processed $ebitda $rate" >>values
done
awk -F, 'NR == 1 { for (i = 3; i <= 6; i++) year[i] = $i; next }
  { for (i = 3; i <= 6; i++) if ($i != "") print "report", $1, year[i], $i * ($2 == "MUSD" ? 1e6 : 1) }' "$case/reported.csv" >>values

# ------------------------------------------------------------ the page with these tables
for block in table aims bridge numbers readings parts choice; do
  awk -v block=$block -f "$root/tests/back-test.awk" values >"$work/$block.md"
  [ -s "$work/$block.md" ] || { echo "no table $block" && exit 1; }
done
awk -v work="$work" '
  /^<!-- table [a-z]+ -->$/ { print; file = work "/" $3 ".md"; while ((getline line < file) > 0) print line; inside = 1; shown++; next }
  /^<!-- end -->$/ { inside = 0 }
  !inside { print }
  END { if (shown != 7) { print "the page shows " shown + 0 " of 7 tables" > "/dev/stderr"; exit 1 } }' "$page" >new.md
if [ "$accept" = --accept ]; then
  cp new.md "$page"
elif ! cmp -s new.md "$page"; then
  echo "docs/back-test.md does not show what the plans come to; sh tests/back-test.sh PROGRAM --accept writes it:"
  diff "$page" new.md | head -40
  exit 1
fi
echo "docs/back-test.md: 7 tables of $(grep -c ' ebitda ' values) results agree"
