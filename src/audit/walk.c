/* Shared by the files of the audit: walking the things of a case, spreading amounts over grids, and
 * complaining. */
#include "audit/walk.h"

#include <math.h>

#include "plan/words.h"

enum { COMPLAINTS_MAX = 10 };
static const double limit = 1e-6;

bool pl_audit_may_complain(pl_audit_walk *w) { return w->complaints++ < COMPLAINTS_MAX; }

static int count_of(const pl_case *c, pl_noun_id noun) {
  return *(const int *)((const char *)c + pl_nouns[noun].count_offset);
}

void pl_audit_index(pl_audit_walk *w) {
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

const double *pl_audit_amounts(const pl_audit_walk *w, const pl_block *block) {
  return w->s->solution->col_value + block->first;
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
  pl_block const block = {.grid = own, .count = own->n};
  pl_audit_add(sum, g, &block, amount, 1, NULL);
}

void pl_audit_add(double *sum, const pl_grid *g, const pl_block *block, const double *amount,
                  double factor, const double *each) {
  for (int v = 0; v < block->count; v++) {
    double const x = factor * amount[v] * (each ? each[v] : 1);
    if (x == 0) continue;
    if (g == block->grid) {
      sum[v] += x;
      continue;
    }
    for (pl_share s = pl_share_slice(g, block->grid, v); s.ok; pl_share_next(g, &s))
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
  (void)pl_fail(w->diag, PL_AUDIT, x->place, "the plan violates %s of %s %s: %.9g, %s %.9g",
                x->words, x->thing, pl_words_when(w->scratch, g, v), have, against, bound);
}

void pl_audit_most(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                   double have, double most) {
  if (!(have <= most)) breach(w, x, g, v, have, most, "maximum");
}

void pl_audit_least(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                    double have, double least) {
  if (!(have >= least)) breach(w, x, g, v, have, least, "minimum");
}

void pl_audit_whole(pl_audit_walk *w, const pl_audit_subject *x, const pl_grid *g, int v,
                    double have) {
  static const double rounding = 1e-5; /* as accurate as a solver's integers are */
  if (!w->c->calendar.relaxed) pl_audit_most(w, x, g, v, fabs(have - nearbyint(have)), rounding);
}
