#!/bin/sh
# Checks that every function of src has a caller in src, since a function that only tests call is not needed. Exceptions: main,
# and the functions of include/potline.h. Lists functions without a caller, from the object files of a build, and fails if there are any.
# usage: callers.sh BUILD
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$build"
# src/base/CMakeFiles/potline_base.dir/text.c.o belongs to src/base/text.c, unless that was deleted
find src -name '*.c.o' | while read -r object; do
  source=$(echo "$object" | sed 's#CMakeFiles/[^/]*/##; s#\.o$##')
  [ ! -e "$top/$source" ] || echo "$object"
done >"$work/objects"
[ -s "$work/objects" ] || { echo "no objects in $1/src"; exit 1; }
xargs nm -g --undefined-only <"$work/objects" | awk 'NF == 2 { print $2 }' | sort -u >"$work/called"
xargs nm -g --defined-only <"$work/objects" | awk 'NF == 3 && $2 == "T" { print $3 }' | sort -u | comm -23 - "$work/called" >"$work/uncalled"
# A call within the same file leaves no trace in the object: count occurrences of the name outside comments. Declaration and definition make two.
find "$top/src" -name '*.[ch]' -exec cat {} + | awk '
  { line = $0; out = ""
    while (line != "") {
      if (inside) { i = index(line, "*/"); if (!i) { line = ""; break }; line = substr(line, i + 2); inside = 0 }
      else { i = index(line, "/*"); if (!i) { out = out line; break }; out = out substr(line, 1, i - 1); line = substr(line, i + 2); inside = 1 }
    }
    print out }' >"$work/code"
# Names pasted together by macros (pl_audit_unit_##part) are recognised by their prefix.
grep -o '[a-z_]*_##' "$work/code" | sed 's/##$//' | sort -u | sed 's/^/^/' >"$work/pasted"
bad=0
for function in $(cat "$work/uncalled"); do
  [ "$function" = main ] && continue
  grep -qw "$function" "$top/include/potline.h" && continue
  echo "$function" | grep -qf "$work/pasted" && continue
  [ "$(grep -ow "$function" "$work/code" | wc -l)" -gt 2 ] && continue
  echo "$function has no caller in src"
  bad=1
done
exit $bad
