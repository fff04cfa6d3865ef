/* How much of what agreements are worth is due to the grid. */
#include "value/finer.h"

#include <math.h>
#include <string.h>

#include "value/grids.h"

enum { ENTRIES_MOST = 100000 }; /* entries of the finer program, where it was not requested */

/* The next finer step whose periods nest in those of this one; −1 = none. */
static int next_finer(pl_step s) {
  switch (s) {
  case PL_YEAR: return PL_QUARTER;
  case PL_QUARTER: return PL_MONTH;
  case PL_MONTH: return PL_HALF_MONTH;
  case PL_HALF_MONTH:
  case PL_WEEK: return PL_DAY;
  case PL_DAY:
  case PL_HOUR:
  case PL_QUARTER_HOUR:
  case PL_STEPS: break;
  }
  return -1;
}

static int periods(const pl_case *c, pl_step s) {
  pl_arena *scratch = pl_arena_new();
  pl_grid g;
  pl_grid_init(&g, scratch, s, c->from, c->to);
  int const n = g.n;
  pl_arena_free(scratch);
  return n;
}

/* Why the error is not estimated unless requested; NULL = it is. */
static const char *reason(const pl_program *p, int finer, double ratio) {
  const pl_case *c = p->c;
  if (finer < 0) return "periods of a day or less are not divided";
  if (c->typical && finer <= PL_DAY) return "the case has typical days or weeks";
  if (p->lp.n_integer > 0) return "the case has integers";
  if ((double)p->lp.n_entries * ratio > ENTRIES_MOST) return "the finer program would be large";
  return NULL;
}

/* --- The figures of the finer grid ------------------------------------------------------------ */

static double apart(double one, double other) {
  if (one == other) return 0; /* both infinite */
  double const d = fabs(one - other);
  return isnan(d) ? (double)NAN : d;
}

static const pl_price_range *range_of(const pl_agreement_worth *w, const char *name) {
  for (int k = 0; k < w->n_ranges; k++)
    if (strcmp(w->ranges[k].name, name) == 0) return &w->ranges[k];
  return NULL;
}

/* Where one of the grids has no range, the error of its ends is not known. */
static double end_apart(double own, bool there, double finer) {
  if (!there || isnan(own) != isnan(finer)) return (double)INFINITY;
  return isnan(own) ? 0 : apart(own, finer);
}

static void fill_ranges(pl_agreement_worth *w, const pl_agreement_worth *fine, double factor) {
  for (int k = 0; k < w->n_ranges; k++) {
    pl_price_range *own = &w->ranges[k];
    const pl_price_range *other = range_of(fine, own->name);
    own->low_error = factor * end_apart(own->low, other, other ? other->low : 0);
    own->high_error = factor * end_apart(own->high, other, other ? other->high : 0);
  }
}

static void fill_worth(const pl_valuation *v, pl_agreement_worth *w,
                       const pl_agreement_worth *fine) {
  double const factor = v->grid.factor;
  w->joint_error = factor * apart(w->joint, fine->joint);
  for (int q = 0; q < v->n_parties; q++)
    w->party_error[q] = factor * apart(w->party[q], fine->party[q]);
  fill_ranges(w, fine, factor);
}

/* --- Prices of which both grids use the mean -------------------------------------------------- */

/* Does the quotation change within periods of the step? */
static bool changes_within(const pl_case *c, const pl_quotation *q, pl_step step) {
  if (q->hours) return step > PL_HOUR;
  for (int i = 1; i < q->n; i++)
    if (q->from[i] > c->from && q->from[i] < c->to && pl_step_floor(step, q->from[i]) != q->from[i])
      return true;
  return false;
}

/* The first such quotation that the formula uses; −1. */
static int seen_mean(const pl_case *c, const pl_formula *f, pl_step step) {
  enum { SEEN_MAX = 64 };
  int ids[SEEN_MAX];
  int const n = f ? pl_formula_quotations(f, ids, SEEN_MAX) : 0;
  for (int i = 0; i < n && i < SEEN_MAX; i++)
    if (changes_within(c, pl_quotes_at(c->quotes, ids[i]), step)) return ids[i];
  return -1;
}

