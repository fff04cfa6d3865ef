/* The answers that are as good as one, and the prices that support it: small programs by hand, and
 * random ones against the program solved again, with the first cost as a row or with a bound moved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "solve/face/face.h"

enum { MOST = 200 };
static double const inf = (double)INFINITY;

typedef struct { /* a program that is written down; entries by row, column, value */
  pl_lp lp;
  pl_arena *a;
  int row[8 * MOST], col[8 * MOST];
  double entry[8 * MOST];
} made;

static made *begin(void) {
  pl_arena *a = pl_arena_new();
  made *m = PL_NEW(a, made);
  m->a = a;
  m->lp = (pl_lp){.cost = PL_NEW_ARRAY(a, double, MOST),
                  .lower = PL_NEW_ARRAY(a, double, MOST),
                  .upper = PL_NEW_ARRAY(a, double, MOST),
                  .row_lower = PL_NEW_ARRAY(a, double, MOST),
                  .row_upper = PL_NEW_ARRAY(a, double, MOST),
                  .start = PL_NEW_ARRAY(a, int, MOST + 1),
                  .index = PL_NEW_ARRAY(a, int, 8 * MOST),
                  .value = PL_NEW_ARRAY(a, double, 8 * MOST)};
  return m;
}

static int column(made *m, double cost, double lower, double upper) {
  int const j = m->lp.n_cols++;
  m->lp.cost[j] = cost;
  m->lp.lower[j] = lower;
  m->lp.upper[j] = upper;
  return j;
}

static int row(made *m, double lower, double upper) {
  int const i = m->lp.n_rows++;
  m->lp.row_lower[i] = lower;
  m->lp.row_upper[i] = upper;
  return i;
}

static void put(made *m, int i, int j, double value) {
  long const k = m->lp.n_entries++;
  assert_true(k < 8 * MOST);
  m->row[k] = i;
  m->col[k] = j;
  m->entry[k] = value;
}

static const pl_lp *finish(made *m) {
  int k = 0;
  for (int j = 0; j < m->lp.n_cols; j++) {
    m->lp.start[j] = k;
    for (int e = 0; e < m->lp.n_entries; e++) {
      if (m->col[e] != j) continue;
      m->lp.index[k] = m->row[e];
      m->lp.value[k++] = m->entry[e];
    }
  }
  m->lp.start[m->lp.n_cols] = k;
  return &m->lp;
}

static pl_status try_solve(const pl_lp *lp, pl_method method, pl_arena *a, pl_solution **x) {
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  pl_diag *diag = pl_diag_new();
  pl_solver *solver = NULL;
  options.method = method;
  pl_status s = pl_solver_new(lp, &options, &solver, diag);
  if (s == PL_OK) s = pl_solver_run(solver, a, x, diag);
  pl_solver_free(solver);
  pl_diag_free(diag);
  return s;
}

static pl_solution *solved(const pl_lp *lp, pl_method method, pl_arena *a) {
  pl_solution *x = NULL;
  pl_status const s = try_solve(lp, method, a, &x);
  if (s != PL_OK) print_error("%s by %s\n", pl_status_text(s), pl_method_name(method));
  assert_int_equal(PL_OK, s);
  return x;
}

static pl_status try_settle(const pl_lp *lp, int n, const double *const *rule, pl_solution *x,
                            bool *is_free) {
  pl_solve_options const by = PL_SOLVE_DEFAULTS;
  pl_diag *diag = pl_diag_new();
  double const before = x->objective;
  pl_status const s = pl_face_settle(lp, n, rule, &by, x, is_free, diag);
  double after = lp->offset;
  for (int j = 0; j < lp->n_cols; j++) after += lp->cost[j] * x->col_value[j];
  assert_true(fabs(after - before) <= 1e-8 * fmax(1, fabs(before)));
  pl_diag_free(diag);
  return s;
}

static void settle(const pl_lp *lp, int n, const double *const *rule, pl_solution *x,
                   bool *is_free) {
  assert_int_equal(PL_OK, try_settle(lp, n, rule, x, is_free));
}

static void assert_near(double wanted, double x, double within) {
  if (wanted == x || fabs(x - wanted) <= within) return;
  print_error("%.12g instead of %.12g\n", x, wanted);
  fail();
}

/* --- Answers by hand ---------------------------------------------------------------------------- */

