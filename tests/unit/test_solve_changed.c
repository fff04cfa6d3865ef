/* Every way to solve a program that does not stay as it was: changed, made impossible and mended,
 * stopped and run again. Each answer against a new solver on a new program of the same numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "random_programs.h"
#include "solve/solve.h"

typedef struct {
  pl_arena *arena;
  pl_diag *diag;
  uint64_t state; /* of what is drawn */
  pl_lp *given;   /* what the solver was made from: nobody may write there */
  pl_lp now;      /* the same with the changes so far, in arrays of its own */
  pl_solver *solver;
} subject;

typedef struct {
  pl_status status;
  pl_solution *x;
} answer;

static double drawn(subject *s, double low, double high) {
  maker m = {.state = s->state};
  double const d = draw(&m, low, high);
  s->state = m.state;
  return d;
}

static double *copy(pl_arena *a, const double *v, int n) {
  return memcpy(PL_NEW_ARRAY(a, double, (size_t)n), v, (size_t)n * sizeof *v);
}

static pl_solver *solver_of(subject *s, const pl_lp *lp, pl_solve_options options) {
  pl_solver *solver = NULL;
  assert_int_equal(PL_OK, pl_solver_new(lp, &options, &solver, s->diag));
  return solver;
}

/* How many answers were a method's own, and not by falling back. */
typedef struct {
  int answers, own;
} tally;

typedef struct {
  pl_method method;
  kind_of_program kind;
  uint64_t seed;
  bool integers;
  char which[100];
  tally *tally;
} trial;

static subject begin(const trial *t, pl_solve_options options) {
  subject s = {.arena = pl_arena_new(), .diag = pl_diag_new(), .state = t->seed};
  shape_of_program shape = random_shape(t->kind, t->seed, t->integers);
  if (t->kind != TINY) shape.steps = t->integers ? 24 : 100;
  if (t->integers) shape.plants = 1;
  s.given = random_program(shape, t->seed, s.arena);
  s.now = *s.given;
  s.now.cost = copy(s.arena, s.given->cost, s.given->n_cols);
  s.now.lower = copy(s.arena, s.given->lower, s.given->n_cols);
  s.now.upper = copy(s.arena, s.given->upper, s.given->n_cols);
  s.solver = solver_of(&s, s.given, options);
  return s;
}

static void end(subject *s) {
  pl_solver_free(s->solver);
  pl_diag_free(s->diag);
  pl_arena_free(s->arena);
}

static pl_solve_options by(pl_method m) {
  pl_solve_options o = PL_SOLVE_DEFAULTS;
  o.method = m;
  return o;
}

static answer run(subject *s, pl_solver *solver) {
  answer r = {0};
  r.status = pl_solver_run(solver, s->arena, &r.x, s->diag);
  return r;
}

static answer afresh(subject *s) {
  pl_solver *fresh = solver_of(s, &s->now, by(PL_METHOD_SIMPLEX));
  answer const r = run(s, fresh);
  pl_solver_free(fresh);
  return r;
}

static void count(tally *t, pl_method m, answer r) {
  static const char *const word[PL_METHODS] = {[PL_METHOD_INTERIOR] = "interior",
                                               [PL_METHOD_WINDOWS] = "windows",
                                               [PL_METHOD_ROLLING] = "spans"};
  if (!r.x || !word[m]) return;
  t->answers++;
  t->own += strstr(r.x->method, word[m]) != NULL;
}

/* The same outcome and optimum, and a proof for the numbers that hold now. */
static void compare(subject *s, answer wanted, answer found, const char *which) {
  if (wanted.status != found.status) {
    print_error("%s: status %d instead of %d\n", which, (int)found.status, (int)wanted.status);
    fail();
  }
  if (wanted.status != PL_OK) {
    assert_null(found.x);
    return;
  }
  pl_certificate c;
  pl_lp_certify(&s->now, found.x, s->arena, &c);
  double const apart = fabs(wanted.x->objective - found.x->objective);
  if (apart > 3e-6 * fmax(1, fabs(wanted.x->objective)) || c.gap > 2e-6 ||
      c.primal_infeasibility > 1e-3) {
    print_error("%s: %.12g instead of %.12g, gap %g, infeasible by %g\n", which, found.x->objective,
                wanted.x->objective, c.gap, c.primal_infeasibility);
    fail();
  }
}

/* --- Changes ------------------------------------------------------------------------ */

static void set_costs(subject *s) {
  pl_lp *lp = &s->now;
  assert_int_equal(PL_OK, pl_solver_set_costs(s->solver, lp->cost, s->diag));
}

static void set_bounds(subject *s, int n, const int *col) {
  double *lower = PL_NEW_ARRAY(s->arena, double, (size_t)n + 1),
         *upper = PL_NEW_ARRAY(s->arena, double, (size_t)n + 1);
  for (int k = 0; k < n; k++) lower[k] = s->now.lower[col[k]], upper[k] = s->now.upper[col[k]];
  assert_int_equal(PL_OK, pl_solver_set_bounds(s->solver, n, col, lower, upper, s->diag));
}

