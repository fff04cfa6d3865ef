/* The page of `potline value`: what each agreement is worth, and prices at which both sides
 * gain. */
#include <math.h>
#include <string.h>

#include "report/digits.h"
#include "report/page.h"
#include "report/value_page.h"

enum { PAIRS_MOST = 8 };

/* With a star where its figures use the mean of a price that varies within the period: the
 * paragraph on the grid error explains what that ignores. */
static const char *marked_name(const valuer_view *u, const pl_agreement_worth *w) {
  const char *name = u->r.c->agreements[w->agreement].name;
  return w->mean_of && !u->v->grid.why_not ? pl_arena_printf(u->r.a, "%s*", name) : name;
}

static void set_worth_within(const valuer_view *u, const pl_agreement_worth *w, double *within) {
  int const parties = u->v->n_parties;
  within[1] = w->joint_within;
  for (int q = 0; q < parties; q++) within[2 + q] = valuer_worth_within(u, w, q);
  within[2 + parties] = w->alone_within;
  within[3 + parties] = w->share_within;
}

static const char *per_unit_text(const valuer_view *u, double x, double within, const char *unit) {
  return pl_arena_printf(u->r.a, "%s %s/%s", report_known(valuer_shown(x, 2), within, 2, u->r.a),
                         u->r.currency, unit);
}

void valuer_add_worth(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  int const parties = v->n_parties, n = parties + 6;
  pl_col *col = PL_NEW_ARRAY(u->r.a, pl_col, (size_t)n);
  col[0] = valuer_text_column("agreement");
  col[1] = valuer_number_column("jointly", 2);
  for (int q = 0; q < parties; q++) col[2 + q] = valuer_number_column(u->r.c->parties[q].name, 2);
  col[2 + parties] = valuer_number_column("if only it", 2);
  col[3 + parties] = valuer_number_column("on average", 2);
  col[4 + parties] = valuer_text_column("moved");
  col[5 + parties] = valuer_text_column("worth per unit");
  pl_table *t = valuer_table(u, col, n);
  double *within = valuer_within(u, t, v->n_agreements);
  for (int i = 0; i < v->n_agreements; i++) {
    const pl_agreement_worth *w = &v->worth[i];
    set_worth_within(u, w, &within[i * n]);
    const char *unit = valuer_measure(u, w->agreement);
    pl_cell *cell = pl_table_add_row(t);
    cell[0].text = marked_name(u, w);
    double const joint = valuer_resolved(u, w->joint, w->joint_error);
    cell[1].number = joint;
    for (int q = 0; q < parties; q++)
      cell[2 + q].number = valuer_resolved(u, w->party[q], w->party_error[q]);
    cell[2 + parties].number = w->alone;
    cell[3 + parties].number = w->share;
    cell[4 + parties].text = page_amount(w->quantity, unit, u->r.a);
    if (w->quantity > 0 && !isnan(joint))
      cell[5 + parties].text =
          per_unit_text(u, joint / w->quantity, w->joint_within / w->quantity, unit);
  }
  valuer_add_table(t,
                   pl_arena_printf(u->r.a,
                                   "agreements, %s: joint worth while the others are in force, and "
                                   "each party's part of it; on average: Shapley value",
                                   valuer_scale_money(u, t, within, valuer_columns_from(1))),
                   out);
  double error = 0;
  for (int i = 0; i < v->n_agreements; i++) error = fmax(error, v->worth[i].share_error);
  if (!v->joint)
    pl_string_printf(out,
                     "There are too many agreements to try every order: the averages are sampled, "
                     "with a standard error of up to %s.\n",
                     valuer_money_text(u, error, 0));
}

/* One price, or its range over the prices that support the plan. */
static const char *implied_text(const valuer_view *u, const pl_price_range *x) {
  const pl_sides *s = &x->implied_sides;
  const char *one = valuer_price_text(x, x->implied, u->r.a);
  if (!s->known) return pl_arena_printf(u->r.a, "%s, one of several", one);
  if (!(s->less - s->more > 5e-3 + 1e-6 * fabs(x->implied))) return one;
  return pl_arena_printf(u->r.a, "%s … %s",
                         isinf(s->more) ? "" : valuer_price_text(x, s->more, u->r.a),
                         isinf(s->less) ? "" : valuer_price_text(x, s->less, u->r.a));
}

void valuer_add_prices(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  pl_col const col[] = {valuer_text_column("agreement"), valuer_text_column("what"),
                        valuer_text_column("now"),       valuer_text_column("both gain between"),
                        valuer_text_column("unit"),      valuer_text_column("joint plan implies")};
  pl_table *t = valuer_table(u, col, (int)(sizeof col / sizeof col[0]));
  for (int i = 0; i < v->n_agreements; i++)
    for (int k = 0; k < v->worth[i].n_ranges; k++) {
      const pl_agreement_worth *w = &v->worth[i];
      const pl_price_range *x = &w->ranges[k];
      pl_cell *cell = pl_table_add_row(t);
      cell[0].text = marked_name(u, w);
      cell[1].text = x->name;
      cell[2].text = isnan(x->now) ? "" : valuer_price_text(x, x->now, u->r.a);
      cell[3].text = valuer_range_text(x, u->r.a);
      cell[4].text = valuer_price_unit(x);
      if (!isnan(x->implied)) cell[5].text = implied_text(u, x);
    }
  if (t->n_rows == 0) return;
  page_blank_repeats(t);
  valuer_add_table(t, "prices between which both sides gain, with quantities as planned", out);
}

void valuer_add_pairs(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  valuer_titled *list = PL_NEW_ARRAY(u->r.a, valuer_titled, (size_t)v->n_pairs + 1);
  for (int i = 0; i < v->n_pairs; i++) {
    const char *one = u->r.c->agreements[v->worth[v->pair[i].first].agreement].name;
    const char *other = u->r.c->agreements[v->worth[v->pair[i].second].agreement].name;
    bool const turned = strcmp(one, other) > 0;
    list[i] = (valuer_titled){turned ? other : one, turned ? one : other, i};
  }
  valuer_sort_titled(list, v->n_pairs, PAIRS_MOST);
  for (int i = 0; i < v->n_pairs && i < PAIRS_MOST; i++) {
    const pl_price_pair *p = &v->pair[list[i].at];
    const pl_agreement_worth *a = &v->worth[p->first], *b = &v->worth[p->second];
    const pl_price_range *one = &a->ranges[0], *other = &b->ranges[0];
    const char *first = u->r.c->agreements[a->agreement].name;
    const char *second = u->r.c->agreements[b->agreement].name;
    if (p->polygon.count == 0) {
      pl_string_printf(out,
                       "%s and %s together: both sides gain at no prices up to twice today's\n",
                       first, second);
      continue;
    }
    pl_string_printf(out, "%s [%s] and %s [%s] together: both sides gain inside the polygon", first,
                     valuer_price_unit(one), second, valuer_price_unit(other));
    for (int k = 0; k < p->polygon.count; k++)
      pl_string_printf(out, " (%s, %s)", valuer_end_text(one, p->polygon.corner[k].p, u->r.a),
                       valuer_end_text(other, p->polygon.corner[k].q, u->r.a));
    pl_string_printf(out, "\n");
  }
  if (v->n_pairs > PAIRS_MOST)
    pl_string_printf(out, "and %d more pairs: see the table value_polygons\n",
                     v->n_pairs - PAIRS_MOST);
}
