# Two changes are needed together; a number that only multiplies another.
cat >two.yaml <<'CASE'
case: {from: 2026-01, to: 2026-02}
parties: {a: }
sites: {sa: a}
materials: {m: t, n: t}
markets:
  ms: {site: sa, sells: m, price: 5 USD/t, up to: 3 t/month}
  md: {site: sa, buys: m, price: 5 USD/t, exactly: 5 t/month}
  ns: {site: sa, sells: n, price: 5 USD/t, up to: 3 t/month}
  nd: {site: sa, buys: n, price: 5 USD/t, exactly: 5 t/month}
CASE
potline plan two.yaml -q
cat >cover.yaml <<'CASE'
case: {from: 2026-01, to: 2026-03}
parties: {a: }
sites: {sa: a}
materials: {ore: t, metal: t}
processes: {smelt: {makes: {metal: 1 t}, takes: {ore: 1 t}}}
units: {first: {site: sa, runs: smelt, at least: 100 t/d}}
stocks: {silo: {site: sa, keeps: ore, cover: 10 d, capacity: 100 t}}
markets:
  m: {site: sa, buys: metal, price: 5 USD/t}
  o: {site: sa, sells: ore, price: 5 USD/t}
CASE
potline plan cover.yaml -q
potline plan two.yaml -q --set 'markets.ms.up to=5 t' --set 'markets.md.exactly=12 t' --out total.run
