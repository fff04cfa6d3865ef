/* One answer: whatever the method and the order in which a case is written, the settled plan and the
 * prices settled with it are the same, column by column and row by row; and what one more and one less
 * is said to be worth is what planning again with a little more and a little less earns. test_one
 * [FIRST COUNT]. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/law_make.h"
#include "law/law_run.h"
#include "law/law_seeds.h"
#include "solve/face/face.h"
#include "value/settle.h"

typedef struct {
  const char *name;
  double x;
} named;

typedef struct {
  law_run run;
  bool settled;
  named *column, *row; /* by name */
} settled_run;

typedef struct {
  int held, broken, settled, moved, sided;
} tally;

static int by_name(const void *one, const void *other) {
  return strcmp(((const named *)one)->name, ((const named *)other)->name);
}

static void name_all(settled_run *s) {
  law_run *r = &s->run;
  int const n = r->p->lp.n_cols, m = r->p->lp.n_rows;
  s->column = PL_NEW_ARRAY(r->arena, named, (size_t)n + 1);
  s->row = PL_NEW_ARRAY(r->arena, named, (size_t)m + 1);
  for (int j = 0; j < n; j++)
    s->column[j] = (named){pl_program_column_name(r->p, j, r->arena), r->s->col_value[j]};
  for (int i = 0; i < m; i++)
    s->row[i] = (named){pl_program_row_name(r->p, i, r->arena), r->s->row_dual[i]};
  qsort(s->column, (size_t)n, sizeof *s->column, by_name);
  qsort(s->row, (size_t)m, sizeof *s->row, by_name);
}

static void plan(settled_run *s, const law_case *c, const law_dress *d, pl_method method) {
  pl_arena *a = pl_arena_new();
  law_text const text = law_write(c, d, a);
  *s = (settled_run){0};
  law_read(&s->run, &text, NULL);
  law_solve_by(&s->run, method);
  if (s->run.status == PL_OK) {
    pl_solve_options const by = PL_SOLVE_DEFAULTS;
    pl_ties const ties = pl_ties_of(s->run.p, s->run.arena);
    (void)pl_settle(&s->run.p->lp, &ties, PL_SETTLE_PLAN_AND_PRICES, &by, s->run.s, NULL);
    s->settled = s->run.s->settled;
    name_all(s);
  }
  pl_arena_free(a);
}

static int differing(const named *a, const named *b, int n, double scale) {
  int count = 0;
  for (int i = 0; i < n; i++)
    if (strcmp(a[i].name, b[i].name) != 0 ||
        fabs(a[i].x - b[i].x) > 1e-5 * fmax(scale, fabs(a[i].x)))
      count++;
  return count;
}

/* Prices are held against the largest, amounts against what flows. */
static double largest(const named *a, int n) {
  double most = 1;
  for (int i = 0; i < n; i++) most = fmax(most, fabs(a[i].x));
  return most;
}

static void compare(tally *t, uint64_t seed, const settled_run *base, const settled_run *other,
                    const char *what) {
  if (!base->settled || !other->settled) {
    printf("seed %llu, %s: not settled\n", (unsigned long long)seed, what);
    t->broken++;
    return;
  }
  int const n = base->run.p->lp.n_cols, m = base->run.p->lp.n_rows;
  int const plans = differing(base->column, other->column, n, 0.1 * largest(base->column, n));
  int const prices = differing(base->row, other->row, m, 0.1 * largest(base->row, m));
  t->held += plans == 0 && prices == 0;
  t->broken += plans > 0 || prices > 0;
  if (plans + prices > 0)
    printf("seed %llu, %s: %d of %d amounts and %d of %d prices differ\n", (unsigned long long)seed,
           what, plans, n, prices, m);
}

/* --- One more and one less ----------------------------------------------------------------------- */

