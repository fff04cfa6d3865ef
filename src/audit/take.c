/* Independent check of take or pay, by year: the obligation is taken, paid for or covered by
 * carry-forward; what is made up was paid for and has not expired; what is carried forward was
 * taken above the annual quantity. */
#include <math.h>

#include "audit/agreed.h"

typedef struct {
  const pl_audit_agreed *k;
  const pl_grid *years;
  const double *flow, *owed, *agreed;    /* taken; obligation; annual quantity */
  const double *deficit, *above, *below; /* from the plan, zeros where it has none */
  double *made_up, *carried;             /* in each year, from all earlier years */
  double *of_made_up, *of_carried;       /* from each year, in all later years */
} books;

static bool is_open(const books *b, int paid, int v, pl_duration life) {
  return v > paid && b->years->start[v] < pl_time_after(b->years->start[paid + 1], life);
}

static void gather(const books *b, pl_column_kind kind, pl_duration life, const char *words,
                   double *in, double *of) {
  pl_audit_walk *w = b->k->w;
  pl_audit_subject const x = pl_audit_agreed_about(b->k, -1, words);
  int n;
  const int *blocks = pl_audit_blocks(w, PL_NOUN_agreement, b->k->index, &n);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &w->p->columns[blocks[i]];
    if (block->kind != (int)kind) continue;
    const double *amount = pl_audit_amounts(w, block);
    for (int v = 0; v < block->count; v++) {
      in[v] += amount[v];
      of[block->part] += amount[v];
      if (!is_open(b, block->part, v, life)) pl_audit_most(w, &x, block->grid, v, amount[v], 0);
    }
  }
}

/* One of the two must be 0, as accurately as an either-or choice can enforce it. */
static void check_one(const books *b, const pl_audit_subject *x, int v, double one, double other) {
  if (b->k->w->c->calendar.relaxed) return;
  pl_audit_most(b->k->w, x, b->years, v, fmin(one, other), 1e-5 * fmax(1, b->agreed[v]));
}

static void check_year(const books *b, int v) {
  pl_audit_walk *w = b->k->w;
  pl_audit_subject const take =
                             pl_audit_agreed_about(b->k, PL_agreement_take_or_pay, "take or pay"),
                         up = pl_audit_agreed_about(b->k, PL_agreement_make_up, "make-up"),
                         on = pl_audit_agreed_about(b->k, PL_agreement_carry, "carry forward");
  double const met = b->flow[v] + b->deficit[v] + b->carried[v];
  pl_audit_least(w, &take, b->years, v, met, b->owed[v]);
  pl_audit_least(w, &up, b->years, v, met - b->owed[v], b->made_up[v]);
  pl_audit_most(w, &up, b->years, v, b->of_made_up[v], b->deficit[v]);
  check_one(b, &up, v, b->deficit[v], b->made_up[v]);
  pl_audit_most(w, &on, b->years, v, b->of_carried[v], b->above[v]);
  if (b->k->a->said[PL_agreement_carry].line == 0) return;
  double const taken = b->flow[v] - b->made_up[v], due = b->agreed[v] + b->above[v] - b->below[v];
  pl_audit_least(w, &on, b->years, v, taken, due);
  pl_audit_most(w, &on, b->years, v, taken, due);
  check_one(b, &on, v, b->above[v], b->below[v]);
}

void pl_audit_take_or_pay(const pl_audit_agreed *k) {
  const pl_agreement *agreement = k->a;
  const pl_grid *years = pl_audit_grid(k->w, PL_YEAR);
  books b = {
      .k = k,
      .years = years,
      .flow = pl_audit_agreed_flow(k, -1, years),
      .owed = pl_audit_agreed_amount(k, agreement->quantity, agreement->take_or_pay, true, years),
      .agreed = pl_audit_agreed_amount(k, agreement->quantity, NULL, true, years),
      .deficit = pl_audit_agreed_block(k, PL_COLUMN_DEFICIT, years),
      .above = pl_audit_agreed_block(k, PL_COLUMN_ABOVE, years),
      .below = pl_audit_agreed_block(k, PL_COLUMN_BELOW, years),
      .made_up = pl_audit_zeros(k->w, years->n),
      .carried = pl_audit_zeros(k->w, years->n),
      .of_made_up = pl_audit_zeros(k->w, years->n),
      .of_carried = pl_audit_zeros(k->w, years->n)};
  gather(&b, PL_COLUMN_MAKE_UP, agreement->make_up, "make-up", b.made_up, b.of_made_up);
  gather(&b, PL_COLUMN_CARRIED, agreement->carry, "carry forward", b.carried, b.of_carried);
  for (int v = 0; v < years->n; v++) check_year(&b, v);
}
