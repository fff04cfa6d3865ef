/* The audit: runs both witnesses and gives the verdict. The arithmetic of the second is in the
 * other audit files; this one has what they share: walking the things of a case, spreading amounts
 * over grids, and complaining. */
#include "audit/audit.h"

#include <math.h>

#include "audit/walk.h"
#include "plan/words.h"

enum { COMPLAINTS_MAX = 10 };
static const double limit = 1e-6;
/* A price and the distance to its bound, each relative: what an interior point leaves of them. */
static const double loose = 1e-3;

bool pl_audit_may_complain(pl_audit_walk *w) { return w->complaints++ < COMPLAINTS_MAX; }

static int count_of(const pl_case *c, pl_noun_id noun) {
  return *(const int *)((const char *)c + pl_nouns[noun].count_offset);
}

static void index_things(pl_audit_walk *w) {
  const pl_program *p = w->p;
  for (int n = 0; n < PL_NOUNS; n++)
    w->first_slot[n + 1] = w->first_slot[n] + count_of(w->c, (pl_noun_id)n);
  w->start = PL_NEW_ARRAY(w->keep, int, (size_t)w->first_slot[PL_NOUNS] + 2);
  w->block = PL_NEW_ARRAY(w->keep, int, (size_t)p->n_column_blocks + 1);
  int *next = w->start + 1;
  for (int b = 0; b < p->n_column_blocks; b++)
    next[w->first_slot[pl_words_noun(&p->columns[b], false)] + p->columns[b].thing + 1]++;
  for (int i = 0; i < w->first_slot[PL_NOUNS]; i++) next[i + 1] += next[i];
  for (int b = 0; b < p->n_column_blocks; b++)
    w->block[next[w->first_slot[pl_words_noun(&p->columns[b], false)] + p->columns[b].thing]++] = b;
}

const int *pl_audit_blocks(const pl_audit_walk *w, pl_noun_id noun, int thing, int *n) {
  int const slot = w->first_slot[noun] + thing;
  *n = w->start[slot + 1] - w->start[slot];
  return w->block + w->start[slot];
}

const pl_block *pl_audit_block(const pl_audit_walk *w, pl_noun_id noun, int thing,
                               pl_column_kind kind) {
  int n;
  const int *blocks = pl_audit_blocks(w, noun, thing, &n);
  for (int i = 0; i < n; i++)
    if (w->p->columns[blocks[i]].kind == (int)kind) return &w->p->columns[blocks[i]];
  return NULL;
}

const double *pl_audit_amounts(const pl_audit_walk *w, const pl_block *b) {
  return w->s->solution->col_value + b->first;
}

const pl_grid *pl_audit_grid(pl_audit_walk *w, pl_step step) {
  if (w->p->grid[step].n > 0) return &w->p->grid[step];
  if (w->grids[step].n == 0) pl_case_grid(w->c, w->keep, step, &w->grids[step]);
  return &w->grids[step];
}

double *pl_audit_zeros(pl_audit_walk *w, int n) {
  return PL_NEW_ARRAY(w->scratch, double, (size_t)n + 1);
}

double *pl_audit_values(pl_audit_walk *w, const pl_formula *f, const pl_grid *g, double preset,
                        bool times_hours) {
  double *out = pl_audit_zeros(w, g->n);
  if (f) pl_formula_eval_grid(f, w->quotes, g, out);
  for (int v = 0; v < g->n; v++) {
    if (!f) out[v] = preset;
    if (times_hours) out[v] *= pl_grid_hours(g, v);
  }
  return out;
}

void pl_audit_spread(double *sum, const pl_grid *g, const pl_grid *own, const double *amount) {
  pl_block const b = {.grid = own, .count = own->n};
  pl_audit_add(sum, g, &b, amount, 1, NULL);
}

void pl_audit_add(double *sum, const pl_grid *g, const pl_block *b, const double *amount,
                  double factor, const double *each) {
  for (int v = 0; v < b->count; v++) {
    double const x = factor * amount[v] * (each ? each[v] : 1);
    if (x == 0) continue;
    if (g == b->grid) {
      sum[v] += x;
      continue;
    }
    for (pl_share s = pl_share_slice(g, b->grid, v); s.ok; pl_share_next(g, &s))
      sum[s.r] += x * s.share;
  }
}

/* --- Complaining ----------------------------------------------------------------------------- */

