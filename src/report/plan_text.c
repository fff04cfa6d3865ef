/* The page that `potline plan` prints, composed from tables. Lines fit PAGE columns where the
 * case's own names allow. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/digits.h"
#include "report/hours.h"
#include "report/page.h"
#include "report/report.h"
#include "report/scale.h"
#include "report/spans.h"

enum { PAGE = PAGE_WIDTH, SPANS_MOST = 6 };

/* "3e-10": how small an error is. */
static const char *tiny(double x, char *buf, size_t size) {
  if (!(x > 0)) return "0";
  int const exponent = (int)floor(log10(x));
  int const digit = (int)ceil(x / pow(10, exponent) - 1e-9);
  (void)snprintf(buf, size, "%de%d", digit > 9 ? 1 : digit, digit > 9 ? exponent + 1 : exponent);
  return buf;
}

static const char *pretty(double x, int decimals, char *buf, size_t size) {
  (void)pl_number_pretty(x, decimals, buf, size);
  return buf;
}

static void add_count(pl_string *out, double n, const char *what) {
  char buf[48];
  pl_string_printf(out, "%s %s", n == 0 ? "no" : pretty(n, 0, buf, sizeof buf), what);
}

void pl_report_size(const pl_lp *lp, pl_string *out) {
  add_count(out, lp->n_cols, "columns, ");
  add_count(out, lp->n_rows, "rows, ");
  add_count(out, (double)lp->n_entries, "entries, ");
  add_count(out, lp->n_integer, "integers");
}

/* A noticeable gap is shown as a share; one of the size of rounding as a power of ten. */
static const char *gap_text(double gap, char *buf, size_t size) {
  char number[48];
  if (!(gap > 1e-4)) return tiny(gap, buf, size);
  (void)snprintf(buf, size, "%s %%", pretty(100 * gap, 2, number, sizeof number));
  return buf;
}

void pl_report_audit(const pl_schedule *s, const pl_audit *audit, pl_string *out) {
  const pl_case *c = s->program->c;
  char balance[32], money[32], gap[64];
  pl_string_printf(out,
                   "material balances within %s of the flows, accounts sum to the objective within "
                   "%s %s, gap %s",
                   tiny(audit->balance_relative, balance, sizeof balance),
                   tiny(audit->money_gap, money, sizeof money),
                   pl_dim_text(pl_dim_of((pl_dim_name)c->currency), out->arena),
                   gap_text(audit->certificate.gap, gap, sizeof gap));
}

/* For a plan not proven optimal, how much better one could be. */
static void add_not_proven(const reporter *r, pl_string *out) {
  double const bound = pl_schedule_bound(r->s), now = r->s->present_total;
  if (r->s->solution->state != PL_SOLVED_STOPPED) return;
  double const most = fmax(fabs(now), isfinite(bound) ? fabs(bound) : 0);
  report_scale const m = report_money_scale(most, r->currency, r->a);
  pl_string_printf(out, "stopped: this plan is worth %s %s, ",
                   page_text(now / m.factor, m.decimals, r->a), m.unit);
  if (isfinite(bound))
    pl_string_printf(out, "the optimum is worth at most %s %s\n",
                     page_text(bound / m.factor, m.decimals, r->a), m.unit);
  else
    pl_string_printf(out, "how much better a plan could be is not known\n");
}

/* Reports whose on/off is relaxed, or that all integers are. */
static void add_relaxed(const reporter *r, pl_string *out) {
  pl_string names;
  pl_string_init(&names, r->a);
  int n = 0;
  for (int i = 0; i < r->c->n_units; i++) {
    if (r->c->units[i].on_off != PL_ON_OFF_RELAXED) continue;
    pl_string_printf(&names, "%s%s", n++ > 0 ? ", " : "", r->c->units[i].name);
  }
  if (r->c->calendar.relaxed)
    pl_string_printf(out, "every integer is relaxed: no plan can earn more than this, but this "
                          "itself need not be a feasible plan\n");
  else if (n > 0)
    pl_string_printf(out, "on/off of %s is relaxed: %s may be partly on\n", names.text,
                     n == 1 ? "it" : "they");
}

