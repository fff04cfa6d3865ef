#!/bin/sh
# Out of memory is a status of its own (71), with a sentence and without a core, whoever asks for more: the reader, the solver
# or a writer. The limits go down until the program has none to start with; each run must end in a documented way.
# usage: memory.sh PROGRAM CASE
set -u
program=$1 case=$2 out=0
work=$(mktemp -d) && cd "$work" || exit 1
for kib in 400000 200000 150000 130000 115000 100000 95000 90000 85000 80000 78000 76000; do
  rm -f a.run a.run.*
  (ulimit -c 0; ulimit -v $kib; exec "$program" plan "$case" -q --jobs 1 --out a.run) >/dev/null 2>err
  code=$?
  case $code in
  0) [ -e a.run ] || { echo "$kib KiB: no run"; out=1; } ;;
  71) grep -q "^error: out of memory$" err && grep -q "^  hint: a coarser step, fewer --jobs, or more memory; nothing was changed$" err || { echo "$kib KiB: no reason"; cat err; out=1; }
    seen=1 ;;
  127) break ;; # not even the libraries fit
  *) echo "$kib KiB: status $code"; cat err; out=1 ;;
  esac
  [ -z "$(ls -A | grep '\.new$')" ] || { echo "$kib KiB: a temporary is left"; out=1; }
done
[ "${seen:-0}" = 1 ] || { echo "no limit was low enough"; out=1; }
cd / && rm -rf "$work"
exit $out
