#!/bin/sh
# Has every function of src a caller in src? What only tests call, nobody needs. Excepted: main, and the functions of include/potline.h.
# Lists those that have none, by the objects of a build, and fails where there are any.
# usage: callers.sh BUILD
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$build"
# src/base/CMakeFiles/potline_base.dir/text.c.o is of src/base/text.c, unless that has gone
find src -name '*.c.o' | while read -r object; do
  source=$(echo "$object" | sed 's#CMakeFiles/[^/]*/##; s#\.o$##')
  [ ! -e "$top/$source" ] || echo "$object"
done >"$work/objects"
[ -s "$work/objects" ] || { echo "no objects in $1/src"; exit 1; }
xargs nm -g --undefined-only <"$work/objects" | awk 'NF == 2 { print $2 }' | sort -u >"$work/called"
xargs nm -g --defined-only <"$work/objects" | awk 'NF == 3 && $2 == "T" { print $3 }' | sort -u | comm -23 - "$work/called" >"$work/uncalled"
# What is called within its own file alone leaves no trace in an object: count the words, comments aside. Declared and defined makes two.
find "$top/src" -name '*.[ch]' -exec cat {} + | awk '
  { line = $0; out = ""
    while (line != "") {
      if (inside) { i = index(line, "*/"); if (!i) { line = ""; break }; line = substr(line, i + 2); inside = 0 }
      else { i = index(line, "/*"); if (!i) { out = out line; break }; out = out substr(line, 1, i - 1); line = substr(line, i + 2); inside = 1 }
    }
    print out }' >"$work/code"
# Names that macros paste together, pl_audit_unit_##part: known by how they begin.
grep -o '[a-z_]*_##' "$work/code" | sed 's/##$//' | sort -u | sed 's/^/^/' >"$work/pasted"
bad=0
for function in $(cat "$work/uncalled"); do
  [ "$function" = main ] && continue
  grep -qw "$function" "$top/include/potline.h" && continue
  echo "$function" | grep -qf "$work/pasted" && continue
  [ "$(grep -ow "$function" "$work/code" | wc -l)" -gt 2 ] && continue
  echo "no caller in src: $function"
  bad=1
done
exit $bad