static void add_head(const reporter *r, pl_string *out) {
  char seconds[48];
  page_title(r, out);
  pl_string_printf(out, "\nprogram: ");
  pl_report_size(&r->p->lp, out);
  pl_string_printf(out, "; solved in %s s by %s\n",
                   pretty(r->s->solution->seconds, 2, seconds, sizeof seconds),
                   r->s->solution->method);
  add_relaxed(r, out);
  page_typical(r, out);
  page_proven(r, out);
}

/* --- tables on a page --- */

static pl_cell *row(const pl_table *t, int i) { return &t->cell[(size_t)i * (size_t)t->n_cols]; }

static bool is_used(const pl_table *t, int i) {
  return fabs(row(t, i)[t->n_cols - 2].number) > 1e-6;
}

static bool other_row_is_used(const pl_table *t, int i) {
  for (int k = 0; k < t->n_rows; k++)
    if (k != i && strcmp(row(t, k)[0].text, row(t, i)[0].text) == 0 && is_used(t, k)) return true;
  return false;
}

/* Names on lines that fit the page. */
static void add_wrapped(pl_string *out, int *column, const char *first, const char *second) {
  const char *text = second ? pl_arena_printf(out->arena, "%s (%s)", first, second) : first;
  int const width = pl_text_width(text);
  if (*column == 0) {
    pl_string_printf(out, "not used: ");
    *column = 10;
  } else if (*column + 2 + width > PAGE) {
    pl_string_printf(out, ",\n  ");
    *column = 2;
  } else {
    pl_string_printf(out, ", ");
    *column += 2;
  }
  pl_string_printf(out, "%s", text);
  *column += width;
}

static bool is_named_before(const pl_table *t, int i) {
  for (int k = 0; k < i; k++)
    if (strcmp(row(t, k)[0].text, row(t, i)[0].text) == 0) return true;
  return false;
}

/* Rows without any amount are left out, except those that still cost something; their names are
 * added to idle once, or with the second name where the first is used in another row. */
static void drop_idle(const reporter *r, pl_table *t, bool agreements, pl_string *idle) {
  int kept = 0, column = 0;
  bool *used = PL_NEW_ARRAY(t->arena, bool, (size_t)t->n_rows + 1);
  for (int i = 0; i < t->n_rows; i++) {
    const char *name = row(t, i)[0].text;
    bool const partly = other_row_is_used(t, i);
    used[i] = is_used(t, i) || (agreements && !partly && page_agreement_costs(r, name));
    if (used[i] || (!partly && is_named_before(t, i))) continue;
    add_wrapped(idle, &column, name, partly ? row(t, i)[1].text : NULL);
  }
  for (int i = 0; i < t->n_rows; i++) {
    if (!used[i]) continue;
    if (kept < i) memcpy(row(t, kept), row(t, i), (size_t)t->n_cols * sizeof *t->cell);
    kept++;
  }
  t->n_rows = kept;
}

static void drop_column(pl_table *t, int gone) {
  int const n = t->n_cols - 1;
  for (int i = 0; i < t->n_rows; i++)
    for (int k = 0; k < n; k++)
      t->cell[(size_t)i * (size_t)n + (size_t)k] = row(t, i)[k < gone ? k : k + 1];
  for (int k = gone; k < n; k++) t->col[k] = t->col[k + 1];
  t->n_cols = n;
}

/* The measure moves beside what is measured, "alumina [kt]", and its column is removed. */
static void join_measure(pl_table *t, int unit_col) {
  for (int i = 0; i < t->n_rows; i++)
    row(t, i)[1].text =
        pl_arena_printf(t->arena, "%s [%s]", row(t, i)[1].text, row(t, i)[unit_col].text);
  drop_column(t, unit_col);
}

/* Only the rows of one party, without its column. */
static void keep_party(pl_table *t, int col, const char *party) {
  int kept = 0;
  for (int i = 0; i < t->n_rows; i++) {
    const char *name = row(t, i)[col].text;
    if (!name || strcmp(name, party) != 0) continue;
    if (kept < i) memcpy(row(t, kept), row(t, i), (size_t)t->n_cols * sizeof *t->cell);
    kept++;
  }
  t->n_rows = kept;
  drop_column(t, col);
}

typedef pl_table *(*make_fn)(const reporter *r, const pl_spans *spans, const pl_panel *panel);

