/* Obligations and costs of agreements over all of the time, as a table on the page. */
#include <math.h>
#include <string.h>

#include "chain/clause.h"
#include "report/digits.h"
#include "report/page.h"
#include "report/scale.h"
#include "report/spans.h"

/* Smaller amounts are rounding. */
static const double least_amount = 1e-6;

static bool is_told(const report_agreed_sum *x) {
  return x->obliged > least_amount || x->flow > least_amount || fabs(x->paid) > least_amount;
}

bool page_agreement_costs(const reporter *r, const char *name) {
  for (int i = 0; i < r->c->n_agreements; i++)
    if (strcmp(r->c->agreements[i].name, name) == 0 && r->c->agreements[i].active)
      return fabs(report_agreement_in_all(r, i).paid) > least_amount;
  return false;
}

enum { NAME, OBLIGED, TAKEN, NOT_TAKEN, PAID, COLUMNS };

/* "120.0 kt": amounts of one agreement in one unit. */
static const char *amount_text(const reporter *r, double x, const report_scale *s) {
  if (!(x > least_amount)) return "–";
  return pl_arena_printf(r->a, "%s %s", page_text(x / s->factor, s->decimals, r->a), s->unit);
}

static void add_row(const reporter *r, int i, pl_table *t) {
  report_agreed_sum const x = report_agreement_in_all(r, i);
  int const material = pl_agreement_material(r->c, &r->c->agreements[i]);
  report_own_unit own = {"", 1};
  if (material >= 0) own = report_own_unit_of(r, material);
  double const largest = fmax(x.obliged, fmax(x.flow, x.not_taken)) / own.factor;
  report_scale const size = report_amount_scale(largest, largest, own.unit, r->a);
  if (!is_told(&x)) return;
  pl_cell *cell = pl_table_add_row(t);
  cell[NAME].text = r->c->agreements[i].name;
  cell[OBLIGED].text = amount_text(r, x.obliged / own.factor, &size);
  cell[TAKEN].text = amount_text(r, x.flow / own.factor, &size);
  cell[NOT_TAKEN].text = amount_text(r, x.not_taken / own.factor, &size);
  cell[PAID].number = x.paid;
}

/* "coil-toll: fee 450.00 less credits of 120.00, net 330.00 USD/t" */
static void add_credits(const reporter *r, int i, pl_string *out) {
  const pl_agreement *agreement = &r->c->agreements[i];
  report_agreed_sum const x = report_agreement_in_all(r, i);
  int const material = pl_agreement_material(r->c, agreement);
  if (agreement->credits.n == 0 || material < 0 || !(x.flow > least_amount)) return;
  report_own_unit const own = report_own_unit_of(r, material);
  double const per = own.factor / x.flow;
  pl_string_printf(out, "%s: fee %s less credits of %s, net %s %s/%s\n", agreement->name,
                   page_text(per * x.price_money, 2, r->a), page_text(per * x.credits, 2, r->a),
                   page_text(per * (x.price_money - x.credits), 2, r->a), r->currency, own.unit);
}

void page_agreed(const reporter *r, pl_string *out) {
  pl_col const col[COLUMNS] = {
      [NAME] = {"agreement", "", PL_COL_TEXT, 0},
      [OBLIGED] = {"least to take or pay", "", PL_COL_TEXT, 0},
      [TAKEN] = {"taken", "", PL_COL_TEXT, 0},
      [NOT_TAKEN] = {"paid and not taken", "", PL_COL_TEXT, 0},
      [PAID] = {"paid", "", PL_COL_NUMBER, 2},
  };
  pl_table *t = pl_table_new(r->a, "", "", col, COLUMNS);
  for (int i = 0; i < r->c->n_agreements; i++)
    if (r->c->agreements[i].active && pl_agreement_giver(&r->c->agreements[i]) >= 0)
      add_row(r, i, t);
  for (int i = 0; i < r->c->n_agreements; i++)
    if (r->c->agreements[i].active) add_credits(r, i, out);
  if (t->n_rows == 0) return;
  report_scale const money =
      report_known_scale(report_largest(t, PAID, PAID), r->within, r->currency, r->a);
  report_rescale(t, PAID, PAID, &money);
  t->col[PAID].unit = "";
  pl_string_printf(out,
                   "\ntotals under each agreement: the least to take or pay, what is taken, and "
                   "what the taker pays, %s\n",
                   money.unit);
  pl_table_to_text(t, out);
}
