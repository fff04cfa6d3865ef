/* The first things to look at: production, trade and freight by year. */
#include <math.h>
#include <string.h>

#include "report/spans.h"

/* How an overview is made from a panel: its text columns are keys of the panel; amounts are added
 * up by span; the last column is a mean of another value, weighted by a third. */
typedef struct {
  const char *name, *title;
  int n_keys;
  const int *key;           /* [n_keys] of the panel's keys */
  int amount, mean, weight; /* values of the panel */
  pl_col mean_col;
} overview;

static pl_table *overview_table(const reporter *r, const overview *o, const pl_spans *spans,
                                const pl_panel *panel) {
  int const n = o->n_keys + 1 + spans->n + 2;
  pl_col *col = PL_NEW_ARRAY(r->a, pl_col, (size_t)n);
  for (int k = 0; k < o->n_keys; k++) col[k] = (pl_col){panel->key[o->key[k]], "", PL_COL_TEXT, 0};
  col[o->n_keys] = (pl_col){"measure", "", PL_COL_TEXT, 0};
  for (int i = 0; i < spans->n; i++)
    col[o->n_keys + 1 + i] = (pl_col){spans->name[i], "", PL_COL_NUMBER, 1};
  col[n - 2] = (pl_col){"total", "", PL_COL_NUMBER, 1};
  col[n - 1] = o->mean_col;
  return pl_table_new(r->a, o->name, o->title, col, n);
}

static bool same_text(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

/* The row that the series belongs to, or −1: tiers of one market share a row. */
static int row_of(const overview *o, const pl_table *t, const pl_series *s) {
  for (int i = t->n_rows - 1; i >= 0; i--) {
    const pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols];
    bool same = same_text(cell[o->n_keys].text, s->own);
    for (int k = 0; k < o->n_keys; k++) same = same && same_text(cell[k].text, s->key[o->key[k]]);
    if (same) return i;
  }
  return -1;
}

static pl_cell *cells_of(const overview *o, pl_table *t, const pl_series *s) {
  int const known = row_of(o, t, s);
  if (known >= 0) return &t->cell[(size_t)known * (size_t)t->n_cols];
  pl_cell *cell = pl_table_add_row(t);
  for (int k = 0; k < o->n_keys; k++) cell[k].text = s->key[o->key[k]];
  cell[o->n_keys].text = s->own;
  for (int i = o->n_keys + 1; i < t->n_cols - 1; i++) cell[i].number = 0;
  return cell;
}

typedef struct { /* a weighted mean being summed */
  double sum, weight;
} mean;

static void add_to_mean(const pl_series *s, int value, int weight, mean *m) {
  for (int v = 0; v < s->grid->n; v++) {
    double const x = pl_series_values(s, value)[v], w = pl_series_values(s, weight)[v];
    if (isnan(x) || isnan(w)) continue;
    m->sum += x * w;
    m->weight += w;
  }
}

static void add_series(const overview *o, const pl_spans *spans, const pl_series *s, pl_table *t,
                       mean *means, double *by_span) {
  pl_cell *cell = cells_of(o, t, s);
  mean *m = &means[(cell - t->cell) / t->n_cols];
  memset(by_span, 0, (size_t)spans->n * sizeof *by_span);
  report_add_by_span(spans, s, o->amount, by_span);
  for (int i = 0; i < spans->n; i++) {
    cell[o->n_keys + 1 + i].number += by_span[i] / s->own_factor;
    cell[t->n_cols - 2].number += by_span[i] / s->own_factor;
  }
  add_to_mean(s, o->mean, o->weight, m);
  double const per = strcmp(o->mean_col.unit, "%") == 0 ? 1 : s->own_factor; /* a price per unit */
  if (m->weight > 0) cell[t->n_cols - 1].number = per * m->sum / m->weight;
}

static pl_table *make(const reporter *r, const overview *o, const pl_spans *spans,
                      const pl_panel *panel, int only_key, const char *only) {
  pl_table *t = overview_table(r, o, spans, panel);
  mean *means = PL_NEW_ARRAY(r->a, mean, (size_t)panel->n_series + 1);
  double *by_span = PL_NEW_ARRAY(r->a, double, (size_t)spans->n + 1);
  for (int i = 0; i < panel->n_series; i++)
    if (!only || same_text(panel->series[i].key[only_key], only))
      add_series(o, spans, &panel->series[i], t, means, by_span);
  return t;
}

pl_table *report_production(const reporter *r, const pl_spans *spans, const pl_panel *units) {
  static const int key[] = {0, 3}; /* unit, process */
  overview const o = {"production",
                      "what units make by year, measured in the first product of each process",
                      2,
                      key,
                      0,
                      2,
                      1,
                      {"use", "%", PL_COL_NUMBER, 0}};
  return make(r, &o, spans, units, 0, NULL);
}

pl_table *report_turnover(const reporter *r, const pl_spans *spans, const pl_panel *trades,
                          const char *direction) {
  static const int key[] = {0, 2, 3, 4}; /* market, material, party, direction */
  bool const both = !direction;
  const char *name = both ? "turnover" : strcmp(direction, "sold") == 0 ? "sales" : "purchases";
  overview const o = {name,
                      "what is bought and sold by year; price: the mean, without charges",
                      both ? 4 : 3,
                      key,
                      0,
                      1,
                      0,
                      {"price", pl_arena_printf(r->a, "%s/unit", r->currency), PL_COL_NUMBER, 2}};
  return make(r, &o, spans, trades, 4, direction);
}

pl_table *report_agreed(const reporter *r, const pl_spans *spans, const pl_panel *deliveries) {
  static const int key[] = {0, 4}; /* agreement, what */
  overview const o = {
      "agreed",
      "what is delivered, made or sold under agreements by year; price: the mean, before credits",
      2,
      key,
      0,
      1,
      0,
      {"price", pl_arena_printf(r->a, "%s/unit", r->currency), PL_COL_NUMBER, 2}};
  return make(r, &o, spans, deliveries, 0, NULL);
}

pl_table *report_freight(const reporter *r, const pl_spans *spans, const pl_panel *shipments) {
  static const int key[] = {0, 3, 4}; /* lane, material, party */
  overview const o = {
      "freight", "what lanes load by year; cost: the mean, with charges",
      3,         key,
      0,         1,
      0,         {"cost", pl_arena_printf(r->a, "%s/unit", r->currency), PL_COL_NUMBER, 2}};
  return make(r, &o, spans, shipments, 0, NULL);
}