static pl_table *make_production(const reporter *r, const pl_spans *s, const pl_panel *p) {
  return report_production(r, s, p);
}
static pl_table *make_sales(const reporter *r, const pl_spans *s, const pl_panel *p) {
  return report_turnover(r, s, p, "sold");
}
static pl_table *make_purchases(const reporter *r, const pl_spans *s, const pl_panel *p) {
  return report_turnover(r, s, p, "bought");
}
static pl_table *make_freight(const reporter *r, const pl_spans *s, const pl_panel *p) {
  return report_freight(r, s, p);
}

static pl_table *make_agreed(const reporter *r, const pl_spans *s, const pl_panel *p) {
  return report_agreed(r, s, p);
}

static int widest_line(const char *text) {
  int widest = 0;
  while (*text) {
    size_t const length = strcspn(text, "\n");
    int columns = 0;
    for (size_t i = 0; i < length; i++) columns += ((unsigned char)text[i] & 0xC0) != 0x80;
    if (columns > widest) widest = columns;
    text += length + (text[length] == '\n');
  }
  return widest;
}

/* One table of an overview; party −1 = it has no column of parties. */
typedef struct {
  make_fn make;
  const pl_panel *panel;
  const char *heading, *money; /* money: what the last column is, NULL = none */
  int party;
} section;

enum { PARTY_COL = 2 };

/* "USD/t or USD/MWh": the unit of the last column, before amounts are scaled. */
static void add_money_units(const reporter *r, const pl_table *t, int unit_col, pl_string *out) {
  for (int i = 0; i < t->n_rows; i++) {
    const char *unit = row(t, i)[unit_col].text;
    bool said = false;
    for (int k = 0; k < i && !said; k++) said = strcmp(row(t, k)[unit_col].text, unit) == 0;
    if (!said) pl_string_printf(out, "%s%s/%s", i > 0 ? " or " : "", r->currency, unit);
  }
}

static pl_table *section_table(const reporter *r, const section *part, int most, pl_string *idle,
                               pl_string *money) {
  pl_spans spans;
  report_spans(r, most, &spans);
  pl_table *t = part->make(r, &spans, part->panel);
  if (part->party >= 0) keep_party(t, PARTY_COL, r->c->parties[part->party].name);
  drop_idle(r, t, part->make == make_agreed, idle);
  if (part->money) t->col[t->n_cols - 1].decimals = report_price_decimals(t, t->n_cols - 1);
  if (part->money && t->n_rows > 0) {
    pl_string_printf(money, ", with the mean %s in ", part->money);
    add_money_units(r, t, 2, money);
  }
  report_scale_amounts(t, 2, 3, t->n_cols - 2);
  join_measure(t, 2);
  page_blank_repeats(t);
  pl_col *last = &t->col[t->n_cols - 1];
  last->name = strcmp(last->unit, "%") == 0 ? "use %" : last->name;
  last->unit = "";
  return t;
}

/* Try with a column per year, then with fewer, until it fits the page. */
static void add_section(const reporter *r, const section *part, pl_string *out) {
  for (int most = SPANS_MOST; most > 0; most--) {
    pl_string text, idle, money;
    pl_string_init(&text, r->a);
    pl_string_init(&idle, r->a);
    pl_string_init(&money, r->a);
    const pl_table *t = section_table(r, part, most, &idle, &money);
    pl_table_to_text(t, &text);
    if (most > 1 && widest_line(text.text) > PAGE) continue;
    if (t->n_rows == 0 && idle.length == 0) return;
    bool const of_party = part->party >= 0 && r->c->n_parties > 1;
    pl_string_printf(out, "\n%s%s%s%s\n%s", part->heading, of_party ? " of " : "",
                     of_party ? r->c->parties[part->party].name : "", money.text,
                     t->n_rows > 0 ? text.text : "");
    if (idle.length > 0) pl_string_printf(out, "%s\n", idle.text);
    return;
  }
}

static void add_overviews(const reporter *r, pl_string *out) {
  const pl_panel *trades = report_trades(r), *shipments = report_shipments(r);
  add_section(r, &(section){make_production, report_units(r), "production", NULL, -1}, out);
  for (int p = 0; p < r->c->n_parties; p++) {
    add_section(r, &(section){make_sales, trades, "sales", "price", p}, out);
    add_section(r, &(section){make_purchases, trades, "purchases", "price", p}, out);
    add_section(r, &(section){make_freight, shipments, "freight", "cost", p}, out);
  }
}