pl_audit_subject pl_audit_about(pl_audit_walk *w, pl_noun_id noun, int thing, int field,
                                const char *words) {
  struct head {
    PL_DECLARE_NOUN
  };
  const pl_noun *n = &pl_nouns[noun];
  const char *list = *(char *const *)((const char *)w->c + n->list_offset);
  const struct head *x = (const void *)(list + (size_t)thing * n->size);
  return (pl_audit_subject){pl_arena_printf(w->scratch, "%s.%s", n->section, x->name), words,
                            field >= 0 && x->said[field].line > 0 ? x->said[field] : x->place};
}

static void breach(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                   double have, double bound, const char *against) {
  double const relative =
      isfinite(have) ? fabs(have - bound) / fmax(1, fabs(bound)) : (double)INFINITY;
  w->out->bounds_worst = fmax(w->out->bounds_worst, relative);
  if (!(relative > limit) || !pl_audit_may_complain(w)) return;
  (void)pl_fail(w->diag, PL_AUDIT, x->place, "the plan breaks %s of %s %s: %.9g, %s %.9g", x->words,
                x->thing, pl_words_when(w->scratch, g, v), have, against, bound);
}

void pl_audit_most(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                   double have, double most) {
  if (!(have <= most)) breach(w, x, g, v, have, most, "most");
}

void pl_audit_least(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                    double have, double least) {
  if (!(have >= least)) breach(w, x, g, v, have, least, "least");
}

void pl_audit_whole(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                    double have) {
  static const double rounding = 1e-5; /* as good as a solver's integers are */
  if (!w->c->calendar.relaxed) pl_audit_most(w, x, g, v, fabs(have - nearbyint(have)), rounding);
}

/* --- Bounds over the time that they are written per ------------------------------------------ */

static double *bounded_sum(pl_audit_walk *w, const pl_audit_bounds *r, const pl_grid *g) {
  int n;
  const int *blocks = pl_audit_blocks(w, r->noun, r->thing, &n);
  double *sum = pl_audit_zeros(w, g->n);
  for (int i = 0; i < n; i++) {
    const pl_block *b = &w->p->columns[blocks[i]];
    if (b->kind == r->kind && (r->part < 0 || b->part == r->part))
      pl_audit_add(sum, g, b, pl_audit_amounts(w, b), 1, NULL);
  }
  const pl_block **guest = NULL;
  int const guests = r->part < 0 ? pl_audit_guests(w, r->noun, r->thing, &guest) : 0;
  for (int i = 0; i < guests; i++)
    pl_audit_add(sum, g, guest[i], pl_audit_amounts(w, guest[i]), 1, NULL);
  return sum;
}

static void add_short(pl_audit_walk *w, const pl_audit_bounds *r, const pl_grid *g, double *sum) {
  int n;
  const int *blocks = pl_audit_blocks(w, r->noun, r->thing, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *b = &w->p->columns[blocks[i]];
    if (b->kind == PL_COLUMN_SHORT && b->grid->n == g->n && b->grid->step == g->step)
      pl_audit_add(sum, g, b, pl_audit_amounts(w, b), 1, NULL);
  }
}

static void check_list(pl_audit_walk *w, const pl_audit_bounds *r, const pl_bounds *list,
                       const char *words, bool least, bool most) {
  for (int i = 0; i < list->n; i++) {
    int const per = list->per[i];
    const pl_grid *g =
        per < 0 ? &w->p->whole : pl_audit_grid(w, (pl_step)(per > r->finest ? per : r->finest));
    pl_audit_subject x = pl_audit_about(w, r->noun, r->thing, -1, words);
    const double *bound = pl_audit_values(w, list->formula[i], g, 0, per >= 0);
    double *sum = bounded_sum(w, r, g);
    x.place = pl_formula_place(list->formula[i]);
    if (least && r->kind == PL_COLUMN_TRADE) add_short(w, r, g, sum);
    for (int v = 0; v < g->n; v++) {
      if (least) pl_audit_least(w, &x, g, v, sum[v], bound[v]);
      if (most) pl_audit_most(w, &x, g, v, sum[v], bound[v]);
    }
  }
}

void pl_audit_check_bounds(pl_audit_walk *w, const pl_audit_bounds *r) {
  check_list(w, r, r->at_least, "at least", true, false);
  check_list(w, r, r->up_to, r->most_words ? r->most_words : "up to", false, true);
  check_list(w, r, r->exactly, "exactly", true, true);
}

/* --- The verdict ----------------------------------------------------------------------------- */

static double largest(const double *x, int n) {
  double most = 1;
  for (int i = 0; i < n; i++)
    if (isfinite(x[i])) most = fmax(most, fabs(x[i]));
  return most;
}

