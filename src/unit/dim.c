/* Dimensions: what kind of thing a number counts, as exponents. */
#include <string.h>

#include "unit/measure.h"

static const char *const inside_units[PL_DIMS] = {
#define D(name, inside) inside,
#include "unit/dimension.def"
#undef D
};

enum { EXPONENT_MAX = 100 };

int8_t pl_unit_exponent(int e) {
  return (int8_t)(e > EXPONENT_MAX ? EXPONENT_MAX : e < -EXPONENT_MAX ? -EXPONENT_MAX : e);
}

bool pl_dim_equal(pl_dim a, pl_dim b) { return memcmp(a.of, b.of, sizeof a.of) == 0; }

bool pl_dim_is_none(pl_dim d) { return pl_dim_equal(d, (pl_dim){{0}}); }

pl_dim pl_dim_times(pl_dim a, pl_dim b) {
  for (int i = 0; i < PL_DIMS; i++) a.of[i] = pl_unit_exponent(a.of[i] + b.of[i]);
  return a;
}

pl_dim pl_dim_over(pl_dim a, pl_dim b) {
  for (int i = 0; i < PL_DIMS; i++) a.of[i] = pl_unit_exponent(a.of[i] - b.of[i]);
  return a;
}

pl_dim pl_dim_of(pl_dim_name name) {
  pl_dim d = {{0}};
  d.of[name] = 1;
  return d;
}

int pl_dim_currency(pl_dim d) {
  int found = -1;
  for (int i = PL_DIM_USD; i < PL_DIMS; i++) {
    if (d.of[i] == 0) continue;
    if (found >= 0 || d.of[i] > 1 || d.of[i] < -1) return -1;
    found = i;
  }
  return found;
}

/* Names of the dimensions whose exponents have this sign, each as often as its exponent says;
 * returns how many. */
static int add_factors(pl_string *s, pl_dim d, int sign) {
  int n = 0;
  for (int i = 0; i < PL_DIMS; i++)
    for (int e = sign * d.of[i]; e > 0; e--)
      pl_string_printf(s, n++ ? "*%s" : "%s", inside_units[i]);
  return n;
}

const char *pl_dim_text(pl_dim d, pl_arena *a) {
  pl_string above, below;
  pl_string_init(&above, a);
  pl_string_init(&below, a);
  if (add_factors(&above, d, 1) == 0) pl_string_printf(&above, "1");
  int const n = add_factors(&below, d, -1);
  if (n > 0) pl_string_printf(&above, n > 1 ? "/(%s)" : "/%s", below.text);
  return above.text;
}

const char *pl_dim_example(pl_dim d, pl_arena *a) {
  if (pl_dim_is_none(d)) return "0.5 or 50 %";
  const char *text = pl_dim_text(d, a);
  pl_dim const amount = pl_dim_times(d, pl_dim_of(PL_DIM_TIME));
  bool const rate = d.of[PL_DIM_TIME] == -1 && !pl_dim_is_none(amount);
  if (!rate) return pl_arena_printf(a, "12 %s", text);
  return pl_arena_printf(a, "12 %s or 12 %s/month", text, pl_dim_text(amount, a));
}
