#!/bin/sh
# Checks the layout of the sources: a file may include headers of its own folder and of the folders
# listed before it; a file in a subfolder those of its parent folder, but not of a sibling subfolder;
# a header whose name ends in _parts.h may only be included in its own folder; a third-party header
# may be included in one .c file only; and only cli may print or end the program.
# usage: floors.sh SRC
set -eu
floors="base unit text price chain case lp plan assemble solve audit diagnose explain value risk ledger report store serve cli"
top=$(cd "$1" && pwd) # its path may contain spaces; our file names do not
cd "$top"
files=$(find . -name '*.[ch]' | sort)
awk -v floors="$floors" -v top="$top" '
  function complain(text) { print top substr(FILENAME, 2) ":" FNR ": " text; bad = 1 }
  BEGIN {
    n = split(floors, f, " "); for (i = 1; i <= n; i++) rank[f[i]] = i
    # the C standard library and POSIX
    n = split("assert ctype errno fenv float inttypes limits locale math setjmp signal stdalign stdarg stdatomic " \
              "stdbool stddef stdint stdio stdlib string time dirent fcntl getopt pthread strings unistd " \
              "sys/ioctl sys/mman sys/resource sys/stat sys/time sys/types sys/wait", f, " ")
    for (i = 1; i <= n; i++) standard[f[i] ".h"] = 1
  }
  FNR == 1 { split(FILENAME, p, "/"); from = p[2]
             if (!(from in rank)) complain("folder " from " is not in the list of floors in tools/floors.sh") }
  FNR == 1 { inner = p[4] != "" ? p[3] : "" } # the subfolder
  match($0, /^[ \t]*#[ \t]*include[ \t]*"[a-z]+\/[^"]+"/) {
    header = substr($0, RSTART, RLENGTH); gsub(/^[^"]*"|"$/, "", header)
    m = split(header, q, "/"); to = q[1]; within = m > 2 ? q[2] : ""
    if (!(to in rank) || rank[to] > rank[from]) complain(from " must not include " to)
    if (to == from && inner != "" && within != "" && within != inner)
      complain(from "/" inner " must not include " to "/" within)
    if (header ~ /_parts\.h$/ && (to != from || within != inner)) complain(header " may only be included in its own folder")
  }
  match($0, /^[ \t]*#[ \t]*include[ \t]*<[^>]+>/) {
    h = substr($0, RSTART, RLENGTH); sub(/.*</, "", h); sub(/>$/, "", h)
    if (h in standard) next
    if (FILENAME !~ /\.c$/) complain("<" h "> must not be included in a header: include it in one .c file")
    if (h in home && home[h] != FILENAME) complain("<" h "> is already included in " home[h] "; one .c file only")
    home[h] = FILENAME
  }
  from != "cli" && FILENAME !~ /(base\/arena|store\/apart)\.c$/ && !/^[ \t]*(\/\*|\*|\/\/)/ {
    line = $0; gsub(/"([^"\\]|\\.)*"/, "", line); sub(/\/\*.*/, "", line)
    if (line ~ /(^|[^a-zA-Z0-9_])(printf|puts|putchar|perror|vprintf|exit|_exit|abort|quick_exit)[ \t]*\(/ ||
        line ~ /(^|[^a-zA-Z0-9_])(stdout|stderr)([^a-zA-Z0-9_]|$)/)
      complain("only cli may print or end the program")
  }
  END { exit bad }
' $files
