/* The interior point, and the corner from it, against the simplex: programs by the hour with what
 * programs in the field have besides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#include "random_programs.h"
#include "solve/method.h"
#include "solve/solve.h"

typedef enum {
  PLAIN_ONE,
  FREE_COLUMNS,
  ONE_SIDED,
  FIXED_COLUMNS,
  FREE_ROWS,
  EMPTY,
  DENSE_COLUMNS,
  REPEATED_ROWS, /* the same row twice, and a multiple of it */
  BESIDE_A_GIANT,
  ALL_OF_IT,
  ODDITIES
} oddity;

enum { STEPS = 60 };

static void free_columns(maker *m, const int *balance) {
  for (int t = 0; t + 1 < STEPS; t += 3) {
    int const j = add_col(m, t, 0, -INFINITY, INFINITY); /* from one hour to the next, either way */
    put(m, balance[t], j, -1);
    put(m, balance[t + 1], j, 0.9);
    int const i = add_row(m, -15, 15);
    put(m, i, j, 1);
  }
}

static void one_sided(maker *m, const int *balance) {
  for (int t = 0; t < STEPS; t += 2) {
    put(m, balance[t], add_col(m, t, -price(m, 100, 200), -INFINITY, 0), -1);
    put(m, balance[t], add_col(m, t, price(m, 100, 200), -3, INFINITY), 1);
  }
}

static void fixed_columns(maker *m, const int *balance) {
  int const alone = add_row(m, -INFINITY, 9); /* nothing but fixed columns in it */
  for (int t = 0; t < STEPS; t += 8) {
    int const j = add_col(m, t, price(m, -50, 50), 1, 1);
    put(m, balance[t], j, draw(m, -2, 2));
    put(m, alone, j, 1);
  }
}

static void free_rows(maker *m, int n_cols) {
  for (int k = 0; k < 5; k++) {
    int const i = add_row(m, -INFINITY, INFINITY);
    for (int j = k; j < n_cols; j += 7) put(m, i, j, draw(m, 1, 2));
  }
}

static void empty_rows_and_columns(maker *m) {
  (void)add_row(m, 0, 0);
  (void)add_row(m, -1, INFINITY);
  (void)add_col(m, 1, 3, -2, 5);
  (void)add_col(m, 2, -3, -2, 5);
  (void)add_col(m, 3, 0, -INFINITY, INFINITY);
}

static void dense_columns(maker *m, const int *balance) {
  for (int k = 0; k < 3; k++) {
    int const j = add_col(m, 0, price(m, 1000, 3000), 0, k == 0 ? 3 : INFINITY);
    m->lp.when[j] = (pl_interval){0, 4 * STEPS};
    for (int t = k; t < STEPS - k; t++) put(m, balance[t], j, draw(m, 0.5, 1));
  }
}

static void repeated_rows(maker *m, const int *balance) {
  long const n = m->lp.n_entries;
  for (int t = 0; t < STEPS; t += 5) {
    double const by = t % 2 ? 1 : 3, side = m->lp.row_lower[balance[t]] * by;
    int const i = add_row(m, side, side);
    for (long k = 0; k < n; k++)
      if (m->row_of[k] == balance[t]) put(m, i, m->col_of[k], by * m->entry[k]);
  }
}

static void add(maker *m, oddity what, const int *balance) {
  int const n_cols = m->lp.n_cols;
  bool const all = what == ALL_OF_IT;
  if (all || what == FREE_COLUMNS) free_columns(m, balance);
  if (all || what == ONE_SIDED) one_sided(m, balance);
  if (all || what == FIXED_COLUMNS) fixed_columns(m, balance);
  if (all || what == FREE_ROWS) free_rows(m, n_cols);
  if (all || what == EMPTY) empty_rows_and_columns(m);
  if (all || what == DENSE_COLUMNS) dense_columns(m, balance);
  if (all || what == REPEATED_ROWS) repeated_rows(m, balance);
}

