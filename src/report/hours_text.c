/* What a plan does by the hour, in sentences. */
#include <math.h>
#include <string.h>

#include "chain/recipe.h"
#include "report/digits.h"
#include "report/hours.h"
#include "report/page.h"
#include "report/report.h"

enum { YEARS_MOST = 6, REASONS_MOST = 8, BLOCK = 3 }; /* BLOCK: hours of the day shown together */

typedef struct {
  const report_hours *h;
  pl_arena *a;
  pl_string *out;
} telling;

static const char *hours_text(const telling *t, double x) { return page_text(x, 0, t->a); }

static const char *share_text(const telling *t, double x, double of) {
  double const percent = of > 0 ? 100 * x / of : 0;
  return pl_arena_printf(t->a, "%s %%",
                         page_text(percent, percent < 10 && percent > 0 ? 1 : 0, t->a));
}

/* Whole units of money from a thousand up; millions with two decimals. */
static const char *money_text(const telling *t, double x) {
  bool const large = fabs(x) >= 1e6;
  double const size = large ? 1e6 : 1;
  int const decimals = report_digits(t->h->r->within / size, fabs(x) / size, large ? 2 : 0);
  return pl_arena_printf(t->a, "%s %s%s", page_text(x / size, decimals, t->a), large ? "M " : "",
                         t->h->r->currency);
}

static const char *price_text(const telling *t, double money, double amount, int material) {
  return pl_arena_printf(t->a, "%s %s/%s", page_text(amount > 0 ? money / amount : 0, 2, t->a),
                         t->h->r->currency, report_material_unit(t->h->r, material));
}

/* A few years are shown one by one; for many years their mean. */
static double mean_of(const telling *t, int year) {
  return year == t->h->r->s->n_years ? pl_explain_years(t->h->r->s) : 1;
}

static const char *label(const telling *t, int year) {
  if (year < t->h->r->s->n_years) return report_hours_year(t->h, year);
  return "a mean year";
}

static bool is_told(const telling *t, int year) {
  int const n = t->h->r->s->n_years;
  return n <= YEARS_MOST ? year < n : year == n;
}

/* --- Units ----------------------------------------------------------------------------------- */

static void add_name(pl_string *out, bool *any, const char *name) {
  pl_string_printf(out, "%s%s", *any ? " + " : "", name);
  *any = true;
}

/* "gas + co2 + 3 USD/MWh": what making one unit costs. */
static const char *costs_of(const telling *t, const pl_unit *u) {
  enum { SHORT = 24 };
  const pl_case *c = t->h->r->c;
  const pl_process *process = &c->processes[u->runs.index[0]];
  const pl_prices *levies = &c->sites[u->site].levies;
  const pl_formula *const own[] = {process->cost, u->cost};
  pl_string out;
  bool any = false, other = u->charges.n > 0;
  pl_string_init(&out, t->a);
  for (pl_run_goods g = pl_process_inputs(process); g.ok; pl_process_next(&g))
    add_name(&out, &any, c->materials[g.material].name);
  for (int i = 0; i < process->emits.n; i++)
    for (int k = 0; k < levies->n; k++)
      if (levies->material[k] == process->emits.material[i])
        add_name(&out, &any, c->materials[process->emits.material[i]].name);
  for (int i = 0; i < 2; i++) {
    const char *text = own[i] ? pl_formula_text(own[i]) : "";
    if (own[i] && (!*text || strlen(text) > SHORT)) other = true;
    if (*text && strlen(text) <= SHORT) add_name(&out, &any, text);
  }
  if (other) add_name(&out, &any, "running costs");
  return any ? out.text : "nothing";
}

/* A column's value may be slightly below 0: then what seems to be made is rounding in what is
 * taken. */
static double const rounding = 1e-6;

static void say_made(const telling *t, const pl_unit_hours *u, int k, double mean) {
  const pl_case *c = t->h->r->c;
  bool any = false;
  for (int pass = 0; pass < 2; pass++) {
    size_t const at = (size_t)k * (size_t)c->n_materials;
    const double *amount = (pass ? u->taken : u->made) + at,
                 *other = (pass ? u->made : u->taken) + at;
    bool first = true;
    for (int m = 0; m < c->n_materials; m++) {
      if (!(amount[m] > rounding * other[m])) continue;
      pl_string_printf(t->out, "%s%s of %s",
                       !first ? ", "
                       : pass ? (any ? " from " : "      takes ")
                              : "      makes ",
                       page_amount(amount[m] / mean, report_material_unit(t->h->r, m), t->a),
                       c->materials[m].name);
      first = false;
      any = true;
    }
  }
  if (any) pl_string_printf(t->out, "\n");
}

