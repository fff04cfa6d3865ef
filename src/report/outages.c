/* When planned outages were placed, and the least that another start would have cost. */
#include <math.h>

#include "report/page.h"
#include "report/spans.h"

/* Moving an outage costs at least the difference of the starts' reduced costs, as the objective is
 * concave; this does not hold where on/off would be decided anew. */
static double least_cost(const reporter *r, const pl_outage *o, const pl_block *block, int placed,
                         int *next) {
  const double *worth = r->s->solution->col_dual + block->first;
  double least = (double)INFINITY;
  pl_time begin, end;
  *next = -1;
  if (r->p->lp.n_integer > 0 && r->c->units[o->unit].on_off != PL_ON_OFF_NO) return (double)NAN;
  for (int v = 0; v < block->count; v++) {
    if (v == placed || !pl_outage_may_begin(r->c, o, block->grid, v, &begin, &end)) continue;
    if (!(worth[v] - worth[placed] < least)) continue;
    least = worth[v] - worth[placed];
    *next = v;
  }
  return *next < 0 ? (double)NAN : fmax(0, least);
}

static void add_row(const reporter *r, const pl_block *block, int v, pl_table *t) {
  const pl_outage *o = &r->c->outages[block->thing];
  char from[32], to[32], other[32] = "";
  pl_time begin, end;
  int next;
  if (!pl_outage_may_begin(r->c, o, block->grid, v, &begin, &end)) return;
  double const cost = least_cost(r, o, block, v, &next);
  bool const days = begin % (24 * 60) == 0 && end % (24 * 60) == 0;
  (void)pl_time_format(begin, days ? PL_DAY : PL_HOUR, from, sizeof from);
  (void)pl_time_format(end, days ? PL_DAY : PL_HOUR, to, sizeof to);
  if (next >= 0)
    (void)pl_time_format(block->grid->start[next], days ? PL_DAY : PL_HOUR, other, sizeof other);
  pl_cell const cells[] = {{.text = o->name},
                           {.text = r->c->units[o->unit].name},
                           {.text = pl_arena_strdup(r->a, from)},
                           {.text = pl_arena_strdup(r->a, to)},
                           {.number = 100 * pl_outage_share(o)},
                           {.number = r->s->solution->col_value[block->first + v]},
                           {.text = next >= 0 ? pl_arena_strdup(r->a, other) : NULL},
                           {.number = cost}};
  pl_cell *to_row = pl_table_add_row(t);
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) to_row[i] = cells[i];
}

pl_table *report_outages(const reporter *r) {
  static const double some = 1e-6;
  pl_col const col[] = {
      {"outage", "", PL_COL_TEXT, 0},    {"unit", "", PL_COL_TEXT, 0},
      {"from", "", PL_COL_TEXT, 0},      {"to", "", PL_COL_TEXT, 0},
      {"share", "%", PL_COL_NUMBER, 0},  {"placed", "", PL_COL_NUMBER, 2},
      {"next best", "", PL_COL_TEXT, 0}, {"dearer by at least", r->currency, PL_COL_NUMBER, 0}};
  pl_table *t = pl_table_new(r->a, "outages",
                             "when planned outages take place, and the least that another start "
                             "would have cost (present value)",
                             col, sizeof col / sizeof *col);
  for (int i = 0; i < r->p->n_column_blocks; i++) {
    const pl_block *block = &r->p->columns[i];
    for (int v = 0; block->kind == PL_COLUMN_BEGIN && v < block->count; v++)
      if (r->s->solution->col_value[block->first + v] > some) add_row(r, block, v, t);
  }
  return t;
}

void page_outages(const reporter *r, pl_string *out) {
  if (r->c->n_outages == 0) return;
  const pl_table *t = report_outages(r);
  pl_string_printf(out, "\noutages\n");
  for (int i = 0; i < t->n_rows; i++) {
    const pl_cell *c = &t->cell[(size_t)i * (size_t)t->n_cols];
    pl_string_printf(out, "%s: %s is out from %s to %s", c[0].text, c[1].text, c[2].text,
                     c[3].text);
    if (c[4].number < 100) pl_string_printf(out, ", %s %% of it", page_text(c[4].number, 1, r->a));
    if (c[5].number < 0.999)
      pl_string_printf(out, " (%s of it: relaxed)", page_text(c[5].number, 2, r->a));
    if (c[7].number >= 1)
      pl_string_printf(out, "; starting %s it would cost at least %s %s more", c[6].text,
                       page_text(c[7].number, 0, r->a), r->currency);
    pl_string_printf(out, "\n");
  }
}
