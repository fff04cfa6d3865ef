/* Two agreements of the same two parties, between which their joint plan is indifferent: the holder of
 * the quantity chooses, a buyer the cheaper first and a seller the dearer, in whatever order they are
 * written, under whatever names and by whatever method. Sums by hand. */
#include <stdio.h>

#include "agreed.h"
#include "value/settle.h"

static void plan_by(agreed *f, pl_method method) {
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  pl_solver *solver = NULL;
  options.method = method;
  must(f, pl_solver_new(&f->program->lp, &options, &solver, f->diag));
  must(f, pl_solver_run(solver, f->arena, &f->solution, f->diag));
  pl_solver_free(solver);
  pl_ties const ties = pl_ties_of(f->program, f->arena);
  must(f, pl_settle(&f->program->lp, &ties, PL_SETTLE_PLAN, &options, f->solution, NULL));
  assert_true(f->solution->settled);
  must(f, pl_schedule_make(f->program, f->solution, f->arena, &f->schedule));
  audited(f);
}

typedef struct {
  const char *head;
  pl_column_kind kind;
  const char *one, *other; /* what is said of each, all but its name */
  double first, second;    /* in each month */
} pair;

static void assert_amount(const agreed *f, const pair *p, bool each, const char *name,
                          double wanted) {
  double const first = amount(f, name, p->kind, -1, 0), second = amount(f, name, p->kind, -1, 1);
  near(2 * wanted, first + second);
  if (each) near(wanted, first);
}

/* The two in both orders and under both names, by every method; in each month or, where each is false,
 * in both together. */
static void assert_chosen_in(bool each, const pair *p) {
  static const char *const names[] = {"bauxite", "zinc"};
  for (int way = 0; way < 4; way++) {
    const char *one = names[way & 1], *other = names[!(way & 1)];
    for (int method = 0; method < PL_METHODS; method++) {
      char text[4000];
      bool const turned = way & 2;
      (void)snprintf(text, sizeof text, "agreements:\n  %s: {%s}\n  %s: {%s}\n",
                     turned ? other : one, turned ? p->other : p->one, turned ? one : other,
                     turned ? p->one : p->other);
      agreed f = built(p->head, text);
      plan_by(&f, (pl_method)method);
      assert_amount(&f, p, each, one, p->first);
      assert_amount(&f, p, each, other, p->second);
      done(&f);
    }
  }
}

static void assert_chosen(const pair *p) { assert_chosen_in(true, p); }

/* --- Supply -------------------------------------------------------------------------------------- */

/* alro has alumina for 300 and azer sells it for 420: 10 kt a month, whichever agreement they go under. */
static const char trade[] =
    "case: {from: 2026-01, to: 2026-02}\n"
    "parties: {alro: , azer: }\n"
    "sites: {port: {party: alro}}\n"
    "materials: {alumina: t}\n"
    "markets:\n"
    "  mine: {site: port, sells: alumina, for: alro, price: 300 USD/t}\n"
    "  need: {site: port, buys: alumina, for: azer, price: 420 USD/t, up to: 10 kt/month}\n";

#define SUPPLY "kind: supply, seller: alro, buyer: azer, material: alumina, place: port, "
#define DEAR   SUPPLY "price: 350 USD/t, up to: 6 kt/month"
#define CHEAP  SUPPLY "price: 340 USD/t, up to: 8 kt/month"

static void a_buyer_takes_the_cheaper_first(void **state) {
  (void)state;
  assert_chosen(&(pair){trade, PL_COLUMN_DELIVER, DEAR, CHEAP, 2e3, 8e3});
}

static void a_seller_gives_the_dearer_first(void **state) {
  (void)state;
  assert_chosen(&(pair){trade, PL_COLUMN_DELIVER, DEAR ", holder: seller", CHEAP ", holder: seller",
                        6e3, 4e3});
}

/* A buyer leaves what is dear, and a seller gives all of what is his to choose, though it is the cheap:
 * least of 350 a − 340 b. The other way round 340 b − 350 a: all of the dear, the rest of the cheap. */
static void each_holder_has_a_say(void **state) {
  (void)state;
  assert_chosen(&(pair){trade, PL_COLUMN_DELIVER, DEAR, CHEAP ", holder: seller", 2e3, 8e3});
  assert_chosen(&(pair){trade, PL_COLUMN_DELIVER, DEAR ", holder: seller", CHEAP, 6e3, 4e3});
}

/* 4.8 kt a month of the dearer are paid for whether taken or not, counted over the term. */
static void what_must_be_paid_is_taken_first(void **state) {
  (void)state;
  assert_chosen_in(false,
                   &(pair){trade, PL_COLUMN_DELIVER,
                           SUPPLY "price: 350 USD/t, quantity: 6 kt/month, take or pay: 80 %",
                           CHEAP, 4.8e3, 5.2e3});
}

