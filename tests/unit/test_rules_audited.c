/* A rule is taken out of the program, which then earns more by breaking it; the independent check
 * must say which rule, where it is written, when, by how much and how much is allowed. The numbers
 * are hand sums, stated beside each case. */
#include "agreed.h"

typedef struct {
  pl_row_kind kind;   /* the rows of it bind nothing */
  const char *within; /* replaces the %s of the case */
  const char *says;
  int line; /* where the rule is written */
} rule;

static void open_rows(const pl_program *p, pl_row_kind kind) {
  int opened = 0;
  for (int i = 0; i < p->n_row_blocks; i++) {
    const pl_block *k = &p->rows[i];
    if (k->kind != (int)kind) continue;
    for (int v = 0; v < k->count; v++) {
      p->lp.row_lower[k->first + v] = -INFINITY;
      p->lp.row_upper[k->first + v] = INFINITY;
      opened++;
    }
  }
  assert_true(opened > 0);
}

static void solve_again(agreed *f) {
  pl_solver *solver = NULL;
  must(f, pl_solver_new(&f->program->lp, &PL_SOLVE_DEFAULTS, &solver, f->diag));
  must(f, pl_solver_run(solver, f->arena, &f->solution, f->diag));
  pl_solver_free(solver);
  must(f, pl_schedule_make(f->program, f->solution, f->arena, &f->schedule));
}

static void is_said(const agreed *f, const rule *r) {
  pl_audit audit;
  pl_diag *diag = pl_diag_new();
  assert_int_equal(PL_AUDIT, pl_audit_run(f->schedule, 1e-6, f->arena, &audit, diag));
  bool found = false;
  for (int i = 0; i < pl_diag_size(diag); i++) {
    const pl_message *m = pl_diag_at(diag, i);
    found = found || (strstr(m->text, r->says) && m->place.line == r->line);
  }
  for (int i = 0; i < pl_diag_size(diag) && !found; i++)
    print_message("%d: %s\n", pl_diag_at(diag, i)->place.line, pl_diag_at(diag, i)->text);
  if (!found) fail_msg("%s: '%s' is not said of line %d", r->within, r->says, r->line);
  pl_diag_free(diag);
}

static void rules_are_seen(const char *head, const char *tail, const rule *rules, int n) {
  for (int i = 0; i < n; i++) {
    pl_arena *a = pl_arena_new();
    agreed f = planned(pl_arena_printf(a, "%s%s", head, rules[i].within), tail);
    open_rows(f.program, rules[i].kind);
    solve_again(&f);
    is_said(&f, &rules[i]);
    done(&f);
    pl_arena_free(a);
  }
}

#define SEEN(head, tail, rules)                                                                    \
  rules_are_seen(head, tail, rules, (int)(sizeof rules / sizeof *rules))

/* --- Blends ---------------------------------------------------------------------------------- */

/* 6 kt of billets a month, of scrap (96 % of it becomes billet, with 1 % iron of what becomes it)
 * or of ingot (99 %, 0.1 %). */
