# A fault that only a scenario has is found by a check of the case.
cat >case.yaml <<'END'
case: {from: 2026-01, to: 2026-02}
parties: {one: {}}
sites: {here: {party: one}}
materials: {ore: t}
markets:
  buy: {site: here, sells: ore, price: 5 USD/t, up to: 2 kt/month}
  sell: {site: here, buys: ore, price: 4 USD/t, up to: 1 kt/month}
scenarios:
  dear: {set: {markets.buy.price: 6 USD/t}}
  wrong:
    set:
      markets.buy.price: 6 MW
END
potline check .
