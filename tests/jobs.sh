#!/bin/sh
# The output of every command is the same to the last digit for any number of threads, and when it is run again, except for
# the seconds and the number of threads itself.      usage: jobs.sh PROGRAM
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

# same JOBS… -- COMMAND…
same() {
  jobs=
  while [ "$1" != -- ]; do jobs="$jobs $1" && shift; done
  shift
  rm -f first
  for n in $jobs; do
    rm -f x.run
    "$program" "$@" --jobs "$n" --format json --out x.run 2>err >out || { cat out err && exit 1; }
    sed 's/"seconds":[^,]*,//; s/"jobs":[0-9]*,//' out >said
    [ -f first ] || cp said first
    cmp -s first said || { echo "output differs with $n threads: $*" && failed=1; }
  done
}

# Several parties, with and without integers.
cat >whole.yaml <<'END'
case: {from: 2026-01, to: 2026-03, discount: 8 %}
parties: {maker: , user: , carrier: }
sites: {works: {party: maker}, plant: {party: user}, yard: {party: carrier}}
materials: {metal: t, part: t}
processes: {stamping: {makes: {part: 1 t}, takes: {metal: 1.1 t}}}
units:
  press: {site: plant, runs: stamping, capacity: 900 t/month, minimum: 60 %, on/off: yes, start cost: 9 kUSD, cost: 40 USD/t}
lanes:
  road: {from: works, to: plant, moves: metal, cost: 30 USD/t}
  own: {from: yard, to: plant, moves: metal, cost: 12 USD/t}
markets:
  mine: {site: works, sells: metal, price: PRICE, up to: 800 t/month}
  other: {site: yard, sells: metal, price: 530 USD/t, up to: 350 t/month}
  spot: {site: plant, sells: metal, price: 640 USD/t}
  away: {site: works, buys: metal, price: 480 USD/t}
  shop: {site: plant, buys: part, price: 760 USD/t, up to: 700 t/month}
quotations: {PRICE: {values: {2026-01: 460 USD/t, 2026-02: 555 USD/t, 2026-03: 470 USD/t}}}
agreements:
  metal: {kind: supply, seller: maker, buyer: user, material: metal, place: works, price: 575 USD/t, up to: 500 t/month, lot: 50 t}
  more: {kind: supply, seller: carrier, buyer: user, material: metal, place: yard, price: 600 USD/t, up to: 300 t/month}
END
case=$root/cases/alro-azeraluminium
same 1 1 2 2 3 3 4 4 -- value whole.yaml
same 1 1 2 2 3 3 4 4 -- value "$root/tests/cases/agreements/zopa"
same 1 2 3 4 -- value "$case" --scenario memorandum --set case.to=2026-12
same 1 3 -- value "$case" --scenario memorandum # long enough for the simplex to break down now and then
for method in auto interior vertex windows; do
  same 1 2 3 3 -- plan "$case" --method $method
done
same 1 2 3 3 -- plan whole.yaml --method rolling
exit $failed