static void blends(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {maker: }\n"
      "sites: {works: {party: maker}}\n"
      "materials: {scrap: {unit: t, composition: {fe: 1 %, si: 2 %}}, ingot: {unit: t, "
      "composition: {fe: 0.1 %}}, billet: t}\n"
      "units: {casthouse: {site: works, runs: charge, capacity: 10 kt/month}}\n"
      "markets:\n"
      "  scrap: {site: works, sells: scrap, price: 1000 USD/t}\n"
      "  ingot: {site: works, sells: ingot, price: {2026-01: 2400 USD/t, 2026-02: 500 USD/t}}\n"
      "  billet: {site: works, buys: billet, price: 3000 USD/t, up to: 6 kt/month}\n"
      "processes:\n"
      "  charge: {makes: {billet: 1 t}, blends: {scrap: 96 %, ingot: 99 %}";
  static const rule rules[] = {
      /* scrap alone in January: 6 000 t × 1 % */
      {PL_ROW_CONTENT, ",\n    within: {fe: at most 0.5 %}",
       "fe of units.casthouse in 2026-01: 60, most 30", 12},
      {PL_ROW_CONTENT, ",\n    within: {fe: at most 0.5 %,\n      si: at most 0.3 %}",
       "si of units.casthouse in 2026-01: 120, most 18", 13},
      /* ingot alone in February: 6 000 t × 0.1 %, and no silicon */
      {PL_ROW_CONTENT, ",\n    within: {fe: 0.4 % .. 0.9 %}",
       "fe of units.casthouse in 2026-02: 6, least 24", 12},
      {PL_ROW_CONTENT, ",\n    within: {si: at least 1 %}",
       "si of units.casthouse in 2026-02: 0, least 60", 12},
      /* nothing has to be fed */
      {PL_ROW_BLEND, "", "the blend of units.casthouse in 2026-02: 0, least 6000", 5},
  };
  SEEN(head, "}\n", rules);
}

/* --- Limits ---------------------------------------------------------------------------------- */

/* azer's plant and alro's lane emit, and so do a market and each start; see each limit. */
static void limits(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {alro: , azer: }\n"
      "sites: {works: {party: azer}, port: {party: alro}}\n"
      "materials: {ore: t, metal: t, alloy: t, co2: {unit: t, emission: yes}}\n"
      "processes: {smelt: {makes: {metal: 1 t}, takes: {ore: 2 t}, emits: {co2: 1.5 t}}, mix: "
      "{makes: {alloy: 1 t}, takes: {ore: 1 t}, emits: {co2: 1 t}}}\n"
      "units: {plant: {site: works, runs: {smelt: 1, mix: 1}, capacity: 10 kt/month}}\n"
      "lanes: {rail: {from: port, to: works, moves: [ore, metal], for: azer, emits: {co2: 0.1 "
      "t/t}}}\n"
      "markets:\n"
      "  ore: {site: port, sells: ore, for: azer, price: 100 USD/t}\n"
      "  metal: {site: works, buys: metal, for: azer, price: 1000 USD/t, up to: 6 kt/month, "
      "emits: {co2: 0.2 t/t}}\n"
      "  alloy: {site: works, buys: alloy, for: azer, price: 900 USD/t, up to: 3 kt/month}\n"
      "limits:\n"
      "  held: ";
  /* Unlimited, each month: 6 kt of metal, 3 kt of alloy, 15 kt of ore by rail. */
  static const rule rules[] = {
      {PL_ROW_LIMIT, "{sums: [markets.metal, markets.alloy], up to: 8 kt/month}",
       "up to of limits.held in 2026-02: 9000, most 8000", 13},
      {PL_ROW_LIMIT, "{sums: {markets.metal: 2, markets.alloy: -1}, up to: 8 kt/month}",
       "up to of limits.held in 2026-01: 9000, most 8000", 13},
      {PL_ROW_LIMIT, "{sums: [markets.metal, markets.alloy], up to: 17 kt}",
       "up to of limits.held over all of the time: 18000, most 17000", 13},
      {PL_ROW_LIMIT, "{sums: {markets.metal: -1, markets.alloy: 1}, at least: -2 kt/month}",
       "at least of limits.held in 2026-01: -3000, least -2000", 13},
      {PL_ROW_LIMIT, "{sums: {units.plant.smelt: 1, lanes.rail: 0.2}, exactly: 8 kt/month}",
       "exactly of limits.held in 2026-01: 9000, most 8000", 13},
      {PL_ROW_LIMIT, "{sums: {units.plant: -1, lanes.rail: 0.2}, exactly: -5 kt/month}",
       "exactly of limits.held in 2026-01: -6000, least -5000", 13},
      {PL_ROW_LIMIT, "{sums: {lanes.rail.metal: 1, lanes.rail.ore: 1}, up to: 14 kt/month}",
       "up to of limits.held in 2026-01: 15000, most 14000", 13},
      /* 6 × 1.5 + 3 × 1 of the plant, 6 × 0.2 of the market, 15 × 0.1 of the lane, at the port */
      {PL_ROW_LIMIT, "{sums: [emissions.co2], up to: 10 kt/month}",
       "up to of limits.held in 2026-01: 14700, most 10000", 13},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.works], up to: 10 kt/month}",
       "up to of limits.held in 2026-01: 13200, most 10000", 13},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.port], up to: 1 kt/month}",
       "up to of limits.held in 2026-01: 1500, most 1000", 13},
      {PL_ROW_LIMIT, "{sums: {emissions.co2.azer: 2, markets.metal: 1}, up to: 10 kt/month}",
       "up to of limits.held in 2026-01: 35400, most 10000", 13},
  };
  SEEN(head, "\n", rules);
}