static void say_run(const telling *t, const pl_unit_hours *u, int k, double mean) {
  const pl_unit_year *y = &u->year[k];
  pl_string_printf(t->out, "  %s: runs %s of %s h", label(t, k), hours_text(t, y->run / mean),
                   hours_text(t, y->hours / mean));
  if (y->most_on > 0)
    pl_string_printf(t->out, " at %s load (%s over all hours)", share_text(t, y->load, y->most_on),
                     share_text(t, y->load, y->most));
  if (y->run > 0)
    pl_string_printf(t->out, ", starts %s times", page_text(y->starts / mean, 0, t->a));
  if (y->full > 0) pl_string_printf(t->out, "; %s h full", hours_text(t, y->full / mean));
  if (y->low > 0) pl_string_printf(t->out, "; %s h at minimum load", hours_text(t, y->low / mean));
  pl_string_printf(t->out, "\n");
  say_made(t, u, k, mean);
}

/* What a load pays for its hourly input, and what it would pay if it took it evenly. */
static void say_load(const telling *t, const pl_unit_hours *u, const pl_unit_year *y, double mean) {
  const char *name = t->h->r->c->materials[u->load_of].name;
  if (!(y->taken > 0)) return;
  pl_string_printf(
      t->out, "      takes %s at %s on average, against %s if taken evenly: flexibility saves %s\n",
      name, price_text(t, y->paid, y->taken, u->load_of),
      price_text(t, y->even, y->taken, u->load_of), money_text(t, (y->even - y->paid) / mean));
}

static void say_margin(const telling *t, const pl_unit_hours *u, const pl_unit_year *y,
                       double mean) {
  const pl_case *c = t->h->r->c;
  const pl_unit *unit = &c->units[u->unit];
  int const product =
      unit->runs.n > 0 ? pl_process_product(&c->processes[unit->runs.index[0]]) : -1;
  if (u->load_of < 0 && product >= 0 && unit->runs.n == 1)
    pl_string_printf(t->out, "      in %s of hours %s is worth more than %s; ",
                     share_text(t, y->dearer, y->hours), c->materials[product].name,
                     costs_of(t, unit));
  else
    pl_string_printf(t->out, "      ");
  if (y->marginal > 0)
    pl_string_printf(t->out, "marginal in %s of hours; ", share_text(t, y->marginal, y->hours));
  pl_string_printf(t->out, "margin %s", money_text(t, y->earned / mean));
  if (y->starts_cost > 0)
    pl_string_printf(t->out, ", after %s of no-load and start-up costs",
                     money_text(t, y->starts_cost / mean));
  pl_string_printf(t->out, "\n");
}

/* Per unit of the capacity; for a load per unit of its input. */
static double per_rate(const pl_unit_hours *u, const pl_unit_year *y, double worth) {
  return u->load_of < 0 ? worth : y->taken > 0 ? worth * y->load / y->taken : 0;
}

static void say_worth(const telling *t, const pl_unit_hours *u, const pl_unit_year *y,
                      double mean) {
  const char *rate = report_hours_rate(u->measure, t->a);
  const char *own =
      u->load_of < 0 ? rate : report_hours_rate(report_material_unit(t->h->r, u->load_of), t->a);
  if (y->most > 0)
    pl_string_printf(t->out, "      1 %s more of capacity is worth %s\n", rate,
                     money_text(t, y->capacity_worth / mean));
  if (y->turndown_worth > 0)
    pl_string_printf(t->out, "      1 %s more of turndown is worth %s\n", own,
                     money_text(t, per_rate(u, y, y->turndown_worth) / mean));
  if (y->ramped > 0)
    pl_string_printf(
        t->out, "      its ramp binds in %s of hours; 1 %s per hour more of ramp is worth %s\n",
        share_text(t, y->ramped, y->hours), own,
        money_text(t, per_rate(u, y, y->ramp_worth) / mean));
}

