# One table of docs/back-test.md, from lines "READING figure year value" (tests/back-test.sh): awk -v block=table -f back-test.awk values
function kt(value) { return sprintf("%.1f", value / 1e3) }
function million(value) { return signed(value / 1e6) }
function signed(value,    text) { text = sprintf("%.1f", value); sub(/^-/, "−", text); return text == "−0.0" ? "0.0" : text }
function off(plan, report,    text) { text = sprintf("%+.0f %%", 100 * (plan / report - 1)); sub(/-/, "−", text); return text }
function row(text, i) { printf "| %s |", text; for (i = 1; i <= 4; i++) printf " %s |", cell[i]; print "" }
function head(text) { print "| " text " | 2021 | 2022 | 2023 | 2024 |"; print "|---|---|---|---|---|" }
function amounts(text, reading, figure, i) {
  for (i = 1; i <= 4; i++) cell[i] = (key = reading SUBSEP figure SUBSEP year[i]) in v ? kt(v[key]) : "–"
  row(text)
}
function money(text, reading, figure, i) {
  for (i = 1; i <= 4; i++) cell[i] = figure == "turnover" ? sprintf("%.0f", v[reading, figure, year[i]] / 1e6) : million(v[reading, figure, year[i]])
  row(text)
}
function shares(text, reading, figure, i) {
  for (i = 1; i <= 4; i++) cell[i] = ("report" SUBSEP figure SUBSEP year[i]) in v ? off(v[reading, figure, year[i]], v["report", figure, year[i]]) : "–"
  row(text)
}
# Compensation of 2021, booked in 2022: 75 % x t/MWh x 13.9 MWh/t x 24.7 EUR/t (mean price of 2020) x 1.054 USD/EUR (mean of 2022) a tonne
function late(i) { return i == 2 ? 0.75 * calibrated["GRID.CO2"] * 13.9 * 24.7 * 1.054 * v["orders", "pots", 2021] : 0 }
# Alum sold allowances for 21 MRON in the first half of 2024, at 4.60 RON/USD
function allowances(i) { return i == 4 ? 21e6 / 4.60 : 0 }
# The years (joined) in which the aim is met
function met(aim, i, text) {
  for (i = 1; i <= 4; i++) if (reached(aim, i)) text = text (text == "" ? "" : ", ") year[i]
  return text == "" ? "no year" : text
}
function reached(aim, i,    report) {
  report = v["report", "ebitda", year[i]]
  if (aim == "sign before") return v["before", "ebitda", year[i]] * report > 0
  if (aim == "sign") return planned(i) * report > 0
  if (aim == "near") return (planned(i) - report) ^ 2 <= 20e6 ^ 2
  if (aim == "cast") return (v["orders", "cast", year[i]] / v["report", "cast", year[i]] - 1) ^ 2 <= 0.01
  return (v["free", "processed", year[i]] / v["report", "processed", year[i]] - 1) ^ 2 <= 0.01
}
function planned(i) { return v["orders", "ebitda", year[i]] + late(i) + allowances(i) }

BEGIN { split("2021 2022 2023 2024", year, " ") }
$1 == "calibrated" { number[++numbers] = $2; calibrated[$2] = $3; low[$2] = $4; high[$2] = $5; unit[$2] = $6; next }
$1 == "part" { part[++parts] = $2; in_year[$2] = $3; cast[$2] = $4; made[$2] = $5; earned[$2] = $6; rate[$2] = $7; next }
{ v[$1, $2, $3] = $4 }

