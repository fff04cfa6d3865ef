/* States and what hangs on them, in a small program against hand numbers: two states of a year's
 * steps add to and take from the monthly capacity of one row, and close one column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "assemble/state.h"

typedef struct {
  pl_case c;
  pl_program p;
  builder b;
  pl_grid years, months, quarters;
  int run, capacity;   /* a column and a row block by the month */
  int plant, furnace;  /* states: more capacity; less */
  int plant_on, other; /* their column blocks, by the year */
} fixture;

static pl_block block_on(const pl_grid *grid) {
  return (pl_block){.part = -1, .extra = -1, .party = -1, .grid = grid, .count = grid->n};
}

static fixture *start(void) {
  pl_arena *a = pl_arena_new();
  fixture *f = PL_NEW(a, fixture);
  f->p.arena = a;
  f->p.c = &f->c;
  f->b =
      (builder){.p = &f->p, .c = &f->c, .a = a, .scratch = pl_arena_new(), .diag = pl_diag_new()};
  pl_time const from = pl_time_of(2026, 1, 1), to = pl_time_of(2028, 1, 1);
  pl_grid_init(&f->years, a, PL_YEAR, from, to);
  pl_grid_init(&f->months, a, PL_MONTH, from, to);
  pl_grid_init(&f->quarters, a, PL_QUARTER, from, to);
  f->run = plan_add_columns(&f->b, block_on(&f->months), 0, 70, false);
  f->plant_on = plan_add_columns(&f->b, block_on(&f->years), 0, 1, true);
  f->other = plan_add_columns(&f->b, block_on(&f->years), 0, 1, true);
  f->capacity = plan_add_rows(&f->b, block_on(&f->months), -plan_infinity(), 100);
  f->plant = plan_add_state(&f->b, PL_NOUN_unit, 4, f->plant_on);
  f->furnace = plan_add_state(&f->b, PL_NOUN_lane, 0, f->other);
  return f;
}

static void done(fixture *f) {
  pl_arena *a = f->p.arena;
  pl_arena_free(f->b.scratch);
  pl_diag_free(f->b.diag);
  pl_arena_free(a);
}

/* What the state's column has in slice v of its block, in slice r of a row block. */
static double entry(fixture *f, int state, int v, int row, int r) {
  builder *b = &f->b;
  if (!b->mark) b->mark = PL_NEW_ARRAY(b->scratch, long, (size_t)f->p.lp.n_rows + 1);
  b->grid = f->p.columns[f->p.states[state].block].grid;
  b->slice = v;
  b->column_start = b->n_entries;
  plan_put_state(b, state);
  for (long k = b->column_start; k < b->n_entries; k++)
    if (b->index[k] == f->p.rows[row].first + r) return b->value[k];
  return 0;
}

static void hang(fixture *f, int state, int row, const double *amount) {
  plan_hang(&f->b, (pl_hang){.state = state, .row = row, .amount = amount});
}

static void near(double wanted, double got) {
  if (fabs(got - wanted) <= 1e-9) return;
  print_error("got %.17g, wanted %.17g\n", got, wanted);
  fail();
}

static const double *monthly(fixture *f, double by) {
  double *x = PL_NEW_ARRAY(f->p.arena, double, 24);
  for (int m = 0; m < 24; m++) x[m] = by * (m + 1);
  return x;
}

/* run ≤ 100 + 10 m × plant − 3 m × furnace, in month m = 1 … 24; the first year's states are in the
 * first twelve of them alone. */
static void two_states_change_one_right_hand_side(void **state) {
  (void)state;
  fixture *f = start();
  hang(f, f->plant, f->capacity, monthly(f, 10));
  hang(f, f->furnace, f->capacity, monthly(f, -3));
  plan_join_hangs(&f->b);
  near(-10, entry(f, f->plant, 0, f->capacity, 0));
  near(-120, entry(f, f->plant, 0, f->capacity, 11));
  near(0, entry(f, f->plant, 0, f->capacity, 12));
  near(-130, entry(f, f->plant, 1, f->capacity, 12));
  near(0, entry(f, f->plant, 1, f->capacity, 11));
  near(3 * 20, entry(f, f->furnace, 1, f->capacity, 19));
  assert_false(pl_program_hangs(&f->p, f->capacity)); /* it has a bound of its own */
  int n = 0;
  for (int h = f->p.hang_of_row[f->capacity]; h >= 0; h = f->p.hangs[h].next_of_row) n++;
  assert_int_equal(n, 2);
  done(f);
}

/* A row by the year sees of a state by the quarter its mean: 90 days of 365. One by the month that
 * couples months has none for the first. */