/* "row name" or "column name" of the worst place; either index may be −1. */
static const char *named(pl_audit_walk *w, int row, int col) {
  if (row >= 0) return pl_program_row_name(w->p, row, w->scratch);
  if (col >= 0) return pl_program_column_name(w->p, col, w->scratch);
  return "the program";
}

static bool beyond(pl_audit_walk *w, double have, double most) {
  return !(have <= most) && pl_audit_may_complain(w);
}

/* The point, and what is held of it beside. */
static void judge_point(pl_audit_walk *w) {
  const pl_certificate *c = &w->out->certificate;
  double const size = largest(w->s->solution->col_value, w->p->lp.n_cols);
  if (beyond(w, c->primal_infeasibility, limit * size))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE, "the plan breaks '%s' by %.3g",
                  named(w, c->worst_row, c->worst_col), c->primal_infeasibility);
  if (beyond(w, c->integrality, 1e-5))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "an on/off decision is %.3g away from a whole number", c->integrality);
  if (beyond(w, c->row_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the total held for '%s' is not the sum of its amounts: off by %.3g of them",
                  named(w, c->false_row, -1), c->row_departure);
  if (beyond(w, c->col_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the reduced cost held for '%s' does not follow from the duals: off by %.3g of "
                  "what it is made of",
                  named(w, -1, c->false_col), c->col_departure);
  if (beyond(w, c->objective_departure, limit))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the objective held is not that of the plan: off by %.3g",
                  c->objective_departure);
}

/* Gaps are relative to the objective. Where far more money moves than is left of it, a plan that is
 * worth nothing above all, a hundredth of the limit on what moved; and what breaks ties is nobody's
 * money: the ledger, which sets afterwards what is paid and not taken, may change all of it. */
static double room_of(const pl_audit_walk *w) {
  const pl_certificate *c = &w->out->certificate;
  double const ties = pl_program_ties(w->p, w->s->solution->col_value);
  return (limit / 100 * c->moved + fabs(ties)) / fmax(1, fabs(c->objective));
}

/* That no plan is better, and that only what binds has a marginal value. Of integers the duals
 * speak of the program in which these are fixed; how far that is from the best is the search's
 * word, and no more can be checked of it than that it is possible. */
static void judge_duals(pl_audit_walk *w, double gap_allowed) {
  const pl_certificate *c = &w->out->certificate;
  double const most = fmax(limit, room_of(w));
  if (beyond(w, c->dual_infeasibility, limit * largest(w->p->lp.cost, w->p->lp.n_cols)))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the plan is not proven best: a value of one more is wrong by %.3g",
                  c->dual_infeasibility);
  if (beyond(w, c->complementarity, loose))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "'%s' has a marginal value but does not bind: off by %.3g of its size",
                  named(w, c->loose_row, c->loose_col), c->complementarity);
  if (beyond(w, c->dual_gap, most))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the plan is not proven best: the gap of its duals is %.3g", c->dual_gap);
  else if (beyond(w, c->gap, fmax(most, gap_allowed)))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE, "the plan is not proven best: the gap is %.3g",
                  c->gap);
  if (beyond(w, -c->gap, most))
    (void)pl_fail(w->diag, PL_AUDIT, PL_NOWHERE,
                  "the stated bound is better than the plan that attains it: by %.3g", -c->gap);
}

pl_status pl_audit_run(const pl_schedule *s, double gap_allowed, pl_arena *a, pl_audit *out,
                       pl_diag *diag) {
  const pl_program *p = s->program;
  pl_audit_walk w = {.s = s,
                     .p = p,
                     .c = p->c,
                     .quotes = p->c->quotes,
                     .keep = pl_arena_new(),
                     .scratch = pl_arena_new(),
                     .diag = diag,
                     .out = out};
  void (*const parts[])(pl_audit_walk *) = {
      pl_audit_readings,       pl_audit_balances, pl_audit_units,
      pl_audit_stock_reserves, pl_audit_trade,    pl_audit_limits,
      pl_audit_agreements,     pl_audit_money,    pl_audit_signs};
  *out = (pl_audit){.balance_where = ""};
  pl_lp_certify(&p->lp, s->solution, w.scratch, &out->certificate);
  index_things(&w);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    pl_arena_reset(w.scratch);
    parts[i](&w);
  }
  judge_point(&w);
  /* stopped early: feasible is all that it claims to be */
  if (s->solution->state == PL_SOLVED) judge_duals(&w, gap_allowed);
  out->balance_where = pl_arena_strdup(a, out->balance_where);
  out->passed = w.complaints == 0;
  pl_arena_free(w.scratch);
  pl_arena_free(w.keep);
  return out->passed ? PL_OK : PL_AUDIT;
}