END {
  if (block == "table") {
    head("")
    amounts("**processed, group**, kt: reported", "report", "processed")
    amounts("planned, order book free", "free", "processed")
    shares("off", "free", "processed")
    amounts("planned, orders given", "orders", "processed")
    amounts("of it rolled, company, kt: reported", "report", "rolled")
    amounts("planned, orders given", "orders", "rolled")
    amounts("**cast (\"primary\"), group**, kt: reported", "report", "cast")
    amounts("planned, orders given", "orders", "cast")
    shares("off", "orders", "cast")
    amounts("of it from the pots, planned", "orders", "pots")
    amounts("**sold unprocessed**, kt: reported", "report", "unprocessed")
    amounts("planned, orders given", "orders", "unprocessed")
    money("**turnover**, M USD: reported", "report", "turnover")
    money("planned, orders given", "orders", "turnover")
    shares("off", "orders", "turnover")
    money("**EBITDA**, M USD: reported", "report", "ebitda")
    money("planned before calibration, orders given", "before", "ebitda")
    money("planned, orders given", "orders", "ebitda")
    for (i = 1; i <= 4; i++) cell[i] = million(planned(i))
    row("planned, with the known lines of the bridge")
    for (i = 1; i <= 4; i++) cell[i] = million(planned(i) - v["report", "ebitda", year[i]])
    row("off")
  }
  if (block == "aims") {
    print "| aim | met in |\n|---|---|"
    print "| sign of EBITDA, before calibration | " met("sign before") " |"
    print "| sign of EBITDA, calibrated, with the known lines of the bridge | " met("sign") " |"
    print "| EBITDA within 20 M USD, likewise | " met("near") " |"
    print "| cast tonnes within 10 %, orders given | " met("cast") " |"
    print "| processed tonnes within 10 %, order book free | " met("processed") " |"
  }
  if (block == "bridge") {
    head("M USD")
    money("plan, order book free", "free", "ebitda")
    for (i = 1; i <= 4; i++) cell[i] = million(v["orders", "ebitda", year[i]] - v["free", "ebitda", year[i]])
    row("orders that did not come")
    money("plan, orders given", "orders", "ebitda")
    for (i = 1; i <= 4; i++) cell[i] = million(late(i))
    row("compensation of 2021, booked in 2022")
    for (i = 1; i <= 4; i++) cell[i] = million(allowances(i))
    row("allowances sold by Alum")
    for (i = 1; i <= 4; i++) cell[i] = million(v["report", "ebitda", year[i]] - planned(i))
    row("**remainder, not explained**")
    money("reported", "report", "ebitda")
    money("compensation of the year itself, in the plan", "orders", "compensation")
    for (i = 1; i <= 4; i++) cell[i] = million(v["report", "ebitda", year[i]] - planned(i) + v["orders", "compensation", year[i]])
    row("remainder if none of it was booked in the year")
    money("allowances, in the plan: left over (+) or bought (−)", "orders", "carbon")
  }
  if (block == "numbers") {
    head("change of EBITDA, M USD")
    for (n = 1; n <= numbers; n++)
      for (end = 0; end < 2; end++) {
        name = number[n]
        for (i = 1; i <= 4; i++) cell[i] = million(v[name (end ? "-high" : "-low"), "ebitda", year[i]] - v["orders", "ebitda", year[i]])
        row("`CAL." name "` at " (end ? high[name] : low[name]) " instead of " calibrated[name] " " unit[name])
      }
  }
  if (block == "readings") {
    head("")
    shares("cast, group, off: 41 kt a potroom, as in the case", "orders", "cast")
    shares("53 kt a potroom, the nameplate", "nameplate", "cast")
    money("EBITDA, M USD: 41 kt a potroom", "orders", "ebitda")
    money("53 kt a potroom", "nameplate", "ebitda")
  }
  if (block == "parts") {
    print "| | cast, kt: reported | planned | processed, kt: reported | planned, order book free | EBITDA, M USD: reported | planned, orders given, no compensation |"
    print "|---|---|---|---|---|---|---|"
    for (n = 1; n <= parts; n++) {
      p = part[n]; y = in_year[p]; name = p; gsub(/_/, " ", name)
      printf "| %s | %s | %s | %s | %s | %s | %s |\n", name, cast[p] == "-" ? "–" : kt(cast[p]), kt(v["part-given-" p, "cast", y]), kt(made[p]), \
        kt(v["part-free-" p, "processed", y]), signed(earned[p] / rate[p]), million(v["part-given-" p, "ebitda", y])
    }
  }
  if (block == "choice") {
    head("")
    amounts("pots, kt: with the potrooms that ran", "orders", "pots")
    amounts("as the plan chooses, at what the group pays for power", "choice", "pots")
    amounts("as the plan chooses, at the day-ahead price", "choice-at-spot", "pots")
    amounts("alumina at Tulcea, kt: as it was", "orders", "alumina")
    amounts("as the plan chooses, at what the group pays for power", "choice", "alumina")
  }
  # a year alone must be what it is among the others
  for (i = 1; i <= 4; i++) {
    d = v["alone", "ebitda", year[i]] - v["orders", "ebitda", year[i]]
    if (d > 1000 || d < -1000) { print "year-" year[i] " is not what it is among the others: " d > "/dev/stderr"; exit 1 }
  }
}
