/* What the independent check sees: a program is made wrong on purpose, one kind of row or column at
 * a time, solved, and its answer audited. The law: a plan that earns more than the best one breaks
 * a rule or misstates money, so that the audit must refuse it, and its certificate, which trusts
 * the program, cannot be what does so. Driven by row.def and column.def: a kind that no case here
 * brings to bind, or that the audit does not look at, fails the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assemble/assemble.h"
#include "audit/audit.h"
#include "case/case.h"
#include "plan/schedule.h"
#include "solve/solve.h"
#include "value/ledger.h"

static const char *const row_names[] = {
#define R(name, ...) #name,
#include "plan/row.def"
#undef R
};

static const char *const column_names[] = {
#define C(name, ...) #name,
#include "plan/column.def"
#undef C
};

typedef struct { /* of one kind, over all cases */
  int better;    /* plans that earn more than the best, or whose money is not the case's */
  int missed;    /* of these, what the audit let pass */
  char where[160];
} tally;

enum { BOUNDS, PLACES, PRICES, WAYS };

static tally of_rows[WAYS][PL_ROW_KINDS], of_columns[WAYS][PL_COLUMN_KINDS];

typedef struct {
  const char *path;
  pl_diag *diag;
  pl_files *files;
  pl_arena *arena;
  pl_case *c;
  pl_program *program;
  pl_solution *x;
  double best;  /* objective; NAN: there is no plan */
  double gross; /* Σ |cost x| there */
} subject;

/* --- Solving and auditing --------------------------------------------------------------------- */

static pl_solution *solve(const subject *s, pl_arena *a) {
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  pl_solver *solver = NULL;
  pl_solution *x = NULL;
  pl_diag *diag = pl_diag_new();
  options.gap = 1e-7;
  options.time_limit_s = 5;
  if (pl_solver_new(&s->program->lp, &options, &solver, diag) == PL_OK)
    (void)pl_solver_run(solver, a, &x, diag);
  if (x && pl_value_ledger(s->program, x, diag) != PL_OK) x = NULL;
  pl_solver_free(solver);
  pl_diag_free(diag);
  return x;
}

static bool passes(const subject *s, pl_solution *x, pl_arena *a, pl_diag *diag) {
  pl_schedule *schedule = NULL;
  pl_audit audit;
  return pl_schedule_make(s->program, x, a, &schedule) == PL_OK &&
         pl_audit_run(schedule, 1e-6, a, &audit, diag) == PL_OK;
}

static subject begin(const char *path) {
  subject s = {.path = path,
               .diag = pl_diag_new(),
               .files = pl_files_new(NULL, 0),
               .arena = pl_arena_new(),
               .best = (double)NAN};
  pl_case_options const none = {0};
  if (pl_case_read(path, s.files, &none, &s.c, s.diag) != PL_OK ||
      pl_program_build(s.c, &s.program, s.diag) != PL_OK)
    fail_msg("%s cannot be read: %s", path, pl_diag_at(s.diag, 0)->text);
  pl_solution *x = solve(&s, s.arena);
  if (!x) fail_msg("%s has no plan", path);
  if (!passes(&s, x, s.arena, s.diag)) fail_msg("%s: %s", path, pl_diag_at(s.diag, 0)->text);
  s.x = x;
  s.best = x->objective;
  for (int j = 0; j < s.program->lp.n_cols; j++)
    s.gross += fabs(s.program->lp.cost[j] * x->col_value[j]);
  return s;
}

static void end(subject *s) {
  pl_program_free(s->program);
  pl_case_free(s->c);
  pl_files_free(s->files);
  pl_diag_free(s->diag);
  pl_arena_free(s->arena);
}

/* Solve as it is now; what is better than the best must be refused. prices: what it costs has
 * changed, so that any change at all must be. */
static void judge(const subject *s, bool prices, const char *what, tally *t) {
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_solution *x = solve(s, a);
  double const change = x ? s->best - x->objective : 0, room = 3e-6 * fmax(1, fabs(s->best));
  if (x && (change > room || (prices && change < -room))) {
    t->better++;
    if (passes(s, x, a, diag)) {
      t->missed++;
      (void)snprintf(t->where, sizeof t->where, "%s: %s", s->path, what);
    }
  }
  pl_diag_free(diag);
  pl_arena_free(a);
}