/* 10 over two routes of 8 each that cost the same, or over a dearer third. */
static made *two_routes(double sign) {
  made *m = begin();
  int const i = row(m, 10 * sign, 10 * sign);
  for (int j = 0; j < 3; j++) {
    double const cost = (j == 2 ? 5 : 3) * sign;
    (void)column(m, cost, sign > 0 ? 0 : -8, sign > 0 ? 8 : 0);
    put(m, i, j, 1);
  }
  return m;
}

static void assert_routes(made *m, const double *one, const double *other, double a, double b) {
  const double *const rule[] = {one, other};
  for (int method = 0; method < PL_METHODS; method++) {
    bool is_free[3] = {true, true, true};
    pl_solution *x = solved(finish(m), (pl_method)method, m->a);
    settle(&m->lp, 2, rule, x, is_free);
    assert_near(a, x->col_value[0], 1e-9);
    assert_near(b, x->col_value[1], 1e-9);
    assert_near(0, x->col_value[2], 0);
    assert_true(!is_free[2]);
  }
}

static void the_first_rule_decides(void **state) {
  (void)state;
  made *m = two_routes(1);
  assert_routes(m, (double[]){1, 2, 1}, (double[]){9, 1, 1}, 8, 2);
  assert_routes(m, (double[]){2, 1, 1}, (double[]){1, 9, 1}, 2, 8);
  pl_arena_free(m->a);
}

static void the_second_rule_decides_what_the_first_leaves_open(void **state) {
  (void)state;
  made *m = two_routes(1);
  assert_routes(m, (double[]){0, 0, 0}, (double[]){1, 2, 1}, 8, 2);
  assert_routes(m, (double[]){0, 0, 0}, (double[]){2, 1, 1}, 2, 8);
  assert_routes(m, (double[]){4, 4, 1}, (double[]){2, 1, 1}, 2, 8); /* a tie of its own */
  pl_arena_free(m->a);
}

static void what_is_negative_counts_by_its_size(void **state) {
  (void)state;
  made *m = two_routes(-1);
  assert_routes(m, (double[]){1, 2, 1}, (double[]){1, 1, 1}, -8, -2);
  assert_routes(m, (double[]){0, 0, 0}, (double[]){2, 1, 1}, -2, -8);
  pl_arena_free(m->a);
}

/* A column that may be negative as well as positive costs a rule nothing. */
static void free_columns_cost_a_rule_nothing(void **state) {
  (void)state;
  made *m = begin();
  int const all = row(m, 10, 10), most = row(m, -inf, 4);
  int const f = column(m, 3, -inf, inf), a = column(m, 3, 0, 8), b = column(m, 3, 0, 8);
  put(m, all, f, 1);
  put(m, all, a, 1);
  put(m, all, b, 1);
  put(m, most, f, 1);
  const double *const rule[] = {(double[]){100, 1, 2}};
  pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
  settle(&m->lp, 1, rule, x, NULL);
  assert_near(4, x->col_value[f], 1e-9);
  assert_near(6, x->col_value[a], 1e-9);
  assert_near(0, x->col_value[b], 1e-9);
  pl_arena_free(m->a);
}

/* Two columns that undo each other without end: a rule that rewards them is left out. */
static void a_rule_without_end_is_left_out(void **state) {
  (void)state;
  made *m = two_routes(1);
  int const there = column(m, 1, 0, inf), back = column(m, -1, 0, inf);
  put(m, 0, there, 1);
  put(m, 0, back, -1);
  m->lp.cost[there] = 3;
  m->lp.cost[back] = -3;
  const double *const rules[] = {(double[]){0, 0, 0, -2, 1}, (double[]){1, 1.5, 1, 2, 2}};
  for (int method = 0; method < PL_METHODS; method++) {
    pl_solution *x = solved(finish(m), (pl_method)method, m->a);
    settle(&m->lp, 2, rules, x, NULL);
    assert_near(8, x->col_value[0], 1e-7);
    assert_near(2, x->col_value[1], 1e-7);
    assert_near(0, x->col_value[there], 1e-7);
    assert_near(0, x->col_value[back], 1e-7);
  }
  pl_arena_free(m->a);
}

