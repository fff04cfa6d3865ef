/* What the elastic program's answer says of a bound: the row that holds it, its price, and by how
 * much it gives way. */
#include <math.h>

#include "explain/elastic.h"

int pl_elastic_row(const pl_elastic *e, const pl_elastic_side *s, int v) {
  int const at = s->block->first + v;
  if (s->is_row) return at;
  return e->column_row[s->upper][at];
}

double pl_elastic_dual(const pl_elastic *e, const pl_elastic_side *s, int v) {
  int const row = pl_elastic_row(e, s, v);
  double const dual =
      row >= 0 ? e->answer->row_dual[row] : e->answer->col_dual[s->block->first + v];
  return s->upper ? fmin(0, dual) : fmax(0, dual);
}

double pl_elastic_given(const pl_elastic *e, const pl_elastic_side *s, int v) {
  if (s->slack[v] < 0) return 0;
  double const relative = e->answer->col_value[s->slack[v]] / e->typical;
  return relative > PL_ELASTIC_ROUNDING ? relative * pl_elastic_weight(e, s, v) : 0;
}

bool pl_elastic_tight(const pl_elastic *e, const pl_elastic_side *s, int v) {
  double const given = pl_elastic_given(e, s, v);
  if (given == 0) return false;
  const pl_lp *lp = &e->sketch.lp;
  int const row = pl_elastic_row(e, s, v);
  /* the row's own value has the slack in it */
  double const left = e->answer->row_value[row] - (s->upper ? lp->row_upper : lp->row_lower)[row];
  return fabs(left) <= PL_ELASTIC_ROUNDING * fmax(given, pl_elastic_weight(e, s, v));
}
