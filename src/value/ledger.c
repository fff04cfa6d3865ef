/* A small program of its own: the ledger's columns, and their rows less what the plan's other
 * columns contribute to them. */
#include "value/ledger.h"

#include <math.h>
#include <string.h>

#include "chain/clause.h"

typedef struct {
  const pl_program *p;
  pl_solution *x;
  pl_arena *a;
  int *column, *row;       /* of the small program → of the plan */
  int *of_column, *of_row; /* of the plan → of the small program, −1 */
  double *used;            /* [rows of the plan] what ledger columns contribute there now */
  pl_lp small;
} ledger;

bool pl_ledger_has(const pl_program *p, const pl_block *k) {
  pl_settled const by = pl_block_facts(k, false)->settled;
  if (by == PL_SETTLED_TIERED) return p->c->agreements[k->thing].tiers.n > 0;
  return by != PL_SETTLED_NONE;
}

/* Who chooses: the giver what it fails to deliver and calls back, the buyer everything else. */
int pl_ledger_chooser(const pl_program *p, const pl_block *block) {
  const pl_agreement *agreement = &p->c->agreements[block->thing];
  bool const givers = pl_block_facts(block, false)->settled == PL_SETTLED_GIVER;
  return givers ? pl_agreement_giver(agreement) : agreement->buyer;
}

static void gather_columns(ledger *l) {
  const pl_program *p = l->p;
  for (int j = 0; j < p->lp.n_cols; j++) l->of_column[j] = -1;
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    for (int v = 0; pl_ledger_has(p, block) && v < block->count; v++) {
      l->of_column[block->first + v] = l->small.n_cols;
      l->column[l->small.n_cols++] = block->first + v;
    }
  }
}

static void gather_rows(ledger *l) {
  const pl_lp *lp = &l->p->lp;
  for (int i = 0; i < lp->n_rows; i++) l->of_row[i] = -1;
  for (int j = 0; j < l->small.n_cols; j++) {
    int const big = l->column[j];
    for (int k = lp->start[big]; k < lp->start[big + 1]; k++, l->small.n_entries++) {
      int const i = lp->index[k];
      l->used[i] += lp->value[k] * l->x->col_value[big];
      if (l->of_row[i] >= 0) continue;
      l->of_row[i] = l->small.n_rows;
      l->row[l->small.n_rows++] = i;
    }
  }
}

static void fill_costs(ledger *l) {
  const pl_program *p = l->p;
  double offset, *cost = PL_NEW_ARRAY(l->a, double, (size_t)p->lp.n_cols + 1);
  bool *party = PL_NEW_ARRAY(l->a, bool, (size_t)p->c->n_parties + 1);
  for (int q = 0; q < p->c->n_parties; q++) {
    memset(party, 0, (size_t)p->c->n_parties * sizeof *party);
    party[q] = true;
    pl_program_price_of(p, p->c->quotes, party, cost, &offset);
    for (int j = 0; j < l->small.n_cols; j++)
      if (pl_ledger_chooser(p, pl_program_column_block(p, l->column[j])) == q)
        l->small.cost[j] = cost[l->column[j]];
  }
  /* What was not taken is limited to what is missing: a year whose mean price is below zero would
   * otherwise pay the buyer without limit for not taking. */
  for (int j = 0; j < l->small.n_cols; j++)
    if (pl_program_column_block(p, l->column[j])->kind == PL_COLUMN_DEFICIT)
      l->small.cost[j] = fmax(l->small.cost[j], 0);
  for (int j = 0; j < l->small.n_cols; j++)
    l->small.cost[j] += pl_program_tie_of(pl_program_column_block(p, l->column[j]));
}

/* A row that the plan itself violates within the tolerance may stay as far off, but no further.
 * Goods stay where they are: what one tier gains another loses, even where there is free
 * disposal. */
