/* Take or pay, by calendar year: what is paid and not taken, what of that is made up later, what
 * was taken above the annual quantity and lowers a later year's obligation. In the joint plan these
 * payments cancel, so they are set afterwards, as the buyer would choose (pl_program_ledger). */
#include <math.h>

#include "assemble/agreement.h"
#include "assemble/emit.h"
#include "chain/clause.h"

static int year_rows(builder *b, int i, int kind, int part, double lower, double upper) {
  return plan_add_rows(b, plan_agreement_block(i, kind, part, -1, plan_grid(b, PL_YEAR)), lower,
                       upper);
}

static int year_columns(builder *b, int i, int kind, int part, bool integer) {
  int const party = pl_agreement_taker(&b->c->agreements[i]);
  return plan_add_columns(b, plan_agreement_block(i, kind, part, party, plan_grid(b, PL_YEAR)), 0,
                          integer ? 1 : plan_infinity(), integer);
}

/* Columns of vintage w are open in the years after it, until it expires. */
static void keep_open(builder *b, int block, int w, pl_duration life) {
  const pl_block *k = &b->p->columns[block];
  for (int y = 0; y < k->count; y++) {
    pl_time const end = pl_time_after(k->grid->start[w + 1], life);
    if (y <= w || k->grid->start[y] >= end) b->upper[k->first + y] = 0;
  }
}

/* What one side of a choice comes to at most: what can be taken, or all of the obligation where
 * that is more. */
static const double *room(builder *b, const agreement_rows *r, const double *most,
                          const double *obligation) {
  const pl_grid *years = plan_grid(b, PL_YEAR);
  double *x = plan_summed(b, r, years, obligation);
  for (int y = 0; y < years->n; y++) x[y] = fmax(x[y], most[y]);
  return x;
}

/* One side at most `most` where the choice is 1, the other where it is 0. */
static void either_or(builder *b, int i, int clause, const double *most, int *either, int *or_) {
  double const inf = plan_infinity();
  int const choice = year_columns(b, i, PL_COLUMN_CHOICE, clause, true);
  *either = year_rows(b, i, PL_ROW_EITHER, clause, -inf, 0);
  *or_ = year_rows(b, i, PL_ROW_OR, clause, -inf, inf);
  const pl_block *block = &b->p->rows[*or_];
  for (int y = 0; y < block->count; y++) b->row_upper[block->first + y] = most[y];
  plan_add_choice(b, (choice_part){choice, *either, most, -1});
  plan_add_choice(b, (choice_part){choice, *or_, most, 1});
}

static bool lasts(const pl_agreement *agreement, int field) {
  return agreement->said[field].line > 0;
}

/* Refunds of what is made up: what it costs now; with a top-up, no more than was paid for it
 * then. */
static void refund(builder *b, int i, int block, int w) {
  const pl_agreement *agreement = &b->c->agreements[i];
  int const first = b->p->n_entries;
  payment_terms const terms = {pl_agreement_giver(agreement), pl_agreement_taker(agreement),
                               PL_LINE_AGREEMENTS, PL_agreement_make_up};
  plan_pay(b, block, terms, pl_agreement_price(agreement, 0, NULL),
           agreement->top_up ? agreement->deficiency : NULL, 1);
  for (int e = first; agreement->top_up && e < b->p->n_entries; e++) {
    b->p->entries[e].read = PL_READ_IN_ONE;
    b->p->entries[e].read_in = w;
    b->p->entries[e].at_most_now = true;
  }
}

static void declare_vintages(builder *b, int i, int kind, pl_duration life, int bank_part,
                             int *bank) {
  int const n = plan_grid(b, PL_YEAR)->n;
  *bank = year_rows(b, i, PL_ROW_BANK, bank_part, -plan_infinity(), 0);
  for (int w = 0; w < n; w++) {
    int const at = year_columns(b, i, kind, w, false);
    keep_open(b, at, w, life);
    if (kind == PL_COLUMN_MAKE_UP) refund(b, i, at, w);
  }
}

static double *yearly(builder *b, const agreement_rows *r, const pl_formula *share,
                      const pl_formula *quantity) {
  double *x = plan_values(b, quantity, r->grid, 0, true);
  const double *part = plan_values(b, share, r->grid, 1, false);
  for (int v = 0; v < r->grid->n; v++) x[v] *= r->on[v] * part[v];
  return x;
}

static bool bounded(builder *b, int i, const double *most, int n) {
  const pl_agreement *agreement = &b->c->agreements[i];
  for (int y = 0; y < n; y++)
    if (isinf(most[y])) {
      (void)pl_fail(b->diag, PL_RANGE, agreement->said[PL_agreement_take_or_pay],
                    "agreement '%s': make-up and carry forward require an 'up to' per year",
                    agreement->name);
      return false;
    }
  return true;
}

