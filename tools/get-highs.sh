#!/bin/sh
# Make sure that a HiGHS of 1.10 or later is there to link: one in the user's cache, else one of the system, else built
# once into the cache from the newest source that this machine can reach. Writes nothing into the project.
#
# POTLINE_HIGHS_SRC  an own copy of the source, a folder or an archive; it comes before everything else
# XDG_CACHE_HOME     where the cache is, ~/.cache by default; cmake/FindHiGHS.cmake looks there too
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/potline

say() { printf 'get-highs: %s\n' "$*"; }
refuse() { printf 'get-highs: %s\n' "$@" >&2; exit 1; }

# version HEADER: "1.15.1" from an installed HConfig.h
version() {
  sed -n 's/^#define HIGHS_VERSION_\(MAJOR\|MINOR\|PATCH\) \([0-9]*\).*/\2/p' "$1" | paste -sd.
}

# recent VERSION: 1.10 or later
recent() {
  [ "$(printf '1.10\n%s\n' "$1" | sort -V | head -n 1)" = 1.10 ]
}

# links PREFIX: a program that calls the C interface can be compiled and linked
links() {
  printf '#include <interfaces/highs_c_api.h>\nint main(void) { return Highs_versionMajor() == 0; }\n' |
    "${CC:-cc}" -x c - -I "$1/include/highs" -L "$1/lib" -lhighs -o /dev/null 2>/dev/null
}

# source_id PATH: tells whether the own source is the one that was built
source_id() {
  if [ -d "$1" ]; then
    (cd "$1" && pwd && find . -name .git -prune -o -type f -newer CMakeLists.txt -print | sort && cksum CMakeLists.txt Version.txt)
  else
    cksum "$1"
  fi | cksum
}

# fetch FOLDER: an archive of the newest source into the folder, from the Python index, else from Debian
fetch() {
  if python3 "$here/fetch-highs.py" "$1"; then return 0; fi
  say "the Python index does not give it; trying Debian's source package"
  mirror=$(sed -n 's/^URIs: *\([^ ]*\/debian\)\/*$/\1/p; s/^deb \(\[.*\] \)*\([^ ]*\/debian\)\/* .*/\2/p' \
           /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
  mkdir -p "$1/apt/lists/partial" "$1/apt/cache/archives/partial"
  for suite in trixie sid; do
    echo "deb-src ${mirror:-http://deb.debian.org/debian} $suite main" >> "$1/apt/sources.list"
  done
  cd "$1"
  set -- -qq -o Dir::Etc::SourceList="$1/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$1/apt/lists" -o Dir::Cache="$1/apt/cache" -o APT::Sandbox::User=
  apt-get "$@" update || return 1
  for suite in sid trixie; do
    apt-get "$@" source --download-only --only-source "highs/$suite" || true
    # Of the three files of a source package only this one is needed; the signed index names its SHA-256.
    for archive in highs_*.orig.tar.*; do
      if [ -f "$archive" ] && apt-cache "$@" showsrc highs | grep -q "$(sha256sum <"$archive" | cut -d' ' -f1)"; then
        return 0
      fi
    done
  done
  return 1
}

# build ARCHIVE-OR-FOLDER TARGET: compile and install, in place only when whole; TARGET may say VERSION
build() {
  source=$work/source
  mkdir "$source"
  if [ -d "$1" ]; then
    tar -cf - --exclude=./.git -C "$1" . | tar -xf - -C "$source"
  else
    tar -xf "$1" -C "$source" --strip-components=1
  fi
  [ -f "$source/highs/interfaces/highs_c_api.h" ] || [ -f "$source/src/interfaces/highs_c_api.h" ] ||
    refuse "$1 does not hold the source of HiGHS"
  # The Python package leaves out the program and the pkg-config file, which the build then asks for in vain.
  mkdir -p "$source/app"
  touch "$source/app/CMakeLists.txt" "$source/highs.pc.in"
  say "compiling HiGHS: some minutes, once"
  if ! {
    cmake -S "$source" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$work/installed" \
      -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_C_COMPILER="${CC:-cc}" -DCMAKE_CXX_COMPILER="${CXX:-c++}" \
      -DBUILD_SHARED_LIBS=ON -DBUILD_TESTING=OFF -DBUILD_EXAMPLES=OFF -DBUILD_CXX_EXE=OFF -DZLIB=OFF &&
    cmake --build "$work/build" --parallel "$(nproc)" &&
    cmake --install "$work/build"
  } >"$cache/build.log" 2>&1; then
    tail -n 20 "$cache/build.log" >&2
    refuse "HiGHS did not compile; the whole log is $cache/build.log"
  fi
  found=$(version "$work/installed/include/highs/HConfig.h")
  recent "$found" || refuse "$1 is HiGHS $found; 1.10 or later is needed"
  links "$work/installed" || refuse "HiGHS $found was compiled, but a program does not link with it"
  target=$2
  [ -n "$target" ] || target=$cache/highs-$found
  rm -rf "$target"
  mv "$work/installed" "$target"
  say "HiGHS $found is in $target"
}

# cached: some HiGHS of the cache that links
cached() {
  for prefix in "$cache"/highs-own "$cache"/highs-[0-9]*; do
    if [ -f "$prefix/include/highs/HConfig.h" ] && links "$prefix"; then return 0; fi
  done
  return 1
}

system() {
  for prefix in /usr/local /usr; do
    header=$prefix/include/highs/HConfig.h
    if [ -f "$header" ] && recent "$(version "$header")" && links "$prefix"; then return 0; fi
  done
  return 1
}

own=${POTLINE_HIGHS_SRC:-}
if [ -n "$own" ]; then
  [ -e "$own" ] || refuse "POTLINE_HIGHS_SRC=$own does not exist"
elif cached || system; then
  exit 0
fi

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9 # another call may be building; then there is nothing left to do
work=$(mktemp -d "$cache/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

if [ -n "$own" ]; then
  id=$(source_id "$own")
  if [ "$(cat "$cache/highs-own/source-id" 2>/dev/null)" = "$id" ]; then exit 0; fi
  say "own source $own"
  build "$own" "$cache/highs-own"
  echo "$id" > "$cache/highs-own/source-id"
elif ! cached; then
  mkdir "$work/archive"
  (fetch "$work/archive") || refuse \
    "no HiGHS of 1.10 or later on this machine, and its source is neither in the Python index nor in Debian's archive." \
    "Either let this machine reach one of them (PIP_INDEX_URL, https_proxy), or install libhighs-dev (Debian 13)," \
    "or bring the source of HiGHS (https://github.com/ERGO-Code/HiGHS/releases) and say where it is:" \
    "  POTLINE_HIGHS_SRC=/path/to/HiGHS-1.15.1.tar.gz make"
  build "$(ls "$work"/archive/*.tar.* | grep -v '\.asc$\|debian\.tar' | sort -V | tail -n 1)" ""
fi
