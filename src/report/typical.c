/* Typical days or weeks: which were chosen, how many days each stands for, and how well they
 * represent the others. */
#include <math.h>
#include <string.h>

#include "report/page.h"
#include "report/reporter.h"

static const char *word(const reporter *r) {
  return isfinite(r->c->calendar.typical_weeks) ? "week" : "day";
}

static const char *group_word(const reporter *r) {
  static const char *const words[] = {"month", "quarter", "year"};
  int const of = r->c->calendar.typical_of;
  return words[of > 0 ? of : 0];
}

static int count_typical(const pl_typical *t) {
  int n = 0;
  for (int d = 0; d < t->n; d++) n += t->times[d] > 0;
  return n;
}

void page_typical(const reporter *r, pl_string *out) {
  const pl_typical *t = r->c->typical;
  if (!t) return;
  bool const weeks = isfinite(r->c->calendar.typical_weeks);
  double const wanted = weeks ? r->c->calendar.typical_weeks : r->c->calendar.typical_days;
  pl_string_printf(out, "typical %ss: %s of each %s, %s of %s %ss in all, represent the others\n",
                   word(r), page_text(wanted, 0, r->a), group_word(r),
                   page_text(count_typical(t), 0, r->a), page_text(t->n, 0, r->a), word(r));
  for (int i = 0; i < r->c->n_typical_errors; i++) {
    const pl_typical_error *e = &r->c->typical_error[i];
    const pl_quotation *q = pl_quotes_at(r->c->quotes, e->quotation);
    int const decimals = e->deviation < 1 ? 4 : 1;
    pl_dim const dim = pl_measure_dim(&q->unit);
    pl_string_printf(out,
                     "  %s: load-duration curve off by %s %s (root mean square); the standard "
                     "deviation of the hours is %s\n",
                     q->name, page_text(e->duration, decimals, r->a),
                     pl_dim_is_none(dim) ? "" : pl_dim_text(dim, r->a),
                     page_text(e->deviation, decimals, r->a));
  }
}

/* Every real day and the one that stands in for it. */
pl_table *report_typical(const reporter *r) {
  static const pl_col col[] = {{"period", "", PL_COL_DATE, 0},
                               {"stands in", "", PL_COL_DATE, 0},
                               {"stands for", "", PL_COL_NUMBER, 0}};
  const pl_typical *t = r->c->typical;
  pl_table *table = pl_table_new(r->a, "typical",
                                 "the real days or weeks, the typical one that stands in for each, "
                                 "and for how many each stands",
                                 col, 3);
  char buf[32];
  for (int d = 0; t && d < t->n; d++) {
    pl_cell *cell = pl_table_add_row(table);
    (void)pl_time_format(t->start[d], PL_DAY, buf, sizeof buf);
    cell[0].text = pl_arena_strdup(r->a, buf);
    (void)pl_time_format(t->start[t->of[d]], PL_DAY, buf, sizeof buf);
    cell[1].text = pl_arena_strdup(r->a, buf);
    cell[2].number = t->times[d];
  }
  return table;
}