static void change_costs(subject *s) {
  for (int j = 0; j < s->now.n_cols; j++) s->now.cost[j] *= drawn(s, 0.9, 1.3);
  set_costs(s);
}

/* Some columns get less room, from both sides. */
static void change_bounds(subject *s) {
  int *col = PL_NEW_ARRAY(s->arena, int, (size_t)s->now.n_cols + 1), n = 0;
  for (int j = 0; j < s->now.n_cols; j++) {
    double const room = s->now.upper[j] - s->now.lower[j];
    bool const whole = s->now.integer && s->now.integer[j];
    if (whole || !isfinite(room) || drawn(s, 0, 1) > 0.1) continue;
    s->now.lower[j] += drawn(s, 0, 0.05) * room;
    s->now.upper[j] -= drawn(s, 0, 0.2) * room;
    col[n++] = j;
  }
  set_bounds(s, n, col);
}

/* Back to what was given. */
static void restore(subject *s) {
  int const n = s->now.n_cols;
  int *col = PL_NEW_ARRAY(s->arena, int, (size_t)n + 1);
  for (int j = 0; j < n; j++) {
    col[j] = j;
    s->now.cost[j] = s->given->cost[j];
    s->now.lower[j] = s->given->lower[j];
    s->now.upper[j] = s->given->upper[j];
  }
  set_costs(s);
  set_bounds(s, n, col);
}

/* The first step's balance asks for something; nothing may flow in any step. */
static void make_impossible(subject *s) {
  int *col = PL_NEW_ARRAY(s->arena, int, (size_t)s->now.n_cols + 1);
  for (int j = 0; j < s->now.n_cols; j++) s->now.lower[j] = s->now.upper[j] = 0, col[j] = j;
  set_bounds(s, s->now.n_cols, col);
}

/* --- The laws ------------------------------------------------------------------------ */

typedef void law(const trial *t);

static bool suits(pl_method m, bool integers) {
  return integers ? m == PL_METHOD_SIMPLEX || m == PL_METHOD_ROLLING : m != PL_METHOD_ROLLING;
}

static trial trial_of(pl_method m, kind_of_program kind, int seed, bool integers, tally *tallies) {
  trial t = {m, kind, (uint64_t)seed, integers, "", &tallies[m]};
  (void)snprintf(t.which, sizeof t.which, "kind %d, seed %d%s, by %s", (int)kind, seed,
                 integers ? " in whole numbers" : "", pl_method_name(m));
  return t;
}

static void hold_one(law *l, kind_of_program kind, int seed, bool integers, tally *tallies) {
  for (int m = 0; m < PL_METHODS; m++) {
    if (!suits((pl_method)m, integers)) continue;
    trial const t = trial_of((pl_method)m, kind, seed, integers, tallies);
    l(&t);
  }
}

enum { MIXED_SEED = 3 };

/* The law on so many linear programs of each kind, and on one in whole numbers of most. */
static void hold(law *l, int linear, tally *tallies) {
  kind_of_program const kinds[] = {PLAIN, TIED, SCALED, COARSE, TINY};
  for (int k = 0; k < (int)(sizeof kinds / sizeof *kinds); k++) {
    for (int seed = 1; seed <= linear; seed++) hold_one(l, kinds[k], seed, false, tallies);
    if (kinds[k] <= SCALED) hold_one(l, kinds[k], MIXED_SEED, true, tallies);
  }
}

static void change(const trial *t) {
  subject s = begin(t, by(t->method));
  size_t const size = (size_t)s.given->n_cols * sizeof(double);
  double *cost = copy(s.arena, s.given->cost, s.given->n_cols),
         *lower = copy(s.arena, s.given->lower, s.given->n_cols),
         *upper = copy(s.arena, s.given->upper, s.given->n_cols);
  compare(&s, afresh(&s), run(&s, s.solver), t->which);
  for (int round = 0; round < 3; round++) {
    if (round != 1) change_costs(&s);
    if (round != 0) change_bounds(&s);
    answer const found = run(&s, s.solver);
    count(t->tally, t->method, found);
    compare(&s, afresh(&s), found, t->which);
  }
  assert_memory_equal(cost, s.given->cost, size);
  assert_memory_equal(lower, s.given->lower, size);
  assert_memory_equal(upper, s.given->upper, size);
  end(&s);
}

/* Programs of each kind for the first law; one for the others. */
#ifdef __SANITIZE_ADDRESS__
enum { LINEAR = 1, DETOUR = 2 };
#else
enum { LINEAR = 2, DETOUR = 6 };
#endif

