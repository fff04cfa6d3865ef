/* Transfers, payments, and the terms at which all gain. */
#include "value_games.h"

#include "value/transfer.h"
#include "value/zopa.h"

typedef struct {
  pl_arena *arena;
  pl_diag *diag;
} context;

static int set_up(void **state) {
  context *c = test_malloc(sizeof *c);
  *c = (context){pl_arena_new(), pl_diag_new()};
  *state = c;
  return 0;
}

static int tear_down(void **state) {
  context *c = *state;
  pl_arena_free(c->arena);
  pl_diag_free(c->diag);
  test_free(c);
  return 0;
}

static void transfers_cancel(void **state) {
  context *c = *state;
  double transfer[3];
  assert_int_equal(
      PL_OK, pl_transfers(3, (double[]){100, 20, 19}, (double[]){83, 43, 13}, transfer, c->diag));
  assert_split(3, (double[]){-17, 23, -6}, transfer, 0);
  double const own[] = {0.1, 0.2, 0.3}, split[] = {0.2, 0.3, 0.1};
  assert_int_equal(PL_OK, pl_transfers(3, own, split, transfer, c->diag));
  assert_true(transfer[0] + transfer[1] + transfer[2] == 0);
  assert_int_equal(PL_RANGE, pl_transfers(3, own, (double[]){1, 2, 3}, transfer, c->diag));
  assert_said(c->diag, "the split gives out 6, the accounts hold 0.6");
  assert_int_equal(PL_RANGE, pl_transfers(3, own, (double[]){NAN, 2, 3}, transfer, c->diag));
}

/* Carry payments out on paper; each must be positive and between different parties. */
static int settle(context *c, int n, const double *transfer, double smallest, double *received) {
  pl_payments paid = {0};
  assert_int_equal(PL_OK, pl_settlement(n, transfer, smallest, c->arena, &paid, c->diag));
  for (int i = 0; i < n; i++) received[i] = 0;
  for (int k = 0; k < paid.count; k++) {
    assert_true(paid.list[k].amount > 0 && paid.list[k].from != paid.list[k].to);
    received[paid.list[k].to] += paid.list[k].amount;
    received[paid.list[k].from] -= paid.list[k].amount;
  }
  return paid.count;
}

static void payments_are_few(void **state) {
  context *c = *state;
  double received[6];
  double const pairs[] = {-5, 7, 3, 5, -7, -3}; /* three pairs */
  assert_int_equal(3, settle(c, 6, pairs, 0.01, received));
  assert_split(6, pairs, received, 1e-12);
  /* The largest with the largest first would need five: 10 + 4 and −14, then −6 and 3 + 3. */
  double const groups[] = {10, 4, -14, -6, 3, 3};
  assert_int_equal(4, settle(c, 6, groups, 0.01, received));
  assert_split(6, groups, received, 1e-12);
  assert_int_equal(0, settle(c, 3, (double[]){0, 0, 0}, 0.01, received));
  assert_int_equal(0, settle(c, 0, NULL, 0.01, received));
}

static void payments_round_to_cents_and_still_cancel(void **state) {
  context *c = *state;
  double received[3];
  double const thirds[] = {100 / 3.0, 100 / 3.0, -200 / 3.0};
  settle(c, 3, thirds, 0.01, received);
  assert_split(3, (double[]){33.34, 33.33, -66.67}, received, 1e-12);
  double const halves[] = {0.006, 0.006, -0.012};
  settle(c, 3, halves, 0.01, received);
  assert_split(3, (double[]){0.01, 0, -0.01}, received, 1e-12);
}

static void payments_among_many(void **state) {
  context *c = *state;
  double transfer[30], received[30], sum = 0;
  for (int i = 0; i < 29; i++) {
    transfer[i] = floor(1000 * random_at(1, (uint32_t)i)) - 500;
    sum += transfer[i];
  }
  transfer[29] = -sum;
  assert_in_range(settle(c, 30, transfer, 1, received), 15, 29);
  assert_split(30, transfer, received, 1e-9);
}

static void settlement_refuses(void **state) {
  context *c = *state;
  pl_payments paid = {0};
  static const struct {
    double transfer[2], smallest;
    const char *text;
  } bad[] = {
      {{1, 1}, 0.01, "the transfers do not cancel: they add up to 2"},
      {{1e30, -1e30}, 0.01, "a transfer of 1e+30 is not an amount in multiples of 0.01"},
      {{1, -1}, 0, "payments in multiples of 0: expected more than 0"},
      {{NAN, 0}, 1, "a transfer of nan is not an amount in multiples of 1"},
  };
  for (int k = 0; k < 4; k++) {
    assert_int_equal(PL_RANGE,
                     pl_settlement(2, bad[k].transfer, bad[k].smallest, c->arena, &paid, c->diag));
    assert_said(c->diag, bad[k].text);
  }
  assert_null(paid.list);
}