static void columns_that_a_rule_chose_are_told(void **state) {
  (void)state;
  made *m = two_routes(1);
  bool is_free[3] = {0};
  const double *const rule[] = {(double[]){1, 2, 1}};
  pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
  settle(&m->lp, 1, rule, x, is_free);
  assert_true(is_free[0] && is_free[1] && !is_free[2]);
  m->lp.cost[1] = 4; /* now there is one answer */
  is_free[0] = is_free[1] = is_free[2] = true;
  x = solved(&m->lp, PL_METHOD_SIMPLEX, m->a);
  settle(&m->lp, 1, rule, x, is_free);
  assert_true(!is_free[0] && !is_free[1] && !is_free[2]);
  pl_arena_free(m->a);
}

static void integers_stay(void **state) {
  (void)state;
  made *m = two_routes(1);
  m->lp.integer = PL_NEW_ARRAY(m->a, bool, 3);
  m->lp.integer[0] = true;
  m->lp.n_integer = 1;
  pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
  memcpy(x->col_value, (double[]){5, 5, 0}, 3 * sizeof(double));
  x->row_dual[0] = 3;
  pl_lp_complete(&m->lp, x);
  const double *const rule[] = {(double[]){1, 3, 1}};
  settle(&m->lp, 1, rule, x, NULL);
  assert_near(5, x->col_value[0], 0);
  assert_near(5, x->col_value[1], 1e-9);
  m->lp.integer[0] = false;
  m->lp.integer[2] = true; /* the others are still open */
  settle(&m->lp, 1, rule, x, NULL);
  assert_near(8, x->col_value[0], 1e-9);
  pl_arena_free(m->a);
}

/* What an interior point leaves next to a bound that is priced is at it. */
static void priced_bounds_are_met_exactly(void **state) {
  (void)state;
  made *m = two_routes(1);
  pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
  memcpy(x->col_value, (double[]){5, 5 - 1e-9, 1e-9}, 3 * sizeof(double));
  x->row_dual[0] = 3;
  pl_lp_complete(&m->lp, x);
  const double *const rule[] = {(double[]){1, 2, 1}};
  settle(&m->lp, 1, rule, x, NULL);
  assert_true(x->col_value[0] == 8 && x->col_value[1] == 2 && x->col_value[2] == 0);
  pl_arena_free(m->a);
}

/* --- Prices by hand ----------------------------------------------------------------------------- */

/* 10 are had exactly from what costs nothing (4) and what costs 5 (6); more would cost 9. */
static int corner(made *m) {
  int const i = row(m, 10, 10);
  put(m, i, column(m, 0, 0, 4), 1);
  put(m, i, column(m, 5, 0, 6), 1);
  put(m, i, column(m, 9, 0, inf), 1);
  return i;
}

static void assert_range(const pl_lp *lp, pl_solution *x, int n, const int *rows,
                         const double *share, double low, double high) {
  pl_solve_options const by = PL_SOLVE_DEFAULTS;
  pl_diag *diag = pl_diag_new();
  double least = 0, most = 0;
  pl_price_face *f = pl_price_face_new(lp, x, &by);
  assert_int_equal(PL_OK, pl_price_face_range(f, n, rows, share, &least, &most, diag));
  pl_price_face_free(f);
  pl_diag_free(diag);
  assert_near(low, least, 1e-7);
  assert_near(high, most, 1e-7);
}

static void least_prices(const pl_lp *lp, const double *weight, pl_solution *x) {
  pl_solve_options const by = PL_SOLVE_DEFAULTS;
  pl_diag *diag = pl_diag_new();
  pl_price_face *f = pl_price_face_new(lp, x, &by);
  assert_int_equal(PL_OK, pl_price_face_least(f, weight, x, diag));
  pl_price_face_free(f);
  pl_diag_free(diag);
}

static void a_corner_has_two_sides(void **state) {
  (void)state;
  for (int method = 0; method < PL_METHODS; method++) {
    made *m = begin();
    int const i = corner(m);
    pl_solution *x = solved(finish(m), (pl_method)method, m->a);
    assert_range(&m->lp, x, 1, &i, (double[]){1}, 5, 9);
    assert_range(&m->lp, x, 1, &i, (double[]){-2}, -18, -10);
    least_prices(&m->lp, (double[]){1}, x);
    assert_near(5, x->row_dual[i], 1e-9);
    assert_near(0, x->col_dual[1], 1e-9);
    assert_near(4, x->col_dual[2], 1e-9);
    pl_arena_free(m->a);
  }
}

