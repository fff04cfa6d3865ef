/* "Did you mean": the optimal string alignment distance, blind to case. */
#include <string.h>

#include "base/text.h"

enum { LENGTH_MAX = 64, LOOKED_AT_MAX = 10000, SLIPS_MAX = 4 };

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c; }

static int least(int a, int b) { return a < b ? a : b; }

/* The number of edits that turn a into b, a swap of neighbours counting as one; limit + 1 as soon
 * as it must exceed limit. */
static int distance(pl_span a, pl_span b, int limit) {
  int rows[3][LENGTH_MAX + 1];
  for (size_t j = 0; j <= b.length; j++) rows[0][j] = (int)j;
  for (size_t i = 1; i <= a.length; i++) {
    int *now = rows[i % 3];
    const int *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
    int best = now[0] = (int)i;
    for (size_t j = 1; j <= b.length; j++) {
      int const x = lower(a.at[i - 1]), y = lower(b.at[j - 1]);
      int d = least(above[j - 1] + (x != y), least(above[j], now[j - 1]) + 1);
      if (i > 1 && j > 1 && x == lower(b.at[j - 2]) && lower(a.at[i - 2]) == y)
        d = least(d, two_above[j - 2] + 1);
      now[j] = d;
      best = least(best, d);
    }
    if (best > limit) return limit + 1;
  }
  return rows[a.length % 3][b.length];
}

const char *pl_text_nearest(const char *name, const char *const *candidates, int count) {
  pl_span const wanted = pl_span_of(name);
  if (wanted.length == 0 || wanted.length > LENGTH_MAX) return NULL;
  int limit = least((int)(wanted.length + 1) / 3, SLIPS_MAX);
  const char *nearest = NULL;
  for (int i = 0; i < least(count, LOOKED_AT_MAX) && limit >= 0; i++) {
    pl_span const c = pl_span_of(candidates[i]);
    size_t const gap =
        c.length > wanted.length ? c.length - wanted.length : wanted.length - c.length;
    if (c.length > LENGTH_MAX || gap > (size_t)limit || pl_span_is(c, name)) continue;
    int const d = distance(wanted, c, limit);
    if (d > limit) continue;
    nearest = candidates[i];
    limit = d - 1;
  }
  return nearest;
}

const char *pl_text_choices(pl_arena *a, const char *name, const char *lead,
                            const char *const *candidates, int count) {
  enum { LISTED_MAX = 24 };
  const char *nearest = pl_text_nearest(name, candidates, count);
  int const listed = least(count, LISTED_MAX);
  pl_string s;
  pl_string_init(&s, a);
  if (nearest) pl_string_printf(&s, "did you mean '%s'? ", nearest);
  pl_string_printf(&s, "%s", lead);
  if (count == 0) pl_string_printf(&s, " none");
  for (int i = 0; i < listed; i++)
    pl_string_printf(&s, "%s %s", i > 0 ? "," : "",
                     pl_text_safe(a, candidates[i], strlen(candidates[i])));
  if (count > listed) pl_string_printf(&s, " and %d more", count - listed);
  return s.text;
}