/* From the first column of a row to its last. */
static void place_rows(pl_lp *lp, pl_arena *a) {
  lp->row_when = PL_NEW_ARRAY(a, pl_interval, (size_t)lp->n_rows + 1);
  for (int j = 0; j < lp->n_cols; j++)
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      pl_interval *w = &lp->row_when[lp->index[k]];
      if (w->to == 0 || lp->when[j].from < w->from) w->from = lp->when[j].from;
      if (lp->when[j].to > w->to) w->to = lp->when[j].to;
    }
}

/* Every other hour beside it, but in numbers a million times as large: what is lost there in
 * rounding is much here. */
static void add_giant(maker *m) {
  double const giant = 1e4;
  int balance[STEPS];
  int const first_col = m->lp.n_cols, first_row = m->lp.n_rows;
  for (int t = 0; t < STEPS; t++) {
    double const demand = price(m, 5, 40);
    balance[t] = add_row(m, demand, demand);
  }
  add_market(m, balance);
  add_plant(m, balance);
  add_stock(m, balance);
  for (int j = first_col; j < m->lp.n_cols; j++) {
    m->lp.lower[j] *= giant, m->lp.upper[j] *= giant;
    m->lp.cost[j] /= giant;
  }
  for (int i = first_row; i < m->lp.n_rows; i++)
    m->lp.row_lower[i] *= giant, m->lp.row_upper[i] *= giant;
}

static pl_lp *odd_program(oddity what, kind_of_program kind, uint64_t seed, pl_arena *a) {
  shape_of_program shape = random_shape(kind, seed, false);
  shape.steps = STEPS;
  maker *m = new_maker(shape, seed, a);
  int balance[STEPS];
  for (int t = 0; t < STEPS; t++) {
    double const demand = price(m, 5, 40);
    balance[t] = add_row(m, demand, demand);
  }
  int const first_buy = m->lp.n_cols;
  add_market(m, balance);
  add_plant(m, balance);
  add_stock(m, balance);
  add_load(m, balance);
  if (kind == COARSE) add_coarse(m, first_buy);
  if (what == BESIDE_A_GIANT) add_giant(m);
  add(m, what, balance);
  spoil(m, balance, first_buy);
  if (kind == SCALED) rescale(m, a);
  m->lp.integer = NULL;
  sort_entries(m, a);
  if (seed % 2) place_rows(&m->lp, a); /* with a time, and without */
  return &m->lp;
}

/* --- Against the simplex ------------------------------------------------------------------------
 */

typedef struct {
  pl_status status;
  pl_solution *x;
} answer;

static answer solve(const pl_lp *lp, pl_solve_options o, pl_arena *a) {
  answer r = {0};
  pl_diag *diag = pl_diag_new();
  pl_solver *s = NULL;
  o.once = true;
  assert_int_equal(PL_OK, pl_solver_new(lp, &o, &s, diag));
  r.status = pl_solver_run(s, a, &r.x, diag);
  pl_solver_free(s);
  pl_diag_free(diag);
  return r;
}

static pl_solve_options by(pl_method m) {
  pl_solve_options o = PL_SOLVE_DEFAULTS;
  o.method = m;
  return o;
}

/* Feasibility is measured by the largest number there is, as solve.c does. */
static double largest(const double *v, int n) {
  double most = 1;
  for (int i = 0; i < n; i++) most = fmax(most, fabs(v[i]));
  return most;
}

/* What an answer may break, beside what flows there: the interior point ends with its rows closed.
 */
static double room_of(answer r) { return strcmp(r.x->method, "interior point") ? 1e-7 : 2e-10; }

static void compare(const pl_lp *lp, answer wanted, answer found, pl_arena *a, const char *which) {
  if (wanted.status != found.status) {
    print_error("%s: status %d instead of %d\n", which, (int)found.status, (int)wanted.status);
    fail();
  }
  if (wanted.status != PL_OK) return;
  pl_certificate c;
  pl_lp_certify(lp, found.x, a, &c);
  double const apart = fabs(wanted.x->objective - found.x->objective);
  if (apart > 1e-7 * fmax(1, fabs(wanted.x->objective)) || fabs(c.gap) > 1e-7 ||
      c.relative_infeasibility > room_of(found) ||
      c.dual_infeasibility > 1e-7 * largest(lp->cost, lp->n_cols)) {
    print_error("%s: %.12g instead of %.12g, gap %g, infeasible by %g, prices by %g (%s)\n", which,
                found.x->objective, wanted.x->objective, c.gap, c.relative_infeasibility,
                c.dual_infeasibility, found.x->method);
    fail();
  }
}

