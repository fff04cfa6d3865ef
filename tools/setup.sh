#!/bin/sh
# Installs what building and testing require on Debian 12 or 13: the packages below, and HiGHS (tools/get-highs.sh).
# Run it as root or as a user with sudo; it prints what it is going to install. A second call does nothing.
# usage: setup.sh [check]     check: also install the tools that check formatting and style, where they are available
set -eu
cd "$(dirname "$0")/.."
here=tools
state=${XDG_CACHE_HOME:-$HOME/.cache}/potline

# The list of packages, and what each is for.
packages() {
  sed 's/ *#.*//; /^$/d' <<'END'
ca-certificates   # to fetch the source of HiGHS
python3           # to fetch the source of HiGHS, and for tests
gcc               # the program
g++               # HiGHS
libc6-dev         # both
make              # the Makefile
cmake             # the build
ninja-build       # the build
pkg-config        # to find the libraries below
libyaml-dev       # cases
libsqlite3-dev    # run files
libzstd-dev       # run files: long series
libsuitesparse-dev # ordering of sparse matrices (AMD)
libxlsxwriter-dev # export to spreadsheets
libminizip-dev    # required by the pkg-config file of libxlsxwriter on Debian 13, but not by its package
libnetcdf-dev     # export to netCDF
libcmocka-dev     # unit tests
scdoc             # the manual page
END
}

# Used only by `make check`. The version is that of tools/format.sh.
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
    refuse "this script only installs Debian packages; on another system install the equivalents of: $*"
  line="apt-get install --no-install-recommends $*"
  if [ "$(id -u)" = 0 ]; then
    as_root=env
  elif command -v sudo >/dev/null; then
    as_root="sudo env"
  else
    refuse "some packages are missing, and this user is neither root nor has sudo. As root, run:" "  $line"
  fi
  say "installing these Debian packages: $*"
  apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -qq"
  # On a fresh machine the package lists are empty or outdated: update them only if installing fails.
  $apt install -y --no-install-recommends "$@" >"$log" 2>&1 ||
    { $apt update && $apt install -y --no-install-recommends "$@"; } >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; refuse "apt-get failed. Try manually, as root:" "  apt-get update && $line"; }
}

mkdir -p build "$state"
log=$state/setup.log

# The stamp records that this list was installed; the tests below check that the tools are still there.
stamp="$state/setup.stamp"
list=$(packages | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$list" ] ||
   ! { command -v cmake && command -v ninja && command -v pkg-config && command -v c++; } >/dev/null ||
   ! find /usr/include/suitesparse/amd.h >/dev/null 2>&1 ||
   ! pkg-config --exists yaml-0.1 sqlite3 libzstd xlsxwriter netcdf cmocka; then
  install_packages $(missing $(packages))
  echo "$list" >"$stamp"
fi
[ "${1:-}" != check ] || ( install_packages $(missing $(linters)) ) || say "formatting and style of the code will not be checked"
$here/get-highs.sh
