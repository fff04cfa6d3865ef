/* Shared by the files that add up hours: years and discounts of slices, the worth of goods. */
#include <math.h>
#include <string.h>

#include "explain/hours_walk.h"
#include "plan/words.h"

bool pl_explain_is_hourly(const pl_grid *g) { return g->step < PL_DAY && g->n > 1; }

bool pl_explain_is_fine(const pl_grid *g) { return g->step < PL_MONTH && g->n > 60; }

double pl_explain_years(const pl_schedule *s) {
  pl_time const from = s->years.start[0], to = s->years.start[s->n_years];
  bool const whole = pl_step_floor(PL_YEAR, from) == from && pl_step_floor(PL_YEAR, to) == to;
  return whole ? s->n_years : (double)(to - from) / (60 * 8766);
}

void pl_hours_begin(pl_hours_walk *w, const pl_schedule *s, pl_arena *keep) {
  *w = (pl_hours_walk){.s = s,
                       .p = s->program,
                       .c = s->program->c,
                       .keep = keep,
                       .scratch = pl_arena_new(),
                       .n_years = s->n_years};
  for (int j = 0; j < w->p->lp.n_cols; j++)
    w->noise = fmax(w->noise, 1e-9 * fabs(w->p->lp.cost[j]));
}

void pl_hours_end(pl_hours_walk *w) { pl_arena_free(w->scratch); }

static void fill_grid(const pl_hours_walk *w, pl_hours_grid *h) {
  int const n = h->grid->n;
  h->year = PL_NEW_ARRAY(w->scratch, int, (size_t)n);
  h->undo = PL_NEW_ARRAY(w->scratch, double, (size_t)n);
  for (int v = 0, y = 0; v < n; v++) {
    pl_time const start = h->grid->start[v];
    while (y + 1 < w->n_years && w->s->years.start[y + 1] <= start) y++;
    h->year[v] = y;
    h->undo[v] = 1 / pl_program_worth(w->p, h->grid, v);
  }
}

const pl_hours_grid *pl_hours_of(pl_hours_walk *w, const pl_grid *g) {
  for (pl_hours_grid *h = w->grids; h; h = h->next)
    if (h->grid == g) return h;
  pl_hours_grid *made = PL_NEW(w->scratch, pl_hours_grid);
  *made = (pl_hours_grid){.grid = g, .next = w->grids};
  fill_grid(w, made);
  return w->grids = made;
}

double *pl_hours_values(const pl_hours_walk *w, const pl_formula *f, const pl_grid *g,
                        double preset) {
  double *x = PL_NEW_ARRAY(w->scratch, double, (size_t)g->n);
  if (f)
    pl_formula_eval_grid(f, w->c->quotes, g, x);
  else
    for (int v = 0; v < g->n; v++) x[v] = preset;
  return x;
}

double pl_hours_goods(const pl_hours_walk *w, int column, double *size) {
  const pl_lp *lp = &w->p->lp;
  double sum = 0;
  for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
    if (pl_program_row_block(w->p, lp->index[k])->kind != PL_ROW_BALANCE) continue;
    double const worth = lp->value[k] * w->s->solution->row_dual[lp->index[k]];
    sum += worth;
    *size += fabs(worth);
  }
  return sum;
}

bool pl_hours_bound_is(const pl_hours_walk *w, const pl_block *b, bool upper, int v,
                       pl_place place) {
  const pl_source_of_bound *source = pl_words_source(w->p, b, false, upper, v);
  return source && source->place.line == place.line && source->place.column == place.column &&
         source->place.file == place.file;
}
