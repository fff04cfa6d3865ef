#!/bin/sh
# Check that no files of a folder call each other in a circle, by the symbols that the object files
# of a build define and use. What two files both need belongs below them, in a third.
# usage: circles.sh OBJECTS     the folder of the build in which src's object files lie
set -eu
objects=$1
src=$(cd "$(dirname "$0")/../src" && pwd)

# Circles that stay, one a line: the folder, its files, and why.
stay='
price formula_call formula_parse: the arguments of a call are formulas
price formula_bind quotes_resolve: formulas are bound to quotations, and quotations may be formulas
store output csv_folder netcdf xlsx sqlite_export run_write: each format knows the mark of its own files, and opens its target by the rule for all
'

cd "$objects"
files=
for file in $(find . -name '*.c.o' | sort); do # a build keeps the objects of sources that are gone
  source=$(echo "$file" | sed 's#CMakeFiles/[^/]*/##; s#\.o$##')
  [ ! -f "$src/$source" ] || files="$files $file"
done
[ -n "$files" ] || { echo "there are no object files in $objects" >&2; exit 2; }
nm -A -P $files | awk -v stay="$stay" '
  function file_of(path) { # ./solve/CMakeFiles/potline_solve.dir/interior/step.c.o: → solve/interior/step
    sub(/^\.\//, "", path); sub(/CMakeFiles\/[^\/]*\//, "", path); sub(/\.c\.o:?$/, "", path)
    return path
  }
  function folder_of(file) { sub(/\/.*/, "", file); return file }
  function name_of(file) { sub(/^[^\/]*\//, "", file); return file }
  function visit(from, at,   i, next_one) { # what can be reached from a file
    for (i = 1; i <= n_used[at]; i++) {
      next_one = used[at, i]
      if ((from, next_one) in reach) continue
      reach[from, next_one] = 1
      visit(from, next_one)
    }
  }
  function reason_of(names, n,   i, k, m, words, all) { # the exception that has all these files, 0
    for (i = 1; i <= n_stay; i++) {
      m = split(stay_files[i], words, " ")
      for (k in in_stay) delete in_stay[k]
      for (k = 1; k <= m; k++) in_stay[words[k]] = 1
      all = 1
      for (k = 1; k <= n; k++) all = all && (names[k] in in_stay)
      if (all) return i
    }
    return 0
  }
  BEGIN {
    m = split(stay, lines, "\n")
    for (i = 1; i <= m; i++) {
      if (lines[i] == "") continue
      line = lines[i]; sub(/:.*/, "", line)
      k = split(line, word, " ")
      line = ""
      for (j = 2; j <= k; j++) line = line (j > 2 ? " " : "") word[1] "/" word[j]
      stay_files[++n_stay] = line
    }
  }
  { file = file_of($1)
    if (!(file in is_file)) { is_file[file] = 1; all[++n_all] = file } }
  $3 ~ /^[TDBRCVW]$/ { home[$2] = file }
  $3 == "U" { uses[++n_uses] = file; symbol[n_uses] = $2 }
  END {
    for (i = 1; i <= n_uses; i++) {
      if (!(symbol[i] in home)) continue
      from = uses[i]; to = home[symbol[i]]
      if (from == to || folder_of(from) != folder_of(to)) continue
      if (!((from, to) in by)) used[from, ++n_used[from]] = to
      if (!((from, to) in by)) by[from, to] = symbol[i]
    }
    for (i = 1; i <= n_all; i++) visit(all[i], all[i])
    for (i = 1; i <= n_all; i++) {
      one = all[i]
      if (one in told || !((one, one) in reach)) continue
      n = 0
      for (j = i; j <= n_all; j++)
        if (((one, all[j]) in reach) && ((all[j], one) in reach)) { circle[++n] = all[j]; told[all[j]] = 1 }
      why = reason_of(circle, n)
      if (why) { seen[why] = 1; continue }
      bad = 1
      print "src/" folder_of(one) ": these files call each other in a circle:"
      for (j = 1; j <= n; j++)
        for (k = 1; k <= n; k++)
          if ((circle[j], circle[k]) in by)
            print "    " name_of(circle[j]) ".c uses " by[circle[j], circle[k]] " of " name_of(circle[k]) ".c"
    }
    for (i = 1; i <= n_stay; i++)
      if (!(i in seen)) { bad = 1; print "this circle is cut: take it off the list in tools/circles.sh: " stay_files[i] }
    exit bad
  }
'