/* Does the entry pay for goods of the agreement, in a market or under it? */
static bool pays_for(const pl_program *p, const pl_entry *e, int agreement) {
  const pl_case *c = p->c;
  if (e->block < 0) return false;
  const pl_block *block = &p->columns[e->block];
  if (block->kind == PL_COLUMN_TRADE)
    return pl_market_material(&c->markets[block->thing]) ==
           pl_agreement_material(c, &c->agreements[agreement]);
  return pl_block_agreement(block, false) == agreement;
}

static void find_means(pl_valuation *v) {
  const pl_program *p = v->program;
  for (int i = 0; i < v->n_agreements; i++)
    for (int k = 0; k < p->n_entries && !v->worth[i].mean_of; k++) {
      const pl_entry *e = &p->entries[k];
      int const q =
          pays_for(p, e, v->worth[i].agreement) ? seen_mean(p->c, e->formula, v->grid.step) : -1;
      if (q >= 0) v->worth[i].mean_of = pl_quotes_at(p->c->quotes, q)->name;
    }
}

static void nothing_known(pl_valuation *v, pl_arena *a) {
  for (int i = 0; i < v->n_agreements; i++) {
    pl_agreement_worth *w = &v->worth[i];
    w->joint_error = (double)NAN;
    w->party_error = PL_NEW_ARRAY(a, double, (size_t)v->n_parties);
    for (int q = 0; q < v->n_parties; q++) w->party_error[q] = (double)NAN;
    for (int k = 0; k < w->n_ranges; k++)
      w->ranges[k].low_error = w->ranges[k].high_error = (double)NAN;
  }
}

static pl_status solve_finer(pl_valuation *v, const pl_value_options *options, pl_arena *a,
                             pl_diag *diag) {
  pl_grid_error *g = &v->grid;
  pl_grid_worth *fine = NULL;
  pl_diag *quiet = pl_diag_new();
  pl_status const s = pl_value_on_grid(v->program->c, g->step, true, options, a, &fine, quiet);
  pl_diag_free(quiet);
  if (s == PL_STOPPED)
    return pl_fail(diag, s, PL_NOWHERE, "stopped before the grid error was known");
  if (s != PL_OK) {
    g->why_not =
        pl_arena_printf(a, "planned by the %s the case has no plan", pl_step_name(g->step));
    return PL_OK;
  }
  g->all = fine->all;
  g->account_all = fine->account_all;
  g->solves = fine->solves;
  g->again = fine->again;
  g->why_not = NULL;
  for (int i = 0; i < v->n_agreements; i++) fill_worth(v, &v->worth[i], &fine->worth[i]);
  find_means(v);
  return PL_OK;
}

pl_status pl_value_finer_check(const pl_case *c, const pl_value_options *options, pl_diag *diag) {
  if (!options->grid_error || options->finer < 0) return PL_OK;
  if (options->finer >= (int)c->step)
    return pl_fail(diag, PL_RANGE, PL_NOWHERE,
                   "the case is planned by the %s: estimating its grid error requires a finer "
                   "grid, not planning by the %s",
                   pl_step_name(c->step), pl_step_name((pl_step)options->finer));
  return pl_value_on_grid_check(c, (pl_step)options->finer, diag);
}

pl_status pl_value_finer(pl_valuation *v, const pl_value_options *options, pl_arena *a,
                         pl_diag *diag) {
  const pl_case *c = v->program->c;
  pl_grid_error *g = &v->grid;
  bool const asked = options->finer >= 0;
  int const finer = asked ? options->finer : next_finer(c->step);
  double const ratio = finer < 0 ? 1 : (double)periods(c, (pl_step)finer) / periods(c, c->step);
  nothing_known(v, a);
  g->why_not = asked ? NULL : reason(v->program, finer, ratio);
  if (!g->why_not && !(ratio > 1)) g->why_not = "the finer grid has no more periods than the case";
  if (v->done < v->solves) g->why_not = "the valuation was stopped";
  if (!options->grid_error) g->why_not = "it was not requested";
  if (g->why_not) return PL_OK;
  g->why_not = "the valuation was stopped"; /* until everything is known */
  g->step = (pl_step)finer;
  g->factor = ratio / (ratio - 1);
  return solve_finer(v, options, a, diag);
}
