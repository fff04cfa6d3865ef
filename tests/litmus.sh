#!/bin/sh
# Checks that the project can be extended as docs/architecture.md says. Each patch in tests/litmus adds something typical: a field of
# a unit, a rule of a unit with its own column and row, a format of `potline export`. The patches are applied to a copy of the
# project, built with warnings as errors, and tested by the tests that they contain. None may touch more than $most files of src.
# usage: litmus.sh HIGHS     HIGHS: the folder where HiGHS is installed
set -eu
highs=$1 most=6
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

(cd "$here" && tar -cf - --exclude=./build --exclude=./.git .) | tar -xf - -C "$work"
cd "$work"
names=
for patch in tests/litmus/*.patch; do
  name=$(basename "$patch" .patch)
  git apply -C1 "$patch" || { echo "$name: the patch no longer applies; adapt the patch to the project, or the project to it"; exit 1; }
  files=$(grep -c '^+++ b/src/' "$patch")
  tests=$(sed -n 's#^+++ b/tests/cli/\(.*\)\.sh$#\1#p' "$patch")
  [ -n "$tests" ] || { echo "$name: contains no test"; exit 1; }
  names="$names $tests"
  echo "$name: $files files of src; tested by $tests"
  [ "$files" -le $most ] || { echo "$name: more than $most files of src: some fact is kept in several places"; bad=1; }
done
sh tools/floors.sh src
cmake -G Ninja -S . -B build -DCMAKE_BUILD_TYPE=Debug -DPOTLINE_TESTS=OFF -DPOTLINE_WERROR=ON -DPOTLINE_HIGHS="$highs" >configured 2>&1 || { cat configured; exit 1; }
cmake --build build --target potline_program >built 2>&1 || { tail -n 40 built; exit 1; }
# shellcheck disable=SC2086
sh tests/cli/run.sh build/potline $names
exit $bad
