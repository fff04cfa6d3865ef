#!/bin/sh
# Is the code formatted as .clang-format says? One version of the formatter, for others differ; without it nothing is checked.
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