/* 100 kt/year for three years at 8 %; the seller nets 310 + 25 elsewhere, the buyer pays 372. */
static void zone_of_an_alumina_price(void **state) {
  (void)state;
  double annuity = 0;
  for (int year = 1; year <= 3; year++) annuity += pow(1.08, -year);
  within(2.577097, annuity, 5e-7);
  double const million_t = 0.1 * annuity;
  pl_gain gain[] = {{-335 * million_t, million_t, 0}, {372 * million_t, -million_t, 0}};
  pl_range zone;
  assert_true(pl_zopa_range(2, gain, (pl_range){0, INFINITY}, &zone));
  near(335, zone.low);
  near(372, zone.high);
  near(353.5, (zone.low + zone.high) / 2);
  within(9.535, (zone.high - zone.low) * million_t, 5e-4);
  for (int i = 0; i < 2; i++) gain[i].per_p *= 24; /* per percent of an LME of 2400 */
  assert_true(pl_zopa_range(2, gain, (pl_range){0, 100}, &zone));
  within(13.96, zone.low, 5e-3);
  within(15.50, zone.high, 5e-3);
  within(14.73, (zone.low + zone.high) / 2, 5e-3);
}

static void a_zone_shrinks_to_a_point_and_then_to_nothing(void **state) {
  (void)state;
  pl_gain gain[] = {{-0.1 * 3, 0.3, 0}, {0.7 * 0.1, -0.07, 0}};
  pl_range zone = {-1, -1};
  assert_true(pl_zopa_range(2, gain, (pl_range){-INFINITY, INFINITY}, &zone));
  near(1, zone.low);
  near(1, zone.high);
  gain[1].constant -= 1e-6;
  zone = (pl_range){-1, -1};
  assert_false(pl_zopa_range(2, gain, (pl_range){-INFINITY, INFINITY}, &zone));
  assert_true(zone.low == -1);
  assert_false(pl_zopa_range(1, &(pl_gain){-1, 0, 0}, (pl_range){0, 1}, &zone));
  assert_true(pl_zopa_range(1, &(pl_gain){0, 0, 0}, (pl_range){0, 1}, &zone));
}

static pl_ranges zones(context *c, int n, const pl_gain_curve *curve, pl_range in) {
  pl_ranges out = {0};
  assert_int_equal(PL_OK, pl_zopa_ranges(n, curve, in, c->arena, &out, c->diag));
  return out;
}

static void curves_bend(void **state) {
  context *c = *state;
  /* The seller delivers more from 350 on, the buyer takes less. */
  pl_gain_curve const curve[] = {
      {3, (double[]){300, 350, 400}, (double[]){-35, 15, 115}},
      {3, (double[]){300, 360, 400}, (double[]){100, 10, -10}},
  };
  pl_ranges out;
  out = zones(c, 2, curve, (pl_range){0, 1000});
  assert_int_equal(1, out.count);
  near(335, out.list[0].low);
  near(380, out.list[0].high);
  out = zones(c, 1, curve, (pl_range){-INFINITY, INFINITY});
  assert_int_equal(1, out.count);
  near(335, out.list[0].low);
  assert_true(isinf(out.list[0].high));
  out = zones(c, 1, curve, (pl_range){400, 500});
  assert_int_equal(1, out.count);
  near(400, out.list[0].low);
  out = zones(c, 2, curve, (pl_range){0, 300});
  assert_int_equal(0, out.count);
}

static void a_valley_leaves_two_zones(void **state) {
  context *c = *state;
  pl_gain_curve const valley = {3, (double[]){0, 10, 20}, (double[]){10, -10, 30}};
  pl_gain_curve const touching = {3, (double[]){0, 10, 20}, (double[]){10, 0, 30}};
  pl_ranges out;
  out = zones(c, 1, &valley, (pl_range){0, 20});
  assert_int_equal(2, out.count);
  near(0, out.list[0].low);
  near(5, out.list[0].high);
  near(12.5, out.list[1].low);
  near(20, out.list[1].high);
  out = zones(c, 1, &touching, (pl_range){0, 20});
  assert_int_equal(1, out.count);
  near(20, out.list[0].high);
  pl_gain_curve const flat = {3, (double[]){0, 1, 2}, (double[]){-1, -1, -1}};
  out = zones(c, 1, &flat, (pl_range){0, 2});
  assert_int_equal(0, out.count);
}

