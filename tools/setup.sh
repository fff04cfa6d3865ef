#!/bin/sh
# Install what building and testing need on Debian 12 or 13: the packages below, and HiGHS (tools/get-highs.sh).
# Runs as root, or as a user who may use sudo; says what it installs before it does. A second call does nothing.
# usage: setup.sh [check]     check: also what checks the form of the code; a machine that cannot have it does without
set -eu
cd "$(dirname "$0")/.."
here=tools
state=${XDG_CACHE_HOME:-$HOME/.cache}/potline

# The one list: package, and what it is for.
packages() {
  sed 's/ *#.*//; /^$/d' <<'END'
ca-certificates   # to fetch the source of HiGHS
python3           # to fetch the source of HiGHS, and for tests
gcc               # the program
g++               # HiGHS
libc6-dev         # both
make              # the front door
cmake             # the build
ninja-build       # the build
pkg-config        # to find the libraries below
libyaml-dev       # cases
libsqlite3-dev    # run files
libzstd-dev       # run files: long series
libsuitesparse-dev # ordering of sparse matrices (AMD)
libxlsxwriter-dev # export to spreadsheets
libminizip-dev    # the pkg-config file of libxlsxwriter asks for it on Debian 13, its package does not
libnetcdf-dev     # export to netCDF
libcmocka-dev     # unit tests
scdoc             # the manual page
END
}

# What only `make check` uses. The version is that of tools/format.sh.
linters() {
  echo clang-format-19 clang-tidy-19
}

say() { printf 'setup: %s\n' "$*"; }
refuse() { printf 'setup: %s\n' "$@" >&2; exit 1; }

missing() { # missing PACKAGE…: those that are not installed
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

install_packages() { # install_packages PACKAGE…
  [ $# -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    refuse "this script knows Debian's packages only; on another system install the like of: $*"
  line="apt-get install --no-install-recommends $*"
  if [ "$(id -u)" = 0 ]; then
    as_root=env
  elif command -v sudo >/dev/null; then
    as_root="sudo env"
  else
    refuse "these packages are missing, and this is neither root nor a user with sudo. As root, run:" "  $line"
  fi
  say "installing these Debian packages: $*"
  apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -qq"
  # The lists of a fresh machine are empty or too old to serve: renew them only then.
  $apt install -y --no-install-recommends "$@" >"$log" 2>&1 ||
    { $apt update && $apt install -y --no-install-recommends "$@"; } >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; refuse "apt-get failed. Try by hand, as root:" "  apt-get update && $line"; }
}

mkdir -p build "$state"
log=$state/setup.log

# The stamp says that this list was installed; the tools tell whether they still are.
stamp="$state/setup.stamp"
list=$(packages | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$list" ] ||
   ! { command -v cmake && command -v ninja && command -v pkg-config && command -v c++; } >/dev/null ||
   ! find /usr/include/suitesparse/amd.h >/dev/null 2>&1 ||
   ! pkg-config --exists yaml-0.1 sqlite3 libzstd xlsxwriter netcdf cmocka; then
  install_packages $(missing $(packages))
  echo "$list" >"$stamp"
fi
[ "${1:-}" != check ] || ( install_packages $(missing $(linters)) ) || say "the form of the code will not be checked"
$here/get-highs.sh
