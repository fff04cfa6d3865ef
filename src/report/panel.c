/* Series over periods, and the same as a long table. Independent of plans. */
#include "report/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

pl_panel *pl_panel_new(pl_arena *a, const char *name, const char *title, const char *currency,
                       const char *const *key, int n_keys, const pl_measured *value, int n_values) {
  pl_panel *p = PL_NEW(a, pl_panel);
  *p = (pl_panel){.name = name, .title = title, .currency = currency, .n_keys = n_keys, .key = key};
  p->n_values = n_values;
  p->value = value;
  p->arena = a;
  return p;
}

pl_series *pl_panel_add(pl_panel *p, const char *const *key, const char *unit, const pl_grid *grid,
                        bool whole) {
  PL_GROW(p->arena, p->series, p->n_series, p->capacity);
  pl_series *s = &p->series[p->n_series++];
  *s = (pl_series){.unit = unit, .own = unit, .own_factor = 1, .grid = grid, .whole = whole};
  s->key = PL_NEW_ARRAY(p->arena, const char *, (size_t)p->n_keys + 1);
  for (int k = 0; k < p->n_keys; k++) s->key[k] = key[k];
  size_t const n = (size_t)p->n_values * (size_t)grid->n;
  s->value = PL_NEW_ARRAY(p->arena, double, n + 1);
  for (size_t i = 0; i < n; i++) s->value[i] = (double)NAN;
  return s;
}

const char *pl_panel_unit(const pl_panel *p, int value, const pl_series *s, pl_arena *a) {
  pl_string out;
  pl_string_init(&out, a);
  for (const char *c = p->value[value].unit; *c; c++) {
    if (*c == '#')
      pl_string_printf(&out, "%s", s->unit);
    else if (*c == '$')
      pl_string_printf(&out, "%s", p->currency);
    else
      pl_string_add(&out, c, 1);
  }
  return out.text ? out.text : "";
}

bool pl_series_is_dense(const pl_series *s) { return !s->whole && s->grid->step < PL_DAY; }

const char *pl_series_period(const pl_series *s, int v, char *buf, size_t size) {
  const pl_grid *g = s->grid;
  if (!s->whole) {
    (void)pl_time_format(g->start[v], g->step, buf, size);
    return buf;
  }
  char from[32], to[32];
  (void)pl_time_format(g->start[0], PL_MONTH, from, sizeof from);
  (void)pl_time_format(g->start[g->n] - 1, PL_MONTH, to, sizeof to);
  (void)snprintf(buf, size, "%s … %s", from, to);
  return buf;
}

/* Where the unit differs between series the heading has none: the column "measure" gives it. */
static const char *unit_of_column(const pl_panel *p, const pl_measured *m, pl_arena *a) {
  if (strcmp(m->unit, "$") == 0) return p->currency;
  if (strcmp(m->unit, "$/#") == 0) return pl_arena_printf(a, "%s/unit", p->currency);
  return strchr(m->unit, '#') ? "" : m->unit;
}

static pl_table *new_table(const pl_panel *p, pl_arena *a) {
  int const n = p->n_keys + 2 + p->n_values;
  pl_col *col = PL_NEW_ARRAY(a, pl_col, (size_t)n);
  for (int k = 0; k < p->n_keys; k++) col[k] = (pl_col){p->key[k], "", PL_COL_TEXT, 0};
  col[p->n_keys] = (pl_col){"period", "", PL_COL_DATE, 0};
  col[p->n_keys + 1] = (pl_col){"measure", "", PL_COL_TEXT, 0};
  for (int i = 0; i < p->n_values; i++) {
    const pl_measured *m = &p->value[i];
    col[p->n_keys + 2 + i] = (pl_col){m->name, unit_of_column(p, m, a), PL_COL_NUMBER, m->decimals};
  }
  return pl_table_new(a, p->name, p->title, col, n);
}

/* The periods of one grid as texts, shared by all of its series. */
typedef struct {
  const pl_grid *grid;
  bool whole;
  const char **text; /* [grid->n] */
} period_texts;

static void name_periods(period_texts *p, const pl_series *s, pl_arena *a) {
  if (p->grid == s->grid && p->whole == s->whole) return;
  *p = (period_texts){s->grid, s->whole, PL_NEW_ARRAY(a, const char *, (size_t)s->grid->n + 1)};
  char buf[80];
  for (int v = 0; v < s->grid->n; v++)
    p->text[v] = pl_arena_strdup(a, pl_series_period(s, v, buf, sizeof buf));
}

static void add_rows(const pl_panel *p, const pl_series *s, const period_texts *period,
                     pl_table *t) {
  for (int v = 0; v < s->grid->n; v++) {
    pl_cell *cell = pl_table_add_row(t);
    for (int k = 0; k < p->n_keys; k++) cell[k].text = s->key[k];
    cell[p->n_keys].text = period->text[v];
    cell[p->n_keys + 1].text = s->unit;
    for (int i = 0; i < p->n_values; i++)
      cell[p->n_keys + 2 + i].number = pl_series_values(s, i)[v];
  }
}

pl_table *pl_panel_to_table(const pl_panel *p, bool dense_too, pl_arena *a) {
  pl_table *t = new_table(p, a);
  period_texts period = {NULL, false, NULL};
  for (int i = 0; i < p->n_series; i++) {
    if (!dense_too && pl_series_is_dense(&p->series[i])) continue;
    name_periods(&period, &p->series[i], a);
    add_rows(p, &p->series[i], &period, t);
  }
  return t;
}
