# Six weeks by the hour, planned by typical days: which are chosen, how well they do, and what that costs against
# planning every day. Agreements are valued on them too.
mkdir town && cat >town/case.yaml <<'CASE'
case: {title: Six weeks by the hour, from: 2026-01-10, to: 2026-02-20, step: month, currency: EUR, discount: 8 %, typical days: 4}
parties: {works: , town: }
sites: {works: {party: works}, town: {party: town}}
materials: {power: {unit: MWh, step: hour}, gas: MWh, heat: {unit: MWh, step: day}}
processes: {burn: {makes: {power: 1 MWh, heat: 0.8 MWh}, takes: {gas: 2.2 MWh}, cost: 2 EUR/MWh}}
units: {plant: {site: works, runs: burn, capacity: 60 MW, ramp: 30 %/h}}
stocks:
  battery: {site: works, keeps: power, capacity: 80 MWh, initial: 20 MWh, fill: 40 MW, draw: 40 MW, fill loss: 6 %, draw loss: 6 %}
  tank: {site: works, keeps: heat, capacity: 2 GWh, initial: 500 MWh, loss: 1 %/d}
markets:
  exchange: {site: works, buys: power, price: POWER, up to: 80 MW}
  gas: {site: works, sells: gas, price: 30 EUR/MWh}
  heat: {site: works, buys: heat, price: 25 EUR/MWh, up to: {2026-01: 20 MW, 2026-02: 30 MW}}
  supplier: {site: town, sells: power, price: POWER + 9 EUR/MWh}
  homes: {site: town, buys: power, price: 120 EUR/MWh, exactly: LOAD}
lanes: {wire: {from: works, to: town, moves: power, capacity: 40 MW, loss: 1 %}}
quotations: {POWER: {file: hours.csv}, LOAD: {file: hours.csv}}
agreements:
  base: {kind: power, seller: works, buyer: town, material: power, place: works, up to: 25 MW, price: 85 EUR/MWh}
CASE
awk 'BEGIN {
  print "date,POWER [EUR/MWh],LOAD [MW]"
  for (d = 0; d < 42; d++) for (h = 0; h < 24; h++) {
    sun = h > 9 && h < 16 ? 60 + d % 5 * 9 : 0; peak = h > 16 && h < 21 ? 50 + d % 7 * 6 : 0
    day = d < 22 ? sprintf("2026-01-%02d", d + 10) : sprintf("2026-02-%02d", d - 21)
    printf "%sT%02d:00,%d.%d,%d\n", day, h, 80 - sun + peak + d % 3 * 4, h * 4 % 10, 18 + h % 12 + (d % 7 < 5) * 6
  }
}' >town/hours.csv
potline plan town --typical-error | sed -n '3,5p;/^against/p;/^works .* result/p;/^together/p;/^plant/p'
echo '--- all of them'
potline plan town --quiet --set 'case.typical days=31' --out all.run && potline plan town --quiet --set 'case.typical days=~' --out full.run &&
  potline compare full.run all.run
echo '--- weeks'
potline plan town --set 'case.typical days=~' --set 'case.typical weeks=1' | sed -n 3,5p
echo '--- value'
potline value town | sed -n '/^agreement /,/^$/p' | head -4
echo '--- every day and the one that stands for it'
potline export town.run --to csv --out days && sed -n '1,4p' days/typical.csv
potline plan town --quiet --typical-error --format json --set 'case.typical days=31' | tr '{' '\n' | grep present_value_in_full | grep -c '"relative":'
potline plan town --quiet --typical-error --set 'case.typical days=~' --out none.run
