#!/bin/sh
# Does clang-tidy find fault with the code of src? By .clang-tidy; without that version of it nothing is checked.
# usage: tidy.sh BUILD [--deep] [FILE…]     BUILD: a folder with compile_commands.json; --deep: the static analyser too, some minutes
set -eu
build=$(cd "$1" && pwd)
shift
cd "$(dirname "$0")/.."
linter=clang-tidy-19 checks=--checks=-clang-analyzer-*
command -v $linter >/dev/null || { echo "not checked: $linter is not installed"; exit 0; }
[ "${1:-}" != --deep ] || { checks='--checks='; shift; }
{ [ $# -gt 0 ] && printf '%s\n' "$@" || find src -name '*.c'; } | sort |
  xargs -P "$(nproc)" -n 10 $linter --quiet "$checks" -p "$build" 2>/dev/null
