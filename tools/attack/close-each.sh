#!/bin/sh
# Closes every unit, lane and market of a case, one at a time, in the base case and in scenarios: each time there must be a plan,
# reasons why there is none (exit 3), or an error with a place, in time. Whatever `potline check` accepts, `potline plan` must answer.
# usage: close-each.sh POTLINE CASE SECONDS COUNT SEED [SCENARIO …]
#   SECONDS  time limit for each; one that takes longer has failed
#   COUNT    how many closings to try, drawn by SEED from all of them; 0 = all, in order
#   SCENARIO the scenarios to try; none = the base case and all scenarios; base = the base case
# The same seed draws the same sample; a closing that failed is repeated by the command printed with it. To try all of them:
#   sh tools/attack/close-each.sh build/release/potline cases/alro-azeraluminium 60 0 1
set -u
potline=$1 case=$2 seconds=$3 count=$4 seed=$5
shift 5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The files of the case: those beside it that have a head of their own are other cases
files() {
  for file in "$case"/*.yaml; do
    [ "$file" = "$case/case.yaml" ] || ! grep -q '^case:' "$file" && echo "$file"
  done
}

# "unit NAME" … for every thing in the files of the case
things() {
  files | xargs -d '\n' awk '/^[a-z]/ { section = $1 }
       /^  [a-z0-9-]+:/ && section ~ /^(units|lanes|markets):$/ { name = $1; sub(/:$/, "", name); print substr(section, 1, length(section) - 1), name }' \
    | sort -u
}

# The settings that close a thing; the first that the case accepts counts, since units differ (tonnes, MWh, …).
closings() {
  case $1 in
    markets) field='up to' ;;
    *) field=capacity ;;
  esac
  for amount in '0 t/month' '0 MWh/month' '0 kg/month' '0 m3/month' '0 h/month'; do echo "$1.$2.$field=$amount"; done
}

# The names under "scenarios:" in the files of the case
scenarios() {
  files | xargs -d '\n' awk '/^[a-z]/ { section = $1 }
       /^  [a-z0-9-]+:/ && section == "scenarios:" { sub(/:.*$/, "", $1); print $1 }' | sort -u
}

# COUNT lines of the input, drawn by our own generator: the same on every machine
draw() {
  awk -v count="$count" -v seed="$seed" '
    function next_random() { state = (state * 69069 + 12345) % 4294967296; return int(state / 65536) }
    BEGIN { state = seed % 4294967296; for (i = 0; i < 8; i++) next_random() }
    { line[NR] = $0 }
    END {
      if (count == 0 || count > NR) count = NR
      else for (i = 1; i <= count; i++) {
        k = i + (next_random() * 65536 + next_random()) % (NR - i + 1)
        swap = line[i]; line[i] = line[k]; line[k] = swap
      }
      for (i = 1; i <= count; i++) print line[i]
    }'
}

try() { # SCENARIO SETTING: the exit status in $status
  if [ "$1" = base ]; then set -- --set "$2"; else set -- --scenario "$1" --set "$2"; fi
  timeout "$seconds" "$potline" plan "$case" "$@" -q --out "$work/one.run" --replace >"$work/out" 2>"$work/err"
  status=$?
}

complain() { # SCENARIO SETTING WHAT
  wrong=$((wrong + 1))
  echo "$1: $3: potline plan $case $([ "$1" = base ] || echo "--scenario $1 ")--set '$2'"
  sed 's/^/    /' "$work/err"
}

[ $# -gt 0 ] || set -- base $(scenarios)
things >"$work/things"
for scenario in "$@"; do
  sed "s/^/$scenario /" "$work/things"
done | draw >"$work/drawn"
[ "$count" -eq 0 ] || echo "seed $seed: $count closings"

planned=0 reasons=0 refused=0 wrong=0
while read -r scenario section name; do
  closings "$section" "$name" >"$work/closings"
  while read -r setting; do
    try "$scenario" "$setting" </dev/null
    [ $status -eq 65 ] || break
  done <"$work/closings"
  case $status in
    0) planned=$((planned + 1)) ;;
    65) refused=$((refused + 1)) ;;
    3)
      reasons=$((reasons + 1))
      grep -q 'cheapest remedy' "$work/err" || complain "$scenario" "$setting" "no remedy is reported"
      ;;
    124) complain "$scenario" "$setting" "no answer within $seconds s" ;;
    *) complain "$scenario" "$setting" "exit $status" ;;
  esac
done <"$work/drawn"
echo "$planned planned, $reasons with reasons why not, $refused refused, $wrong wrong"
[ $wrong -eq 0 ] && [ $((planned + reasons)) -gt 0 ]
