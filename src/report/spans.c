/* Years as columns, joined where there is no room for all, and amounts added up by them. */
#include "report/spans.h"

#include <math.h>

static const char *span_name(const reporter *r, int first, int last) {
  const pl_grid *years = &r->s->years;
  int a = 0, b = 0, month = 0, day = 0, minute = 0;
  pl_time_civil(years->start[first], &a, &month, &day, &minute);
  pl_time_civil(years->start[last], &b, &month, &day, &minute);
  if (first == last) return pl_arena_printf(r->a, "%d", a);
  return pl_arena_printf(r->a, a / 100 == b / 100 ? "%d–%02d" : "%d–%d", a,
                         a / 100 == b / 100 ? b % 100 : b);
}

void report_spans(const reporter *r, int most, pl_spans *out) {
  int const years = r->s->n_years, length = most >= years ? 1 : (years + most - 1) / most;
  *out = (pl_spans){.years = &r->s->years};
  out->of_year = PL_NEW_ARRAY(r->a, int, (size_t)years + 1);
  out->name = PL_NEW_ARRAY(r->a, const char *, (size_t)years + 1);
  for (int first = 0; first < years; first += length) {
    int const last = first + length <= years ? first + length - 1 : years - 1;
    out->name[out->n] = span_name(r, first, last);
    for (int y = first; y <= last; y++) out->of_year[y] = out->n;
    out->n++;
  }
}

void report_add_by_span(const pl_spans *spans, const pl_series *s, int value, double *by_span) {
  const double *x = pl_series_values(s, value);
  for (int v = 0; v < s->grid->n; v++) {
    if (isnan(x[v]) || x[v] == 0) continue;
    for (pl_share part = pl_share_slice(spans->years, s->grid, v); part.ok;
         pl_share_next(spans->years, &part))
      by_span[spans->of_year[part.r]] += x[v] * part.share;
  }
}
