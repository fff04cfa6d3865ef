#!/bin/sh
# Close every unit, lane and market of a case, one at a time, in its base case and in scenarios: each time there must be a plan,
# reasons why there is none (exit 3), or a refusal with a place, and soon.
# usage: close-each.sh POTLINE CASE SECONDS EVERY FIRST [SCENARIO …]
#   SECONDS  that each may take
#   EVERY    of the closings only each so many-th, beginning with number FIRST: 1 0 = all
set -u
potline=$1 case=$2 seconds=$3 every=$4 first=$5
shift 5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "unit NAME" … for every thing in the files of the case
things() {
  awk '/^[a-z]/ { section = $1 }
       /^  [a-z0-9-]+:/ && section ~ /^(units|lanes|markets):$/ { name = $1; sub(/:$/, "", name); print substr(section, 1, length(section) - 1), name }' \
    "$case"/*.yaml | sort -u
}

# The settings that close a thing; the first that the case takes counts, since one is in tonnes and another in MWh.
closings() {
  case $1 in
    markets) field='up to' ;;
    *) field=capacity ;;
  esac
  for amount in '0 t/month' '0 MWh/month' '0 kg/month' '0 m3/month' '0 h/month'; do echo "$1.$2.$field=$amount"; done
}

try() { # SCENARIO SETTING: the exit status in $status
  if [ "$1" = base ]; then set -- --set "$2"; else set -- --scenario "$1" --set "$2"; fi
  timeout "$seconds" "$potline" plan "$case" "$@" -q --out "$work/one.run" --replace >"$work/out" 2>"$work/err"
  status=$?
}

n=0 planned=0 reasons=0 refused=0 wrong=0
things >"$work/things"
for scenario in base "$@"; do
  while read -r section name; do
    n=$((n + 1))
    [ $(((n - 1 + every - first % every) % every)) -eq 0 ] || continue
    closings "$section" "$name" >"$work/closings"
    while read -r setting; do
      try "$scenario" "$setting" </dev/null
      [ $status -eq 65 ] || break
    done <"$work/closings"
    case $status in
      0) planned=$((planned + 1)) ;;
      65) refused=$((refused + 1)) ;;
      3) reasons=$((reasons + 1)) ;;
      *)
        wrong=$((wrong + 1))
        echo "$scenario, $setting: exit $status"
        sed 's/^/    /' "$work/err"
        ;;
    esac
    if [ $status -eq 3 ] && ! grep -q 'way out' "$work/err"; then
      wrong=$((wrong + 1))
      echo "$scenario, $setting: no way out is told"
      sed 's/^/    /' "$work/err"
    fi
  done <"$work/things"
done
echo "$planned planned, $reasons with reasons why not, $refused refused, $wrong wrong"
[ $wrong -eq 0 ] && [ $((planned + reasons)) -gt 0 ]
