/* Solves the elastic program: as a whole, or in parts where it is large. Produces no text. */
#include <math.h>

#include "diagnose/elastic_parts.h"

enum { ROUNDS_MAX = 20, MANY_SLICES = 200 };

static pl_status solve_once(pl_elastic_making *m, bool integers, pl_diag *diag) {
  pl_solve_options options = pl_solve_stopped_by(m->e->stopped_by);
  options.once = true;
  pl_elastic_draw(m, integers);
  PL_TRY(pl_elastic_run(&m->e->sketch.lp, &options, m->a, &m->e->answer, diag));
  pl_elastic_settle(m->e, &options, m->a);
  return PL_OK;
}

/* What a relative change of 1 in the side's bound would save the others. Numbers are priced
 * together, which overestimates the saving: at worst, more sides are included than necessary. */
static double side_gain(const pl_elastic *e, const pl_elastic_side *s) {
  double gain = 0;
  for (int v = 0; v < s->block->count; v++)
    if (s->slack[v] == PL_ELASTIC_WANTED)
      gain += fabs(pl_elastic_dual(e, s, v)) * pl_elastic_weight(e, s, v) / e->typical;
  return gain;
}

static bool ask_more(pl_elastic_making *m) {
  bool more = false;
  for (int i = 0; i < m->e->n_sides; i++) {
    pl_elastic_side *s = &m->e->sides[i];
    if (s->asked || side_gain(m->e, s) <= 1 + rounding) continue;
    s->asked = more = true;
  }
  return more;
}

static void ask_all(pl_elastic_making *m) {
  for (int i = 0; i < m->e->n_sides; i++) m->e->sides[i].asked = true;
}

/* Each upper bound of a column needs a row of its own to be relaxed, and most do not matter: they
 * are included only when the prices show that it would pay. When no price does, the answer is
 * optimal. */
static pl_status solve_whole(pl_elastic_making *m, bool integers, pl_diag *diag) {
  if (integers) ask_all(m); /* prices say little about integers */
  pl_status status = solve_once(m, integers, diag);
  for (int round = 0; status == PL_OK && round < ROUNDS_MAX && ask_more(m); round++)
    status = solve_once(m, integers, diag);
  if (status != PL_INFEASIBLE) return status;
  ask_all(m);
  return solve_once(m, integers, diag);
}

/* The smallest change that suffices in each slice. The changes are known up to rounding, which may
 * grow with goods that are long under way on a lane. */
static pl_status solve_each(pl_elastic_making *m, pl_diag *diag) {
  pl_status status = PL_INFEASIBLE;
  m->each = true;
  ask_all(m);
  for (int times = 1; status == PL_INFEASIBLE && times <= 100; times *= 100) {
    m->leeway = rounding * times;
    status = solve_once(m, false, diag);
    if (status == PL_OK && m->e->answer->is_rough)
      status = PL_INFEASIBLE; /* the whole program may succeed */
  }
  m->each = false;
  for (int i = 0; status != PL_OK && i < m->e->n_sides; i++) /* as before anything was included */
    m->e->sides[i].asked = m->e->sides[i].is_row || !m->e->sides[i].upper;
  return status;
}

/* Separate weeks, together with the whole case by the month, require nearly what the whole program
 * does. */
static pl_status changes_by_windows(pl_elastic_making *m, pl_diag *diag) {
  const pl_case *c = m->p->c;
  pl_grid weeks;
  pl_grid_init(&weeks, m->a, PL_WEEK, c->from, c->to);
  for (int i = 0; i < m->e->n_numbers; i++) m->e->number[i].change = 0;
  return pl_elastic_windows(m->e, &weeks, diag);
}

static pl_status changes_by_whole(pl_elastic_making *m, pl_diag *diag) {
  pl_elastic *e = m->e;
  PL_TRY(solve_whole(m, false, diag));
  if (e->answer->is_rough) return PL_INFEASIBLE;
  for (int i = 0; i < e->n_sides; i++)
    for (int v = 0; v < e->sides[i].block->count; v++) {
      int const slack = e->sides[i].slack[v];
      double const change = slack >= 0 ? e->answer->col_value[slack] : 0;
      if (change > rounding * e->typical) e->number[e->sides[i].number[v]].change = change;
    }
  return PL_OK;
}

/* A number that is relaxed in many slices would appear in too many rows of one program. */
static bool is_long(const pl_program *p) {
  int most = 0;
  for (int i = 0; i < p->n_row_blocks; i++)
    if (p->rows[i].count > most) most = p->rows[i].count;
  return most > MANY_SLICES;
}

static pl_status solve_parts(pl_elastic_making *m, pl_diag *diag) {
  pl_status status = is_long(m->p) ? PL_INFEASIBLE : changes_by_whole(m, diag);
  if (status == PL_OK) status = solve_each(m, diag);
  if (status == PL_OK || status == PL_STOPPED) return status;
  PL_TRY(changes_by_windows(m, diag));
  status = solve_each(m, diag);
  if (status != PL_INFEASIBLE) return status;
  PL_TRY(pl_elastic_cuts(m->e, diag)); /* what the whole program requires beyond that */
  return solve_each(m, diag);
}

/* In parts or as a whole, one after the other; a failure of the first is not reported. An
 * approximate answer is accepted only from the whole, and only where the parts have no answer
 * either. */
static pl_status solve_either(pl_elastic_making *m, bool parts_first, pl_diag *diag) {
  pl_diag *own = pl_diag_new();
  pl_status status = parts_first ? solve_parts(m, own) : solve_whole(m, false, own);
  bool const rough = status == PL_OK && m->e->answer->is_rough;
  if (!parts_first && status != PL_STOPPED && (status != PL_OK || rough))
    status = solve_parts(m, own);
  if (status == PL_STOPPED) pl_elastic_pass_on(own, diag);
  pl_diag_free(own);
  if (status == PL_OK || status == PL_STOPPED) return status;
  return solve_whole(m, false, diag);
}

pl_status pl_elastic_solve(const pl_program *p, pl_elastic_way way, bool rules,
                           const pl_solve_options *by, pl_arena *a, pl_elastic *out,
                           pl_diag *diag) {
  pl_elastic_making m = {.p = p, .a = a, .e = out, .rules = rules};
  *out = (pl_elastic){.program = p, .stopped_by = by};
  for (int upper = 0; upper < 2; upper++)
    out->column_row[upper] = PL_NEW_ARRAY(a, int, (size_t)p->lp.n_cols + 1);
  m.while_row = PL_NEW_ARRAY(a, int, (size_t)p->lp.n_rows + 1);
  pl_elastic_gather(&m);
  return way == PL_ELASTIC_PARTS   ? solve_either(&m, true, diag)
         : way == PL_ELASTIC_WHOLE ? solve_either(&m, false, diag)
                                   : solve_whole(&m, true, diag);
}