static void add_agreements(const reporter *r, pl_string *out) {
  if (r->c->n_agreements == 0) return;
  add_section(r, &(section){make_agreed, report_deliveries(r), "agreements", "price", -1}, out);
  page_agreed(r, out);
  page_ledger(r, out);
  page_clauses(r, out);
}

/* Where payment lags behind delivery: what each year's deliveries earn. */
static void add_earned(const reporter *r, const pl_spans *spans, pl_string *out) {
  if (!report_has_later(r)) return;
  pl_table *t = report_earned(r, spans);
  int const last = t->n_cols - 1;
  report_scale const m =
      report_known_scale(report_largest(t, 1, last), r->within, r->currency, r->a);
  report_rescale(t, 1, last, &m);
  for (int k = 1; k <= last; k++) t->col[k].unit = "";
  pl_string_printf(out, "\nresult by year of delivery, regardless of when it is paid, %s\n",
                   m.unit);
  pl_table_to_text(t, out);
}

static void add_accounts(const reporter *r, pl_string *out) {
  pl_spans spans;
  report_spans(r, SPANS_MOST, &spans);
  pl_table *t = report_accounts(r, &spans);
  int const last = t->n_cols - 1;
  report_scale const m =
      report_known_scale(report_largest(t, 2, last), r->within, r->currency, r->a);
  report_rescale(t, 2, last, &m);
  for (int k = 2; k <= last; k++) t->col[k].unit = "";
  page_blank_repeats(t);
  pl_string_printf(out, "\naccounts, %s\n", m.unit);
  pl_table_to_text(t, out);
  pl_string_printf(out, "Money is shown in the year in which it is paid%s.\n",
                   report_has_later(r) ? "; later: after the end of the case" : "");
  if (r->c->n_agreements > 0 && r->c->n_parties > 1)
    pl_string_printf(out, "Payments between the parties (line agreements) cancel in what they earn "
                          "together.\n");
  add_earned(r, &spans, out);
}

static int decimals_of(double money) { return fabs(money) < 100 ? 2 : 0; }

/* What 1 more is worth; an upper bound where that is not known. */
static double worth_of(const pl_bottleneck *b) {
  return b->sides.known && isfinite(b->sides.more) ? b->sides.more : b->worth;
}

static bool differs(double x, double y) {
  return !(fabs(x - y) <= 5e-4 * fmax(fabs(x), fabs(y)) + 5e-3);
}

/* " (1 t less costs 20,117)", where that amount differs. */
static void add_other_side(const pl_bottleneck *b, pl_string *out) {
  char cost[48];
  const char *way = b->less ? "more" : "less";
  if (!b->sides.known || !differs(b->sides.more, b->sides.less)) return;
  if (isinf(b->sides.less))
    pl_string_printf(out, "; no plan is feasible with 1 %s %s", b->unit, way);
  else
    pl_string_printf(out, "; 1 %s %s costs %s", b->unit, way,
                     pretty(b->sides.less, decimals_of(b->sides.less), cost, sizeof cost));
}

