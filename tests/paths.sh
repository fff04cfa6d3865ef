#!/bin/sh
# Do the files that the documents name exist? A name with folders is one from the project's folder, from src or from the document's
# own; a bare name, some file's; the target of a link, a file beside the document. RULE.c and the like stand for any.
# usage: paths.sh ROOT
set -eu
cd "$1"
bad=0
names=$(mktemp)
trap 'rm -f "$names"' EXIT
find . -name build -prune -o -name .git -prune -o -type f -print | sed 's#.*/##' | sort -u >"$names"

is_there() { # FOLDER NAME
  case $2 in
  */*) at="$2 src/$2 $1/$2" ;;
  *'*'*) at="src/*/$2 $1/$2" ;;
  *) grep -qxF -e "$2" "$names" && return 0 || return 1 ;;
  esac
  for file in $at; do # a name may have a star
    [ ! -e "$file" ] || return 0
  done
  return 1
}

for document in *.md docs/*.md docs/decisions/*.md bench/*.md tools/*/*.md tests/*/*.md; do
  folder=$(dirname "$document")
  for name in $(grep -oE '`[A-Za-z][A-Za-z0-9_*/.-]*\.(c|h|def|inc|sh|py|cmake|md|pin|patch)`' "$document" | tr -d '`' | grep -v '[A-Z]\.[a-z]*$' | sort -u); do
    is_there "$folder" "$name" || { echo "$document: there is no file $name"; bad=1; }
  done
  for name in $(grep -oE '\]\([^)#: ]+[)#]' "$document" | sed 's/^](//; s/[)#]$//' | sort -u); do
    [ -e "$folder/$name" ] || { echo "$document: the link to $name leads nowhere"; bad=1; }
  done
done
exit $bad
