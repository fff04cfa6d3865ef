/* The hours of a month as shares of its mean: those of the table, and the seeded disturbance around
 * them.
 *
 * With s the table's factor over its mean in the month, the raw factor of hour h is
 *     r = s + spread · x + spike,   x = k · x(h − 1) + √(1 − k²) · z(h),   k = memory / (memory + 1
 * h) where z is nearly normal and a spike is, at its chance, s · height · (1/√u − 1). What is below
 * 0 is cut to its part `below_zero`; what is above is stretched so that the mean is 1.
 *
 * Only + − × ÷ √ are used, which every machine rounds alike. */
#include "price/hours.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/philox.h"

enum {
  HOUR = 60,
  DAY = 24 * HOUR,
  MEMORIES = 8,      /* before a month, from which its disturbance is started */
  SPIKE_HEIGHTS = 5, /* at most */
  MONTHS_MAX = 600
};

struct pl_hours {
  pl_hours_form form;
  pl_time from;
  int n_months;
  double **month; /* [n_months][its hours] */
  pl_time *start; /* [n_months + 1] */
};

void pl_hours_flat(pl_hours_form *f) {
  *f = (pl_hours_form){.below_zero = 1};
  for (int k = 0; k < 2 * 12 * 24; k++) f->factor[k / 288][k / 24 % 12][k % 24] = 1;
}

/* --- The table -------------------------------------------------------------------------------- */

typedef struct {
  int month, hour; /* from 0 */
  bool weekend;
} clock_time;

static clock_time clock_at(pl_zone zone, pl_time utc) {
  int year, month, day, minute;
  pl_time const local = pl_zone_local(zone, utc);
  pl_time_civil(local, &year, &month, &day, &minute);
  pl_time const days = (local - minute) / DAY; /* since a Thursday */
  int const weekday = (int)(((days + 3) % 7 + 7) % 7);
  return (clock_time){month - 1, minute / HOUR, weekday >= 5};
}

static double mean_of(const double *x, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += x[i];
  return sum / n;
}

/* The table's factors over their mean; clock gets each hour's place in the table. */
static void put_shape(const pl_hours_form *f, pl_time from, int n, clock_time *clock, double *out) {
  for (int i = 0; i < n; i++) {
    clock[i] = clock_at(f->zone, from + (pl_time)i * HOUR);
    out[i] = f->factor[clock[i].weekend][clock[i].month][clock[i].hour];
  }
  double const mean = mean_of(out, n);
  for (int i = 0; i < n; i++) out[i] /= mean;
}

/* --- The disturbance -------------------------------------------------------------------------- */

enum { NORMAL, SPIKE };

static void draw(const pl_hours_form *f, int64_t hour, uint32_t kind, uint32_t word[4]) {
  uint64_t const place = (uint64_t)hour;
  pl_philox(f->seed, (uint32_t[4]){(uint32_t)place, (uint32_t)(place >> 32), kind, 0}, word);
}

/* The sum of eight uniform numbers, brought to variance 1. */
static double normal(const pl_hours_form *f, int64_t hour) {
  uint32_t word[4];
  int64_t sum = 0;
  draw(f, hour, NORMAL, word);
  for (int i = 0; i < 4; i++) sum += (int64_t)(word[i] & 0xffff) + (int64_t)(word[i] >> 16);
  double const centred = (double)(sum - 8 * 0x8000 + 4) / 65536;
  return centred * sqrt(1.5);
}

static double spike(const pl_hours_form *f, int64_t hour) {
  uint32_t word[4];
  draw(f, hour, SPIKE, word);
  double const chance = ((double)word[0] + 0.5) / 4294967296.0,
               rest = ((double)word[1] + 0.5) / 4294967296.0;
  if (chance >= f->spikes) return 0;
  double const heights = 1 / sqrt(rest) - 1;
  return f->spike * (heights < SPIKE_HEIGHTS ? heights : SPIKE_HEIGHTS);
}

