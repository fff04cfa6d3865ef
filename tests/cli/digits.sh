# A plan in whole numbers that is proven within a gap shows no more digits than that; where it is proven
# best, all of them. Worths that are open within the gap are no gain and no loss.
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
for gap in 0.2 0; do
  potline plan whole.yaml --gap $gap -o plan-$gap.run | sed -n '/^proven/p;/^accounts/,/^$/p'
  potline value whole.yaml --gap $gap -o value-$gap.run | sed -n '/^proven/,/^$/p;/^parties/,/^prices/p'
done
potline explain value-0.2.run | sed -n '/^proven/,/^$/p;/^what each/,/^what a unit/p'
potline plan whole.yaml --gap 0.2 --quiet --set 'units.press.cost=44 USD/t' -o dearer.run
potline compare plan-0.2.run dearer.run
potline plan whole.yaml --gap 0.2 --format json -o json.run | sed 's/.*\("bound":.*\),"program".*/\1/'
