#!/bin/sh
# Snapshot tests of the program: every tests/cli/NAME.sh runs in an empty folder; its standard output, standard
# error and exit code must equal NAME.out, NAME.err, NAME.exit (absent = empty, 0). What differs from run to run or
# from machine to machine is blotted out first: seconds, versions, counts of iterations, the last digits of an audit.
# usage: run.sh PROGRAM [--accept] [NAME…]     only the tests of these names
set -u
program=$1 accept=
shift
if [ "${1:-}" = --accept ]; then accept=$1; shift; fi
here=$(cd "$(dirname "$0")" && pwd) passed=0 failed=0
PATH=$(cd "$(dirname "$program")" && pwd):$PATH LC_ALL=C TZ=UTC CASES=$here TERM=dumb
export PATH LC_ALL TZ CASES TERM
POTLINE_DATA=$here; export POTLINE_DATA
blot() {
  sed -e "s#$here#CASES#g" -e "s#$(dirname "$here")#TESTS#g" \
    -e 's/solved in [0-9.,]* s by .*/solved in S s by SOLVER/' \
    -e 's/ solves in [0-9.,]* s on [0-9]* threads*/ solves in S s on N threads/' \
    -e 's/"seconds":[^,]*,"jobs":[0-9]*/"seconds":S,"jobs":N/' \
    -e 's/^potline [0-9.]* with HiGHS [0-9.]*$/potline V with HiGHS V/' \
    -e 's/this potline ([0-9.]*)/this potline (V)/' \
    -e 's/ of 20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]/ of DATE/' \
    -e 's/stopped after [0-9]* s/stopped after S s/' \
    -e 's/"method":"[^"]*","seconds":[^,]*,"iterations":[^}]*/"method":"M","seconds":S,"iterations":N/' \
    -e 's/"audit":{"passed":true,[^}]*}/"audit":{"passed":true,…}/' \
    -e 's/^\(audit: material balances within \)[^ ]*\(.* within \)[^ ]*\( [A-Z]*, gap \).*/\1TINY\2TINY\3TINY/' \
    "$1" | awk '{ # numbers in full precision: nine digits are enough
      out = ""
      while (match($0, /[0-9]+\.[0-9][0-9][0-9][0-9][0-9][0-9][0-9]+(e[-+]?[0-9]+)?/)) {
        out = out substr($0, 1, RSTART - 1) sprintf("%.9g", substr($0, RSTART, RLENGTH))
        $0 = substr($0, RSTART + RLENGTH)
      }
      print out $0
    }' >"$1.plain" && mv "$1.plain" "$1"
}
for test in "$here"/*.sh; do
  name=$(basename "$test" .sh)
  [ "$name" = run ] && continue
  case " ${*:-$name} " in *" $name "*) ;; *) continue ;; esac
  work=$(mktemp -d)
  mkdir "$work/in"
  (cd "$work/in" && sh "$test" >"$work/out" 2>"$work/err"; echo $? >"$work/exit")
  for part in out err exit; do
    want=$here/$name.$part
    blot "$work/$part"
    if [ "$accept" = --accept ]; then
      empty=0; [ -s "$work/$part" ] || empty=1
      [ $part = exit ] && [ "$(cat "$work/exit")" = 0 ] && empty=1
      if [ $empty = 1 ]; then rm -f "$want"; else cp "$work/$part" "$want"; fi
      continue
    fi
    [ -e "$want" ] || { want=$work/none; : >"$want"; [ $part != exit ] || echo 0 >"$want"; }
    diff -u "$want" "$work/$part" || : >"$work/bad"
  done
  if [ -e "$work/bad" ]; then failed=$((failed + 1)); echo "not ok: $name"; else passed=$((passed + 1)); fi
  rm -rf "$work"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
