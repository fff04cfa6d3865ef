# What cannot be valued, and why: nothing in force, no plan with what is agreed, too many, too fine a grid.
zopa="$CASES/../cases/agreements/zopa"
try() { echo "$ $*"; potline "$@"; echo "exit $?"; }
many() {
  awk -v parties="$1" -v agreements="$2" 'BEGIN {
    print "case: {from: 2026-01, to: 2026-01}\nmaterials: {m: t}\nparties:"
    for (i = 0; i < parties; i++) print "  p" i ":"
    print "sites:\n  s: {}\nmarkets:\n  source: {site: s, sells: m, price: 5 USD/t}\n  sink: {site: s, buys: m, price: 4 USD/t}\nagreements:"
    for (i = 0; i < agreements; i++)
      print "  a" i ": {kind: supply, seller: p" i % parties ", buyer: p" (i + 1) % parties ", material: m, place: s, price: 5 USD/t, up to: 5 t/d}"
  }' >many.yaml
}
{
try value "$zopa" --set agreements.alumina.active=no
try value "$zopa" --set 'agreements.alumina.exactly=200 kt/year' --set 'agreements.alumina.up to=~'
try value "$zopa" --set 'markets.refinery-gate.exactly=~'
try value "$zopa" --grids ''
many 13 13 && try value many.yaml
many 12 31 && try value many.yaml
cat >typical.yaml <<'CASE'
case: {from: 2026-01, to: 2026-01, typical days: 2}
parties: {a: , b: }
sites: {s: {}}
materials: {m: {unit: MWh, step: hour}}
markets:
  source: {site: s, sells: m, price: 5 USD/MWh}
  sink: {site: s, buys: m, price: PRICE, up to: 5 MW}
quotations: {PRICE: {file: prices.csv}}
agreements: {a: {kind: power, seller: a, buyer: b, material: m, place: s, price: 5 USD/MWh, up to: 2 MW}}
CASE
awk 'BEGIN { print "date,PRICE [USD/MWh]"; for (d = 1; d < 32; d++) for (h = 0; h < 24; h++) printf "2026-01-%02dT%02d:00,%d\n", d, h, h + d }' >prices.csv
try value typical.yaml --grids 'day hour'
} 2>&1
