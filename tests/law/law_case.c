/* What every random case is made of: random numbers, things and fields. The chains themselves are
 * in law_make.c. */
#include "law/law_case.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

uint64_t law_next(law_random *r) { /* splitmix64 */
  uint64_t z = (r->state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

double law_between(law_random *r, double low, double high) {
  return low + (high - low) * (double)(law_next(r) >> 11) * 0x1p-53;
}

int law_pick(law_random *r, int n) { return (int)(law_next(r) % (uint64_t)n); }
bool law_chance(law_random *r, int percent) { return law_pick(r, 100) < percent; }

law_case *law_copy(pl_arena *a, const law_case *c) {
  law_case *copy = PL_NEW(a, law_case);
  *copy = *c;
  return copy;
}

int law_add(law_case *c, int noun, const char *name) {
  assert(c->n < LAW_THINGS_MAX);
  c->thing[c->n] =
      (law_thing){.noun = noun, .name = pl_arena_printf(c->arena, "%s-%d", name, c->n)};
  return c->n++;
}

static law_thing *thing_of(law_case *c, int thing) {
  return thing < 0 ? &c->head : &c->thing[thing];
}

law_field *law_say(law_case *c, int thing, law_role role, const char *key, const char *fmt, ...) {
  law_thing *t = thing_of(c, thing);
  assert(t->n < LAW_FIELDS_MAX);
  va_list ap;
  va_start(ap, fmt);
  t->field[t->n] = (law_field){key, pl_arena_vprintf(c->arena, fmt, ap), role, 1};
  va_end(ap);
  return &t->field[t->n++];
}

law_field *law_find(law_case *c, int thing, const char *key) {
  law_thing *t = thing_of(c, thing);
  for (int i = 0; i < t->n; i++)
    if (!strcmp(t->field[i].key, key)) return &t->field[i];
  return NULL;
}

double law_stirred(double stir, int i) {
  law_random r = {(uint64_t)i * 77 + 5};
  return 1 + stir * law_between(&r, -1, 1);
}
