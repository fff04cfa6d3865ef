/* What a plan does by the hour, as long tables. */
#include "chain/recipe.h"
#include "report/hours.h"

#include <math.h>
#include <string.h>

report_hours *report_hours_of(const reporter *r, bool values) {
  report_hours *h = PL_NEW(r->a, report_hours);
  h->r = r;
  h->n_units = pl_explain_unit_hours(r->s, r->a, &h->unit);
  h->n_stocks = pl_explain_stock_hours(r->s, r->a, &h->stock);
  if (values) h->n_values = pl_explain_value_hours(r->s, r->a, &h->value);
  return h;
}

const char *report_hours_year(const report_hours *h, int year) {
  char buf[32];
  if (year == h->r->s->n_years) return "all";
  (void)pl_time_format(pl_step_floor(PL_YEAR, h->r->s->years.start[year]), PL_YEAR, buf,
                       sizeof buf);
  return pl_arena_strdup(h->r->a, buf);
}

const char *report_hours_rate(const char *measure, pl_arena *a) {
  if (strcmp(measure, "MWh") == 0) return "MW";
  return strcmp(measure, "h") == 0 ? "1" : pl_arena_printf(a, "%s/h", measure);
}

int report_hours_input(const report_hours *h, const pl_unit_hours *u) {
  const pl_case *c = h->r->c;
  const double *taken = u->taken + (size_t)h->r->s->n_years * (size_t)c->n_materials;
  if (u->load_of >= 0) return u->load_of;
  for (int i = 0; i < c->units[u->unit].runs.n; i++) {
    const pl_process *process = &c->processes[c->units[u->unit].runs.index[i]];
    for (pl_run_goods g = pl_process_inputs(process); g.ok; pl_process_next(&g))
      if (taken[g.material] > 0) return g.material;
  }
  return -1;
}

/* The unit "$" is money. */
static pl_table *new_table(const report_hours *h, const char *name, const char *title,
                           const pl_col *col, int n) {
  pl_table *t = pl_table_new(h->r->a, name, title, col, n);
  for (int k = 0; k < n; k++)
    if (strcmp(t->col[k].unit, "$") == 0) t->col[k].unit = h->r->currency;
  return t;
}

static const pl_col unit_column[] = {
    {"unit", "", PL_COL_TEXT, 0},
    {"year", "", PL_COL_TEXT, 0},
    {"measure", "", PL_COL_TEXT, 0},
    {"takes", "", PL_COL_TEXT, 0},
    {"hours", "h", PL_COL_NUMBER, 0},
    {"run", "h", PL_COL_NUMBER, 0},
    {"full", "h", PL_COL_NUMBER, 0},
    {"at least", "h", PL_COL_NUMBER, 0},
    {"starts", "", PL_COL_NUMBER, 0},
    {"load", "", PL_COL_NUMBER, 1},
    {"available", "", PL_COL_NUMBER, 1},
    {"available when on", "", PL_COL_NUMBER, 1},
    {"worth making", "h", PL_COL_NUMBER, 0},
    {"marginal", "h", PL_COL_NUMBER, 0},
    {"held by ramp", "h", PL_COL_NUMBER, 0},
    {"earned", "$", PL_COL_NUMBER, 0},
    {"starts cost", "$", PL_COL_NUMBER, 0},
    {"capacity worth", "$", PL_COL_NUMBER, 0},
    {"turndown worth", "$", PL_COL_NUMBER, 0},
    {"ramp worth", "$", PL_COL_NUMBER, 0},
    {"taken", "", PL_COL_NUMBER, 1},
    {"paid", "$", PL_COL_NUMBER, 0},
    {"paid if even", "$", PL_COL_NUMBER, 0},
};
enum { UNIT_TEXTS = 4, UNIT_COLUMNS = sizeof unit_column / sizeof *unit_column };

static void add_unit_year(const report_hours *h, const pl_unit_hours *u, int year, pl_table *t) {
  const pl_case *c = h->r->c;
  const pl_unit_year *y = &u->year[year];
  int const input = report_hours_input(h, u);
  double const taken = input >= 0 ? u->taken[year * c->n_materials + input] : (double)NAN;
  bool const load = u->load_of >= 0;
  const double number[] = {y->hours,
                           y->run,
                           y->full,
                           y->low,
                           y->starts,
                           y->load,
                           y->most,
                           y->most_on,
                           y->dearer,
                           y->marginal,
                           y->ramped,
                           y->earned,
                           y->starts_cost,
                           y->capacity_worth,
                           y->turndown_worth,
                           y->ramp_worth,
                           taken,
                           load ? y->paid : (double)NAN,
                           load ? y->even : (double)NAN};
  pl_cell *cell = pl_table_add_row(t);
  cell[0].text = c->units[u->unit].name;
  cell[1].text = report_hours_year(h, year);
  cell[2].text = u->measure;
  cell[3].text = input >= 0 ? c->materials[input].name : NULL;
  for (int n = UNIT_TEXTS; n < UNIT_COLUMNS; n++) cell[n].number = number[n - UNIT_TEXTS];
}

pl_table *report_unit_hours(const report_hours *h) {
  pl_table *t = new_table(h, "unit_hours", "units by the hour: hours, starts and what they earn",
                          unit_column, UNIT_COLUMNS);
  for (int i = 0; i < h->n_units; i++)
    for (int k = 0; k <= h->r->s->n_years; k++) add_unit_year(h, &h->unit[i], k, t);
  return t;
}