static void sides_without_end(void **state) {
  (void)state;
  made *m = begin();
  int const full = row(m, 10, 10), none = row(m, 0, 0), never = row(m, 3, 3);
  put(m, full, column(m, 5, 0, 10), 1);
  put(m, none, column(m, 7, 0, 10), 1);
  put(m, never, column(m, 1, 3, 3), 1);
  pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
  assert_range(&m->lp, x, 1, &full, (double[]){1}, 5, inf);
  assert_range(&m->lp, x, 1, &none, (double[]){1}, -inf, 7);
  assert_range(&m->lp, x, 1, &never, (double[]){1}, -inf, inf);
  assert_range(&m->lp, x, 2, (int[]){full, none}, (double[]){1, 1}, -inf, inf);
  assert_range(&m->lp, x, 2, (int[]){full, none}, (double[]){1, -1}, -2, inf);
  pl_arena_free(m->a);
}

static void parts_that_do_not_touch_add_up(void **state) {
  (void)state;
  made *m = begin();
  int const rows[] = {corner(m), corner(m)};
  pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
  assert_range(&m->lp, x, 2, rows, (double[]){1, 1}, 10, 18);
  assert_range(&m->lp, x, 2, rows, (double[]){1, -1}, -4, 4);
  assert_range(&m->lp, x, 2, rows, (double[]){0.5, 2}, 12.5, 22.5);
  assert_range(&m->lp, x, 2, (int[]){rows[0], rows[0]}, (double[]){1, 1}, 10, 18);
  pl_arena_free(m->a);
}

/* Two corners and a way between them for 2 that is in use: the prices differ by 2, whatever they are. */
static void prices_that_are_tied_move_together(void **state) {
  (void)state;
  made *m = begin();
  int const from = corner(m), to = row(m, 3, 3);
  int const way = column(m, 2, 0, 10), cheap = column(m, 6, 0, 2), dear = column(m, 12, 0, inf);
  put(m, from, way, -1);
  put(m, to, way, 1);
  put(m, to, cheap, 1);
  put(m, to, dear, 1);
  m->lp.row_lower[from] = m->lp.row_upper[from] = 9; /* 9 here and 1 there are the 10 there are */
  pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
  assert_near(1, x->col_value[way], 1e-9);
  int const rows[] = {from, to};
  assert_range(&m->lp, x, 1, &from, (double[]){1}, 5, 9);
  assert_range(&m->lp, x, 1, &to, (double[]){1}, 7, 11);
  assert_range(&m->lp, x, 2, rows, (double[]){-1, 1}, 2, 2);
  assert_range(&m->lp, x, 2, rows, (double[]){1, 1}, 12, 20);
  pl_arena_free(m->a);
}

static void a_price_that_is_alone_is_known(void **state) {
  (void)state;
  made *m = begin();
  int const i = row(m, 9, 9), idle = row(m, -inf, 100);
  int const a = column(m, 5, 0, 20);
  put(m, i, a, 1);
  put(m, idle, a, 1);
  pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
  pl_solve_options const by = PL_SOLVE_DEFAULTS;
  pl_price_face *f = pl_price_face_new(&m->lp, x, &by);
  assert_int_equal(0, pl_price_face_open(f));
  assert_true(pl_price_face_knows(f, i) && pl_price_face_knows(f, idle));
  pl_price_face_free(f);
  assert_range(&m->lp, x, 1, &i, (double[]){1}, 5, 5);
  assert_range(&m->lp, x, 1, &idle, (double[]){1}, 0, 0);
  pl_arena_free(m->a);
}

/* --- Random programs, solved again ---------------------------------------------------------------- */

typedef struct {
  uint64_t state;
} dice;

static int roll(dice *d, int low, int high) { /* splitmix64 */
  uint64_t z = d->state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return low + (int)((z ^ (z >> 31)) % (uint64_t)(high - low + 1));
}

/* Few different whole numbers, so that there are many ties and corners; rows are such that one point is
 * an answer of the program. */