static void changed_programs_are_solved_as_new_ones(void **state) {
  (void)state;
  tally t[PL_METHODS] = {0};
  hold(change, LINEAR, t);
  for (int m = 0; m < PL_METHODS; m++) assert_true(2 * t[m].own >= t[m].answers);
}

static void spoil_and_mend(const trial *t) {
  subject s = begin(t, by(t->method));
  answer const before = run(&s, s.solver);
  assert_int_equal(PL_OK, before.status);
  make_impossible(&s);
  answer const spoilt = run(&s, s.solver);
  if (spoilt.status != PL_INFEASIBLE) print_error("%s: status %d\n", t->which, (int)spoilt.status);
  assert_int_equal(PL_INFEASIBLE, spoilt.status);
  assert_null(spoilt.x);
  restore(&s);
  compare(&s, before, run(&s, s.solver), t->which);
  end(&s);
}

static void what_was_impossible_is_mended(void **state) {
  (void)state;
  tally t[PL_METHODS] = {0};
  hold(spoil_and_mend, 1, t);
}

static bool unless_refused(const pl_progress *p, void *user) {
  (void)p;
  const bool *refused = user;
  return !*refused;
}

static bool same(const double *a, const double *b, int n) {
  return memcmp(a, b, (size_t)n * sizeof *a) == 0;
}

static void stop(subject *s) {
  answer const stopped = run(s, s->solver);
  assert_int_equal(PL_STOPPED, stopped.status);
  assert_null(stopped.x); /* nothing was found yet, and what an earlier run found is no answer */
}

/* A stop leaves nothing behind: the next run is the one that would have been. */
static void stop_and_run(const trial *t) {
  bool refused = true;
  pl_solve_options options = by(t->method);
  options.progress = unless_refused;
  options.user = &refused;
  subject s = begin(t, options);
  stop(&s);
  refused = false;
  answer const again = run(&s, s.solver);
  pl_solver *other = solver_of(&s, s.given, options);
  answer const never = run(&s, other);
  pl_solver_free(other);
  compare(&s, never, again, t->which);
  if (!same(never.x->col_value, again.x->col_value, s.now.n_cols) ||
      !same(never.x->row_dual, again.x->row_dual, s.now.n_rows)) {
    print_error("%s: another answer after a stop\n", t->which);
    fail();
  }
  refused = true;
  stop(&s);
  change_costs(&s);
  stop(&s);
  refused = false;
  compare(&s, afresh(&s), run(&s, s.solver), t->which);
  end(&s);
}

static void a_stopped_run_leaves_no_trace(void **state) {
  (void)state;
  tally t[PL_METHODS] = {0};
  hold(stop_and_run, 1, t);
}

/* What a worker may have done before it comes to a task: other costs, less room, going on from each
 * other, and programs without an answer. */
static void wander(subject *s, int rounds) {
  for (int k = 0; k < rounds; k++) {
    change_costs(s);
    if (k % 2 == 1) change_bounds(s);
    if (k % 3 == 1) pl_solver_go_on(s->solver);
    (void)run(s, s->solver);
  }
  make_impossible(s);
  (void)run(s, s->solver);
}

static void compare_bits(const subject *s, const trial *t, answer wanted, answer found) {
  if (same(wanted.x->col_value, found.x->col_value, s->now.n_cols) &&
      same(wanted.x->row_dual, found.x->row_dual, s->now.n_rows) &&
      same(wanted.x->col_dual, found.x->col_dual, s->now.n_cols))
    return;
  print_error("%s: the answer shows what was run before it\n", t->which);
  fail();
}

/* Once the basis is kept, an answer does not show which runs went before it; nor does one that goes
 * on from it. */
static void take_a_detour(const trial *t) {
  subject s = begin(t, by(t->method));
  assert_int_equal(PL_OK, run(&s, s.solver).status);
  pl_solver_keep_basis(s.solver);
  answer const direct = run(&s, s.solver);
  uint64_t const drawn_next = s.state;
  change_costs(&s);
  pl_solver_go_on(s.solver);
  answer const further = run(&s, s.solver);
  for (int rounds = 0; rounds < DETOUR; rounds++) {
    wander(&s, rounds);
    restore(&s);
    compare_bits(&s, t, direct, run(&s, s.solver));
    s.state = drawn_next;
    change_costs(&s);
    pl_solver_go_on(s.solver);
    compare_bits(&s, t, further, run(&s, s.solver));
  }
  end(&s);
}

static void kept_answers_do_not_show_earlier_runs(void **state) {
  (void)state;
  tally t[PL_METHODS] = {0};
  hold(take_a_detour, 1, t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(changed_programs_are_solved_as_new_ones),
      cmocka_unit_test(what_was_impossible_is_mended),
      cmocka_unit_test(a_stopped_run_leaves_no_trace),
      cmocka_unit_test(kept_answers_do_not_show_earlier_runs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
