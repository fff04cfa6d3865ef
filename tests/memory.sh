#!/bin/sh
# Running out of memory has its own exit status (71) and message, and leaves no core dump, whether it happens in the reader, the
# solver or a writer. The limit is lowered until the program cannot even start; each run must end in a documented way.
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
  71) grep -q "^error: out of memory$" err && grep -q "^  hint: a coarser step, fewer --jobs, or more memory; nothing was changed$" err || { echo "$kib KiB: no error message"; cat err; out=1; }
    seen=1 ;;
  127) break ;; # not even the libraries fit into memory
  *) echo "$kib KiB: status $code"; cat err; out=1 ;;
  esac
  [ -z "$(ls -A | grep '\.new$')" ] || { echo "$kib KiB: a temporary file is left"; out=1; }
done
[ "${seen:-0}" = 1 ] || { echo "no limit was low enough"; out=1; }
cd / && rm -rf "$work"
exit $out
