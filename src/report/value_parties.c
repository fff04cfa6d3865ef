/* The page of `potline value`: the parties, and how their gain may be split. */
#include <math.h>

#include "report/digits.h"
#include "report/value_page.h"
#include "value/game.h"

/* One row of the table below; the last is "together". */
static void set_parties_within(const pl_valuation *v, int q, double *within) {
  double alone = 0;
  for (int k = 0; k < v->n_parties; k++)
    if (k == q || q == v->n_parties) alone += v->v_within[1u << k];
  within[1] = alone, within[2] = v->all_within, within[3] = alone + v->all_within;
  for (int r = 0; r < PL_SPLITS; r++)
    within[4 + r] = q == v->n_parties ? within[3] : v->split_within;
}

void valuer_add_parties(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  enum { ALONE = 1, WITH, GAIN, FIRST_SPLIT, COLUMNS = FIRST_SPLIT + PL_SPLITS };
  pl_col col[COLUMNS] = {valuer_text_column("party"), valuer_number_column("alone", 2),
                         valuer_number_column("with all", 2), valuer_number_column("gain", 2)};
  for (int r = 0; r < PL_SPLITS; r++)
    col[FIRST_SPLIT + r] = valuer_number_column(pl_split_name((pl_split_rule)r), 2);
  pl_table *t = valuer_table(u, col, COLUMNS);
  double sum[COLUMNS] = {0}, *within = valuer_within(u, t, v->n_parties + 1);
  for (int q = 0; q <= v->n_parties; q++) {
    pl_cell *cell = pl_table_add_row(t);
    set_parties_within(v, q, &within[q * COLUMNS]);
    bool const together = q == v->n_parties;
    cell[0].text = together ? "together" : u->r.c->parties[q].name;
    double x[COLUMNS] = {0};
    if (!together) {
      double const alone = v->v[1u << q];
      x[ALONE] = alone, x[WITH] = v->account_all[q], x[GAIN] = v->account_all[q] - alone;
      for (int r = 0; r < PL_SPLITS; r++) x[FIRST_SPLIT + r] = v->split[r].part[q] - alone;
    }
    for (int k = 1; k < COLUMNS; k++) {
      sum[k] += x[k];
      cell[k].number = together ? sum[k] : x[k];
    }
  }
  valuer_add_table(
      t,
      pl_arena_printf(u->r.a,
                      "parties, %s: alone, with all agreements at today's terms, and what "
                      "each split of the gain gives",
                      valuer_scale_money(u, t, within, valuer_columns_from(GAIN))),
      out);
}

/* Coalitions that have no plan without the agreements of others: then there is nothing to split. */
static bool add_helpless(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  bool any = false;
  for (unsigned s = 1; s < 1u << v->n_parties; s++) {
    if (!isnan(v->v[s])) continue;
    if (!any)
      pl_string_printf(
          out, "There is no gain to split. Without agreements with others these have no plan:\n");
    any = true;
    pl_string_printf(out, "  %s\n", valuer_coalition(u, s));
  }
  if (any)
    pl_string_printf(
        out,
        "or leave another party without one. Specify what each would do without the agreements: a "
        "market that has what it needs, or 'short at' for a demand that may be missed.\n");
  return any;
}

/* Several sets of prices may support the joint plan: the range of each party's gain by Owen's split
 * over them. */
static void add_owen_range(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  bool any = false;
  if (isnan(v->split[PL_SPLIT_OWEN].excess)) return;
  for (int q = 0; q < v->n_parties; q++) {
    const pl_sides *s = &v->owen[q];
    double const alone = v->v[1u << q], width = s->less - s->more;
    if (!s->known || !(width > 5e-6 * fabs(v->v[(1u << v->n_parties) - 1]))) continue;
    pl_string_printf(out, "%s %s %s … %s",
                     any ? "," : "Owen's gains range with the prices that support the plan:",
                     u->r.c->parties[q].name, valuer_money_text(u, s->more - alone, 0),
                     valuer_money_text(u, s->less - alone, 0));
    any = true;
  }
  if (any) pl_string_printf(out, "; the table has them at the lowest prices\n");
  if (!any && !v->owen[0].known)
    pl_string_printf(out, "Owen's gains are at the lowest of the prices that support the plan; "
                          "others were not searched for, because the program is too large\n");
}

void valuer_add_stability(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  if (valuer_is_partial(u) && isnan(v->split[PL_SPLIT_SHAPLEY].excess)) {
    pl_string_printf(out, "Not every coalition was valued before the stop, so no gain is split.\n");
    return;
  }
  if (add_helpless(u, out)) return;
  for (int r = 0; r < PL_SPLITS; r++) {
    const pl_split *s = &v->split[r];
    const char *name = pl_split_name((pl_split_rule)r);
    if (isnan(s->excess))
      pl_string_printf(
          out, "%s: there is no such split, because the parties earn less together than alone\n",
          name);
    else if (valuer_objects(u, s->excess))
      pl_string_printf(out, "%s: %s would gain %s by leaving\n", name,
                       valuer_coalition(u, s->objector),
                       valuer_money_text(u, s->excess, v->split_within));
    else if (report_is_open(s->excess, v->split_within))
      pl_string_printf(
          out,
          "%s: no coalition would gain more by leaving than the optimality gap leaves open, %s\n",
          name, valuer_money_text(u, s->excess, v->split_within));
    else
      pl_string_printf(out, "%s: no coalition would gain by leaving\n", name);
  }
  add_owen_range(u, out);
  if (valuer_objects(u, v->least_core))
    pl_string_printf(
        out,
        "The core is empty: whatever the split, some coalition would earn %s more by itself.\n",
        valuer_money_text(u, v->least_core, v->split_within));
  else if (report_is_open(v->least_core, v->split_within))
    pl_string_printf(out, "The optimality gap leaves open whether the core is empty, %s.\n",
                     valuer_money_text(u, v->least_core, v->split_within));
  else if (isfinite(v->least_core))
    pl_string_printf(out,
                     "The core is not empty: every coalition can be given at least %s beyond "
                     "what it earns by itself.\n",
                     valuer_money_text(u, fmax(0, -v->least_core), v->split_within));
}

void valuer_add_transfers(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  if (isnan(v->split[PL_SPLIT_SHAPLEY].excess)) return; /* no gain to split */
  pl_col col[1 + PL_SPLITS] = {valuer_text_column("party")};
  for (int r = 0; r < PL_SPLITS; r++)
    col[1 + r] = valuer_number_column(pl_split_name((pl_split_rule)r), 2);
  pl_table *t = valuer_table(u, col, 1 + PL_SPLITS);
  double *within = valuer_within(u, t, v->n_parties);
  for (int k = 0; k < v->n_parties * (1 + PL_SPLITS); k++) within[k] = v->split_within;
  for (int q = 0; q < v->n_parties; q++) {
    pl_cell *cell = pl_table_add_row(t);
    cell[0].text = u->r.c->parties[q].name;
    for (int r = 0; r < PL_SPLITS; r++) cell[1 + r].number = v->split[r].transfer[q];
  }
  valuer_add_table(
      t,
      pl_arena_printf(
          u->r.a,
          "what each party would have to receive (if negative, pay) on top of today's terms, %s",
          valuer_scale_money(u, t, within, valuer_columns_from(1))),
      out);
}