static void fill_rows(ledger *l) {
  const pl_lp *lp = &l->p->lp;
  pl_lp *s = &l->small;
  s->row_lower = PL_NEW_ARRAY(l->a, double, (size_t)s->n_rows + 1);
  s->row_upper = PL_NEW_ARRAY(l->a, double, (size_t)s->n_rows + 1);
  for (int i = 0; i < s->n_rows; i++) {
    double const now = l->x->row_value[l->row[i]], rest = now - l->used[l->row[i]];
    bool const goods = pl_program_row_block(l->p, l->row[i])->kind == PL_ROW_BALANCE;
    s->row_lower[i] = (goods ? now : fmin(lp->row_lower[l->row[i]], now)) - rest;
    s->row_upper[i] = (goods ? now : fmax(lp->row_upper[l->row[i]], now)) - rest;
  }
}

static void fill_columns(ledger *l) {
  const pl_lp *lp = &l->p->lp;
  pl_lp *s = &l->small;
  size_t const n = (size_t)s->n_cols;
  s->cost = PL_NEW_ARRAY(l->a, double, n);
  s->lower = PL_NEW_ARRAY(l->a, double, n);
  s->upper = PL_NEW_ARRAY(l->a, double, n);
  s->integer = PL_NEW_ARRAY(l->a, bool, n);
  s->start = PL_NEW_ARRAY(l->a, int, n + 1);
  s->index = PL_NEW_ARRAY(l->a, int, (size_t)s->n_entries + 1);
  s->value = PL_NEW_ARRAY(l->a, double, (size_t)s->n_entries + 1);
  int at = 0;
  for (int j = 0; j < s->n_cols; j++) {
    int const big = l->column[j];
    s->lower[j] = lp->lower[big];
    s->upper[j] = lp->upper[big];
    s->integer[j] = lp->integer && lp->integer[big];
    s->n_integer += s->integer[j];
    for (int k = lp->start[big]; k < lp->start[big + 1]; k++, at++) {
      s->index[at] = l->of_row[lp->index[k]];
      s->value[at] = lp->value[k];
    }
    s->start[j + 1] = at;
  }
  if (s->n_integer == 0) s->integer = NULL;
}

static void write_back(const ledger *l, const pl_solution *small) {
  const pl_lp *lp = &l->p->lp;
  for (int j = 0; j < l->small.n_cols; j++) {
    int const big = l->column[j];
    double const change = small->col_value[j] - l->x->col_value[big];
    l->x->col_value[big] = small->col_value[j];
    for (int k = lp->start[big]; k < lp->start[big + 1]; k++)
      l->x->row_value[lp->index[k]] += change * lp->value[k];
  }
}

static pl_status settle(ledger *l, pl_diag *diag) {
  pl_solve_options const options = PL_SOLVE_DEFAULTS;
  pl_solver *solver = NULL;
  pl_solution *small = NULL;
  fill_rows(l);
  fill_columns(l);
  fill_costs(l);
  PL_TRY(pl_solver_new(&l->small, &options, &solver, diag));
  pl_status const s = pl_solver_run(solver, l->a, &small, diag);
  pl_solver_free(solver);
  if (s == PL_INFEASIBLE || s == PL_UNBOUNDED)
    return pl_fail(diag, PL_SOLVER, PL_NOWHERE,
                   "the payments under the agreements cannot be settled");
  if (s == PL_OK) write_back(l, small);
  return s;
}

pl_status pl_value_ledger(const pl_program *p, pl_solution *x, pl_diag *diag) {
  if (p->c->n_agreements == 0) return PL_OK;
  ledger l = {.p = p, .x = x, .a = pl_arena_new()};
  size_t const n = (size_t)p->lp.n_cols + 1, m = (size_t)p->lp.n_rows + 1;
  l.column = PL_NEW_ARRAY(l.a, int, n);
  l.of_column = PL_NEW_ARRAY(l.a, int, n);
  l.row = PL_NEW_ARRAY(l.a, int, m);
  l.of_row = PL_NEW_ARRAY(l.a, int, m);
  l.used = PL_NEW_ARRAY(l.a, double, m);
  gather_columns(&l);
  gather_rows(&l);
  pl_status const s = l.small.n_cols > 0 ? settle(&l, diag) : PL_OK;
  pl_arena_free(l.a);
  return s;
}