void plan_declare_take(builder *b, int i) {
  const pl_agreement *agreement = &b->c->agreements[i];
  agreement_rows *r = &b->agreements[i];
  take_rows *t = &r->take;
  const pl_grid *years = plan_grid(b, PL_YEAR);
  const double *take = yearly(b, r, agreement->take_or_pay, agreement->quantity);
  const double *acq = yearly(b, r, NULL, agreement->quantity);
  bool const make_up = lasts(agreement, PL_agreement_make_up),
             carry = lasts(agreement, PL_agreement_carry);
  const double *most = plan_agreed_most(b, i, years);
  *t = (take_rows){.made_up = -1,
                   .split = -1,
                   .bank = -1,
                   .carry_bank = -1,
                   .above = -1,
                   .below = -1,
                   .either = -1,
                   .or_ = -1,
                   .carry_either = -1,
                   .carry_or = -1};
  if ((make_up || carry) && !bounded(b, i, most, years->n)) return;
  t->take = plan_agree_row(b, i, PL_ROW_TAKE_OR_PAY, years, true, take, 1,
                           agreement->said[PL_agreement_take_or_pay],
                           plan_words(b, "take or pay", agreement->take_or_pay), &r->flows);
  t->deficit = year_columns(b, i, PL_COLUMN_DEFICIT, -1, false);
  plan_agreed_open(b, i, t->deficit);
  payment_terms const terms = {pl_agreement_taker(agreement), pl_agreement_giver(agreement),
                               PL_LINE_AGREEMENTS, PL_agreement_deficiency};
  plan_pay(b, t->deficit, terms, pl_agreement_price(agreement, 0, NULL), agreement->deficiency, 1);
  if (make_up) { /* made up ≤ surplus = deliver + deficit + carried − take × in force; no surplus
                    while there is a deficit, so that nothing is prepaid that is not owed */
    t->made_up = plan_agree_row(b, i, PL_ROW_MADE_UP, years, false, take, -1,
                                agreement->said[PL_agreement_make_up], "make-up", NULL);
    plan_add_member(b, &r->flows, (member){t->made_up, -1, -1});
    declare_vintages(b, i, PL_COLUMN_MAKE_UP, agreement->make_up, 0, &t->bank);
    either_or(b, i, 0, room(b, r, most, take), &t->either, &t->or_);
    plan_add_member(b, &r->flows, (member){t->or_, 1, -1});
    plan_agreed_hang(b, i, t->or_, take);
  }
  if (!carry) return;
  t->split = year_rows(b, i, PL_ROW_YEAR_SPLIT, -1, 0, 0);
  plan_add_member(b, &r->flows, (member){t->split, 1, -1});
  plan_agreed_hang(b, i, t->split, acq);
  t->above = year_columns(b, i, PL_COLUMN_ABOVE, -1, false);
  t->below = year_columns(b, i, PL_COLUMN_BELOW, -1, false);
  declare_vintages(b, i, PL_COLUMN_CARRIED, agreement->carry, 1, &t->carry_bank);
  either_or(b, i, 1, room(b, r, most, acq), &t->carry_either, &t->carry_or);
}

static void put_same(builder *b, int row, double x) {
  if (row >= 0) plan_put_same(b, row, x);
}

static void put_vintage(builder *b, int bank, int w, double x) {
  plan_put(b, b->p->rows[bank].first + w, x);
}

void plan_emit_take(builder *b, const pl_block *block) {
  const take_rows *t = &b->agreements[block->thing].take;
  switch (block->kind) {
  case PL_COLUMN_DEFICIT:
    put_same(b, t->take, 1);
    put_same(b, t->made_up, -1);
    put_same(b, t->either, 1);
    put_same(b, t->or_, 1);
    if (t->bank >= 0) put_vintage(b, t->bank, b->slice, -1);
    break;
  case PL_COLUMN_MAKE_UP:
    put_same(b, t->made_up, 1);
    put_same(b, t->split, -1);
    put_vintage(b, t->bank, block->part, 1);
    break;
  case PL_COLUMN_CARRIED:
    put_same(b, t->take, 1);
    put_same(b, t->made_up, -1);
    put_same(b, t->or_, 1);
    put_vintage(b, t->carry_bank, block->part, 1);
    break;
  case PL_COLUMN_ABOVE:
    put_same(b, t->split, -1);
    put_same(b, t->carry_either, 1);
    put_vintage(b, t->carry_bank, b->slice, -1);
    break;
  case PL_COLUMN_BELOW:
    put_same(b, t->split, 1);
    put_same(b, t->carry_or, 1);
    break;
  default: break;
  }
}
