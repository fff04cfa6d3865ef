#!/bin/sh
# Makes sure that HiGHS is installed for linking, and prints which one it is: the pinned version (highs.pin), fetched and built
# once into the user's cache, unless the user chooses another. Writes nothing into the project.
#
# usage: get-highs.sh [--where]     --where: only print the folder where it is installed; fails if it is not installed yet
#
# POTLINE_HIGHS      "pinned" (the default); "system": the copy in /usr/local or /usr; a folder: the copy installed there
# POTLINE_HIGHS_SRC  source code of HiGHS, a folder or an archive, to build instead of the pinned version
# XDG_CACHE_HOME     folder of the cache, ~/.cache by default
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/potline
. "$here/highs.pin"

say() { printf 'get-highs: %s\n' "$*"; }
refuse() { printf 'get-highs: %s\n' "$@" >&2; exit 1; }

# version_of PREFIX: "1.15.1" from an installed HConfig.h
version_of() {
  sed -n 's/^#define HIGHS_VERSION_\(MAJOR\|MINOR\|PATCH\) \([0-9]*\).*/\2/p' "$1/include/highs/HConfig.h" | paste -sd.
}

# recent VERSION: at least the oldest supported version
recent() {
  [ "$(printf '%s\n' "$oldest" "$1" | sort -V | head -n 1)" = "$oldest" ]
}

# links PREFIX: whether a program that calls the C interface can be compiled and linked
links() {
  [ -f "$1/include/highs/HConfig.h" ] &&
    printf '#include <interfaces/highs_c_api.h>\nint main(void) { return Highs_versionMajor() == 0; }\n' |
    "${CC:-cc}" -x c - -I "$1/include/highs" -L "$1/lib" -lhighs -o /dev/null 2>/dev/null
}

# source_id PATH: identifies a source, to tell whether it is the one that was built
source_id() {
  if [ -d "$1" ]; then
    (cd "$1" && pwd && find . -name .git -prune -o -type f -newer CMakeLists.txt -print | sort && cksum CMakeLists.txt Version.txt)
  else
    cksum "$1"
  fi | cksum
}

# build ARCHIVE-OR-FOLDER TARGET ID: compile and install; the target only appears once it is complete
build() {
  source=$work/source
  mkdir "$source"
  if [ -d "$1" ]; then
    tar -cf - --exclude=./.git -C "$1" . | tar -xf - -C "$source"
  else
    tar -xf "$1" -C "$source" --strip-components=1
  fi
  [ -f "$source/highs/interfaces/highs_c_api.h" ] || [ -f "$source/src/interfaces/highs_c_api.h" ] ||
    refuse "$1 does not contain the source code of HiGHS"
  # The Python package omits the program and the pkg-config file, which the build requires.
  mkdir -p "$source/app"
  touch "$source/app/CMakeLists.txt" "$source/highs.pc.in"
  say "compiling HiGHS; this takes a few minutes, once"
  if ! {
    cmake -S "$source" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$work/installed" \
      -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_C_COMPILER="${CC:-cc}" -DCMAKE_CXX_COMPILER="${CXX:-c++}" \
      -DBUILD_SHARED_LIBS=ON -DBUILD_TESTING=OFF -DBUILD_EXAMPLES=OFF -DBUILD_CXX_EXE=OFF -DZLIB=OFF &&
    cmake --build "$work/build" --parallel "$(nproc)" &&
    cmake --install "$work/build"
  } >"$cache/build.log" 2>&1; then
    tail -n 20 "$cache/build.log" >&2
    refuse "HiGHS did not compile; the full log is in $cache/build.log"
  fi
  found=$(version_of "$work/installed")
  recent "$found" || refuse "$1 is HiGHS $found; $oldest or later is required"
  links "$work/installed" || refuse "HiGHS $found was compiled, but a test program does not link with it"
  echo "$3" > "$work/installed/source-id"
  rm -rf "$2"
  mv "$work/installed" "$2"
}

# choose: sets kind (shown to the user), prefix (where it is or will be installed) and, if it is built here, id (of its source)
choose() {
  own=${POTLINE_HIGHS_SRC:-} asked=${POTLINE_HIGHS:-} id=
  [ "$asked" != pinned ] || asked=
  [ -z "$own" ] || [ -z "$asked" ] || refuse "POTLINE_HIGHS and POTLINE_HIGHS_SRC are both set; unset one of them"
  if [ -n "$own" ]; then
    [ -e "$own" ] || refuse "POTLINE_HIGHS_SRC=$own does not exist"
    kind="built from $own" prefix=$cache/highs-own id=$(source_id "$own")
  elif [ "$asked" = system ]; then
    kind="the system's"
    for prefix in /usr/local /usr ""; do
      if [ -n "$prefix" ] && links "$prefix" && recent "$(version_of "$prefix")"; then break; fi
    done
    [ -n "$prefix" ] || refuse "POTLINE_HIGHS=system, but neither /usr/local nor /usr has HiGHS $oldest or later" \
      "(Debian 13: libhighs-dev); without POTLINE_HIGHS, HiGHS $version is built into your cache"
  elif [ -n "$asked" ]; then
    kind="as specified" prefix=$(cd "$asked" 2>/dev/null && pwd) && links "$prefix" ||
      refuse "POTLINE_HIGHS=$asked is neither 'system' nor a folder with include/highs and lib/libhighs.so." \
      "To build HiGHS from source, set POTLINE_HIGHS_SRC to the source"
    recent "$(version_of "$prefix")" || refuse "$asked is HiGHS $(version_of "$prefix"); $oldest or later is required"
  else
    # The name includes the hash of the source, so that another source is never taken for the pinned one.
    kind=pinned prefix=$cache/highs-$version-$(echo "$sha256" | cut -c 1-8) id=$sha256
  fi
}

# ready: whether the chosen one is installed, and built from the chosen source
ready() {
  [ -z "$id" ] || { [ "$(cat "$prefix/source-id" 2>/dev/null)" = "$id" ] && links "$prefix"; }
}

# make_ready: build the chosen one
make_ready() {
  work=$(mktemp -d "$cache/work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' HUP INT TERM
  if [ -z "$own" ]; then
    python3 "$here/fetch-highs.py" "$archive" "$sha256" "$work" || refuse \
      "the source of HiGHS $version could not be fetched from the Python index. Either give this machine access to the index" \
      "(PIP_INDEX_URL, https_proxy), or copy $archive to this machine and say where it is:" \
      "  POTLINE_HIGHS_SRC=/path/to/$archive make" \
      "or link another HiGHS, $oldest or later, which may return another of several equally good plans:" \
      "  POTLINE_HIGHS=system make      (Debian 13: libhighs-dev)"
    own=$work/$archive
  fi
  build "$own" "$prefix" "$id"
}

choose
if [ "${1:-}" = --where ]; then
  ready || refuse "HiGHS ($kind) is not installed in $prefix yet: run tools/get-highs.sh"
  printf '%s\n' "$prefix"
  exit 0
fi
if ! ready; then
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9 # if another call is building it, nothing is left to do afterwards
  ready || make_ready
fi
say "HiGHS $(version_of "$prefix"), $kind, in $prefix"