/* The cheaper one turns dearer in the second month: its buyer takes it in the first. */
static void a_price_of_each_month_is_its_own(void **state) {
  (void)state;
  agreed f = built(trade, "agreements:\n"
                          "  steady: {" SUPPLY "price: 350 USD/t, up to: 10 kt/month}\n"
                          "  moving: {" SUPPLY "price: {2026-01: 340 USD/t, 2026-02: 360 USD/t}, "
                          "up to: 8 kt/month}\n");
  plan_by(&f, PL_METHOD_AUTO);
  near(8e3, delivered(&f, "moving", 0));
  near(2e3, delivered(&f, "steady", 0));
  near(0, delivered(&f, "moving", 1));
  near(10e3, delivered(&f, "steady", 1));
  done(&f);
}

/* Two that sell the same to each other would earn without end by what they may choose, and nobody has
 * anything of it: then the least is done. */
static void sellers_do_not_trade_in_a_circle(void **state) {
  (void)state;
  assert_chosen(&(pair){trade, PL_COLUMN_DELIVER, SUPPLY "price: 350 USD/t, holder: seller",
                        "kind: supply, seller: azer, buyer: alro, material: alumina, place: port, "
                        "price: 340 USD/t, holder: seller",
                        10e3, 0});
}

/* --- Tolls and agencies --------------------------------------------------------------------------- */

static const char mill[] =
    "case: {from: 2026-01, to: 2026-02}\n"
    "parties: {alro: , azer: }\n"
    "sites: {slatina: {party: alro}}\n"
    "materials: {coil: t, sheet: t}\n"
    "processes: {roll: {makes: {sheet: 1 t}, takes: {coil: 1.2 t}, cost: 100 USD/t}}\n"
    "units: {mill: {site: slatina, runs: roll, capacity: 10 kt/month}}\n"
    "markets:\n"
    "  coil: {site: slatina, sells: coil, for: azer, price: 2000 USD/t}\n"
    "  sheet: {site: slatina, buys: sheet, for: azer, price: 3500 USD/t}\n";

#define TOLL                                                                                       \
  "kind: toll, owner: azer, toller: alro, unit: mill, runs: roll, brings: [coil], up to: 6 "       \
  "kt/month, "

static void an_owner_pays_the_lower_fee_first(void **state) {
  (void)state;
  assert_chosen(
      &(pair){mill, PL_COLUMN_TOLL, TOLL "fee: 400 USD/t", TOLL "fee: 380 USD/t", 4e3, 6e3});
}

static void a_toller_earns_the_higher_fee_first(void **state) {
  (void)state;
  assert_chosen(&(pair){mill, PL_COLUMN_TOLL, TOLL "fee: 400 USD/t, holder: seller",
                        TOLL "fee: 380 USD/t, holder: seller", 6e3, 4e3});
}

static const char abroad[] =
    "case: {from: 2026-01, to: 2026-02}\n"
    "parties: {alro: , azer: }\n"
    "sites: {munich: {}}\n"
    "materials: {ingot: t}\n"
    "markets:\n"
    "  mine: {site: munich, sells: ingot, for: azer, price: 2000 USD/t}\n"
    "  customers: {site: munich, buys: ingot, for: alro, price: 3000 USD/t, up to: 10 kt/month}\n";

#define AGENCY                                                                                     \
  "kind: agency, principal: azer, agent: alro, markets: [customers], up to: 6 "                    \
  "kt/month, "

static void a_principal_pays_the_lower_commission_first(void **state) {
  (void)state;
  assert_chosen(&(pair){abroad, PL_COLUMN_SELL_FOR, AGENCY "commission: 2 %",
                        AGENCY "commission: 1 %", 4e3, 6e3});
}

static void an_agent_earns_the_higher_commission_first(void **state) {
  (void)state;
  assert_chosen(&(pair){abroad, PL_COLUMN_SELL_FOR, AGENCY "commission: 2 %, holder: seller",
                        AGENCY "commission: 1 %, holder: seller", 6e3, 4e3});
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_buyer_takes_the_cheaper_first),
      cmocka_unit_test(a_seller_gives_the_dearer_first),
      cmocka_unit_test(each_holder_has_a_say),
      cmocka_unit_test(what_must_be_paid_is_taken_first),
      cmocka_unit_test(a_price_of_each_month_is_its_own),
      cmocka_unit_test(sellers_do_not_trade_in_a_circle),
      cmocka_unit_test(an_owner_pays_the_lower_fee_first),
      cmocka_unit_test(a_toller_earns_the_higher_fee_first),
      cmocka_unit_test(a_principal_pays_the_lower_commission_first),
      cmocka_unit_test(an_agent_earns_the_higher_commission_first),
  };
  return cmocka_run_group_tests_name("agreements_holder", tests, NULL, NULL);
}