static double objective_with(const law_run *r, int row, double change) {
  pl_lp lp = r->p->lp;
  pl_arena *a = pl_arena_new();
  size_t const bytes = (size_t)lp.n_rows * sizeof(double);
  lp.row_lower = memcpy(PL_NEW_ARRAY(a, double, (size_t)lp.n_rows + 1), lp.row_lower, bytes);
  lp.row_upper = memcpy(PL_NEW_ARRAY(a, double, (size_t)lp.n_rows + 1), lp.row_upper, bytes);
  lp.row_lower[row] += change;
  lp.row_upper[row] += change;
  pl_solve_options const options = PL_SOLVE_DEFAULTS;
  pl_solver *solver = NULL;
  pl_solution *x = NULL;
  pl_diag *quiet = pl_diag_new();
  bool const ok = pl_solver_new(&lp, &options, &solver, quiet) == PL_OK &&
                  pl_solver_run(solver, a, &x, quiet) == PL_OK;
  double const value = ok ? x->objective : (double)INFINITY;
  pl_solver_free(solver);
  pl_diag_free(quiet);
  pl_arena_free(a);
  return value;
}

/* Whether a small enough step of the bound, up or down, changes the objective by the slope. */
static bool is_slope(const law_run *r, int row, double slope, double way) {
  double const start = r->s->objective, noise = 1e-8 * fmax(1, fabs(start));
  double const size = fmax(1, fabs(r->s->row_value[row]));
  for (double step = 1e-3 * size; step > 1e-7 * size; step /= 30) {
    double const end = objective_with(r, row, way * step);
    if (isinf(slope) && isinf(end)) return true;
    if (fabs((end - start) / (way * step) - slope) <= 1e-3 * fabs(slope) + noise / step)
      return true;
  }
  return false;
}

static bool is_met(const law_run *r, int row) {
  double const x = r->s->row_value[row], room = 1e-7 * fmax(1, fabs(x));
  return x <= r->p->lp.row_lower[row] + room || x >= r->p->lp.row_upper[row] - room;
}

static void check_sides(tally *t, uint64_t seed, const settled_run *s, law_random *random) {
  const law_run *r = &s->run;
  pl_solve_options const by = PL_SOLVE_DEFAULTS;
  pl_price_face *f = pl_price_face_new(&r->p->lp, r->s, &by);
  for (int k = 0; k < 6 && r->p->lp.n_rows > 0; k++) {
    int const row = law_pick(random, r->p->lp.n_rows);
    double const one = 1;
    double low = 0, high = 0;
    if (!is_met(r, row)) continue;
    bool const ok = pl_price_face_range(f, 1, &row, &one, &low, &high, r->diag) == PL_OK &&
                    is_slope(r, row, high, 1) && is_slope(r, row, low, -1);
    t->held += ok;
    t->broken += !ok;
    t->sided += high - low > 1e-6;
    if (!ok)
      printf("seed %llu, %s: not worth %.9g … %.9g\n", (unsigned long long)seed,
             pl_program_row_name(r->p, row, r->arena), low, high);
  }
  pl_price_face_free(f);
}

/* --- Cases --------------------------------------------------------------------------------------- */

static void try_seed(uint64_t seed, tally *t) {
  pl_arena *a = pl_arena_new();
  const law_case *c = law_make(a, seed, LAW_ANY);
  law_random random = {seed};
  settled_run base, other;
  plan(&base, c, &(law_dress){0}, PL_METHOD_AUTO);
  if (base.run.status == PL_OK) {
    t->settled += base.settled;
    for (int m = 0; m < PL_METHODS; m++) {
      if (m == PL_METHOD_AUTO) continue;
      plan(&other, c, &(law_dress){0}, (pl_method)m);
      if (other.run.status == PL_OK) compare(t, seed, &base, &other, pl_method_name((pl_method)m));
      law_done(&other.run);
    }
    plan(&other, c, &(law_dress){.seed = seed, .order = true}, PL_METHOD_AUTO);
    if (other.run.status == PL_OK) compare(t, seed, &base, &other, "another order");
    law_done(&other.run);
    if (base.settled) check_sides(t, seed, &base, &random);
  }
  law_done(&base.run);
  pl_arena_free(a);
}

int main(int argc, char **argv) {
  law_seeds const tried = law_seeds_of(argc, argv, 40);
  tally t = {0};
  for (int i = 0; i < tried.count; i++) try_seed(tried.first + (uint64_t)i, &t);
  printf("%d cases settled, %d values with two sides; %d passed, %d failed\n", t.settled, t.sided,
         t.held, t.broken);
  return t.broken > 0 || 2 * t.settled < tried.count || (tried.count >= 40 && t.sided == 0) ? 1 : 0;
}
