/* Arranges a program in time and cuts pieces from it. */
#include "solve/pieces/cut.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- The order of time ------------------------------------------------------------------------ */

/* Sorts the columns by their beginning, with a counting sort: times are small integers. */
static void sort_columns(pl_cut *c, int earliest, int latest, pl_arena *scratch) {
  const pl_lp *lp = c->lp;
  size_t const span = (size_t)(latest - earliest) + 2;
  int *place = PL_NEW_ARRAY(scratch, int, span);
  for (int j = 0; j < lp->n_cols; j++) place[lp->when[j].from - earliest + 1]++;
  for (size_t t = 0; t + 1 < span; t++) place[t + 1] += place[t];
  for (int j = 0; j < lp->n_cols; j++) c->col[place[lp->when[j].from - earliest]++] = j;
}

static void find_steps(pl_cut *c) {
  for (int k = 0; k < c->lp->n_cols; k++) {
    int const j = c->col[k];
    if (k == 0 || c->lp->when[j].from != c->lp->when[c->col[k - 1]].from)
      c->step_first[c->n_steps++] = k;
    c->step[j] = c->n_steps - 1;
    c->place[j] = k;
  }
  c->step_first[c->n_steps] = c->lp->n_cols;
}

static void transpose(pl_cut *c) {
  const pl_lp *lp = c->lp;
  for (long k = 0; k < lp->n_entries; k++) c->row_start[lp->index[k] + 2]++;
  for (int i = 1; i <= lp->n_rows; i++) c->row_start[i + 1] += c->row_start[i];
  for (int p = 0; p < lp->n_cols; p++) {
    int const j = c->col[p];
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      long const to = c->row_start[lp->index[k] + 1]++;
      c->row_col[to] = j;
      c->row_value[to] = lp->value[k];
    }
  }
}

static void find_crossings(pl_cut *c) {
  for (int i = 0; i < c->lp->n_rows; i++) {
    long const from = c->row_start[i], to = c->row_start[i + 1];
    c->first[i] = from < to ? c->step[c->row_col[from]] : 0;
    c->last[i] = from < to ? c->step[c->row_col[to - 1]] : -1;
    if (c->first[i] >= c->last[i]) continue;
    c->crossing[c->first[i] + 1]++;
    if (c->last[i] < c->n_steps) c->crossing[c->last[i] + 1]--;
  }
  for (int s = 1; s <= c->n_steps; s++) c->crossing[s] += c->crossing[s - 1];
}

enum { LONGEST = 100 * 366 * 96 }; /* quarter-hours: the range of the counting sort */

static pl_cut *cut_empty(const pl_lp *lp, pl_arena *a) {
  size_t const n = (size_t)lp->n_cols, m = (size_t)lp->n_rows, e = (size_t)lp->n_entries;
  pl_cut *c = PL_NEW(a, pl_cut);
  c->lp = lp;
  c->col = PL_NEW_ARRAY(a, int, n + 1);
  c->step = PL_NEW_ARRAY(a, int, n + 1);
  c->place = PL_NEW_ARRAY(a, int, n + 1);
  c->step_first = PL_NEW_ARRAY(a, int, n + 1);
  c->first = PL_NEW_ARRAY(a, int, m + 1);
  c->last = PL_NEW_ARRAY(a, int, m + 1);
  c->row_start = PL_NEW_ARRAY(a, long, m + 2);
  c->row_col = PL_NEW_ARRAY(a, int, e + 1);
  c->row_value = PL_NEW_ARRAY(a, double, e + 1);
  c->crossing = PL_NEW_ARRAY(a, int, n + 2);
  return c;
}

pl_cut *pl_cut_new(const pl_lp *lp, pl_arena *arena) {
  if (!lp->when || lp->n_cols == 0) return NULL;
  int earliest = INT_MAX, latest = INT_MIN;
  for (int j = 0; j < lp->n_cols; j++) {
    if (lp->when[j].from < earliest) earliest = lp->when[j].from;
    if (lp->when[j].from > latest) latest = lp->when[j].from;
  }
  if ((long)latest - earliest > LONGEST) return NULL;
  pl_cut *c = cut_empty(lp, arena);
  pl_arena *scratch = pl_arena_new();
  sort_columns(c, earliest, latest, scratch);
  pl_arena_free(scratch);
  find_steps(c);
  transpose(c);
  find_crossings(c);
  return c;
}

int pl_cut_border(const pl_cut *c, int low, int wanted, int high) {
  int best = wanted;
  for (int s = low; s <= high; s++) {
    int const fewer = c->crossing[best] - c->crossing[s];
    if (fewer > 0 || (fewer == 0 && abs(s - wanted) < abs(best - wanted))) best = s;
  }
  return best;
}

int pl_cut_step(const pl_cut *c, int s, long columns) {
  long const place = c->step_first[s] + columns;
  if (place <= 0) return 0;
  return place >= c->lp->n_cols ? c->n_steps : c->step[c->col[place]];
}

pl_cut_marks *pl_cut_marks_new(const pl_cut *c, int n, pl_arena *arena) {
  size_t const rows = (size_t)c->lp->n_rows + 1;
  pl_cut_marks *m = PL_NEW(arena, pl_cut_marks);
  *m = (pl_cut_marks){.n = n,
                      .marks = PL_NEW_ARRAY(arena, int *, (size_t)n),
                      .taken = PL_NEW_ARRAY(arena, atomic_flag, (size_t)n)};
  for (int k = 0; k < n; k++) {
    m->marks[k] = PL_NEW_ARRAY(arena, int, rows);
    memset(m->marks[k], -1, rows * sizeof(int));
    atomic_flag_clear(&m->taken[k]);
  }
  return m;
}

