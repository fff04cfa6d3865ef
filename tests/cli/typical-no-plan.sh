# One day of the month asks for more than there is; the typical one does not.
cat >case.yaml <<'CASE'
case: {from: 2026-01, to: 2026-01, typical days: 1}
parties: {a: }
sites: {s: a}
materials: {power: {unit: MWh, step: hour}}
markets:
  source: {site: s, sells: power, price: 5 USD/MWh, up to: 25 MW}
  homes: {site: s, buys: power, price: 9 USD/MWh, exactly: LOAD}
quotations: {LOAD: {file: load.csv}}
CASE
awk 'BEGIN { print "date,LOAD [MW]"; for (d = 1; d < 32; d++) for (h = 0; h < 24; h++) printf "2026-01-%02dT%02d:00,%d\n", d, h, 10 + h % 12 + (d == 9 && h == 11) * 9 }' >load.csv
potline plan case.yaml -q --typical-error