static void say_unit(const telling *t, const pl_unit_hours *u) {
  pl_string_printf(t->out, "\nunits.%s\n", t->h->r->c->units[u->unit].name);
  for (int k = 0; k <= t->h->r->s->n_years; k++) {
    const pl_unit_year *y = &u->year[k];
    if (!is_told(t, k) || !(y->hours > 0)) continue;
    double const mean = mean_of(t, k);
    say_run(t, u, k, mean);
    if (u->load_of >= 0) say_load(t, u, y, mean);
    say_margin(t, u, y, mean);
    say_worth(t, u, y, mean);
  }
}

/* --- Stocks ---------------------------------------------------------------------------------- */

static void say_stock_year(const telling *t, const pl_stock *stock, const pl_stock_year *y, int k) {
  double const mean = mean_of(t, k);
  int const m = stock->keeps;
  const char *unit = report_material_unit(t->h->r, m);
  const char *rate = report_hours_rate(unit, t->a);
  pl_string_printf(t->out, "  %s: ", label(t, k));
  if (!isnan(y->cycles))
    pl_string_printf(t->out, "%s cycles; ", page_text(y->cycles / mean, 1, t->a));
  pl_string_printf(t->out, "takes in %s at %s (%s h),\n      gives out %s at %s (%s h): earns %s\n",
                   page_amount(y->in / mean, unit, t->a), price_text(t, y->cost, y->in, m),
                   hours_text(t, y->filling / mean), page_amount(y->out / mean, unit, t->a),
                   price_text(t, y->earned, y->out, m), hours_text(t, y->drawing / mean),
                   money_text(t, (y->earned - y->cost) / mean));
  const struct {
    double worth;
    const char *unit, *what;
  } more[] = {{y->capacity_worth, unit, "capacity"},
              {y->fill_worth, rate, "fill rate"},
              {y->draw_worth, rate, "draw rate"}};
  bool any = false;
  for (int i = 0; i < 3; i++) {
    if (!(more[i].worth > 0)) continue;
    pl_string_printf(t->out, "%s1 %s more of %s is worth %s", any ? ", " : "      ", more[i].unit,
                     more[i].what, money_text(t, more[i].worth / mean));
    any = true;
  }
  if (any) pl_string_printf(t->out, "\n");
}

static void say_stock(const telling *t, const pl_stock_hours *s) {
  const pl_stock *stock = &t->h->r->c->stocks[s->stock];
  pl_string_printf(t->out, "\nstocks.%s\n", stock->name);
  for (int k = 0; k <= t->h->r->s->n_years; k++)
    if (is_told(t, k) && s->year[k].hours > 0) say_stock_year(t, stock, &s->year[k], k);
}

/* --- What goods are worth -------------------------------------------------------------------- */

static void add_spread(const telling *t, const pl_value_hours *x) {
  const pl_col col[] = {
      {"  year", "", PL_COL_TEXT, 0},  {"mean", "", PL_COL_NUMBER, 2},
      {"least", "", PL_COL_NUMBER, 2}, {"5 %", "", PL_COL_NUMBER, 2},
      {"50 %", "", PL_COL_NUMBER, 2},  {"95 %", "", PL_COL_NUMBER, 2},
      {"most", "", PL_COL_NUMBER, 2},  {"hours at 0 or less", "", PL_COL_NUMBER, 0},
  };
  pl_table *table = pl_table_new(t->a, "spread", "", col, sizeof col / sizeof col[0]);
  int const n = t->h->r->s->n_years;
  for (int k = 0; k <= n; k++) {
    const pl_value_year *y = &x->year[k];
    const double number[] = {y->mean, y->least, y->p5, y->p50, y->p95, y->most, y->not_above_zero};
    if ((k == n && n == 1) || !(y->hours > 0)) continue;
    pl_cell *cell = pl_table_add_row(table);
    cell[0].text = pl_arena_printf(t->a, "  %s", report_hours_year(t->h, k));
    for (int i = 0; i < 7; i++) cell[1 + i].number = number[i];
  }
  pl_table_to_text(table, t->out);
}

static void add_reasons(const telling *t, const pl_value_hours *x) {
  double const all = x->year[t->h->r->s->n_years].hours;
  double rest = 0;
  for (int i = REASONS_MOST; i < x->n_setters; i++) rest += x->setter[i].hours;
  for (int i = 0; i < x->n_setters && i < REASONS_MOST; i++)
    pl_string_printf(t->out, "  %s of hours, mean %s: %s\n", share_text(t, x->setter[i].hours, all),
                     page_text(x->setter[i].value, 2, t->a), x->setter[i].reason);
  if (rest > 0)
    pl_string_printf(t->out, "  %s of hours: other reasons\n", share_text(t, rest, all));
}

