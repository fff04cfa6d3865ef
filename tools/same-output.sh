#!/bin/sh
# Do two builds print the same? Runs both on the shipped cases and on the cases of the tests, and compares all that they write
# byte by byte: for changes that move code and must not change an answer.
# usage: same-output.sh POTLINE OTHER-POTLINE [quick|full]     prints each page that differs, and fails where there is one
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
first=$(realpath "$1") second=$(realpath "$2") size=${3:-full}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundled=$here/cases/alro-azeraluminium
export POTLINE_DATA="$here"
pages=0 bad=0

answer() { # answer FILE PROGRAM COMMAND…: what it prints and with which status it ends
  out=$1 program=$2
  shift 2
  ( cd "$here" && "$program" "$@" --out "$work/run" >"$out" 2>&1 </dev/null && echo "exit 0" >>"$out" || echo "exit $?" >>"$out" )
  rm -rf "$work/run"
}

page() { # page COMMAND CASE OPTION…
  answer "$work/first" "$first" "$@"
  answer "$work/second" "$second" "$@"
  pages=$((pages + 1))
  cmp -s "$work/first" "$work/second" && return
  bad=$((bad + 1))
  echo "differs: potline $*" | sed "s#$here/##g"
  diff "$work/first" "$work/second" | head -n 6 | sed 's/^/    /'
}

without_run() { # without_run COMMAND CASE…: a command that writes no run
  for k in first second; do
    eval "program=\$$k"
    ( cd "$here" && "$program" "$@" >"$work/$k" 2>&1 </dev/null && echo "exit 0" >>"$work/$k" || echo "exit $?" >>"$work/$k" )
  done
  pages=$((pages + 1))
  cmp -s "$work/first" "$work/second" && return
  bad=$((bad + 1))
  echo "differs: potline $*" | sed "s#$here/##g"
  diff "$work/first" "$work/second" | head -n 6 | sed 's/^/    /'
}

scenarios() { # the scenarios of the bundled case that are planned by the month
  sed -n '/^scenarios:/,$s/^  \([a-z0-9-]*\):.*/\1/p' "$bundled"/case.yaml
}

page plan "$bundled" --format json -q
page plan "$bundled" --scenario memorandum
page explain "$bundled" --scenario memorandum -q
page value "$bundled" --scenario memorandum --format json -q --grid-error no
page plan "$here/cases/smelter-tutorial"
page explain "$here/cases/smelter-tutorial" --format json -q
for case in "$here"/tests/cases/agreements/*/ "$here"/tests/agreements/*.yaml "$here"/tests/cases/audit/*.yaml \
  "$here"/tests/cases/ties/* "$here"/tests/cases/smelter "$here"/tests/cli/smelter; do
  page plan "$case" --format json -q
  page explain "$case" -q
  page value "$case" -q --grid-error no
done
for case in "$here"/tests/cases/bad/*.yaml; do without_run check "$case"; done
if [ "$size" = full ]; then
  for scenario in $(scenarios); do
    page plan "$bundled" --scenario "$scenario" --format json -q
    page explain "$bundled" --scenario "$scenario" -q
  done
  page value "$bundled" --scenario memorandum
  page plan "$bundled" --scenario plant-850 --set case.to=2026-03 -q
  page explain "$bundled" --scenario plant-850 --set case.to=2026-03 -q --hours
  for method in simplex ipm interior windows rolling; do
    page plan "$bundled" --scenario memorandum --method $method --format json -q
  done
fi
echo "$pages pages, $bad of them differ"
[ "$bad" = 0 ]
