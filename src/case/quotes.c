/* Turns the section of quotations into price series: from a CSV file, from numbers in the case,
 * from a formula over other quotations, or from monthly prices shaped into hours. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "case/reading.h"

static bool given(const pl_quotation_field *q, int field) { return q->said[field].line > 0; }

static pl_beyond beyond_of(const pl_quotation_field *q) {
  static const pl_beyond of[] = {PL_BEYOND_ERROR, PL_BEYOND_HOLD,
                                 PL_BEYOND_REPEAT}; /* as the field's choices */
  if (q->beyond >= 0) return of[q->beyond];
  /* Dated values hold until the next, the last one for good. */
  return q->values.from ? PL_BEYOND_HOLD : PL_BEYOND_ERROR;
}

/* --- Numbers in the case -------------------------------------------------------------------- */

/* The unit of all values: that of the field, or of the first value; without one they are plain
 * numbers. */
static pl_status read_units(pl_reading *r, const pl_quotation_field *q, const pl_values *v,
                            pl_quotation *out) {
  pl_status status = PL_OK;
  out->unit = q->unit.factor > 0 ? q->unit : v->unit[0];
  if (!(out->unit.factor > 0)) out->unit.factor = 1;
  const char *const unit = pl_measure_text(&out->unit, r->a);
  for (int i = 0; i < v->n; i++) {
    const pl_measure *const own = v->unit[i].factor > 0 ? &v->unit[i] : &out->unit;
    out->value[i] = v->value[i] * own->factor;
    if (pl_dim_equal(own->dim, out->unit.dim) && pl_measure_same_steps(own, &out->unit)) continue;
    const char *const other = pl_measure_text(own, r->a);
    if (pl_dim_equal(pl_measure_dim(own), pl_measure_dim(&out->unit))) {
      status =
          pl_fail(r->diag, PL_UNIT, v->place[i],
                  "the quotation '%s' and this value are per different units of time", q->name);
      pl_hint(r->diag, "write all of its values in one unit, such as %s", unit);
    } else {
      status =
          pl_fail(r->diag, PL_UNIT, v->place[i],
                  "the quotation '%s' is in %s, but this value is in %s", q->name, unit, other);
    }
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
  if (v->n == 0) return PL_RANGE; /* reported by its reader */
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

/* The file that refers to another; a setting is in no file. */
static const char *file_by(const pl_reading *r, pl_place at) {
  return pl_files_find(r->files, at.file) ? at.file : r->main;
}

static pl_status read_file(pl_reading *r, const pl_quotation_field *q, pl_quotation *out) {
  pl_place const at = q->said[PL_quotation_file];
  bool const own = given(q, PL_quotation_column);
  if (!q->file) return PL_SYNTAX; /* reported by its reader */
  pl_quotation_source const from = {.file = q->file,
                                    .column = own && q->column ? q->column : q->name,
                                    .zone = q->zone ? q->zone : "UTC",
                                    .file_place = at,
                                    .zone_place = q->said[PL_quotation_zone],
                                    .column_place = own ? q->said[PL_quotation_column] : q->place,
                                    .unit = q->unit.factor > 0 ? &q->unit : NULL,
                                    .step = q->step,
                                    .table = &r->table};
  return pl_quotation_read(&from, r->files, file_by(r, at), r->a, out, r->diag);
}

/* --- Hours of a monthly price ----------------------------------------------------------------- */

static const int hourly_fields[] = {
    PL_quotation_shape,  PL_quotation_seed,  PL_quotation_spread,    PL_quotation_memory,
    PL_quotation_spikes, PL_quotation_spike, PL_quotation_below_zero};
enum { HOURLY_FIELDS = sizeof hourly_fields / sizeof *hourly_fields };

/* Fields about hours require 'hours of', and those about a disturbance require a seed. */
static pl_status want_hours(pl_reading *r, const pl_quotation_field *q) {
  bool const hours = given(q, PL_quotation_hours_of), drawn = given(q, PL_quotation_seed);
  const char *const lacks = hours ? "'seed'" : "'hours of'";
  for (int i = 0; i < HOURLY_FIELDS; i++) {
    int const field = hourly_fields[i];
    bool const fits = hours && (drawn || field == PL_quotation_shape);
    if (!given(q, field) || fits) continue;
    return pl_fail(r->diag, PL_SYNTAX, q->said[field],
                   "the quotation '%s' has no %s, which '%s' requires", q->name, lacks,
                   pl_nouns[PL_NOUN_quotation].field[field].key);
  }
  if (!drawn || isnan(q->seed) || q->seed == floor(q->seed)) return PL_OK;
  return pl_fail(r->diag, PL_RANGE, q->said[PL_quotation_seed], "'seed' requires a whole number");
}

/* NAN if it is given and its reader has reported an error. */
static double number_or(const pl_quotation_field *q, int field, double value, double otherwise) {
  return given(q, field) ? value : otherwise;
}

static pl_status want_spread(pl_reading *r, const pl_quotation_field *q, pl_hours_form *form) {
  if (given(q, PL_quotation_spread)) {
    if (isnan(q->spread)) return PL_RANGE; /* reported by its reader */
    for (int k = 0; k < 12 * 24; k++) form->spread[k / 24][k % 24] = q->spread;
    return PL_OK;
  }
  if (form->has_spread) return PL_OK;
  return pl_fail(r->diag, PL_SYNTAX, q->said[PL_quotation_seed],
                 "a disturbance requires 'spread', or a shape with a column 'spread'");
}

static pl_status read_disturbance(pl_reading *r, const pl_quotation_field *q, pl_hours_form *form) {
  enum { MEMORY = 12 };
  form->disturbed = given(q, PL_quotation_seed);
  if (!form->disturbed) return PL_OK;
  double const seed = number_or(q, PL_quotation_seed, q->seed, 0);
  form->memory = number_or(q, PL_quotation_memory, q->memory, MEMORY);
  form->spikes = number_or(q, PL_quotation_spikes, q->spikes, 0);
  form->spike = number_or(q, PL_quotation_spike, q->spike, 1);
  form->below_zero = number_or(q, PL_quotation_below_zero, q->below_zero, 1);
  double const all = seed + form->memory + form->spikes + form->spike + form->below_zero;
  if (isnan(all)) return PL_RANGE; /* reported by the reader of one */
  form->seed = (uint64_t)seed;
  return want_spread(r, q, form);
}

/* Windows such as [D-7] look back a little. */
static void make_hours(pl_reading *r, const pl_hours_form *form, pl_quotation *out) {
  pl_time const from = pl_step_floor(PL_MONTH, r->c->from);
  out->hours = pl_hours_new(form, pl_step_add(PL_MONTH, from, -1), r->c->to, r->a);
}

static pl_status read_hours(pl_reading *r, const pl_quotation_field *q, pl_quotation *out) {
  pl_hours_form form;
  pl_place const at = q->said[PL_quotation_shape];
  pl_hours_flat(&form);
  PL_TRY(pl_zone_want(q->zone ? q->zone : "UTC", q->said[PL_quotation_zone], r->a, &form.zone,
                      r->diag));
  if (given(q, PL_quotation_shape)) {
    if (!q->shape) return PL_SYNTAX; /* reported by its reader */
    PL_TRY(pl_hours_read(q->shape, at, r->files, file_by(r, at), r->a, &form, r->diag));
  }
  PL_TRY(read_disturbance(r, q, &form));
  out->formula = q->hours_of;
  if (!out->formula) return PL_SYNTAX;
  make_hours(r, &form, out);
  return PL_OK;
}

static pl_status want_one_source(pl_reading *r, const pl_quotation_field *q) {
  static const int sources[] = {PL_quotation_value, PL_quotation_values, PL_quotation_formula,
                                PL_quotation_file, PL_quotation_hours_of};
  int n = 0, last = 0;
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    if (!given(q, sources[i])) continue;
    last = sources[i];
    n++;
  }
  if (n == 1) return PL_OK;
  if (n == 0)
    return pl_fail(r->diag, PL_SYNTAX, q->place,
                   "the quotation '%s' requires a value, values, a formula, a file or 'hours of'",
                   q->name);
  return pl_fail(
      r->diag, PL_SYNTAX, q->said[last],
      "the quotation '%s' has more than one of value, values, formula, file and hours of", q->name);
}

static pl_status read_quotation(pl_reading *r, const pl_quotation_field *q) {
  pl_quotation out = {.name = q->name, .place = q->place, .unit = q->unit, .beyond = beyond_of(q)};
  PL_TRY(want_one_source(r, q));
  PL_TRY(want_hours(r, q));
  if (given(q, PL_quotation_formula)) {
    out.formula = q->formula;
    if (!out.formula) return PL_SYNTAX;
  } else if (given(q, PL_quotation_hours_of)) {
    PL_TRY(read_hours(r, q, &out));
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