/* Means by month and, three hours together, hour of the day. */
static void add_clock(const telling *t, const pl_value_hours *x) {
  static const char *const months[] = {"  January",   "  February", "  March",    "  April",
                                       "  May",       "  June",     "  July",     "  August",
                                       "  September", "  October",  "  November", "  December"};
  enum { BLOCKS = PL_CLOCK_HOURS / BLOCK };
  pl_col col[BLOCKS + 1] = {{"  month", "", PL_COL_TEXT, 0}};
  for (int b = 0; b < BLOCKS; b++)
    col[b + 1] = (pl_col){pl_arena_printf(t->a, "%02d–%02d h", b * BLOCK, (b + 1) * BLOCK), "",
                          PL_COL_NUMBER, 2};
  pl_table *table = pl_table_new(t->a, "clock", "", col, BLOCKS + 1);
  for (int m = 0; m < 12; m++) {
    double all = 0;
    pl_cell *cell = pl_table_add_row(table);
    cell[0].text = months[m];
    for (int b = 0; b < BLOCKS; b++) {
      double sum = 0, hours = 0;
      for (int i = 0; i < BLOCK; i++) {
        int const at = m * PL_CLOCK_HOURS + b * BLOCK + i;
        if (!(x->clock_hours[at] > 0)) continue;
        sum += x->clock_mean[at] * x->clock_hours[at];
        hours += x->clock_hours[at];
      }
      all += hours;
      cell[b + 1].number = hours > 0 ? sum / hours : (double)NAN;
    }
    if (!(all > 0)) table->n_rows--;
  }
  pl_string_printf(t->out, "  mean by month and hour of the day (UTC)\n");
  pl_table_to_text(table, t->out);
}

static void say_value(const telling *t, const pl_value_hours *x, bool clock) {
  const pl_case *c = t->h->r->c;
  pl_string_printf(t->out, "\n%s: %s of %s, %s/%s\n", c->sites[x->site].name,
                   c->materials[x->material].name, c->parties[x->party].name, t->h->r->currency,
                   report_material_unit(t->h->r, x->material));
  add_spread(t, x);
  add_reasons(t, x);
  if (clock) add_clock(t, x);
}

/* --- All of it ------------------------------------------------------------------------------- */

static void say_units(const telling *t, const pl_hours_wanted *w) {
  for (int i = 0; i < t->h->n_units; i++)
    if (w->unit < 0 || w->unit == t->h->unit[i].unit) say_unit(t, &t->h->unit[i]);
}

static void say_stocks(const telling *t, const pl_hours_wanted *w) {
  for (int i = 0; i < t->h->n_stocks; i++)
    if (w->stock < 0 || w->stock == t->h->stock[i].stock) say_stock(t, &t->h->stock[i]);
}

static void say_values(const telling *t, const pl_hours_wanted *w) {
  for (int i = 0; i < t->h->n_values; i++) {
    const pl_value_hours *x = &t->h->value[i];
    if ((w->site < 0 || w->site == x->site) && (w->material < 0 || w->material == x->material))
      say_value(t, x, x->hourly && w->site >= 0 && w->material >= 0);
  }
}

bool pl_report_hours(const pl_schedule *s, const pl_hours_wanted *w, pl_string *out) {
  reporter r;
  pl_arena *a = pl_arena_new();
  size_t const before = out->length;
  report_begin(&r, s, a);
  telling t = {report_hours_of(&r, w->goods), a, out};
  if (w->things) say_units(&t, w);
  if (w->things) say_stocks(&t, w);
  if (w->goods) say_values(&t, w);
  pl_arena_free(a);
  return out->length > before;
}

int pl_report_hours_tables(const pl_schedule *s, pl_table **table, pl_arena *a) {
  reporter *r = PL_NEW(a, reporter);
  int n = 0;
  report_begin(r, s, a);
  const report_hours *h = report_hours_of(r, true);
  if (h->n_units > 0) table[n++] = report_unit_hours(h);
  if (h->n_stocks > 0) table[n++] = report_stock_hours(h);
  if (h->n_values > 0) table[n++] = report_value_hours(h);
  if (h->n_values > 0) table[n++] = report_value_reasons(h);
  return n;
}