/* --- Mutations -------------------------------------------------------------------------------- */

static const double factors[] = {1.01, 0.99};

static double *copied(const subject *s, const double *x, long n) {
  double *out = PL_NEW_ARRAY(s->arena, double, (size_t)n + 1);
  return memcpy(out, x, (size_t)n * sizeof *x);
}

static bool is_of(const pl_block *blocks, int n, int kind, int at) {
  for (int i = 0; i < n; i++)
    if (blocks[i].kind == kind && at >= blocks[i].first && at < blocks[i].first + blocks[i].count)
      return true;
  return false;
}

static bool has(const pl_block *blocks, int n, int kind) {
  for (int i = 0; i < n; i++)
    if (blocks[i].kind == kind) return true;
  return false;
}

/* The bounds of a kind's rows or columns: gone, or a hundredth off. */
static void mutate_bounds(const subject *s, double *lower, double *upper, int n, const pl_block *b,
                          int n_blocks, int kind, tally *t) {
  double *was_lower = copied(s, lower, n), *was_upper = copied(s, upper, n);
  for (int way = 0; way < 3; way++) {
    for (int i = 0; i < n; i++) {
      if (!is_of(b, n_blocks, kind, i)) continue;
      double const slack_low = 0.01 * fabs(lower[i]), slack_high = 0.01 * fabs(upper[i]);
      if (way == 0) lower[i] = -INFINITY;
      if (way == 1) upper[i] = INFINITY;
      if (way == 2 && isfinite(slack_low)) lower[i] -= slack_low;
      if (way == 2 && isfinite(slack_high)) upper[i] += slack_high;
    }
    static const char *const what[] = {"no lower bound", "no upper bound", "wider"};
    judge(s, false, what[way], t);
    memcpy(lower, was_lower, (size_t)n * sizeof *lower);
    memcpy(upper, was_upper, (size_t)n * sizeof *upper);
  }
}

/* What a kind of column has in a kind of row: a hundredth more or less, with the other sign, none.
 */
static void mutate_entries(const subject *s, int row_kind, int column_kind) {
  static const double by[] = {1.01, 0.99};
  const pl_program *p = s->program;
  pl_lp *lp = &s->program->lp;
  double *was = copied(s, lp->value, lp->n_entries);
  char what[96];
  (void)snprintf(what, sizeof what, "%s in %s", column_names[column_kind], row_names[row_kind]);
  for (size_t f = 0; f < sizeof by / sizeof *by; f++) {
    bool any = false;
    tally both = {0};
    for (int i = 0; i < p->n_column_blocks; i++) {
      const pl_block *b = &p->columns[i];
      if (b->kind != column_kind) continue;
      for (int k = lp->start[b->first]; k < lp->start[b->first + b->count]; k++)
        if (pl_program_row_block(p, lp->index[k])->kind == row_kind)
          lp->value[k] *= by[f], any = true;
    }
    if (!any) return;
    judge(s, false, what, &both);
    memcpy(lp->value, was, (size_t)lp->n_entries * sizeof *was);
    tally *const at[] = {&of_rows[PLACES][row_kind], &of_columns[PLACES][column_kind]};
    for (int k = 0; k < 2; k++) {
      at[k]->better += both.better;
      at[k]->missed += both.missed;
      if (both.missed) memcpy(at[k]->where, both.where, sizeof both.where);
    }
  }
}

static void mutate_prices(const subject *s, int kind) {
  pl_lp *lp = &s->program->lp;
  double *was = copied(s, lp->cost, lp->n_cols);
  for (size_t f = 0; f < sizeof factors / sizeof *factors; f++) {
    for (int j = 0; j < lp->n_cols; j++)
      if (is_of(s->program->columns, s->program->n_column_blocks, kind, j))
        lp->cost[j] *= factors[f];
    judge(s, true, "prices", &of_columns[PRICES][kind]);
    memcpy(lp->cost, was, (size_t)lp->n_cols * sizeof *was);
  }
}

