#!/bin/sh
# Checks that there is one answer: `plan`, `explain` and `value` print the same for every method, any number of threads and any
# order of the things in the case; and that few of the figures printed are marked as one of several.
# usage: same.sh PROGRAM [WORK]      WORK: an empty folder, which is kept so that differences can be inspected
set -eu
here=$(cd "$(dirname "$0")" && pwd) root=$(cd "$(dirname "$0")/.." && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
if [ $# -gt 1 ]; then
  work=$2
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
cd "$work"
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C
failed=0 compared=0

# blot FILE: without what depends on how it was made: seconds, method, threads, digits of the audit, and locations of files.
blot() {
  sed -e 's/solved in [0-9.,]* s by .*/solved/' -e 's/ solves in [0-9.,]* s on [0-9]* threads*/ solves/' \
    -e 's/^\(audit: material balances within \)[^ ]*\(.* within \)[^ ]*\( [A-Z]*, gap \).*/\1TINY\2TINY\3TINY/' \
    -e 's/^The run is in .*//' -e "s# *([^()]*\.\(yaml\|csv\):[0-9]*)##" "$1"
}

# lines FILE: for a case in another order. By design, things are printed in the order of the case, so the lines are sorted before
# they are compared, and within a line also the names in a list and all words about the prices of two agreements together.
lines() {
  blot "$1" | awk '
    function sorted(text, by, joint,    part, n, i, j, held, out) {
      n = split(text, part, by)
      for (i = 2; i <= n; i++)
        for (j = i; j > 1 && part[j - 1] > part[j]; j--) { held = part[j]; part[j] = part[j - 1]; part[j - 1] = held }
      for (i = 1; i <= n; i++) out = out (i > 1 ? joint : "") part[i]
      return out
    }
    function finish() { if (list != "") print "not used: " sorted(list, ", ", ", "); list = "" }
    /^not used: / { finish(); list = substr($0, 11); next }
    list != "" && /^  [^ ]/ { list = list " " substr($0, 3); next }
    { finish() }
    /^agreement +jointly .* if only it/ { # a column for each party
      columns = 0
      for (k = 3; $k != "if"; k++) party[++columns] = $k
      for (k = 1; k <= columns; k++) at[k] = k
      for (i = 2; i <= columns; i++)
        for (j = i; j > 1 && party[at[j - 1]] > party[at[j]]; j--) { held = at[j]; at[j] = at[j - 1]; at[j - 1] = held }
    }
    NF == 0 { columns = 0 }
    columns > 0 && NF > columns + 2 {
      for (k = 1; k <= columns; k++) cell[k] = $(k + 2)
      for (k = 1; k <= columns; k++) $(k + 2) = cell[at[k]]
    }
    match($0, /mean price in .*/) { $0 = substr($0, 1, RSTART + 13) sorted(substr($0, RSTART + 14), " or ", " or ") }
    match($0, /(times the difference|that support the plan): /) { # a figure for each party
      tail = match($0, /; above, at .*/) ? substr($0, RSTART) : ""
      match($0, /(times the difference|that support the plan): /)
      from = RSTART + RLENGTH
      $0 = substr($0, 1, from - 1) sorted(substr($0, from, length($0) - length(tail) - from + 1), ", ", ", ") tail
    }
    / together: both sides gain / { gsub(/[(),]/, " "); print sorted($0, " +", " "); next }
    match($0, /[^ ]+( \+ [^ ]+)+/) {
      $0 = substr($0, 1, RSTART - 1) sorted(substr($0, RSTART, RLENGTH), " [+] ", " + ") substr($0, RSTART + RLENGTH)
    }
    { print }
    END { finish() }' | tr -s ' ─' | sed 's/ *$//' | sort
}

# run NAME COMMAND…: writes its output to NAME.said
run() {
  said=$1.said && shift
  "$program" "$@" >"$said" 2>err || { cat err && echo "failed: $*" && exit 1; }
}

# check HOW ONE OTHER: whether both are the same after HOW
check() {
  compared=$((compared + 1))
  "$1" "$2.said" >one
  "$1" "$3.said" >other
  [ -s one ] || { echo "$2 is empty" && failed=1; }
  cmp -s one other || { echo "$2 and $3 differ:" && diff one other | head -n 20 && failed=1; }
}

# plan NAME CASE OPTIONS…: NAME-plan and NAME-explain
plan() {
  name=$1 && shift
  rm -f "$name.run"
  run "$name-plan" plan "$@" --out "$name.run"
  run "$name-explain" explain "$name.run" --limit 20
}

# value NAME CASE OPTIONS…
value() {
  name=$1 && shift
  rm -f "$name.run"
  run "$name-value" value "$@" --out "$name.run"
}

# in_order NAME CASE METHODS SEEDS OPTIONS…: with these methods, and with the case in other orders
in_order() {
  name=$1 case=$2 methods=$3 seeds=$4 && shift 4
  echo "$name"
  plan first "$case" "$@"
  for method in $methods; do
    plan "$method" "$case" "$@" --method "$method"
    check blot first-plan "$method-plan"
    check blot first-explain "$method-explain"
  done
  for seed in $seeds; do
    rm -rf shuffled
    python3 "$here/shuffle.py" "$case" shuffled "$seed"
    plan second shuffled "$@"
    check lines first-plan second-plan
    check lines first-explain second-explain
  done
}

# valued NAME CASE JOBS OPTIONS…: with these numbers of threads instead of one, and in another order with three
valued() {
  name=$1 case=$2 threads=$3 && shift 3
  echo "value of $name"
  value first "$case" "$@" --jobs 1
  for jobs in $threads; do
    value second "$case" "$@" --jobs "$jobs"
    check blot first-value second-value
  done
  rm -rf shuffled
  python3 "$here/shuffle.py" "$case" shuffled 3
  value second shuffled "$@" --jobs 3
  check lines first-value second-value
}

# marked FILE…: counts the figures, and those marked as one of several
marked() {
  cat "$@" | awk '
    { n = gsub(/-?[0-9][0-9,]*(\.[0-9]+)?/, "&"); all += n }
    /one of several|at most [0-9]|lowest of several/ { open += n }
    END { printf "%d of %d figures are marked as one of several\n", open, all; exit all < 1000 || open > 0.1 * all }'
}

every="simplex interior vertex windows"
bundled=$root/cases/alro-azeraluminium
in_order memorandum "$bundled" "$every" 1 --scenario memorandum
cp first-plan.said pages-plan.said
cp first-explain.said pages-explain.said
in_order base "$bundled" windows 2
in_order "Ganja at 110 kt" "$bundled" vertex 3 --scenario memorandum-ganja-110
for case in "$root/cases/smelter-tutorial" "$here/cases/agreements/zopa" "$here/cases/agreements/owen" \
  "$here/cases/agreements/same" "$here/cases/smelter" "$here/cases/known/alloy-charge"; do
  in_order "$(basename "$case")" "$case" "$every" "1 2 3"
done
in_order ties "$here/cases/ties" "$every" "1 2 3 4 5"
valued ties "$here/cases/ties" "2 4"
for case in zopa owen same; do valued $case "$here/cases/agreements/$case" "2 4"; done
valued memorandum "$bundled" "" --scenario memorandum
cp first-value.said pages-value.said
marked pages-plan.said pages-explain.said pages-value.said || failed=1
echo "$compared pages compared"
[ $failed = 0 ] && [ $compared -gt 100 ]