static made *random_program(dice *d) {
  made *m = begin();
  int const n = roll(d, 3, 9), rows = roll(d, 2, 7);
  int point[9];
  for (int j = 0; j < n; j++) {
    int const low = roll(d, 0, 3) ? 0 : roll(d, -3, 0), high = low + roll(d, 0, 5);
    point[j] = roll(d, low, high);
    (void)column(m, roll(d, -2, 4), low, high);
  }
  for (int i = 0; i < rows; i++) {
    int sum = 0, kind = roll(d, 0, 2);
    int const r = row(m, 0, 0);
    for (int j = 0; j < n; j++) {
      int const a = roll(d, 0, 1) ? roll(d, -1, 2) : 0;
      if (a == 0) continue;
      put(m, r, j, a);
      sum += a * point[j];
    }
    m->lp.row_lower[r] = kind == 1 ? -inf : sum - (kind == 2 ? roll(d, 0, 2) : 0);
    m->lp.row_upper[r] = kind == 2 ? inf : sum + (kind == 1 ? roll(d, 0, 2) : 0);
  }
  return m;
}

/* The rule alone, over what costs as little: the first cost has become a row. */
static pl_solution *settled_again(made *m, const double *rule, double objective) {
  double first[MOST];
  pl_lp *lp = &m->lp;
  int const i = row(m, -inf, objective + 1e-8);
  memcpy(first, lp->cost, sizeof first);
  for (int j = 0; j < lp->n_cols; j++) {
    if (first[j] != 0) put(m, i, j, first[j]);
    lp->cost[j] = lp->lower[j] >= 0 ? rule[j] : lp->upper[j] <= 0 ? -rule[j] : 0;
  }
  return solved(finish(m), PL_METHOD_SIMPLEX, m->a);
}

static double rule_of(const pl_lp *lp, const double *rule, const double *x) {
  double sum = 0;
  for (int j = 0; j < lp->n_cols; j++)
    if (lp->lower[j] >= 0 || lp->upper[j] <= 0) sum += rule[j] * fabs(x[j]);
  return sum;
}

static void random_answers_are_the_rules_least(void **state) {
  (void)state;
  int moved = 0, blurred = 0;
  for (uint64_t seed = 1; seed <= 400; seed++) {
    dice d = {seed};
    made *m = random_program(&d);
    double rule[9];
    for (int j = 0; j < 9; j++) rule[j] = 1 + roll(&d, 0, 999) / 4000.0;
    const double *const rules[] = {rule};
    pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
    pl_solution *inside = solved(&m->lp, PL_METHOD_INTERIOR, m->a);
    double const before = rule_of(&m->lp, rule, x->col_value), objective = x->objective;
    settle(&m->lp, 1, rules, x, NULL);
    bool const sharp = try_settle(&m->lp, 1, rules, inside, NULL) == PL_OK;
    double const after = rule_of(&m->lp, rule, x->col_value);
    if (sharp) assert_near(after, rule_of(&m->lp, rule, inside->col_value), 1e-6);
    blurred += !sharp; /* prices of an interior point need not tell what is as good */
    const pl_solution *again = settled_again(m, rule, objective);
    assert_near(again->objective, after, 1e-6);
    moved += before > after + 1e-6;
    pl_arena_free(m->a);
  }
  print_message("%d answers moved, %d blurred\n", moved, blurred);
  assert_true(moved > 20 && blurred < 40);
}

static double moved(made *m, int i, double by) {
  m->lp.row_lower[i] += by;
  m->lp.row_upper[i] += by;
  pl_solution *x = NULL;
  pl_status const s = try_solve(&m->lp, PL_METHOD_SIMPLEX, m->a, &x);
  m->lp.row_lower[i] -= by;
  m->lp.row_upper[i] -= by;
  return s == PL_OK ? x->objective : inf;
}