/* What is done by the hour and for others: a start a day, a sale by an agent, a toll. */
static void limits_on_what_is_agreed(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {alro: , azer: }\n"
      "sites: {works: {party: azer}}\n"
      "materials: {ingot: t, coil: t, co2: {unit: t, emission: yes}}\n"
      "processes: {roll: {makes: {coil: 1 t}, takes: {ingot: 1 t}, emits: {co2: 0.5 t}}}\n"
      "units: {mill: {site: works, runs: roll, capacity: 10 kt/month}}\n"
      "markets:\n"
      "  ingot: {site: works, sells: ingot, for: alro, price: 100 USD/t}\n"
      "  ingots: {site: works, sells: ingot, for: azer, price: 120 USD/t}\n"
      "  home: {site: works, buys: coil, for: azer, price: 1000 USD/t, up to: 2 kt/month}\n"
      "  away: {site: works, buys: coil, for: alro, price: 900 USD/t, up to: 5 kt/month, emits: "
      "{co2: 0.1 t/t}}\n"
      "agreements:\n"
      "  toll: {kind: toll, owner: alro, toller: azer, unit: mill, runs: roll, brings: ingot, fee: "
      "10 USD/t, up to: 2 kt/month}\n"
      "  agency: {kind: agency, principal: azer, agent: alro, markets: away, commission: 1 %, up "
      "to: 4 kt/month}\n"
      "limits:\n"
      "  held: ";
  /* Unlimited, each month: 2 kt sold at home, 5 kt away, of which at most 2 kt are tolled for
   * alro and at most 4 kt sold for azer; 7 kt rolled. */
  static const rule rules[] = {
      {PL_ROW_LIMIT, "{sums: {units.mill: 1, markets.home: 1}, up to: 8 kt/month}",
       "up to of limits.held in 2026-01: 9000, most 8000", 16},
      {PL_ROW_LIMIT, "{sums: {units.mill.roll: 1, markets.away: 1}, up to: 8 kt/month}",
       "up to of limits.held in 2026-01: 12000, most 8000", 16},
      {PL_ROW_LIMIT, "{sums: {agreements.toll: -1, agreements.agency: -1}, at least: -4 kt/month}",
       "at least of limits.held in 2026-01: -5000, least -4000", 16},
      /* 7 × 0.5 of the mill; 5 × 0.1 of the sales */
      {PL_ROW_LIMIT, "{sums: [emissions.co2], up to: 3 kt/month}",
       "up to of limits.held in 2026-01: 4000, most 3000", 16},
      {PL_ROW_LIMIT, "{sums: {emissions.co2.azer: 1, emissions.co2.alro: 1}, up to: 3 kt/month}",
       "up to of limits.held in 2026-01: 4000, most 3000", 16},
  };
  SEEN(head, "\n", rules);
}

/* Emissions of a plant in part load: 75 of 100 MW take the fuel of 80, and 1 t of CO2 each MWh;
 * each start 50 t more. */