static void disturb(const pl_hours_form *f, int64_t hour, int n, const clock_time *clock,
                    double *out) {
  double const keeps = f->memory / (f->memory + 1), takes = sqrt(1 - keeps * keeps);
  int const before = (int)(MEMORIES * f->memory) + 1;
  double x = normal(f, hour - before);
  for (int i = 1 - before; i < n; i++) {
    x = keeps * x + takes * normal(f, hour + i);
    if (i < 0) continue;
    double const own = f->spread[clock[i].month][clock[i].hour] * x;
    out[i] += own + (f->spikes > 0 ? out[i] * spike(f, hour + i) : 0);
  }
}

/* Below 0 cut, above 0 stretched, so that the mean is 1. */
static void settle(const pl_hours_form *f, int n, double *out) {
  double above = 0, below = 0;
  for (int i = 0; i < n; i++) {
    if (out[i] < 0) out[i] *= f->below_zero;
    if (out[i] < 0) below += out[i];
    if (out[i] > 0) above += out[i];
  }
  double const stretch = above > 0 ? (n - below) / above : 1;
  for (int i = 0; i < n; i++)
    if (out[i] > 0) out[i] *= stretch;
  double const rest =
      1 - mean_of(out, n); /* from rounding, or all of it where nothing is above 0 */
  for (int i = 0; i < n; i++) out[i] += rest;
}

/* The factors of the month that begins at from; their number. */
static int put_month(const pl_hours_form *f, pl_time from, double out[PL_MONTH_HOURS_MAX]) {
  clock_time clock[PL_MONTH_HOURS_MAX];
  int const n = (int)((pl_step_add(PL_MONTH, from, 1) - from) / HOUR);
  put_shape(f, from, n, clock, out);
  if (!f->disturbed) return n;
  disturb(f, from / HOUR, n, clock, out);
  settle(f, n, out);
  return n;
}

/* --- Made ready ------------------------------------------------------------------------------- */

pl_hours *pl_hours_new(const pl_hours_form *f, pl_time from, pl_time to, pl_arena *a) {
  assert(!f->disturbed || (f->memory >= 0 && f->memory <= PL_HOURS_MEMORY_MAX));
  pl_hours *h = PL_NEW(a, pl_hours);
  h->form = *f;
  h->from = pl_step_floor(PL_MONTH, from);
  h->month = PL_NEW_ARRAY(a, double *, MONTHS_MAX);
  h->start = PL_NEW_ARRAY(a, pl_time, MONTHS_MAX + 1);
  h->start[0] = h->from;
  while (h->n_months < MONTHS_MAX && h->start[h->n_months] < to) {
    double hours[PL_MONTH_HOURS_MAX];
    int const m = h->n_months++;
    size_t const n = (size_t)put_month(f, h->start[m], hours);
    h->month[m] = PL_NEW_ARRAY(a, double, n);
    memcpy(h->month[m], hours, n * sizeof *hours);
    h->start[m + 1] = pl_step_add(PL_MONTH, h->start[m], 1);
  }
  return h;
}

/* The factors of the month that begins at from, worked out into own if they are not at hand. */
static const double *month_of(const pl_hours *h, pl_time from, double own[PL_MONTH_HOURS_MAX]) {
  enum { SHORTEST = 28 * DAY };
  if (from >= h->from && from < h->start[h->n_months]) {
    int m = (int)((from - h->from) / SHORTEST);
    if (m >= h->n_months) m = h->n_months - 1;
    while (h->start[m] > from) m--;
    return h->month[m];
  }
  (void)put_month(&h->form, from, own);
  return own;
}

double pl_hours_mean(const pl_hours *h, pl_time from, pl_time to) {
  double own[PL_MONTH_HOURS_MAX];
  pl_time const start = pl_step_floor(PL_MONTH, from), end = pl_step_add(PL_MONTH, start, 1);
  assert(from < to && to <= end);
  if (from == start && to == end) return 1;
  const double *hours = month_of(h, start, own);
  int const first = (int)((from - start) / HOUR), last = (int)((to - 1 - start) / HOUR);
  double sum = 0;
  for (int i = first; i <= last; i++) {
    pl_time const begins = start + (pl_time)i * HOUR, ends = begins + HOUR;
    sum += hours[i] * (double)((ends < to ? ends : to) - (begins > from ? begins : from));
  }
  return first == last ? hours[first] : sum / (double)(to - from);
}