static void a_curve_is_checked(void **state) {
  context *c = *state;
  static const char *const texts[] = {
      "a gain needs two points or more, this has 1",
      "point 2 of a gain, (1, 0), is out of order",
      "point 2 of a gain, (1, nan), is out of order",
      "point 2 of a gain, (inf, 1), is out of order",
  };
  pl_gain_curve const bad[] = {
      {1, (double[]){0}, (double[]){0}},
      {2, (double[]){1, 1}, (double[]){0, 0}},
      {2, (double[]){0, 1}, (double[]){0, NAN}},
      {2, (double[]){0, INFINITY}, (double[]){0, 1}},
  };
  pl_ranges out = {0};
  for (int k = 0; k < 4; k++) {
    assert_int_equal(PL_RANGE,
                     pl_zopa_ranges(1, &bad[k], (pl_range){0, 1}, c->arena, &out, c->diag));
    assert_said(c->diag, texts[k]);
  }
  assert_null(out.list);
}

static void assert_polygon(context *c, int n, const pl_gain *gain, const pl_terms *wanted,
                           int count) {
  pl_polygon found = {0};
  pl_zopa_polygon(n, gain, (pl_range){0, 10}, (pl_range){0, 20}, c->arena, &found);
  assert_int_equal(count, found.count);
  for (int k = 0; k < count; k++) {
    near(wanted[k].p, found.corner[k].p);
    near(wanted[k].q, found.corner[k].q);
  }
}

static void two_terms_make_a_polygon(void **state) {
  context *c = *state;
  assert_polygon(c, 0, NULL, (pl_terms[]){{0, 0}, {10, 0}, {10, 20}, {0, 20}}, 4);
  /* At least 6 and at most 12 of p + q: a band across the box's corner. */
  pl_gain const band[] = {{-6, 1, 1}, {12, -1, -1}};
  assert_polygon(c, 2, band, (pl_terms[]){{6, 0}, {10, 0}, {10, 2}, {0, 12}, {0, 6}}, 5);
  pl_gain const line[] = {{-6, 1, 1}, {6, -1, -1}};
  assert_polygon(c, 2, line, (pl_terms[]){{6, 0}, {0, 6}}, 2);
  pl_gain const corner[] = {{0, -1, -2}};
  assert_polygon(c, 1, corner, (pl_terms[]){{0, 0}}, 1);
  pl_gain const none[] = {{-40, 1, 1}};
  assert_polygon(c, 1, none, NULL, 0);
}

/* Every point of a fine net lies in the polygon exactly if all gain there. */
static bool is_inside(const pl_polygon *zone, pl_terms t) {
  for (int k = 0; k < zone->count; k++) {
    pl_terms const a = zone->corner[k], b = zone->corner[(k + 1) % zone->count];
    if ((b.p - a.p) * (t.q - a.q) - (b.q - a.q) * (t.p - a.p) < 0) return false;
  }
  return zone->count >= 3;
}

static void a_polygon_holds_what_gains(void **state) {
  context *c = *state;
  int inside = 0;
  for (uint32_t seed = 1; seed <= 50; seed++) {
    pl_gain gain[5];
    pl_polygon zone;
    for (uint32_t i = 0; i < 5; i++) {
      gain[i] = (pl_gain){1.5 * random_at(seed, 3 * i), 2 * random_at(seed, 3 * i + 1) - 1,
                          2 * random_at(seed, 3 * i + 2) - 1};
    }
    pl_zopa_polygon(5, gain, (pl_range){-3, 3}, (pl_range){-3, 3}, c->arena, &zone);
    for (int k = 0; k < 400; k++) {
      pl_terms const t = {-3 + 0.3 * (k % 20) + 0.11, -3 + 0.3 * floor(k / 20.0) + 0.13};
      bool all = true;
      for (int i = 0; i < 5; i++) {
        all = all && gain[i].constant + gain[i].per_p * t.p + gain[i].per_q * t.q >= 0;
      }
      assert_int_equal(all, is_inside(&zone, t));
      inside += all;
    }
  }
  assert_in_range(inside, 1000, 15000);
}

#define test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      test(transfers_cancel),
      test(payments_are_few),
      test(payments_round_to_cents_and_still_cancel),
      test(payments_among_many),
      test(settlement_refuses),
      test(zone_of_an_alumina_price),
      test(a_zone_shrinks_to_a_point_and_then_to_nothing),
      test(curves_bend),
      test(a_valley_leaves_two_zones),
      test(a_curve_is_checked),
      test(two_terms_make_a_polygon),
      test(a_polygon_holds_what_gains),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