typedef struct {
  int solved, own;
} tally;

static void try_program(oddity what, kind_of_program kind, uint64_t seed, tally *t) {
  pl_arena *a = pl_arena_new();
  pl_lp *lp = odd_program(what, kind, seed, a);
  answer const wanted = solve(lp, by(PL_METHOD_SIMPLEX), a);
  char which[80];
  (void)snprintf(which, sizeof which, "oddity %d, kind %d, seed %d", (int)what, (int)kind,
                 (int)seed);
  answer const inside = solve(lp, by(PL_METHOD_INTERIOR), a);
  compare(lp, wanted, inside, a, which);
  compare(lp, wanted, solve(lp, by(PL_METHOD_VERTEX), a), a, which);
  if (inside.x) t->solved++, t->own += strcmp(inside.x->method, "interior point") == 0;
  pl_arena_free(a);
}

#ifdef __SANITIZE_ADDRESS__
enum { SEEDS = 2 };
#else
enum { SEEDS = 6 };
#endif

static void odd_programs_have_the_same_optimum(void **state) {
  (void)state;
  for (int what = 0; what < ODDITIES; what++) {
    tally t = {0};
    for (int kind = 0; kind <= UNBOUNDED; kind++)
      for (uint64_t seed = 1; seed <= SEEDS; seed++)
        try_program((oddity)what, (kind_of_program)kind, seed, &t);
    assert_true(2 * t.own >= t.solved); /* not by falling back */
  }
}

/* Our own proof that there is no answer agrees with HiGHS. */
static void what_has_no_answer_is_refuted(void **state) {
  (void)state;
  int proven = 0;
  for (int what = 0; what < ODDITIES; what++)
    for (int kind = 0; kind <= UNBOUNDED; kind++)
      for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pl_arena *a = pl_arena_new();
        pl_lp *lp = odd_program((oddity)what, (kind_of_program)kind, seed, a);
        pl_status const expected = solve(lp, by(PL_METHOD_SIMPLEX), a).status;
        pl_solve_options const o = by(PL_METHOD_AUTO);
        pl_watch watch;
        pl_watch_begin(&watch, &o);
        pl_crew *crew = pl_crew_new(1);
        bool const refuted = pl_refute(&(pl_task){lp, &o, &watch, crew, false}, a);
        pl_crew_free(crew);
        pl_arena_free(a);
        assert_int_equal(expected == PL_INFEASIBLE, refuted);
        proven += refuted;
      }
  assert_true(proven > 0);
}

/* A program that the interior point does not take is solved all the same. */
/* The whole way to an answer, on programs of every kind: not one bit may differ. */
static void bits_do_not_depend_on_the_instruction_set(void **state) {
  (void)state;
  for (int k = PL_KERNEL_BASELINE + 1; k < PL_KERNELS; k++) {
    for (int seed = 1; seed <= 6 && pl_kernel_is_there((pl_kernel)k); seed++) {
      pl_arena *a = pl_arena_new();
      const pl_lp *lp = odd_program(PLAIN_ONE, PLAIN, seed, a);
      pl_solve_options o = by(PL_METHOD_INTERIOR);
      o.kernel = PL_KERNEL_BASELINE;
      answer const narrow = solve(lp, o, a);
      o.kernel = (pl_kernel)k;
      answer const wide = solve(lp, o, a);
      assert_int_equal(narrow.status, wide.status);
      if (narrow.status == PL_OK) {
        assert_string_equal("interior point", wide.x->method);
        assert_int_equal(narrow.x->iterations, wide.x->iterations);
        size_t const n = (size_t)lp->n_cols, m = (size_t)lp->n_rows;
        assert_memory_equal(narrow.x->col_value, wide.x->col_value, n * sizeof(double));
        assert_memory_equal(narrow.x->row_dual, wide.x->row_dual, m * sizeof(double));
      }
      pl_arena_free(a);
    }
  }
}