static void rows_see_the_mean_of_a_state(void **state) {
  (void)state;
  fixture *f = start();
  int const column = plan_add_columns(&f->b, block_on(&f->quarters), 0, 1, false);
  int const quarterly = plan_add_state(&f->b, PL_NOUN_stock, 0, column);
  int const yearly = plan_add_rows(&f->b, block_on(&f->years), -plan_infinity(), 0);
  pl_block changes = block_on(&f->months);
  changes.count--;
  int const coupled = plan_add_rows(&f->b, changes, -plan_infinity(), 0);
  hang(f, quarterly, yearly, (double[]){730, 365});
  hang(f, quarterly, coupled, monthly(f, 1));
  near(-730 * 90 / 365.0, entry(f, quarterly, 0, yearly, 0));
  near(-365 * 91 / 365.0, entry(f, quarterly, 5, yearly, 1));
  near(-1, entry(f, quarterly, 0, coupled, 0)); /* January to February: February's */
  near(-2, entry(f, quarterly, 0, coupled, 1));
  near(0, entry(f, quarterly, 0, coupled, 2));
  done(f);
}

/* Totals are spread and summed like flows: 365 in a year are 31 in January, 59 by the end of
 * February; and they may be the number that the row is bounded by. */
static void totals_are_spread_like_flows(void **state) {
  (void)state;
  fixture *f = start();
  plan_hang(&f->b, (pl_hang){.state = f->plant,
                             .row = f->capacity,
                             .amount = (double[]){365, 730},
                             .is_total = true,
                             .is_bound = true});
  plan_join_hangs(&f->b);
  near(-31, entry(f, f->plant, 0, f->capacity, 0));
  near(-28, entry(f, f->plant, 0, f->capacity, 1));
  near(-62, entry(f, f->plant, 1, f->capacity, 12));
  assert_true(pl_program_hangs(&f->p, f->capacity));
  done(f);
}

/* The bounds of the run's month m, with these states holding. */
static void bounds(const fixture *f, bool plant, bool furnace, int m, double *low, double *high) {
  int column[64];
  double lower[64], upper[64];
  bool holds[2];
  holds[f->plant] = plant;
  holds[f->furnace] = furnace;
  int const n = pl_program_switch(&f->p, holds, column, lower, upper);
  assert_true(n <= pl_program_switched(&f->p));
  for (int k = 0; k < n; k++)
    if (column[k] == f->p.columns[f->run].first + m) {
      *low = lower[k];
      *high = upper[k];
      return;
    }
  fail();
}

/* Each of two states closes a column in its own months: open only where neither does, and the
 * program is built with both. */
static void two_states_close_one_column(void **state) {
  (void)state;
  fixture *f = start();
  double in[2][24] = {{0}};
  for (int m = 0; m < 24; m++) in[m < 6 ? 0 : 1][m] = m < 12; /* Jan … Jun, Jul … Dec of 2026 */
  plan_close_block(&f->b, f->plant, f->run, in[0]);
  plan_close_block(&f->b, f->furnace, f->run, in[1]);
  for (int m = 0; m < 24; m += 7)
    for (int both = 0; both < 4; both++) {
      double low = -1, high = -1;
      bool const plant = both & 1, furnace = both & 2;
      bounds(f, plant, furnace, m, &low, &high);
      bool const closed = m < 6 ? plant : m < 12 && furnace;
      near(0, low);
      near(closed ? 0 : 70, high);
      if (both == 3) near(high, f->b.upper[f->p.columns[f->run].first + m]);
    }
  done(f);
}

/* A column is open while a state holds, in the slices where it may; and the things of one noun say
 * which of their states hold. */
static void a_state_opens_a_column(void **state) {
  (void)state;
  fixture *f = start();
  double in[24] = {0};
  for (int m = 3; m < 24; m++) in[m] = 0.5;
  plan_switch_block(&f->b, f->plant, f->run, in, (switch_bounds){-5, 50, 0, 0});
  double low, high;
  bounds(f, true, false, 3, &low, &high);
  near(-5, low);
  near(50, high);
  bounds(f, true, false, 2, &low, &high);
  near(0, high);
  bounds(f, false, true, 3, &low, &high);
  near(0, high);
  bool holds[2] = {false, true};
  pl_program_hold(&f->p, PL_NOUN_unit, (bool[]){0, 0, 0, 0, 1}, holds);
  assert_true(holds[f->plant] && holds[f->furnace]);
  done(f);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_states_change_one_right_hand_side),
      cmocka_unit_test(rows_see_the_mean_of_a_state),
      cmocka_unit_test(totals_are_spread_like_flows),
      cmocka_unit_test(two_states_close_one_column),
      cmocka_unit_test(a_state_opens_a_column),
  };
  return cmocka_run_group_tests_name("assemble_state", tests, NULL, NULL);
}