int pl_cut_marks_take(pl_cut_marks *m) {
  for (int k = 0;; k = (k + 1) % m->n)
    if (!atomic_flag_test_and_set(&m->taken[k])) return k;
}

void pl_cut_marks_give(pl_cut_marks *m, int k) { atomic_flag_clear(&m->taken[k]); }

/* --- Pieces ----------------------------------------------------------------------------------- */

static void find_rows(const pl_cut *c, int *place_of, pl_piece *p) {
  const pl_lp *lp = c->lp;
  for (int k = 0; k < p->lp.n_cols; k++) {
    int const j = p->col[k];
    for (int e = lp->start[j]; e < lp->start[j + 1]; e++) {
      int const i = lp->index[e];
      if (place_of[i] >= 0) continue;
      place_of[i] = p->lp.n_rows;
      p->row[p->lp.n_rows++] = i;
    }
  }
}

/* The least and the most that the columns of row i outside [from, to) can add to it. */
static void loosen(const pl_cut *c, const pl_piece *p, int i, const pl_outside *o, double *least,
                   double *most) {
  *least = *most = 0;
  if (c->first[i] >= p->from && c->last[i] < p->to) return;
  for (long k = c->row_start[i]; k < c->row_start[i + 1]; k++) {
    int const j = c->row_col[k];
    if (c->step[j] >= p->from && c->step[j] < p->to) continue;
    double const a = c->row_value[k];
    *least += a > 0 ? a * o->lower[j] : a * o->upper[j];
    *most += a > 0 ? a * o->upper[j] : a * o->lower[j];
  }
}

static bool is_priced(const pl_cut *c, const pl_piece *p, int i, const pl_outside *o) {
  return o->dual &&
         ((o->price_before && c->first[i] < p->from) || (o->price_after && c->last[i] >= p->to));
}

/* Sets the bounds of the rows; those that are priced or left without bounds are removed. */
static void bound_rows(const pl_cut *c, const pl_outside *o, int *place_of, pl_piece *p,
                       pl_arena *a) {
  const pl_lp *lp = c->lp;
  int n = 0;
  p->lp.row_lower = PL_NEW_ARRAY(a, double, (size_t)p->lp.n_rows + 1);
  p->lp.row_upper = PL_NEW_ARRAY(a, double, (size_t)p->lp.n_rows + 1);
  for (int k = 0; k < p->lp.n_rows; k++) {
    int const i = p->row[k];
    place_of[i] = -1;
    if (is_priced(c, p, i, o)) continue;
    double least = 0, most = 0;
    loosen(c, p, i, o, &least, &most);
    p->lp.row_lower[n] = lp->row_lower[i] - most;
    p->lp.row_upper[n] = lp->row_upper[i] - least;
    if (!isfinite(p->lp.row_lower[n]) && !isfinite(p->lp.row_upper[n])) continue;
    p->row[n] = i;
    place_of[i] = n++;
  }
  p->lp.n_rows = n;
}

static void copy_column(const pl_cut *c, const pl_outside *o, const int *place_of, int k,
                        pl_piece *p) {
  const pl_lp *lp = c->lp;
  int const j = p->col[k];
  p->lp.cost[k] = lp->cost[j];
  p->lp.lower[k] = lp->lower[j];
  p->lp.upper[k] = lp->upper[j];
  p->lp.start[k] = (int)p->lp.n_entries;
  for (int e = lp->start[j]; e < lp->start[j + 1]; e++) {
    int const i = lp->index[e];
    if (place_of[i] >= 0) {
      p->lp.index[p->lp.n_entries] = place_of[i];
      p->lp.value[p->lp.n_entries++] = lp->value[e];
    } else if (is_priced(c, p, i, o)) {
      p->lp.cost[k] -= o->dual[i] * lp->value[e];
    }
  }
  if (!lp->integer) return;
  p->lp.integer[k] = lp->integer[j];
  p->lp.n_integer += lp->integer[j];
}

static void make_room(const pl_cut *c, pl_arena *a, pl_piece *p) {
  const pl_lp *lp = c->lp;
  size_t const n = (size_t)p->lp.n_cols + 1;
  size_t entries = 0;
  for (int k = 0; k < p->lp.n_cols; k++)
    entries += (size_t)(lp->start[p->col[k] + 1] - lp->start[p->col[k]]);
  p->row = PL_NEW_ARRAY(a, int, entries + 1); /* no more rows than entries */
  p->lp.cost = PL_NEW_ARRAY(a, double, n);
  p->lp.lower = PL_NEW_ARRAY(a, double, n);
  p->lp.upper = PL_NEW_ARRAY(a, double, n);
  p->lp.start = PL_NEW_ARRAY(a, int, n);
  p->lp.index = PL_NEW_ARRAY(a, int, entries + 1);
  p->lp.value = PL_NEW_ARRAY(a, double, entries + 1);
  if (lp->integer) p->lp.integer = PL_NEW_ARRAY(a, bool, n);
}

void pl_piece_cut(const pl_cut *c, pl_cut_marks *m, int from, int to, const pl_outside *o,
                  pl_arena *arena, pl_piece *out) {
  int const mine = pl_cut_marks_take(m);
  int *place_of = m->marks[mine];
  *out = (pl_piece){.from = from, .to = to, .col = c->col + c->step_first[from]};
  out->lp.n_cols = c->step_first[to] - c->step_first[from];
  make_room(c, arena, out);
  find_rows(c, place_of, out);
  bound_rows(c, o, place_of, out, arena);
  for (int k = 0; k < out->lp.n_cols; k++) copy_column(c, o, place_of, k, out);
  out->lp.start[out->lp.n_cols] = (int)out->lp.n_entries;
  for (int k = 0; k < out->lp.n_rows; k++) place_of[out->row[k]] = -1;
  pl_cut_marks_give(m, mine);
}
