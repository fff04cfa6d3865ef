#!/bin/sh
# Do two builds print the same? Runs both on the shipped cases and on the cases of the tests, and compares all that they write
# byte by byte: for changes that move code and must not change an answer.
# With `numbers` only the numbers are compared: for changes of words.
# usage: same-output.sh POTLINE OTHER-POTLINE [quick|full] [numbers]     prints each page that differs, and fails where there is one
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
first=$(realpath "$1") second=$(realpath "$2") size=${3:-full} only=${4:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundled=$here/cases/alro-azeraluminium
export POTLINE_DATA="$here"
pages=0 bad=0

answer() { # answer FILE PROGRAM COMMAND…: what it prints, without its times, and with which status it ends
  out=$1 program=$2
  shift 2
  status=0
  ( cd "$here" && "$program" "$@" >"$work/raw" 2>&1 </dev/null ) || status=$?
  sed 's/"seconds":[0-9.e+-]*/"seconds":0/g; s/solved in [0-9.]* s/solved/; s/ solves in [0-9.]* s/ solves/' "$work/raw" >"$out"
  [ ! -f "$work/run.mps" ] || cat "$work/run.mps" >>"$out"
  [ "$only" != numbers ] || { grep -oE '[0-9][0-9,]*(\.[0-9]+)?(e[-+]?[0-9]+)?' "$out" >"$work/raw" || true; mv "$work/raw" "$out"; }
  echo "exit $status" >>"$out"
  rm -rf "$work/run" "$work/run.mps"
}

page() { # page COMMAND CASE OPTION…
  answer "$work/first" "$first" "$@"
  answer "$work/second" "$second" "$@"
  pages=$((pages + 1))
  cmp -s "$work/first" "$work/second" && return
  bad=$((bad + 1))
  echo "differs: potline $*" | sed "s#$here/##g"
  diff "$work/first" "$work/second" | head -n 6 | cut -c 1-200 | sed 's/^/    /'
}

run() { # run COMMAND CASE OPTION…: a page of a command that keeps a run
  page "$@" --out "$work/run"
}

scenarios() { # the scenarios of the bundled case that are planned by the month
  sed -n '/^scenarios:/,$s/^  \([a-z0-9-]*\):.*/\1/p' "$bundled"/case.yaml
}

run plan "$bundled" --format json -q
run plan "$bundled" --scenario memorandum --mps "$work/run.mps"
page explain "$bundled" --scenario memorandum -q
run value "$bundled" --scenario memorandum --format json -q --grid-error no
run plan "$here/cases/smelter-tutorial"
page explain "$here/cases/smelter-tutorial" --format json -q
for case in "$here"/tests/cases/agreements/*/ "$here"/tests/agreements/*.yaml "$here"/tests/cases/audit/*.yaml \
  "$here"/tests/cases/ties/* "$here"/tests/cases/smelter "$here"/tests/cli/smelter; do
  run plan "$case" --format json -q --mps "$work/run.mps"
  page explain "$case" -q
  run value "$case" -q --grid-error no
done
for case in "$here"/tests/cases/bad/*.yaml; do page check "$case"; done
if [ "$size" = full ]; then
  for scenario in $(scenarios); do
    run plan "$bundled" --scenario "$scenario" --format json -q
    page explain "$bundled" --scenario "$scenario" -q
  done
  run value "$bundled" --scenario memorandum
  run plan "$bundled" --scenario plant-850 --set case.to=2026-03 -q
  page explain "$bundled" --scenario plant-850 --set case.to=2026-03 -q
  for method in simplex interior vertex windows rolling; do
    run plan "$bundled" --scenario memorandum --method $method --format json -q
  done
fi
echo "$pages pages, $bad of them differ"
[ "$bad" = 0 ]
