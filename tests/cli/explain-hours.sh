# Four weeks of power by the hour: cheap at noon, dear in the evening, dearer in the second year. No two hours cost the same and the pots
# do not carry quite the same load in any two (the last digits are at random): so that one plan is the best, with one set of shadow prices;
# else a load that is ramped down for some hours and up again for as many is back at its capacity exactly, and both may be priced.
cp -r "$CASES/hours" . && awk 'BEGIN {
  print "date,POWER [USD/MWh],POTS [t/h]"
  for (d = 0; d < 28; d++) for (h = 0; h < 24; h++) {
    sun = h > 9 && h < 16 ? 60 + d % 5 * 9 : 0; peak = h > 16 && h < 21 ? 50 + d % 7 * 6 : 0
    day = d < 14 ? sprintf("2026-12-%02d", d + 18) : sprintf("2027-01-%02d", d - 13)
    cents = (cents * 31 + 17 + d * 24 + h) % 997
    printf "%sT%02d:00,%d.%03d,18.0%03d\n", day, h, 80 + (d > 13) * 12 - sun + peak + d % 3 * 4, cents, (cents * 7 + h) % 997
  }
}' >hours/hours.csv
potline plan hours | sed -n '/^by the hour/,/^$/p'
potline explain hours.run
for question in '--unit plant' '--stock battery' '--unit potlin' '--site works --material power'; do
  echo "--- $question"
  potline explain hours.run $question
done
echo '--- --by-hour'
potline explain hours.run --material power --by-hour | grep -c T0
potline explain hours.run --format json | tr '{' '\n' | grep -A2 '"unit":"plant","year"'
echo '--- compare'
potline plan hours --set markets.gas.price='40 USD/MWh' --out dearer.run -q
potline compare hours.run dearer.run | sed -n '/^hours run/,$p'
