/* How many digits of a number are significant. */
#include "report/digits.h"

#include <math.h>

#include "base/text.h"

static bool is_known(double within) { return !(within > 0) || isinf(within); }

int report_digits(double within, double largest, int decimals) {
  if (is_known(within)) return decimals;
  int const supported = (int)floor(1e-9 - log10(within));
  int const first = largest > 0 ? -(int)floor(log10(largest)) : 0;
  int const digits = supported > first ? supported : first;
  return digits < decimals ? digits : decimals;
}

report_scale report_known_scale(double largest, double within, const char *currency, pl_arena *a) {
  report_scale s = report_money_scale(largest, currency, a);
  s.decimals = report_digits(within / s.factor, largest / s.factor, s.decimals);
  return s;
}

bool report_is_open(double x, double within) { return !is_known(within) && fabs(x) <= within; }

/* Two significant digits, rounded up. */
static double rounded_up(double x) {
  if (!(x > 0) || isinf(x)) return x;
  double const step = pow(10, floor(log10(x)) - 1);
  return step * ceil(x / step - 1e-9);
}

static int digits_of_two(double x) {
  int const n = x > 0 ? 1 - (int)floor(log10(x) + 1e-9) : 0;
  return n > 0 ? n : 0;
}

static const char *two_digits(double within, pl_arena *a) {
  char buf[64];
  double const x = rounded_up(within);
  (void)pl_number_pretty(x, digits_of_two(x), buf, sizeof buf);
  return pl_arena_strdup(a, buf);
}

const char *report_within(double within, const char *currency, pl_arena *a) {
  report_scale const s = report_money_scale(rounded_up(within), currency, a);
  return pl_arena_printf(a, "%s %s", two_digits(within / s.factor, a), s.unit);
}

const char *report_share(double within, pl_arena *a) {
  return pl_arena_printf(a, "%s %%", two_digits(100 * within, a));
}

static void set_digits(pl_table *t, int k, const double *within, int decimals) {
  double worst = 0, largest = 0;
  for (int i = 0; i < t->n_rows; i++) {
    size_t const at = (size_t)i * (size_t)t->n_cols + (size_t)k;
    if (isnan(t->cell[at].number)) continue;
    largest = fmax(largest, fabs(t->cell[at].number));
    if (!is_known(within[at])) worst = fmax(worst, within[at]);
  }
  t->col[k].decimals = report_digits(worst, largest, decimals);
}

const char *report_known(double x, double within, int decimals, pl_arena *a) {
  char buf[64];
  if (report_is_open(x, within)) return pl_arena_printf(a, "± %s", two_digits(within, a));
  (void)pl_number_pretty(x, report_digits(within, fabs(x), decimals), buf, sizeof buf);
  return pl_arena_strdup(a, buf);
}

/* What is too small for `decimals` is shown as 0, whether it is open or not. */
static void say_small(pl_table *t, int k, const double *within, int decimals) {
  double const seen = 0.5 * pow(10, -decimals), step = pow(10, -t->col[k].decimals);
  for (int i = 0; i < t->n_rows; i++) {
    size_t const at = (size_t)i * (size_t)t->n_cols + (size_t)k;
    double const x = t->cell[at].number, most = fmax(fabs(x), within[at]);
    if (most >= seen && (report_is_open(x, within[at]) || fabs(x) < 0.5 * step))
      pl_table_say(t, i, k, report_known(x, within[at], decimals, t->arena));
  }
}

void report_show_known(pl_table *t, const double *within, unsigned differences, int decimals) {
  for (int k = 0; k < t->n_cols; k++) {
    if (t->col[k].kind != PL_COL_NUMBER) continue;
    set_digits(t, k, within, decimals);
    if (differences >> k & 1) say_small(t, k, within, decimals);
  }
}
