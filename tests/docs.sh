#!/bin/sh
# Runs the commands shown in the documents: every ```sh block of FILE…, in order, in a copy of the folders that they refer to.
# If a command fails, the document fails.
# usage: docs.sh PROGRAM FILE…
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
PATH=$(cd "$(dirname "$1")" && pwd):$PATH LC_ALL=C TERM=dumb
export PATH LC_ALL TERM
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/cases" "$root/library" "$work/"
for file in "$@"; do
  awk '/^```/ { inside = $0 == "```sh"; next } inside' "$root/$file" >"$work/commands"
  [ -s "$work/commands" ] || { echo "$file contains no commands"; exit 1; }
  (cd "$work" && sh -eux ./commands >"$work/out" 2>"$work/err") || {
    echo "$file: a command failed:"
    tail -n 20 "$work/err"
    exit 1
  }
  echo "$file: $(wc -l <"$work/commands") command lines ran"
done