static void limits_on_what_a_load_emits(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-01}\n"
      "parties: {one: }\n"
      "sites: {works: {party: one}, hill: {party: one}}\n"
      "materials: {power: MWh, co2: {unit: t, emission: yes}, gas: MWh}\n"
      "processes: {burn: {makes: {power: 2 MWh}, takes: {gas: 3 MWh}, emits: {co2: 2 t}}}\n"
      "units: {plant: {site: works, runs: burn, capacity: 100 MW, minimum: 50 %, on/off: yes, on "
      "before: no, start emits: {co2: 50 t}, part load: {50 %: 120 %, 100 %: 100 %}}}\n"
      "markets:\n"
      "  gas: {site: works, sells: gas, price: 10 USD/MWh}\n"
      "  power: {site: works, buys: power, price: 90 USD/MWh, up to: 75 MW}\n"
      "  other: {site: works, buys: power, price: 1 USD/MWh, up to: 1 MW}\n"
      "limits:\n"
      "  held: ";
  static const rule rules[] = {
      {PL_ROW_LIMIT, "{sums: [emissions.co2], up to: 50 kt/month}",
       "up to of limits.held over all of the time: 59570, most 50000", 12},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.works], up to: 50 kt/month}",
       "up to of limits.held over all of the time: 59570, most 50000", 12},
      {PL_ROW_LIMIT, "{sums: [emissions.co2.hill, emissions.co2.one], up to: 50 kt/month}",
       "up to of limits.held over all of the time: 59570, most 50000", 12},
  };
  SEEN(head, "\n", rules);
}

/* Of three lanes and a market, each used in every month, only some may be. */
static void limits_on_how_many(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {one: }\n"
      "sites: {from: {party: one}, to: {party: one}}\n"
      "materials: {ore: t}\n"
      "lanes:\n"
      "  a: {from: from, to: to, moves: ore, up to: 1 kt/month, minimum when used: 100 t}\n"
      "  b: {from: from, to: to, moves: ore, up to: 1 kt/month, minimum when used: 100 t}\n"
      "markets:\n"
      "  bought: {site: from, sells: ore, price: 100 USD/t, up to: 5 kt/month, minimum when used: "
      "100 t}\n"
      "  sold: {site: to, buys: ore, price: 200 USD/t}\n"
      "limits:\n"
      "  held: ";
  static const rule rules[] = {
      {PL_ROW_COUNT, "{counts: [lanes.a, lanes.b, markets.bought], up to: 2}",
       "up to of limits.held in 2026-02: 3, most 2", 12},
      {PL_ROW_COUNT, "{counts: [lanes.a, lanes.b], up to: 1}",
       "up to of limits.held in 2026-01: 2, most 1", 12},
  };
  SEEN(head, "\n", rules);
}

/* What exceeds a soft limit at 1 USD/t is over it; its rows alone say so. */
static void limits_that_cost(void **state) {
  (void)state;
  static const char head[] =
      "case: {from: 2026-01, to: 2026-02}\n"
      "parties: {one: }\n"
      "sites: {works: {party: one}}\n"
      "materials: {ore: t}\n"
      "markets:\n"
      "  bought: {site: works, sells: ore, price: 100 USD/t}\n"
      "  sold: {site: works, buys: ore, price: 200 USD/t, up to: 4 kt/month}\n"
      "limits:\n"
      "  held: ";
  static const rule rules[] = {
      {PL_ROW_LIMIT,
       "{sums: {markets.bought: 1, markets.sold: 1}, up to: 5 kt/month, penalty: 1 USD/t}",
       "up to of limits.held in 2026-02: 8000, most 5000", 9},
      {PL_ROW_LIMIT,
       "{sums: {markets.bought: 1, markets.sold: 1}, at least: 9 kt/month, penalty: 1 USD/t}",
       "at least of limits.held in 2026-02: 8000, least 9000", 9},
  };
  SEEN(head, "\n", rules);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blends),
      cmocka_unit_test(limits),
      cmocka_unit_test(limits_on_what_is_agreed),
      cmocka_unit_test(limits_on_what_a_load_emits),
      cmocka_unit_test(limits_on_how_many),
      cmocka_unit_test(limits_that_cost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
