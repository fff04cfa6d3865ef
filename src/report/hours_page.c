/* Units by the hour on the page of a plan: a row a unit and year. */
#include <math.h>

#include "report/digits.h"
#include "report/hours.h"
#include "report/page.h"
#include "report/report.h"
#include "report/scale.h"

enum { ROWS_MOST = 40 };

static double percent(double x, double of) { return of > 0 ? 100 * x / of : (double)NAN; }

/* "998.6 GWh": the first product of its recipe, or, where its processes differ in product, its
 * load. */
static const char *makes(const report_hours *h, const pl_unit_hours *u, int year) {
  const pl_case *c = h->r->c;
  const pl_shares *runs = &c->units[u->unit].runs;
  int const product = runs->n > 0 ? pl_process_product(&c->processes[runs->index[0]]) : -1;
  if (product < 0) return "";
  double const made = u->made[year * c->n_materials + product];
  return page_amount(made, report_material_unit(h->r, product), h->r->a);
}

static const char *takes(const report_hours *h, const pl_unit_hours *u, int year) {
  const pl_case *c = h->r->c;
  int const input = report_hours_input(h, u);
  if (input < 0) return "";
  double const taken = u->taken[year * c->n_materials + input];
  return pl_arena_printf(h->r->a, "%s %s", c->materials[input].name,
                         page_amount(taken, report_material_unit(h->r, input), h->r->a));
}

static void add_unit(const report_hours *h, const pl_unit_hours *u, bool years, pl_table *t) {
  int const n = h->r->s->n_years;
  for (int k = years ? 0 : n; k < (years ? n : n + 1); k++) {
    const pl_unit_year *y = &u->year[k];
    const double number[] = {y->run, y->starts, percent(y->load, y->most_on),
                             percent(y->load, y->most)};
    pl_cell *cell = pl_table_add_row(t);
    cell[0].text = h->r->c->units[u->unit].name;
    cell[1].text = report_hours_year(h, k);
    for (int i = 0; i < 4; i++) cell[2 + i].number = number[i];
    cell[6].text = makes(h, u, k);
    cell[7].text = takes(h, u, k);
    cell[8].number = y->earned;
  }
}

void page_unit_hours(const reporter *r, pl_string *out) {
  const report_hours *h = report_hours_of(r, false);
  const pl_col col[] = {
      {"unit", "", PL_COL_TEXT, 0},        {"year", "", PL_COL_TEXT, 0},
      {"hours run", "", PL_COL_NUMBER, 0}, {"starts", "", PL_COL_NUMBER, 0},
      {"load % on", "", PL_COL_NUMBER, 0}, {"of all", "", PL_COL_NUMBER, 0},
      {"makes", "", PL_COL_TEXT, 0},       {"takes", "", PL_COL_TEXT, 0},
      {"earns", "", PL_COL_NUMBER, 2},
  };
  if (h->n_units == 0) return;
  pl_table *t = pl_table_new(r->a, "hours", "", col, sizeof col / sizeof col[0]);
  bool const years = h->n_units * r->s->n_years <= ROWS_MOST;
  for (int i = 0; i < h->n_units; i++) add_unit(h, &h->unit[i], years, t);
  page_blank_repeats(t);
  report_scale const money =
      report_known_scale(report_largest(t, 8, 8), r->within, r->currency, r->a);
  report_rescale(t, 8, 8, &money);
  t->col[8].unit = "";
  pl_string_printf(out,
                   "\nby the hour; load %% while on and over all hours; earnings, %s, at the "
                   "marginal values of the site\n",
                   money.unit);
  pl_table_to_text(t, out);
}
