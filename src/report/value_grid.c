/* The effect of the grid on the figures of a valuation. */
#include <math.h>
#include <string.h>

#include "report/page.h"
#include "report/value.h"
#include "report/valuer.h"

static const char below[] = "below the grid's error", everybody[] = "all";

typedef struct {
  const valuer_view *u;
  pl_table *t;
  const char *agreement, *grid, *mean_of;
} writer;

static void row(const writer *w, const char *figure, const char *of, const char *measure, double x,
                double error, const char *says) {
  pl_cell *cell = pl_table_add_row(w->t);
  cell[0].text = w->agreement;
  cell[1].text = figure;
  cell[2].text = of;
  cell[3].text = measure;
  cell[4].text = w->grid;
  cell[5].number = isfinite(x) ? x : (double)NAN;
  cell[6].number = isfinite(error) ? error : (double)NAN;
  cell[7].text = says;
}

static void put_worth(const writer *w, const char *of, double worth, double error) {
  const valuer_view *u = w->u;
  if (isnan(worth)) return; /* there is no plan without it */
  double const x = valuer_money(u, valuer_resolved(u, worth, error));
  const char *says =
      isnan(error) ? NULL
      : isnan(x)   ? pl_arena_printf(u->r.a, "%s of ± %s", below, valuer_money_text(u, error, 0))
      : x > 0      ? "gain"
      : x < 0      ? "loss"
                   : "nothing";
  if (says && w->mean_of && x != 0 && !isnan(x))
    says = pl_arena_printf(u->r.a, "%s at the mean of %s", says, w->mean_of);
  row(w, "worth", of, u->r.currency, x, valuer_error(u, error), says);
}

/* An end of a range: whether today's price lies inside it. */
static void put_end(const writer *w, const pl_price_range *x, bool high) {
  pl_arena *a = w->u->r.a;
  double const end = high ? x->high : x->low, size = valuer_price_size(x);
  double const raw = high ? x->high_error : x->low_error, error = raw <= 1e-7 * size ? 0 : raw;
  double const inside = high ? end - x->now : x->now - end;
  if (isnan(x->now) || isnan(end) || isnan(error)) return;
  if (isinf(end) && !isinf(error)) return;
  const char *unit = valuer_price_unit(x), *says = inside >= 0 ? "inside" : "outside";
  if (isinf(error))
    says = pl_arena_printf(a, "%s: planned by the %s there is no such end", below, w->grid);
  else if (error > 0 && fabs(inside) <= error)
    says = pl_arena_printf(a, "%s of ± %s %s: whether %s %s is inside is not known", below,
                           valuer_price_text(x, error, a), unit, valuer_price_text(x, x->now, a),
                           unit);
  else if (w->mean_of)
    says = pl_arena_printf(a, "%s at the mean of %s", says, w->mean_of);
  row(w, high ? "high" : "low", x->name, unit, valuer_price(x, end, size),
      valuer_price(x, error, size), says);
}

/* The error of what party q earns with all agreements; −1: together. */
static double result_error(const valuer_view *u, int q) {
  const pl_valuation *v = u->v;
  const pl_grid_error *g = &v->grid;
  double const apart = q < 0 ? v->all - g->all : v->account_all[q] - g->account_all[q];
  return valuer_error(u, g->factor * fabs(apart));
}

void valuer_put_grid(const valuer_view *u, pl_table *t) {
  const pl_valuation *v = u->v;
  if (v->grid.why_not) return;
  writer w = {.u = u, .t = t, .grid = pl_step_name(v->grid.step)};
  row(&w, "with all", everybody, u->r.currency, v->all, result_error(u, -1), NULL);
  for (int q = 0; q < v->n_parties; q++)
    row(&w, "with all", u->r.c->parties[q].name, u->r.currency, v->account_all[q],
        result_error(u, q), NULL);
  for (int i = 0; i < v->n_agreements; i++) {
    const pl_agreement_worth *x = &v->worth[i];
    w.agreement = u->r.c->agreements[x->agreement].name;
    w.mean_of = x->mean_of;
    put_worth(&w, everybody, x->joint, x->joint_error);
    for (int q = 0; q < v->n_parties; q++)
      put_worth(&w, u->r.c->parties[q].name, x->party[q], x->party_error[q]);
    for (int k = 0; k < x->n_ranges; k++)
      for (int high = 0; high < 2; high++) put_end(&w, &x->ranges[k], high);
  }
}

bool valuer_add_unresolved(const pl_table *t, pl_string *out) {
  bool any = false;
  for (int i = 0; i < t->n_rows; i++) {
    const pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols];
    const char *figure = cell[1].text, *of = cell[2].text, *says = cell[7].text;
    if (!says || !figure || !of || strncmp(says, below, sizeof below - 1) != 0) continue;
    if (strcmp(figure, "worth") != 0)
      pl_string_printf(out, "%s, %s end of %s: %s\n", cell[0].text, figure, of, says);
    else if (strcmp(of, everybody) == 0)
      pl_string_printf(out, "%s, worth jointly: %s\n", cell[0].text, says);
    else
      pl_string_printf(out, "%s, worth to %s: %s\n", cell[0].text, of, says);
    any = true;
  }
  return any;
}

void valuer_add_grid(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  const pl_grid_error *g = &v->grid;
  const char *own = pl_step_name(u->r.c->step);
  if (g->why_not) {
    pl_string_printf(out,
                     "\ngrid error: how far planning by the %s distorts these figures is not "
                     "known, because %s\n",
                     own, g->why_not);
    return;
  }
  pl_table *t = pl_report_value_columns(PL_VALUE_TABLE_GRID, u->r.c, u->r.a);
  valuer_put_grid(u, t);
  pl_string_printf(out,
                   "\ngrid error: planned by the %s all parties together earn %s, by the %s %s; "
                   "the error of planning by the %s is taken as %s times the difference",
                   own, valuer_money_text(u, v->all, 0), pl_step_name(g->step),
                   valuer_money_text(u, g->all, 0), own, page_text(g->factor, 2, u->r.a));
  for (int q = 0; q < v->n_parties; q++)
    pl_string_printf(out, "%s%s ± %s", q == 0 ? ": " : ", ", u->r.c->parties[q].name,
                     valuer_money_text(u, result_error(u, q), 0));
  pl_string_printf(out, "\n");
  for (int i = 0; i < v->n_agreements; i++)
    if (v->worth[i].mean_of)
      pl_string_printf(out,
                       "* %s: %s varies within the %s, and these figures use its mean. Planned by "
                       "the hour, a gain may turn out to be a loss, and a loss a gain.\n",
                       u->r.c->agreements[v->worth[i].agreement].name, v->worth[i].mean_of,
                       pl_step_name(g->step));
  if (!valuer_add_unresolved(t, out))
    pl_string_printf(out, "The worth of every agreement is larger than its grid error, and no "
                          "price of today lies within the grid error of an end of its range.\n");
}
