/* The section of quotations as price series: from a CSV file, from numbers in the case, or from a
 * formula over the others. */
#include <stdlib.h>
#include <string.h>

#include "case/reading.h"

static bool given(const pl_quotation_field *q, int field) { return q->said[field].line > 0; }

static pl_beyond beyond_of(const pl_quotation_field *q) {
  static const pl_beyond of[] = {PL_BEYOND_ERROR, PL_BEYOND_HOLD,
                                 PL_BEYOND_REPEAT}; /* as the field's choices */
  if (q->beyond >= 0) return of[q->beyond];
  /* Dated values hold until the next, the last one on and on. */
  return q->values.from ? PL_BEYOND_HOLD : PL_BEYOND_ERROR;
}

/* --- Numbers in the case -------------------------------------------------------------------- */

/* The unit of all values: the field's, or that of the first value; without any they are plain
 * numbers. Values are brought to inside units. */
static pl_status read_units(pl_reading *r, const pl_quotation_field *q, const pl_values *v,
                            pl_quotation *out) {
  pl_status status = PL_OK;
  out->unit = q->unit.factor > 0 ? q->unit : v->unit[0];
  if (!(out->unit.factor > 0)) out->unit.factor = 1;
  for (int i = 0; i < v->n; i++) {
    const pl_measure *const own = v->unit[i].factor > 0 ? &v->unit[i] : &out->unit;
    out->value[i] = v->value[i] * own->factor;
    bool const same = pl_dim_equal(own->dim, out->unit.dim) &&
                      !memcmp(own->calendar, out->unit.calendar, sizeof own->calendar);
    if (same) continue;
    status =
        pl_fail(r->diag, PL_UNIT, v->place[i], "the quotation '%s' is in %s, and this value is not",
                q->name, pl_dim_text(pl_measure_dim(&out->unit), r->a));
  }
  return status;
}

static void read_times(pl_reading *r, const pl_quotation_field *q, const pl_values *v,
                       pl_quotation *out) {
  pl_step step = q->step >= 0 ? (pl_step)q->step : r->c->step;
  if (v->from) {
    memcpy(out->from, v->from, (size_t)v->n * sizeof *out->from);
    if (q->step < 0) step = v->step[v->n - 1];
    out->until = pl_step_add(step, pl_step_floor(step, out->from[v->n - 1]), 1);
  } else if (v->listed) { /* as many as read_inline lets pass */
    pl_time const first = pl_step_floor(step, r->c->from);
    for (int i = 0; i < v->n; i++) out->from[i] = pl_step_add(step, first, i);
    out->until = pl_step_add(step, first, v->n);
  } else { /* one value for all time */
    out->from[0] = pl_time_of(1600, 1, 1);
    out->until = pl_time_of(2400, 1, 1);
  }
}

static pl_status read_inline(pl_reading *r, const pl_quotation_field *q, const pl_values *v,
                             pl_quotation *out) {
  enum { LISTED_MAX = 10000 };
  if (v->n == 0) return PL_RANGE; /* its reader complained */
  if (v->listed && v->n > LISTED_MAX) {
    return pl_fail(r->diag, PL_RANGE, v->place[0], "more than %d values belong in a file",
                   (int)LISTED_MAX);
  }
  out->n = v->n;
  out->from = PL_NEW_ARRAY(r->a, pl_time, (size_t)v->n);
  out->value = PL_NEW_ARRAY(r->a, double, (size_t)v->n);
  PL_TRY(read_units(r, q, v, out));
  read_times(r, q, v, out);
  return PL_OK;
}

/* --- One quotation -------------------------------------------------------------------------- */

static pl_status read_file(pl_reading *r, const pl_quotation_field *q, pl_quotation *out) {
  pl_place const at = q->said[PL_quotation_file];
  bool const own = given(q, PL_quotation_column);
  if (!q->file) return PL_SYNTAX; /* its reader complained */
  pl_quotation_source const from = {.file = q->file,
                                    .column = own && q->column ? q->column : q->name,
                                    .zone = q->zone ? q->zone : "UTC",
                                    .file_place = at,
                                    .zone_place = q->said[PL_quotation_zone],
                                    .column_place = own ? q->said[PL_quotation_column] : q->place,
                                    .unit = q->unit.factor > 0 ? &q->unit : NULL,
                                    .step = q->step,
                                    .table = &r->table};
  const char *const by =
      pl_files_find(r->files, at.file) ? at.file : r->main; /* a setting stands in no file */
  return pl_quotation_read(&from, r->files, by, r->a, out, r->diag);
}

static pl_status want_one_source(pl_reading *r, const pl_quotation_field *q) {
  static const int sources[] = {PL_quotation_value, PL_quotation_values, PL_quotation_formula,
                                PL_quotation_file};
  int n = 0, last = 0;
  for (int i = 0; i < 4; i++) {
    if (!given(q, sources[i])) continue;
    last = sources[i];
    n++;
  }
  if (n == 1) return PL_OK;
  if (n == 0)
    return pl_fail(r->diag, PL_SYNTAX, q->place,
                   "the quotation '%s' wants a value, values, a formula or a file", q->name);
  return pl_fail(r->diag, PL_SYNTAX, q->said[last],
                 "the quotation '%s' has more than one of value, values, formula and file",
                 q->name);
}

static pl_status read_quotation(pl_reading *r, const pl_quotation_field *q) {
  pl_quotation out = {.name = q->name, .place = q->place, .unit = q->unit, .beyond = beyond_of(q)};
  PL_TRY(want_one_source(r, q));
  if (given(q, PL_quotation_formula)) {
    out.formula = q->formula;
    if (!out.formula) return PL_SYNTAX;
  } else if (given(q, PL_quotation_file)) {
    PL_TRY(read_file(r, q, &out));
  } else {
    PL_TRY(read_inline(r, q, given(q, PL_quotation_value) ? &q->value : &q->values, &out));
  }
  return pl_quotes_add(r->c->quotes, &out, r->diag);
}

bool pl_case_quotes(pl_reading *r) {
  pl_case *const c = r->c;
  bool sound = true;
  c->quotes = pl_quotes_new(r->a, c->currency);
  for (int i = 0; i < c->n_quotations; i++) {
    bool const broken = r->broken[PL_NOUN_quotation][i];
    sound = !broken && read_quotation(r, &c->quotations[i]) == PL_OK && sound;
  }
  if (!sound) return false;
  const pl_exchange *const e = &c->calendar.exchange;
  for (int i = 0; i < e->n; i++) {
    sound = pl_quotes_exchange(c->quotes, e->currency[i], e->quotation[i], e->place[i], r->diag) ==
                PL_OK &&
            sound;
  }
  return pl_quotes_finish(c->quotes, r->diag) == PL_OK && sound;
}
