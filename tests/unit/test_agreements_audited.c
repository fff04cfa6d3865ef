/* The same of agreements: each clause is taken out of the program by turns, and the independent
 * check must name it. Numbers are hand sums, stated beside each case. */
#include "rules_taken_out.h"

/* The mine delivers ore that the mill sells on at 100 USD/t in the first quarter, at 30 in the
 * second; it costs 40. Free, 3 kt a month are delivered in the first quarter and nothing later.
 * 24 kt a year are 24 × 181 / 365 in the half-year; 3 kt are 4.29 lots of 700 t. */
static void supplies(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-06}\n"
      "parties: {mine: , mill: }\n"
      "sites: {hill: mine}\n"
      "materials: {ore: t}\n"
      "markets:\n"
      "  dug: {site: hill, sells: ore, for: mine, price: 40 USD/t}\n"
      "  sold: {site: hill, buys: ore, for: mill, price: {2026-01: 100 USD/t, 2026-04: 30 USD/t}, "
      "up to: 3 kt/month}\n"
      "  away: {site: hill, buys: ore, for: mine, price: 45 USD/t, up to: 1 kt/month}\n"
      "agreements:\n"
      "  supply: {kind: supply, seller: mine, buyer: mill, material: ore, place: hill, price: 50 "
      "USD/t,\n";
  static const rule rules[] = {
      {PL_ROW_AGREED_MOST, "up to: 2 kt/month",
       "up to of agreements.supply in 2026-03: 3000, most 2000", 11},
      {PL_ROW_AGREED_MOST, "up to: [2.5 kt/month,\n 5 kt]",
       "up to of agreements.supply over all of the time: 9000, most 5000", 12},
      {PL_ROW_AGREED_LEAST, "at least: 2 kt/month",
       "at least of agreements.supply in 2026-06: 0, least 2000", 11},
      {PL_ROW_AGREED_LEAST, "exactly: 2 kt/month, tolerance: 10 %",
       "exactly of agreements.supply in 2026-06: 0, least 1800", 11},
      {PL_ROW_AGREED_MOST, "exactly: 2 kt/month, tolerance: 10 %",
       "exactly of agreements.supply in 2026-01: 3000, most 2200", 11},
      {PL_ROW_AGREED_LOTS, "lot: 700 t",
       "the lots of agreements.supply in 2026-03: 0.285714286, most 1e-05", 11},
      {PL_ROW_AGREED_MONEY, "money up to: 300 kUSD", "over all of the time: 450000, most 300000",
       11},
      {PL_ROW_AGREED_MONEY, "money up to: 100 kUSD/month", "in 2026-02: 150000, most 100000", 11},
      {PL_ROW_AGREED_SHARE, "of: [markets.away],\n share: 40 %",
       "the share of agreements.supply in 2026-02: 3000, most 400", 11},
      {PL_ROW_TAKE_OR_PAY, "quantity: 24 kt/year, take or pay: 80 %",
       "take or pay of agreements.supply over all of the time: 9000, least 9521.09589", 11},
      {PL_ROW_AGREED_MOST, "quantity: 24 kt/year, even: 10 %, take or pay: 20 %",
       "the evenness of agreements.supply in 2026-03: 3000, most 2400", 11},
  };
  SEEN(head, "}\n", rules);
}

/* 15 MW are used, and sold by the plant at 900 USD/MWh for two hours when it may call them back. */
static void loads_of_power(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {plant: , works: }\n"
      "sites: {node: plant}\n"
      "materials: {power: {unit: MWh, step: hour}}\n"
      "quotations: {DAM: {values: {2026-01-01T00:00: 50 USD/MWh, 2026-01-05T10:00: 900 USD/MWh, "
      "2026-01-05T12:00: 50 USD/MWh}}}\n"
      "markets:\n"
      "  made: {site: node, sells: power, for: plant, price: 40 USD/MWh, up to: 20 MW}\n"
      "  used: {site: node, buys: power, for: works, price: 100 USD/MWh, up to: 15 MW}\n"
      "  dear: {site: node, buys: power, for: plant, price: DAM, up to: 20 MW}\n"
      "agreements:\n"
      "  supply: {kind: power, seller: plant, buyer: works, material: power, place: node, price: "
      "60 USD/MWh,\n";
  static const rule rules[] = {
      {PL_ROW_AGREED_PEAK, "demand charge: 3500 USD/MW/month",
       "the highest load of agreements.supply in 2026-01-01T00:00: 15, most 0", 12},
      {PL_ROW_AGREED_CALLED, "exactly: 15 MW, reduction: [5 MW, 7 MWh]",
       "the reduction of agreements.supply in 2026-01-05T11:00: 15, most 5", 12},
      {PL_ROW_AGREED_CALLED, "exactly: 15 MW, reduction: [5 MW, 7 MWh]",
       "the reduction of agreements.supply over all of the time: 30, most 7", 12},
      {PL_ROW_AGREED_LEAST, "exactly: 15 MW, reduction: [5 MW, 7 MWh]",
       "exactly of agreements.supply in 2026-01-05T11:00: 0, least 15", 12},
  };
  SEEN(head, "}\n", rules);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(supplies), cmocka_unit_test(loads_of_power)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
