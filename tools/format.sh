#!/bin/sh
# Checks that the code is formatted by .clang-format; --fix formats it. Requires one version of clang-format, since others format
# differently; checks nothing if that is not installed.
# usage: format.sh [--fix]
set -eu
cd "$(dirname "$0")/.."
formatter=clang-format-19
command -v $formatter >/dev/null || { echo "formatting not checked: $formatter is not installed"; exit 0; }
find src include tests tools bench -name '*.[ch]' -print0 | if [ "${1:-}" = --fix ]; then
  xargs -0 $formatter -i
else
  xargs -0 $formatter --dry-run --Werror
fi
