#!/bin/sh
# Checks that two builds with different versions of HiGHS give the same answers to the shipped cases. Plans and values a range of
# scenarios with both, and compares the numbers that are the same for every optimal plan: the present value of each plan, of each
# coalition and of each subset of the agreements. The accounts of the parties are compared too, but differences there are only
# reported: plans with the same joint value may divide it differently between the parties.
# usage: compare-highs.sh POTLINE OTHER-POTLINE [TOLERANCE]     relative, 1e-9 by default; fails if present values differ by more
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
first=$(realpath "$1") second=$(realpath "$2") tolerance=${3:-1e-9}
bundled=$here/cases/alro-azeraluminium

answer() { # answer FILE PROGRAM COMMAND CASE OPTION…
  out=$1 program=$2
  shift 2
  "$program" "$@" --gap 0 -q --format json --out "$work/run.run" >"$out" || true
}

compare() { # compare COMMAND CASE OPTION…
  answer "$work/first" "$first" "$@"
  answer "$work/second" "$second" "$@"
  python3 - "$work/first" "$work/second" "$tolerance" "$(echo "$*" | sed "s#$here/##")" <<'END'
import json, sys

VALUES = {"value_coalitions": ("coalition", ("value",)), "value_subsets": ("agreements", ("value",)),
          "value_parties": ("party", ("alone",))}


def values(answer):
    found = {"present value": answer.get("present_value"), "without": answer.get("without_agreements")}
    for table, (key, members) in VALUES.items():
        for row in answer.get(table, []):
            for member in members:
                found[table + " " + row[key] + " " + member] = row[member]
    return {key: x for key, x in found.items() if x is not None}


def accounts(answer):
    for table in answer.get("tables", []):
        if table["name"] == "summary":
            return {(row[0], row[1]): row[-1] for row in table["rows"]}
    return {(row["party"], row["line"]): row["with_all"] for row in answer.get("value_accounts", [])}


def apart(a, b):
    """The largest difference, relative to the largest number, and where."""
    if a.keys() != b.keys():
        return float("inf"), "the set of values"
    most = max([abs(x) for x in a.values()], default=0) or 1
    return max(((abs(a[key] - b[key]) / most, str(key)) for key in a), default=(0, ""))


first, second = (json.load(open(path)) for path in sys.argv[1:3])
state = [(x.get("plan") or x.get("status"), x.get("exit", 0)) for x in (first, second)]
if state[0] != state[1]:
    sys.exit(f"{sys.argv[4]}: {state[0]} in the one, {state[1]} in the other")
gap, where = apart(values(first), values(second))
shift, party = apart(accounts(first), accounts(second))
note = f"; accounts differ by {shift:.0e} at {party}" if shift > float(sys.argv[3]) else ""
print(f"{gap:.0e}  {sys.argv[4]}{note}")
if gap > float(sys.argv[3]):
    sys.exit(f"{sys.argv[4]}: {where} differs by {gap:.1e}")
END
}

bad=0
for scenario in memorandum tulcea-restart energy-2022q3 gas-cheap metal-248kt five-potrooms ganja-110 lme-low lme-high \
  cbam-default-values no-compensation smelter-tariff alunite memorandum-with-capital memorandum-coil-abroad; do
  compare plan "$bundled" --scenario $scenario || bad=1
done
compare plan "$bundled" || bad=1
compare plan "$here/cases/smelter-tutorial" || bad=1
compare plan "$here/tests/cli/smelter" || bad=1
compare value "$bundled" --scenario memorandum || bad=1
for case in "$here"/tests/cases/agreements/*/ "$here"/tests/agreements/*.yaml; do
  compare plan "$case" || bad=1
  compare value "$case" || bad=1
done
exit $bad