static void random_sides_are_those_of_a_bound_that_moves(void **state) {
  (void)state;
  double const step = 1e-3; /* corners of such small whole numbers are farther apart */
  int two_sided = 0, endless = 0;
  for (uint64_t seed = 1; seed <= 250; seed++) {
    dice d = {seed};
    made *m = random_program(&d);
    pl_solution *x = solved(finish(m), PL_METHOD_SIMPLEX, m->a);
    int const i = roll(&d, 0, m->lp.n_rows - 1);
    double const more = (moved(m, i, step) - x->objective) / step;
    double const less = (x->objective - moved(m, i, -step)) / step;
    bool const met = x->row_value[i] <= m->lp.row_lower[i] + 1e-9 ||
                     x->row_value[i] >= m->lp.row_upper[i] - 1e-9;
    two_sided += more > less + 1e-3;
    endless += isinf(more) || isinf(less);
    pl_solve_options const by = PL_SOLVE_DEFAULTS;
    pl_diag *diag = pl_diag_new();
    double low = 0, high = 0;
    pl_price_face *f = pl_price_face_new(&m->lp, x, &by);
    assert_int_equal(PL_OK, pl_price_face_range(f, 1, &i, (double[]){1}, &low, &high, diag));
    pl_price_face_free(f);
    pl_diag_free(diag);
    if (met || (more == 0 && less == 0)) {
      assert_near(less, low, 1e-4);
      assert_near(more, high, 1e-4);
    }
    pl_arena_free(m->a);
  }
  assert_true(two_sided > 25 && endless > 5);
}

/* --- A chain of arrivals that is ill-conditioned -------------------------------------------------- */

/* Goods of two lanes that cost the same arrive with 1.65 % in the month in which they are loaded and
 * with 98 % in the next; what is missing is bought dearly. */
static made *chain(int periods, double *rule) {
  made *m = begin();
  for (int t = 0; t < periods; t++) (void)row(m, 100 + 10 * (t % 3), 100 + 10 * (t % 3));
  for (int t = 0; t < periods; t++) {
    double const worth = pow(1.007, -t);
    for (int lane = 0; lane < 2; lane++) {
      int const j = column(m, 20 * worth, 0, lane ? 90 : 60);
      put(m, t, j, 0.0165);
      if (t + 1 < periods) put(m, t + 1, j, 0.98);
      rule[j] = lane ? 1.2 : 1;
    }
    int const bought = column(m, 400 * worth, 0, inf);
    put(m, t, bought, 1);
    rule[bought] = 1.1;
  }
  return m;
}

static void an_ill_conditioned_chain_is_settled(void **state) {
  (void)state;
  enum { PERIODS = 60 };
  double rule[MOST];
  made *m = chain(PERIODS, rule);
  const double *const rules[] = {rule};
  const double *first = NULL;
  double objective = 0;
  for (int method = 0; method < PL_METHODS; method++) {
    pl_solution *x = solved(finish(m), (pl_method)method, m->a);
    settle(&m->lp, 1, rules, x, NULL);
    if (!first) first = x->col_value, objective = x->objective;
    for (int j = 0; j < m->lp.n_cols; j++) assert_near(first[j], x->col_value[j], 1e-5);
    pl_certificate c;
    pl_lp_certify(&m->lp, x, m->a, &c);
    assert_true(c.relative_infeasibility <= 1e-8 && c.dual_gap <= 1e-8);
  }
  for (int t = 0; t + 1 < PERIODS;
       t++) /* the lane that the rule prefers is full before the other is used */
    assert_true(first[3 * t] > 60 - 1e-6 || first[3 * t + 1] < 1e-6);
  double const least = rule_of(&m->lp, rule, first);
  assert_near(settled_again(m, rule, objective)->objective, least, 1e-6 * least);
  pl_arena_free(m->a);
}

int main(void) {
  static const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_rule_decides),
      cmocka_unit_test(the_second_rule_decides_what_the_first_leaves_open),
      cmocka_unit_test(what_is_negative_counts_by_its_size),
      cmocka_unit_test(free_columns_cost_a_rule_nothing),
      cmocka_unit_test(a_rule_without_end_is_left_out),
      cmocka_unit_test(columns_that_a_rule_chose_are_told),
      cmocka_unit_test(integers_stay),
      cmocka_unit_test(priced_bounds_are_met_exactly),
      cmocka_unit_test(a_corner_has_two_sides),
      cmocka_unit_test(sides_without_end),
      cmocka_unit_test(parts_that_do_not_touch_add_up),
      cmocka_unit_test(prices_that_are_tied_move_together),
      cmocka_unit_test(a_price_that_is_alone_is_known),
      cmocka_unit_test(random_answers_are_the_rules_least),
      cmocka_unit_test(random_sides_are_those_of_a_bound_that_moves),
      cmocka_unit_test(an_ill_conditioned_chain_is_settled),
  };
  return cmocka_run_group_tests_name("solve_face", tests, NULL, NULL);
}