pl_table *report_stock_hours(const report_hours *h) {
  const pl_col col[] = {
      {"stock", "", PL_COL_TEXT, 0},         {"year", "", PL_COL_TEXT, 0},
      {"measure", "", PL_COL_TEXT, 0},       {"hours", "h", PL_COL_NUMBER, 0},
      {"cycles", "", PL_COL_NUMBER, 1},      {"in", "", PL_COL_NUMBER, 1},
      {"out", "", PL_COL_NUMBER, 1},         {"filling", "h", PL_COL_NUMBER, 0},
      {"drawing", "h", PL_COL_NUMBER, 0},    {"cost", "$", PL_COL_NUMBER, 0},
      {"earned", "$", PL_COL_NUMBER, 0},     {"capacity worth", "$", PL_COL_NUMBER, 0},
      {"fill worth", "$", PL_COL_NUMBER, 0}, {"draw worth", "$", PL_COL_NUMBER, 0},
  };
  enum { TEXTS = 3, COLS = sizeof col / sizeof col[0] };
  pl_table *t =
      new_table(h, "stock_hours", "stocks by the hour: cycles and what they earn", col, COLS);
  for (int i = 0; i < h->n_stocks; i++)
    for (int k = 0; k <= h->r->s->n_years; k++) {
      const pl_stock_year *y = &h->stock[i].year[k];
      const pl_stock *stock = &h->r->c->stocks[h->stock[i].stock];
      const double number[] = {y->hours,          y->cycles,     y->in,        y->out,
                               y->filling,        y->drawing,    y->cost,      y->earned,
                               y->capacity_worth, y->fill_worth, y->draw_worth};
      pl_cell *cell = pl_table_add_row(t);
      cell[0].text = stock->name;
      cell[1].text = report_hours_year(h, k);
      cell[2].text = report_material_unit(h->r, stock->keeps);
      for (int n = TEXTS; n < COLS; n++) cell[n].number = number[n - TEXTS];
    }
  return t;
}

static void name_place(const report_hours *h, const pl_value_hours *x, pl_cell *cell) {
  const pl_case *c = h->r->c;
  cell[0].text = c->sites[x->site].name;
  cell[1].text = c->materials[x->material].name;
  cell[2].text = report_party(h->r, x->party);
  cell[3].text =
      pl_arena_printf(h->r->a, "%s/%s", h->r->currency, report_material_unit(h->r, x->material));
}

pl_table *report_value_hours(const report_hours *h) {
  const pl_col col[] = {
      {"site", "", PL_COL_TEXT, 0},           {"material", "", PL_COL_TEXT, 0},
      {"party", "", PL_COL_TEXT, 0},          {"measure", "", PL_COL_TEXT, 0},
      {"year", "", PL_COL_TEXT, 0},           {"hours", "h", PL_COL_NUMBER, 0},
      {"mean", "", PL_COL_NUMBER, 2},         {"least", "", PL_COL_NUMBER, 2},
      {"p5", "", PL_COL_NUMBER, 2},           {"p50", "", PL_COL_NUMBER, 2},
      {"p95", "", PL_COL_NUMBER, 2},          {"most", "", PL_COL_NUMBER, 2},
      {"not above 0", "h", PL_COL_NUMBER, 0},
  };
  enum { TEXTS = 5, COLS = sizeof col / sizeof col[0] };
  pl_table *t = new_table(
      h, "value_hours", "what one more unit is worth: its distribution over the hours", col, COLS);
  for (int i = 0; i < h->n_values; i++)
    for (int k = 0; k <= h->r->s->n_years; k++) {
      const pl_value_year *y = &h->value[i].year[k];
      const double number[] = {y->hours, y->mean, y->least, y->p5,
                               y->p50,   y->p95,  y->most,  y->not_above_zero};
      pl_cell *cell = pl_table_add_row(t);
      name_place(h, &h->value[i], cell);
      cell[4].text = report_hours_year(h, k);
      for (int n = TEXTS; n < COLS; n++) cell[n].number = number[n - TEXTS];
    }
  return t;
}

pl_table *report_value_reasons(const report_hours *h) {
  const pl_col col[] = {
      {"site", "", PL_COL_TEXT, 0},    {"material", "", PL_COL_TEXT, 0},
      {"party", "", PL_COL_TEXT, 0},   {"measure", "", PL_COL_TEXT, 0},
      {"reason", "", PL_COL_TEXT, 0},  {"hours", "h", PL_COL_NUMBER, 0},
      {"value", "", PL_COL_NUMBER, 2},
  };
  pl_table *t =
      new_table(h, "value_reasons", "what sets the value of one more unit, and in how many hours",
                col, sizeof col / sizeof col[0]);
  for (int i = 0; i < h->n_values; i++)
    for (int k = 0; k < h->value[i].n_setters; k++) {
      pl_cell *cell = pl_table_add_row(t);
      name_place(h, &h->value[i], cell);
      cell[4].text = h->value[i].setter[k].reason;
      cell[5].number = h->value[i].setter[k].hours;
      cell[6].number = h->value[i].setter[k].value;
    }
  return t;
}
