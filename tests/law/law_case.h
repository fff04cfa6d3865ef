#ifndef LAW_CASE_H
#define LAW_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/text.h"

/* Random cases for the law tests: a case as things with fields, before it is written as text. In a
 * field's text, "<2.5|t/d>" is a number with its unit, "<|t>" a unit alone and "@7" the name of
 * thing 7, so that one case can be written in other units, names and orders. A
 * "=" before a part of a unit ("t/=d") says that this part means more than its size and stays: 5
 * t/d bounds days. */

typedef struct {
  uint64_t state;
} law_random;
uint64_t law_next(law_random *r);
double law_between(law_random *r, double low, double high);
int law_pick(law_random *r, int n); /* 0 … n−1 */
bool law_chance(law_random *r, int percent);

typedef enum {
  LAW_FIXED,
  LAW_CEILING, /* greater numbers leave more room */
  LAW_FLOOR    /* greater numbers leave less */
} law_role;

typedef struct {
  const char *key, *text;
  law_role role;
  double scale; /* of all numbers in text, 1 at first */
} law_field;

enum { LAW_FIELDS_MAX = 60, LAW_THINGS_MAX = 300 };

typedef struct {
  int noun; /* pl_noun_id; −1 = left out */
  const char *name;
  int n;
  law_field field[LAW_FIELDS_MAX];
} law_thing;

typedef enum {
  LAW_ANY,   /* everything but integers */
  LAW_MIXED, /* with integers; few periods */
  LAW_FLAT   /* nothing that feels the length of a period: data are flat within those of coarse */
} law_family;

typedef struct {
  pl_arena *arena;
  law_thing head;
  int n;
  law_thing thing[LAW_THINGS_MAX];
  pl_step fine, coarse; /* LAW_FLAT: materials may step by either, or by what lies between */
  double stir;          /* values of quotations get other random factors up to 1 ± stir */
} law_case;

law_case *law_make(pl_arena *a, uint64_t seed, law_family family);
law_case *law_copy(pl_arena *a, const law_case *c);
int law_add(law_case *c, int noun, const char *name);
law_field *law_say(law_case *c, int thing, law_role role, const char *key, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
law_field *law_find(law_case *c, int thing, const char *key); /* NULL if it is not said */
/* The factor that stirring puts on value i of a quotation. */
double law_stirred(double stir, int i);

typedef struct { /* another way to write the same */
  uint64_t seed;
  bool units, order, names, tables, blocks;
  double money; /* all money times this; 0 means 1 */
} law_dress;

enum { LAW_TABLES_MAX = 12 };
typedef struct {
  const char *yaml;
  int n_tables;
  const char *table_name[LAW_TABLES_MAX], *table[LAW_TABLES_MAX];
} law_text;
law_text law_write(const law_case *c, const law_dress *d, pl_arena *a);
/* One field's value as law_write would put it, undressed. */
const char *law_value(const law_case *c, const law_field *f, pl_arena *a);
const char *law_section(int noun);

#endif
