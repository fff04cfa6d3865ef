/* Shared by the text pages: numbers, the title line, the sentences about agreements. */
#include "report/page.h"

#include <math.h>
#include <string.h>

#include "report/digits.h"
#include "report/spans.h"

/* A number for people; buf of PAGE_NUMBER. */
static const char *number(double x, int decimals, char *buf) {
  (void)pl_number_pretty(x, decimals, buf, PAGE_NUMBER);
  return buf;
}

const char *page_text(double x, int decimals, pl_arena *a) {
  char buf[PAGE_NUMBER];
  return pl_arena_strdup(a, number(x, decimals, buf));
}

const char *page_amount(double x, const char *unit, pl_arena *a) {
  static const struct {
    const char *small, *large;
  } larger[] = {{"t", "kt"}, {"MWh", "GWh"}};
  for (size_t i = 0; fabs(x) >= 1000 && i < sizeof larger / sizeof larger[0]; i++)
    if (strcmp(unit, larger[i].small) == 0)
      return pl_arena_printf(a, "%s %s", page_text(x / 1000, fabs(x) < 1e6 ? 2 : 1, a),
                             larger[i].large);
  return pl_arena_printf(a, "%s %s", page_text(x, fabs(x) < 100 ? 2 : 0, a), unit);
}

/* A case that begins or ends within one of its periods says so, as that period is incomplete. */
static void add_parts(const pl_case *c, pl_step step, pl_string *out) {
  char day[32];
  pl_time const ends[] = {c->from, c->to};
  for (int i = 0; i < 2; i++) {
    if (pl_step_floor(step, ends[i]) == ends[i]) continue;
    pl_step fine = PL_MONTH;
    while (fine > PL_HOUR && pl_step_floor(fine, ends[i]) != ends[i])
      fine = fine == PL_MONTH ? PL_DAY : PL_HOUR;
    bool const hour =
        fine == PL_HOUR; /* a point in time; else the month or day named is included */
    (void)pl_time_format(ends[i] - (hour ? 0 : i), fine, day, sizeof day);
    pl_string_printf(out, " (%s %s %s)",
                     i == 0 ? "from"
                     : hour ? "until"
                            : "to the end of",
                     day, i == 0 ? "on" : "only");
  }
}

void page_title(const reporter *r, pl_string *out) {
  const pl_case *c = r->c;
  char from[32], to[32], percent[PAGE_NUMBER];
  pl_step const shown = c->step < PL_DAY ? PL_DAY : c->step;
  (void)pl_time_format(c->from, shown, from, sizeof from);
  (void)pl_time_format(c->to - 1, shown, to, sizeof to);
  const char *title = c->calendar.title ? c->calendar.title : c->folder;
  pl_string_printf(out, "%s%s%s, %s … %s", pl_text_safe(r->a, title, strlen(title)),
                   c->scenario ? ", scenario " : "", c->scenario ? c->scenario : "", from, to);
  add_parts(c, shown, out);
  pl_string_printf(out, ", %s", r->currency);
  if (c->calendar.discount > 0)
    pl_string_printf(out, ", present value at %s %%/year",
                     number(100 * c->calendar.discount, 1, percent));
}

void page_proven(const reporter *r, pl_string *out) {
  if (r->p->lp.n_integer == 0 || r->s->solution->state != PL_SOLVED) return;
  double const gap = r->within / fmax(1, fabs(r->s->solution->objective));
  if (!(r->within > 0))
    pl_string_printf(out, "proven optimal; plans with other integer values may earn the same\n");
  else
    pl_string_printf(out,
                     "proven within %s of the optimum: ± %s; other plans within this gap may have "
                     "other amounts\n",
                     report_share(gap, r->a), report_within(r->within, r->currency, r->a));
}

static pl_cell *row(const pl_table *t, int i) { return &t->cell[(size_t)i * (size_t)t->n_cols]; }

void page_blank_repeats(pl_table *t) {
  for (int i = t->n_rows - 1; i > 0; i--)
    if (row(t, i)[0].text && row(t, i - 1)[0].text &&
        strcmp(row(t, i)[0].text, row(t, i - 1)[0].text) == 0)
      row(t, i)[0].text = "";
}

enum { NAME, YEAR = 4, MEASURE, FIRST_OF_LEDGER = 11 };

static bool add_ledger_row(const reporter *r, const pl_table *t, int i, bool any, pl_string *out) {
  bool said = false;
  for (int k = FIRST_OF_LEDGER; k < t->n_cols; k++) {
    double const x = row(t, i)[k].number;
    if (!(x > 1e-6)) continue;
    if (!said)
      pl_string_printf(out, "%s%s %s: ", any ? "" : "\nledger of the agreements\n",
                       row(t, i)[NAME].text, row(t, i)[YEAR].text);
    pl_string_printf(out, "%s%s %s", said ? ", " : "", t->col[k].name,
                     page_amount(x, row(t, i)[MEASURE].text, r->a));
    said = true;
  }
  if (said) pl_string_printf(out, "\n");
  return any || said;
}

void page_ledger(const reporter *r, pl_string *out) {
  const pl_table *t = report_agreements(r);
  bool any = false;
  for (int i = 0; i < t->n_rows; i++) any = add_ledger_row(r, t, i, any, out);
}

/* A cell of a user's text on one line. */
static const char *safe(const reporter *r, const pl_cell *cell) {
  return cell->text ? pl_text_safe(r->a, cell->text, strlen(cell->text)) : "";
}

void page_clauses(const reporter *r, pl_string *out) {
  const pl_table *t = report_clauses(r);
  if (t->n_rows > 0) pl_string_printf(out, "\nrecorded, not planned\n");
  for (int i = 0; i < t->n_rows; i++) {
    const pl_cell *cell = row(t, i);
    pl_string_printf(out, "%s, %s: %s; %s\n", safe(r, &cell[0]), safe(r, &cell[1]),
                     safe(r, &cell[2]), safe(r, &cell[3]));
  }
}