static void mutate(const subject *s) {
  const pl_program *p = s->program;
  pl_lp *lp = &s->program->lp;
  for (int r = 0; r < PL_ROW_KINDS; r++) {
    if (!has(p->rows, p->n_row_blocks, r)) continue;
    mutate_bounds(s, lp->row_lower, lp->row_upper, lp->n_rows, p->rows, p->n_row_blocks, r,
                  &of_rows[BOUNDS][r]);
    for (int c = 0; c < PL_COLUMN_KINDS; c++)
      if (has(p->columns, p->n_column_blocks, c)) mutate_entries(s, r, c);
  }
  for (int c = 0; c < PL_COLUMN_KINDS; c++) {
    if (!has(p->columns, p->n_column_blocks, c)) continue;
    mutate_bounds(s, lp->lower, lp->upper, lp->n_cols, p->columns, p->n_column_blocks, c,
                  &of_columns[BOUNDS][c]);
    mutate_prices(s, c);
  }
}

/* --- False answers ---------------------------------------------------------------------------- */

enum { ONE_PERCENT_MORE, DROPPED, SHIFTED, CORRUPTIONS };

static struct {
  int tried, refused, seen; /* seen: by the independent check too */
} of_answers[PL_COLUMN_KINDS];

/* Whether any number changed enough to be seen. */
static bool corrupt(double *x, int n, int how) {
  double changed = 0, first = x[0];
  for (int v = 0; v < n; v++) {
    double const was = x[v];
    if (how == ONE_PERCENT_MORE) x[v] += fmax(0.5, 0.01 * fabs(was));
    if (how == DROPPED) x[v] = 0;
    if (how == SHIFTED) x[v] = v + 1 < n ? x[v + 1] : first;
    changed = fmax(changed, fabs(x[v] - was));
  }
  return changed > 0.01;
}

/* The objective is corrected, so that money is refused only where the accounts are wrong. */
static void audit_corrupted(const subject *s, pl_solution *x, int kind) {
  pl_arena *a = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_schedule *schedule = NULL;
  pl_audit audit;
  double const was = x->objective;
  pl_certificate c;
  pl_lp_certify(&s->program->lp, x, a, &c);
  x->objective = c.objective;
  assert_int_equal(PL_OK, pl_schedule_make(s->program, x, a, &schedule));
  of_answers[kind].tried++;
  of_answers[kind].refused += pl_audit_run(schedule, 1e-6, a, &audit, diag) != PL_OK;
  of_answers[kind].seen += audit.bounds_worst > 1e-6 || audit.balance_relative > 1e-6 ||
                           audit.money_gap > 1e-6 * fmax(1, s->gross);
  x->objective = was;
  pl_diag_free(diag);
  pl_arena_free(a);
}

static void falsify(const subject *s, pl_solution *x) {
  for (int i = 0; i < s->program->n_column_blocks; i++) {
    const pl_block *b = &s->program->columns[i];
    double *amount = x->col_value + b->first, *was = copied(s, amount, b->count);
    for (int how = 0; how < CORRUPTIONS; how++) {
      if (corrupt(amount, b->count, how)) audit_corrupted(s, x, b->kind);
      memcpy(amount, was, (size_t)b->count * sizeof *was);
    }
  }
}

static void try_all(const char *pattern) {
  glob_t found;
  char path[512];
  (void)snprintf(path, sizeof path, "%s/%s", TESTS_DIR, pattern);
  assert_int_equal(0, glob(path, 0, NULL, &found));
  for (size_t i = 0; i < found.gl_pathc; i++) {
    subject s = begin(found.gl_pathv[i]);
    falsify(&s, s.x);
    mutate(&s);
    end(&s);
  }
  globfree(&found);
}

/* --- What is required of every kind --------------------------------------------------------- */

