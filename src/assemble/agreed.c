/* What the kinds of agreement share: rows and bounds that hang on being in force, in the slices of
 * the term, and payments that cancel between the parties. */
#include <math.h>
#include <string.h>

#include "assemble/agreement.h"

pl_block plan_agreement_block(int i, int kind, int part, int party, const pl_grid *grid) {
  return (pl_block){.kind = kind,
                    .thing = i,
                    .part = part,
                    .extra = -1,
                    .party = party,
                    .grid = grid,
                    .count = grid->n};
}

void plan_add_choice(builder *b, choice_part x) {
  b->choices = pl_arena_grown(b->scratch, b->choices, sizeof *b->choices, b->n_choices, 1,
                              &b->choice_capacity);
  b->choices[b->n_choices++] = x;
}

/* One pays, the other receives: entries that cancel in the joint account. */
void plan_pay(builder *b, int block, payment_terms t, const pl_formula *f, const pl_formula *also,
              double factor) {
  pl_entry e = {.block = block,
                .party = t.from,
                .line = t.line,
                .clause = t.clause,
                .formula = f,
                .also = also,
                .factor = -factor,
                .grid = b->p->columns[block].grid};
  if (!f) return;
  plan_add_entry(b, e);
  e.party = t.to;
  e.factor = factor;
  plan_add_entry(b, e);
}

/* How much of each slice lies in the term. */
double *plan_in_term(builder *b, const pl_agreement *agreement, const pl_grid *grid) {
  pl_time from, to;
  pl_agreement_term(b->c, agreement, &from, &to);
  double *on = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  for (int v = 0; v < grid->n; v++) on[v] = pl_grid_within(grid, v, from, to);
  return on;
}

/* The same on the grid of a block, which may be another's and of another step. */
static const double *term_of(builder *b, int i, const pl_block *block) {
  const agreement_rows *r = &b->agreements[i];
  return block->grid == r->grid ? r->on : plan_in_term(b, &b->c->agreements[i], block->grid);
}

void plan_agreed_switch(builder *b, int i, int block, switch_bounds bounds) {
  plan_switch_block(b, b->agreements[i].state, block, term_of(b, i, &b->p->columns[block]), bounds);
}

void plan_agreed_open(builder *b, int i, int block) {
  plan_agreed_switch(b, i, block, (switch_bounds){0, plan_infinity(), 0, 0});
}

void plan_agreed_close(builder *b, int i, int block) {
  plan_close_block(b, b->agreements[i].state, block, term_of(b, i, &b->p->columns[block]));
}

/* What a bound asks for in each slice of the agreement's grid: a rate × hours, or a total spread
 * over the term. */
static double *bound_amounts(builder *b, const agreement_rows *r, const pl_formula *f, int per) {
  double *x = plan_values(b, f, r->grid, 0, per >= 0);
  double hours = 0;
  for (int v = 0; v < r->grid->n; v++) hours += pl_grid_hours(r->grid, v) * r->on[v];
  for (int v = 0; v < r->grid->n; v++)
    x[v] *= per >= 0 ? r->on[v] : pl_grid_hours(r->grid, v) * r->on[v] / fmax(hours, 1e-9);
  return x;
}

/* Of the amounts that lie in the term, so much while the state is 1. */
static void hang(builder *b, agreement_rows *r, int row, double *amount, bool is_bound) {
  for (int v = 0; v < r->grid->n; v++) amount[v] = r->on[v] > 0 ? amount[v] / r->on[v] : 0;
  plan_hang(
      b,
      (pl_hang){
          .state = r->state, .row = row, .amount = amount, .is_total = true, .is_bound = is_bound});
  r->n_hangs++;
}

void plan_agreed_hang(builder *b, int i, int row, const double *amount) {
  agreement_rows *r = &b->agreements[i];
  double *own = PL_NEW_ARRAY(b->a, double, (size_t)r->grid->n);
  memcpy(own, amount, (size_t)r->grid->n * sizeof *own);
  hang(b, r, row, own, false);
}

double *plan_summed(builder *b, const agreement_rows *r, const pl_grid *grid,
                    const double *amount) {
  double *x = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  for (int v = 0; v < r->grid->n; v++) {
    pl_share s = pl_share_slice(grid, r->grid, v);
    for (; s.ok; pl_share_next(grid, &s)) x[s.r] += s.share * amount[v];
  }
  return x;
}

double plan_constant(const pl_formula *f, double preset) {
  return f ? pl_formula_number(f) : preset;
}

static void least_of(builder *b, int i, const pl_grid *grid, const pl_bounds *list, double scale,
                     double *most) {
  const agreement_rows *r = &b->agreements[i];
  for (int k = 0; k < list->n; k++) {
    const double *amount = bound_amounts(b, r, list->formula[k], list->per[k]);
    bool const coarse = list->per[k] < 0 || list->per[k] > (int)grid->step;
    const pl_grid *own = !coarse            ? grid
                         : list->per[k] < 0 ? &b->p->whole
                                            : plan_grid(b, (pl_step)list->per[k]);
    const double *sum = plan_summed(b, r, own, amount);
    for (int v = 0; v < grid->n; v++)
      most[v] = fmin(most[v], scale * sum[coarse ? pl_grid_find(own, grid->start[v]) : v]);
  }
}

double *plan_agreed_most(builder *b, int i, const pl_grid *grid) {
  const pl_agreement *agreement = &b->c->agreements[i];
  double *most = PL_NEW_ARRAY(b->a, double, (size_t)grid->n);
  for (int v = 0; v < grid->n; v++) most[v] = plan_infinity();
  least_of(b, i, grid, &agreement->up_to, 1, most);
  least_of(b, i, grid, &agreement->exactly, 1 + plan_constant(agreement->tolerance, 0), most);
  return most;
}

int plan_agree_row(builder *b, int i, int kind, const pl_grid *grid, bool least,
                   const double *amount, double scale, pl_place place, const char *words,
                   members *flows) {
  agreement_rows *r = &b->agreements[i];
  double const inf = plan_infinity();
  double *scaled = PL_NEW_ARRAY(b->a, double, (size_t)r->grid->n);
  for (int v = 0; v < r->grid->n; v++) scaled[v] = scale * amount[v];
  int const row = plan_add_rows(b, plan_agreement_block(i, kind, r->n_hangs, -1, grid),
                                least ? 0 : -inf, least ? inf : 0);
  plan_note_source(
      b, (pl_source_of_bound){row, true, !least, place, words, plan_summed(b, r, grid, scaled)});
  if (flows) plan_add_member(b, flows, (member){row, 1, -1});
  hang(b, r, row, scaled, scale > 0);
  return row;
}

int plan_agree(builder *b, int i, int kind, const char *key, const pl_bounds *list, int which,
               bool least, double scale, members *flows) {
  agreement_rows *r = &b->agreements[i];
  const pl_formula *f = list->formula[which];
  int const per = list->per[which];
  const pl_grid *grid =
      per<0 ? &b->p->whole : per>(int) r->grid->step ? plan_grid(b, (pl_step)per) : r->grid;
  return plan_agree_row(b, i, kind, grid, least, bound_amounts(b, r, f, per), scale,
                        pl_formula_place(f), plan_words(b, key, f), flows);
}
