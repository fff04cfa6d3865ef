/* Transfers, and the terms at which all gain. */
#include "fixture/context.h"
#include "value_games.h"

#include "value/transfer.h"
#include "value/zopa.h"

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
      test(zone_of_an_alumina_price),
      test(a_zone_shrinks_to_a_point_and_then_to_nothing),
      test(two_terms_make_a_polygon),
      test(a_polygon_holds_what_gains),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