static int by_text(const void *x, const void *y) {
  return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The things whose amounts were chosen by rule, by name; returns how many. */
static int chosen_things(const pl_schedule *s, const char **thing, pl_arena *a) {
  const pl_program *p = s->program;
  int n = 0, kept = 0;
  for (int i = 0; s->solution->chosen && i < p->n_column_blocks; i++) {
    const pl_block *block = &p->columns[i];
    bool any = false;
    for (int v = 0; v < block->count; v++) any |= s->solution->chosen[block->first + v];
    if (any) thing[n++] = pl_block_thing(p, block, false, a);
  }
  if (n > 0) qsort(thing, (size_t)n, sizeof *thing, by_text);
  for (int i = 0; i < n; i++)
    if (i == 0 || strcmp(thing[i], thing[kept - 1]) != 0) thing[kept++] = thing[i];
  return kept;
}

/* In what plans that earn the same differ. */
static void add_chosen(const pl_schedule *s, pl_string *out) {
  enum { NAMED = 6 };
  const char **thing =
      PL_NEW_ARRAY(out->arena, const char *, (size_t)s->program->n_column_blocks + 1);
  int const n = chosen_things(s, thing, out->arena);
  for (int i = 0; i < n && i < NAMED; i++)
    pl_string_printf(out, "%s %s", i > 0 ? "," : "\nOther plans earn the same and differ in",
                     thing[i]);
  if (n > NAMED) pl_string_printf(out, " and %d more", n - NAMED);
  if (n > 0) pl_string_printf(out, ". This one has the smallest amounts.\n");
  if (!s->solution->settled)
    pl_string_printf(out, "\nOther plans may earn the same: these amounts and marginal values may "
                          "not be the only ones.\n");
}

/* "19,095 USD for 1 t more in each of 50 months, 382 on average". */
static void add_worth(const pl_bottleneck *b, const char *currency, double years, pl_string *out) {
  char text[48];
  double const worth = worth_of(b);
  bool const by_hour = !isnan(b->hours);
  pl_string_printf(out, "    %s%s %s for 1 %s %s", b->sides.known ? "" : "at most ",
                   pretty(worth, decimals_of(worth), text, sizeof text), currency, b->unit,
                   b->less ? "less" : "more");
  if (b->periods > 1 && !by_hour)
    pl_string_printf(
        out, " in each of %d %s, %s on average", b->periods, b->period,
        pretty(worth / b->periods, decimals_of(worth / b->periods), text, sizeof text));
  if (by_hour && b->hours > 1)
    pl_string_printf(out, " in each of %s hours", pretty(b->hours, 0, text, sizeof text));
  if (years > 1 && by_hour && !differs(worth, b->worth))
    pl_string_printf(out, ", %s per year undiscounted",
                     pretty(b->yearly, decimals_of(b->yearly), text, sizeof text));
  add_other_side(b, out);
}

void pl_report_bottlenecks(const pl_schedule *s, const pl_bottleneck *b, int n, pl_string *out) {
  const char *currency = pl_dim_text(pl_dim_of((pl_dim_name)s->program->c->currency), out->arena);
  if (n == 0) return;
  pl_string_printf(
      out,
      "tightest constraints, and what it is worth to relax each by one unit (present value)\n");
  for (int i = 0; i < n; i++, b++) {
    pl_string_printf(out, "%2d. %s\n", i + 1, b->what);
    add_worth(b, currency, pl_explain_years(s), out);
    if (b->number && !strstr(b->what, b->number)) pl_string_printf(out, "; now %s", b->number);
    if (b->place.line > 0) pl_string_printf(out, "  (%s:%d)", b->place.file, b->place.line);
    pl_string_add(out, "\n", 1);
  }
}

const char *pl_report_how_near(const pl_schedule *s, pl_arena *a) {
  pl_string text;
  reporter r;
  pl_string_init(&text, a);
  report_begin(&r, s, a);
  page_proven(&r, &text);
  return text.length > 0 ? pl_arena_printf(a, "%.*s", (int)strcspn(text.text, "\n"), text.text)
                         : NULL;
}

void pl_report_proven(const pl_schedule *s, pl_string *out) {
  pl_arena *a = pl_arena_new();
  reporter r;
  report_begin(&r, s, a);
  page_proven(&r, out);
  if (s->program->lp.n_integer > 0)
    pl_string_printf(
        out, "Marginal values of goods and limits hold while the integers stay as they are.\n");
  pl_arena_free(a);
}

void pl_report_plan(const pl_schedule *s, const pl_report_facts *f, pl_string *out) {
  pl_arena *a = pl_arena_new();
  reporter r;
  report_begin(&r, s, a);
  add_head(&r, out);
  add_not_proven(&r, out);
  add_accounts(&r, out);
  add_overviews(&r, out);
  page_unit_hours(&r, out);
  page_outages(&r, out);
  add_agreements(&r, out);
  add_chosen(s, out);
  pl_string_add(out, "\n", 1);
  pl_report_bottlenecks(s, f->bottleneck, f->n_bottlenecks, out);
  pl_string_printf(out, "%saudit: ", f->n_bottlenecks > 0 ? "\n" : "");
  pl_report_audit(s, f->audit, out);
  pl_string_printf(
      out, "\nThis is a valuation under the prices that the case states, not a forecast.\n");
  if (f->run)
    pl_string_printf(out, "The run is in %s; next: potline explain %s\n", f->run,
                     pl_text_shell(a, f->run));
  pl_arena_free(a);
}
