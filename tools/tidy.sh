#!/bin/sh
# Checks the code of src with clang-tidy, as configured in .clang-tidy; checks nothing if this version is not installed.
# usage: tidy.sh BUILD [--deep] [FILE…]     BUILD: a folder with compile_commands.json; --deep: also run the static analyser, which takes a few minutes
set -eu
build=$(cd "$1" && pwd)
shift
cd "$(dirname "$0")/.."
linter=clang-tidy-19 checks=--checks=-clang-analyzer-*
command -v $linter >/dev/null || { echo "code not checked: $linter is not installed"; exit 0; }
[ "${1:-}" != --deep ] || { checks='--checks='; shift; }
{ [ $# -gt 0 ] && printf '%s\n' "$@" || find src -name '*.c'; } | sort |
  xargs -P "$(nproc)" -n 10 $linter --quiet "$checks" -p "$build" 2>/dev/null