/* Rules whose loosening earns nothing jointly, so that no plan breaks them for gain. */
static const struct {
  int row;
  const char *why;
} earns_nothing[] = {
    {PL_ROW_BEGINS, "what a typical day begins with: DAY_BEGIN is falsified instead"},
    {PL_ROW_OUT, "the capacity that an outage leaves says the same"},
    {PL_ROW_AGREED_PEAK, "paid by one party to another"},
    {PL_ROW_TAKE_OR_PAY, "paid by one party to another: DEFICIT is falsified instead"},
    {PL_ROW_MADE_UP, "paid by one party to another: MAKE_UP is falsified instead"},
    {PL_ROW_BANK, "paid by one party to another: MAKE_UP and CARRIED are falsified instead"},
    {PL_ROW_YEAR_SPLIT, "paid by one party to another: ABOVE and BELOW are falsified instead"},
    {PL_ROW_EITHER, "the clauses that it serves are checked themselves"},
    {PL_ROW_OR, "the clauses that it serves are checked themselves"},
};

/* Columns that the independent check does not read, since it checks what they serve by itself. */
static const struct {
  int column;
  const char *why;
} serves[] = {
    {PL_COLUMN_MOST_ABOVE, "levels are checked on every real day"},
    {PL_COLUMN_MOST_BELOW, "levels are checked on every real day"},
    {PL_COLUMN_SEGMENT, "the extra use is read off the curve"},
    {PL_COLUMN_SEGMENT_FULL, "the extra use is read off the curve"},
    {PL_COLUMN_LOW_END, "spells are counted from the loads"},
    {PL_COLUMN_LOTS, "deliveries are divided by the lot"},
    {PL_COLUMN_APART, "what is free without the agreement"},
    {PL_COLUMN_CHOICE, "the clauses are checked themselves"},
};

static bool row_is_exempt(int kind) {
  for (size_t i = 0; i < sizeof earns_nothing / sizeof *earns_nothing; i++)
    if (earns_nothing[i].row == kind) return true;
  return false;
}

static bool column_is_exempt(int kind) {
  for (size_t i = 0; i < sizeof serves / sizeof *serves; i++)
    if (serves[i].column == kind) return true;
  return false;
}

static int complain(const char *kind, const char *what, const tally *t) {
  if (t->missed) print_error("%s, %s: %d passed, %s\n", kind, what, t->missed, t->where);
  return t->missed;
}

static void nothing_better_than_the_best_passes(void **state) {
  (void)state;
  static const char *const way[] = {"bounds", "places", "prices"};
  int faults = 0;
  for (int w = 0; w < WAYS; w++) {
    for (int r = 0; r < PL_ROW_KINDS; r++) faults += complain(row_names[r], way[w], &of_rows[w][r]);
    for (int c = 0; c < PL_COLUMN_KINDS; c++)
      faults += complain(column_names[c], way[w], &of_columns[w][c]);
  }
  for (int r = 0; r < PL_ROW_KINDS; r++) {
    if (of_rows[BOUNDS][r].better + of_rows[PLACES][r].better > 0 || row_is_exempt(r)) continue;
    print_error("no case breaks %s for gain\n", row_names[r]);
    faults++;
  }
  assert_int_equal(0, faults);
}

static void false_answers_are_refused(void **state) {
  (void)state;
  int faults = 0;
  for (int c = 0; c < PL_COLUMN_KINDS; c++) {
    bool const seen = of_answers[c].seen > 0 || column_is_exempt(c);
    if (of_answers[c].refused > 0 && seen) continue;
    print_error("%s: falsified %d times, refused %d times, %d times by the independent check\n",
                column_names[c], of_answers[c].tried, of_answers[c].refused, of_answers[c].seen);
    faults++;
  }
  assert_int_equal(0, faults);
}

static int try_every_case(void **state) {
  (void)state;
  static const char *const patterns[] = {"agreements/*.yaml", "cases/known/*/case.yaml",
                                         "cases/agreements/*/case.yaml", "cases/units/*.yaml",
                                         "cases/audit/*.yaml"};
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) try_all(patterns[i]);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_better_than_the_best_passes),
                                     cmocka_unit_test(false_answers_are_refused)};
  return cmocka_run_group_tests(tests, try_every_case, NULL);
}
