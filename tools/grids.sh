#!/bin/sh
# The tables of docs/grid.md: what agreements are worth on several grids, side by side.
# Usage: tools/grids.sh [POTLINE]    (some minutes)
set -eu
cd "$(dirname "$0")/.."
potline=${1:-build/release/potline}
case=cases/alro-azeraluminium

# The memorandum in one year, so that it can be planned by the day.
one_year() {
  set -- "$@" --set case.to=2026-12 --set 'units.slatina-gas-plant.online=100 %' \
    --set 'units.slatina-gas-plant.fixed cost=20.9 MUSD/year'
  for agreement in alumina anodes sunstone-anodes strip coil marketing power; do
    set -- "$@" --set "agreements.$agreement.from=2026-01" --set "agreements.$agreement.to=2026-12"
  done
  "$potline" value $case --scenario memorandum --quiet "$@" 2> /dev/null
}

print() {
  printf '\n### %s\n\n```\n' "$1"
  shift
  "$@"
  printf '```\n'
}

print 'The memorandum, five years' "$potline" value $case --scenario memorandum \
  --grids 'month half-month week' --set case.transit=rounded
print 'The memorandum in one year, power at its mean of the month' one_year \
  --grids 'month half-month week day' --set 'quotations.POWER.RO={formula: POWER.RO.MONTH}'
print 'The memorandum in one year, power by the hour' one_year --grids 'month half-month week day'
print "The tutorial's smelter" "$potline" value cases/smelter-tutorial \
  --grids 'month half-month week day'
