/* Compares two tables. */
#include "report/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/rank.h"

enum { NUMBERS = 4 }; /* before, after, change, relative change */

typedef struct {
  const char *key;
  const pl_cell *text; /* index of the row that has it */
  double before, after;
  bool sum; /* a sum of other rows: an account's result */
} pair;

typedef struct {
  pl_map *index;
  pair *pair;
  int texts; /* columns of text, which come first */
} matched;

static int text_columns(const pl_table *t) {
  int n = 0;
  while (n < t->n_cols && t->col[n].kind != PL_COL_NUMBER) n++;
  return n;
}

static int column_of(const pl_table *t, const char *name) {
  for (int k = 0; k < t->n_cols; k++)
    if (strcmp(t->col[k].name, name) == 0) return k;
  return -1;
}

static pair *pair_of(matched *m, const pl_cell *row, pl_arena *a) {
  pl_string key;
  pl_string_init(&key, a);
  for (int k = 0; k < m->texts; k++) {
    if (row[k].text) pl_string_add(&key, row[k].text, strlen(row[k].text));
    pl_string_add(&key, "\x1f", 1);
  }
  pair *p = &m->pair[pl_map_add(m->index, key.text, key.length)];
  if (!p->text) p->key = key.text;
  if (!p->text) p->text = row;
  const char *last = row[m->texts - 1].text;
  p->sum = last && strcmp(last, "result") == 0;
  return p;
}

static void add_side(matched *m, const pl_table *t, const char *column, bool after, pl_arena *a) {
  int const k = column_of(t, column);
  if (k < 0) return;
  for (int i = 0; i < t->n_rows; i++) {
    const pl_cell *row = &t->cell[(size_t)i * (size_t)t->n_cols];
    pair *p = pair_of(m, row, a);
    double const x = isnan(row[k].number) ? 0 : row[k].number;
    if (after)
      p->after += x;
    else
      p->before += x;
  }
}

static double change(const pair *p) { return p->after - p->before; }

static int by_words(const void *x, const void *y) {
  const pair *a = x, *b = y;
  return a->sum != b->sum ? (a->sum ? 1 : -1) : strcmp(a->key, b->key);
}

/* The largest change first, sums last; equal changes by their texts. */
static void sort_pairs(pair *list, int n, double largest, pl_arena *a) {
  pair *by_word = PL_NEW_ARRAY(a, pair, (size_t)n + 1);
  double *size = PL_NEW_ARRAY(a, double, (size_t)n + 1);
  int *order = PL_NEW_ARRAY(a, int, (size_t)n + 1), parts = 0;
  if (n <= 0) return;
  qsort(list, (size_t)n, sizeof *list, by_words);
  memcpy(by_word, list, (size_t)n * sizeof *list);
  for (int i = 0; i < n; i++) {
    size[i] = fabs(change(&list[i]));
    parts += !list[i].sum;
  }
  pl_rank(parts, size, largest, order);
  for (int i = 0; i < parts; i++) list[i] = by_word[order[i]];
  pl_rank(n - parts, size + parts, largest, order);
  for (int i = parts; i < n; i++) list[i] = by_word[parts + order[i - parts]];
}

static pl_table *new_table(const pl_table *like, const matched *m, const char *column,
                           pl_arena *a) {
  int const n = m->texts + NUMBERS;
  const pl_col *value = &like->col[column_of(like, column)];
  static const char *const names[NUMBERS] = {"before", "after", "change", "relative"};
  pl_col *col = PL_NEW_ARRAY(a, pl_col, (size_t)n);
  for (int k = 0; k < m->texts; k++) col[k] = like->col[k];
  for (int k = 0; k < NUMBERS; k++)
    col[m->texts + k] = (pl_col){names[k], value->unit, PL_COL_NUMBER, value->decimals};
  col[n - 1].unit = "%";
  col[n - 1].decimals = 1;
  return pl_table_new(a, like->name, like->title, col, n);
}

pl_table *pl_report_compare(const pl_table *before, const pl_table *after, const char *column,
                            pl_arena *a) {
  matched m = {pl_map_new(a), NULL, text_columns(before)};
  m.pair = PL_NEW_ARRAY(a, pair, (size_t)before->n_rows + (size_t)after->n_rows + 1);
  add_side(&m, before, column, false, a);
  add_side(&m, after, column, true, a);
  int const n = pl_map_count(m.index);
  double largest = 0;
  for (int i = 0; i < n; i++)
    largest = fmax(largest, fmax(fabs(m.pair[i].before), fabs(m.pair[i].after)));
  sort_pairs(m.pair, n, largest, a);
  pl_table *t = new_table(before, &m, column, a);
  for (int i = 0; i < n && fabs(change(&m.pair[i])) > 1e-6 * largest; i++) {
    pl_cell *cell = pl_table_add_row(t);
    for (int k = 0; k < m.texts; k++) cell[k] = m.pair[i].text[k];
    cell[m.texts].number = m.pair[i].before;
    cell[m.texts + 1].number = m.pair[i].after;
    cell[m.texts + 2].number = change(&m.pair[i]);
    if (fabs(m.pair[i].before) > 1e-6 * largest)
      cell[m.texts + 3].number = 100 * change(&m.pair[i]) / fabs(m.pair[i].before);
  }
  return t;
}