/* A kernel that is asked for and not there is said, not replaced. */
static void a_kernel_that_is_missing_is_refused(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_solve_options o = by(PL_METHOD_INTERIOR);
  const pl_lp *lp = odd_program(PLAIN_ONE, PLAIN, 1, a);
  for (int k = 0; k < PL_KERNELS; k++) {
    pl_solver *s = NULL;
    o.kernel = (pl_kernel)k;
    pl_status const expected = pl_kernel_is_there(o.kernel) ? PL_OK : PL_SOLVER;
    assert_int_equal(expected, pl_solver_new(lp, &o, &s, diag));
    pl_solver_free(s);
  }
  pl_diag_free(diag);
  pl_arena_free(a);
}

static void integers_are_left_to_others(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  shape_of_program const shape = {PLAIN, 12, 1, 1, 6, true};
  pl_lp *lp = random_program(shape, 3, a);
  answer const wanted = solve(lp, by(PL_METHOD_SIMPLEX), a);
  pl_method const methods[] = {PL_METHOD_INTERIOR, PL_METHOD_VERTEX};
  for (int k = 0; k < 2; k++) {
    answer const found = solve(lp, by(methods[k]), a);
    assert_int_equal(PL_OK, found.status);
    assert_null(strstr(found.x->method, "interior"));
    assert_true(fabs(wanted.x->objective - found.x->objective) <= 1e-6 * fabs(wanted.x->objective));
    for (int j = 0; j < lp->n_cols; j++)
      if (lp->integer[j])
        assert_true(fabs(found.x->col_value[j] - nearbyint(found.x->col_value[j])) < 1e-6);
  }
  pl_arena_free(a);
}

/* --- Stops in the midst -------------------------------------------------------------------------
 */

typedef struct {
  int asked, refused_at; /* the how manieth ask is refused; 0 = none */
  long iterations;       /* when it was asked last */
} asking;

/* Slower than progress is told, so that every step asks; which step a stop falls on does not hang
 * on the machine. */
static bool slowly(const pl_progress *p, void *user) {
  asking *k = user;
  struct timespec const nap = {0, 210000000};
  nanosleep(&nap, NULL);
  assert_string_equal("interior point", p->stage);
  k->iterations = p->iterations;
  return ++k->asked != k->refused_at;
}

static void stops_at_the_step_that_asked(void **state) {
  (void)state;
  pl_method const methods[] = {PL_METHOD_INTERIOR, PL_METHOD_VERTEX};
  for (int k = 0; k < 2; k++) {
    pl_arena *a = pl_arena_new();
    asking ask = {.refused_at = 9}; /* forming the program asks some times before the first step */
    pl_solve_options o = by(methods[k]);
    o.progress = slowly;
    o.user = &ask;
    answer const r = solve(odd_program(PLAIN_ONE, PLAIN, 1, a), o, a);
    assert_int_equal(PL_STOPPED, r.status);
    assert_null(r.x);
    assert_int_equal(9, ask.asked); /* and no more */
    assert_true(ask.iterations > 0 && ask.iterations < 9);
    pl_arena_free(a);
  }
}

static void time_over_in_the_midst_is_a_stop(void **state) {
  (void)state;
  pl_arena *a = pl_arena_new();
  asking ask = {0};
  pl_solve_options o = by(PL_METHOD_INTERIOR);
  o.progress = slowly;
  o.user = &ask;
  o.time_limit_s = 0.5;
  answer const r = solve(odd_program(PLAIN_ONE, PLAIN, 1, a), o, a);
  assert_int_equal(PL_STOPPED, r.status);
  assert_null(r.x);
  assert_in_range(ask.asked, 1, 4); /* the fourth comes when the time is over already */
  pl_arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(odd_programs_have_the_same_optimum),
      cmocka_unit_test(bits_do_not_depend_on_the_instruction_set),
      cmocka_unit_test(a_kernel_that_is_missing_is_refused),
      cmocka_unit_test(integers_are_left_to_others),
      cmocka_unit_test(what_has_no_answer_is_refuted),
      cmocka_unit_test(stops_at_the_step_that_asked),
      cmocka_unit_test(time_over_in_the_midst_is_a_stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
