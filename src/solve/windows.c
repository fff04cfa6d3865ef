/* A linear program through overlapping windows of time. Each window is a relaxation: what lies
 * outside may do all that its bounds allow. Far enough from its ends a window has forgotten that,
 * and answers as the whole would; so neighbours agree somewhere in their overlap, and there they
 * are joined. Where they do not, a window across the border is put between them. */
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "solve/cut.h"
#include "solve/highs.h"

static const double agrees = 1e-8; /* of the size of what is compared */

/* Columns. By measurement on power by the hour: shorter windows cost less an iteration, but overlap
 * more; with less overlap neighbours disagree. */
typedef struct {
  int length;      /* of a window's middle */
  int back, ahead; /* taken in before and after it */
} extent;

static const extent first_tried = {.length = 3000, .back = 100, .ahead = 200};

enum {
  SHORTEST = 400, /* middle, of small programs, */
  MIDDLES = 6,    /* which are cut into so many */
  TRIAL = 4,      /* windows solved before the others: more of them is wasted if they do not join */
  ROUNDS = 3      /* how often windows are put across borders, wider each time */
};

typedef struct {
  pl_arena *arena; /* of what is kept of the answer */
  int from, to;    /* steps taken in */
  int across;      /* > 0: put across a border, with so many columns on each side */
  int n_rows;
  int *row;                             /* [n_rows] rows of the whole */
  pl_solution *x;                       /* NULL before it is solved */
  unsigned char *col_basis, *row_basis; /* pl_basis_status of its own columns and rows */
} window;

typedef struct {
  const pl_task *task;
  const pl_cut *cut;
  pl_solve_options options; /* of the windows' own runs */
  window **chain;           /* [n] in the order of time */
  int n;
  int *join; /* [n + 1] the border at which window k − 1 hands over to window k, −1 = none */
  int **place_of;     /* [threads][n_rows] scratch, all −1 */
  atomic_flag *taken; /* [threads] whether a thread uses place_of[k] */
  atomic_bool failed;
} windows;

/* --- Solving one ------------------------------------------------------------------------------ */

/* Scratch that no other thread has; there is one for each. */
static int take_scratch(windows *w) {
  for (int k = 0;; k = (k + 1) % pl_crew_threads(w->task->crew))
    if (!atomic_flag_test_and_set(&w->taken[k])) return k;
}

static void keep_rows(window *v, const pl_piece *p) {
  v->n_rows = p->lp.n_rows;
  v->row = PL_NEW_ARRAY(v->arena, int, (size_t)v->n_rows + 1);
  memcpy(v->row, p->row, (size_t)v->n_rows * sizeof *v->row);
  v->col_basis = PL_NEW_ARRAY(v->arena, unsigned char, (size_t)p->lp.n_cols + 1);
  v->row_basis = PL_NEW_ARRAY(v->arena, unsigned char, (size_t)v->n_rows + 1);
}

static bool solve_piece(windows *w, const pl_piece *p, window *v) {
  pl_diag *diag = pl_diag_new();
  pl_highs *h = NULL;
  bool solved = pl_highs_new(&p->lp, &w->options, w->task->watch, &h, diag) == PL_OK;
  if (solved) {
    pl_highs_small(h);
    solved = pl_highs_run(h, v->arena, &v->x, diag) == PL_OK &&
             pl_highs_basis(h, v->col_basis, v->row_basis);
  }
  pl_highs_free(h);
  pl_diag_free(diag);
  return solved;
}

static void solve_window(int k, void *user) {
  windows *w = user;
  window *v = w->chain[k];
  if (v->x || atomic_load(&w->failed)) return;
  const pl_lp *lp = w->cut->lp;
  pl_arena *scratch = pl_arena_new();
  int const mine = take_scratch(w);
  pl_piece p;
  pl_piece_cut(w->cut, v->from, v->to, lp->lower, lp->upper, w->place_of[mine], scratch, &p);
  atomic_flag_clear(&w->taken[mine]);
  keep_rows(v, &p);
  if (!solve_piece(w, &p, v)) atomic_store(&w->failed, true);
  pl_arena_free(scratch);
  (void)pl_watch_tell(w->task->watch, "windows", 0, NAN, NAN);
  if (pl_watch_stopped(w->task->watch)) atomic_store(&w->failed, true);
}

/* --- Joining ---------------------------------------------------------------------------------- */

static double value_in(const windows *w, const window *v, int j) {
  return v->x->col_value[w->cut->place[j] - w->cut->step_first[v->from]];
}

static double dual_in(const window *v, int place) { return place >= 0 ? v->x->row_dual[place] : 0; }

static void forbid(int *bad, int from, int to) { /* borders from … to */
  bad[from]++;
  bad[to + 1]--;
}

/* Whether row i holds, and is tight where its dual says so, at this activity. */
static bool holds(const pl_lp *lp, int i, double activity, double size, double dual, double dear) {
  double const room = agrees * fmax(1, size);
  double const low = lp->row_lower[i], high = lp->row_upper[i];
  if (activity < low - room || activity > high + room) return false;
  if (dual > dear && activity > low + room) return false;
  return dual >= -dear || activity >= high - room;
}

/* Forbid the borders at which row i would not hold: left's values before, right's after. */
static void compare_values(const windows *w, const window *left, const window *right, int i,
                           double dual, double dear, int low, int high, int *bad) {
  const pl_cut *c = w->cut;
  long const from = c->row_start[i], to = c->row_start[i + 1];
  double activity = 0, size = 0;
  int const begin = low > c->first[i] + 1 ? low : c->first[i] + 1;
  int const end = high < c->last[i] ? high : c->last[i];
  if (c->first[i] < left->from || c->last[i] >= right->to) return; /* only the whole can tell */
  long k = from;
  for (; k < to && c->step[c->row_col[k]] < begin; k++) {
    double const a = c->row_value[k] * value_in(w, left, c->row_col[k]);
    activity += a;
    size = fmax(size, fabs(a));
  }
  for (long r = k; r < to; r++) {
    double const a = c->row_value[r] * value_in(w, right, c->row_col[r]);
    activity += a;
    size = fmax(size, fabs(a));
  }
  for (int s = begin; s <= end; s++) {
    for (; k < to && c->step[c->row_col[k]] < s; k++) {
      int const j = c->row_col[k];
      activity += c->row_value[k] * (value_in(w, left, j) - value_in(w, right, j));
    }
    if (!holds(c->lp, i, activity, size, dual, dear)) forbid(bad, s - low, s - low);
  }
}

/* Forbid the borders in [low, high] that row i crosses where its duals differ or it would not hold.
 */
static void compare_row(const windows *w, const window *left, const window *right, int i,
                        double left_dual, double right_dual, int low, int high, int *bad) {
  const pl_cut *c = w->cut;
  int const begin = low > c->first[i] + 1 ? low : c->first[i] + 1;
  int const end = high < c->last[i] ? high : c->last[i];
  if (begin > end) return;
  double const dear = agrees * fmax(1, fmax(fabs(left_dual), fabs(right_dual)));
  if (fabs(left_dual - right_dual) > dear)
    forbid(bad, begin - low, end - low);
  else
    compare_values(w, left, right, i, left_dual, dear, low, high, bad);
}

static int nearest_allowed(const int *bad, int low, int high) {
  int const wanted = low + (high - low) / 2;
  int best = -1, sum = 0;
  for (int s = low; s <= high; s++) {
    sum += bad[s - low];
    if (sum == 0 && (best < 0 || abs(s - wanted) < abs(best - wanted))) best = s;
  }
  return best;
}

static int find_join(windows *w, const window *left, const window *right, int *place_of,
                     pl_arena *scratch) {
  int const low = right->from, high = left->to;
  if (low > high) return -1;
  int *bad = PL_NEW_ARRAY(scratch, int, (size_t)(high - low) + 2);
  for (int k = 0; k < left->n_rows; k++) place_of[left->row[k]] = k;
  for (int k = 0; k < right->n_rows; k++) {
    int const i = right->row[k], l = place_of[i];
    compare_row(w, left, right, i, dual_in(left, l), dual_in(right, k), low, high, bad);
    place_of[i] = -1;
  }
  for (int k = 0; k < left->n_rows; k++) { /* rows that only the left one has */
    int const i = left->row[k];
    if (place_of[i] >= 0) compare_row(w, left, right, i, dual_in(left, k), 0, low, high, bad);
    place_of[i] = -1;
  }
  return nearest_allowed(bad, low, high);
}

static void join_window(int k, void *user) {
  windows *w = user;
  if (k == 0) return;
  pl_arena *scratch = pl_arena_new();
  int const mine = take_scratch(w);
  w->join[k] = find_join(w, w->chain[k - 1], w->chain[k], w->place_of[mine], scratch);
  atomic_flag_clear(&w->taken[mine]);
  pl_arena_free(scratch);
}

/* Of step v's columns the window that answers for it hands out its values. A row is answered for by
 * the window of its last column; neighbours agree on rows that cross. */
static void gather(const windows *w, pl_proposal *p) {
  const pl_cut *c = w->cut;
  for (int k = 0; k < w->n; k++) {
    const window *v = w->chain[k];
    int const from = w->join[k], to = w->join[k + 1], first = c->step_first[v->from];
    for (int q = c->step_first[from]; q < c->step_first[to]; q++) {
      p->x.col_value[c->col[q]] = v->x->col_value[q - first];
      p->col_basis[c->col[q]] = v->col_basis[q - first];
    }
    for (int r = 0; r < v->n_rows; r++) {
      int const i = v->row[r];
      if (c->last[i] < from || c->last[i] >= to) continue;
      p->x.row_dual[i] = v->x->row_dual[r];
      p->row_basis[i] = v->row_basis[r];
    }
    p->x.iterations += v->x->iterations;
  }
}

/* What follows from values and duals. */
static void complete(const pl_lp *lp, pl_solution *x) {
  for (int j = 0; j < lp->n_cols; j++) {
    x->col_dual[j] = lp->cost[j];
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      x->row_value[lp->index[k]] += lp->value[k] * x->col_value[j];
      x->col_dual[j] -= lp->value[k] * x->row_dual[lp->index[k]];
    }
  }
}

/* --- The chain -------------------------------------------------------------------------------- */

/* The step that lies so many columns after (or before) step s. */
static int step_at(const pl_cut *c, int s, long columns) {
  long const place = c->step_first[s] + columns;
  if (place <= 0) return 0;
  return place >= c->lp->n_cols ? c->n_steps : c->step[c->col[place]];
}

/* The borders between middles, where few rows cross; how many middles. */
static int choose_borders(const pl_cut *c, int length, int *border) {
  int n = 0;
  border[0] = 0;
  while (step_at(c, border[n], length + length / 2) < c->n_steps) {
    int const low = step_at(c, border[n], length - length / 4);
    int const high = step_at(c, border[n], length + length / 4);
    border[n + 1] = pl_cut_border(c, low, step_at(c, border[n], length), high);
    if (border[n + 1] <= border[n]) return 0; /* one step alone is longer */
    n++;
  }
  border[++n] = c->n_steps;
  return n;
}

/* A window over the steps [from, to) and some columns more, to where few rows cross. */
static window *new_window(const pl_cut *c, int from, int to, int back, int ahead, pl_arena *a) {
  window *v = PL_NEW(a, window);
  int begin = step_at(c, from, -back), end = step_at(c, to, ahead);
  if (begin > 0) begin = pl_cut_border(c, step_at(c, from, -back - back / 2), begin, begin);
  if (end < c->n_steps) end = pl_cut_border(c, end, end, step_at(c, to, ahead + ahead / 2));
  *v = (window){.arena = pl_arena_new(), .from = begin, .to = end};
  return v;
}

static bool make_chain(windows *w, extent e, pl_arena *a) {
  const pl_cut *c = w->cut;
  int *border = PL_NEW_ARRAY(a, int, (size_t)c->n_steps + 2);
  int const n = choose_borders(c, e.length, border);
  if (n < 2) return false;
  w->n = n;
  w->chain = PL_NEW_ARRAY(a, window *, (size_t)w->n);
  w->join = PL_NEW_ARRAY(a, int, (size_t)w->n + 1);
  for (int k = 0; k < w->n; k++)
    w->chain[k] = new_window(c, border[k], border[k + 1], e.back, e.ahead, a);
  return true;
}

static void free_chain(windows *w) {
  for (int k = 0; k < w->n; k++) pl_arena_free(w->chain[k]->arena);
}

static window *new_across(const pl_cut *c, int border, int columns, pl_arena *a) {
  window *v = new_window(c, border, border, columns, columns, a);
  v->across = columns;
  return v;
}

static bool joined(const windows *w, int k) {
  return k <= 0 || k >= w->n || (w->join[k] >= 0 && w->join[k] >= w->join[k - 1]);
}

/* Put a window across every border at which neighbours do not agree, or a wider one where there is
 * one; whether there was any. */
static bool bridge(windows *w, int columns, pl_arena *a) {
  const pl_cut *c = w->cut;
  window **old = w->chain;
  w->chain = PL_NEW_ARRAY(a, window *, (size_t)w->n * 2);
  int n = 0;
  bool any = false;
  for (int k = 0; k < w->n; k++) {
    window *v = old[k];
    if (!joined(w, k) && v->across == 0 && old[k - 1]->across == 0) {
      w->chain[n++] = new_across(c, v->from + (old[k - 1]->to - v->from) / 2, columns, a);
      any = true;
    }
    if (v->across > 0 && !(joined(w, k) && joined(w, k + 1))) {
      int const border = v->from + (v->to - v->from) / 2;
      pl_arena_free(v->arena);
      v = new_across(c, border, v->across * 2, a);
      any = true;
    }
    w->chain[n++] = v;
  }
  w->n = n;
  if (any) w->join = PL_NEW_ARRAY(a, int, (size_t)n + 1);
  return any;
}

/* --- The whole -------------------------------------------------------------------------------- */

/* Rows that reach further than a middle bind windows to each other: prices for them would have to
 * be known before. */
static bool suits(const pl_cut *c, int length) {
  for (int i = 0; i < c->lp->n_rows; i++)
    if (c->last[i] > c->first[i] && c->step_first[c->last[i]] - c->step_first[c->first[i]] > length)
      return false;
  return true;
}

static void begin(windows *w, pl_arena *a) {
  size_t const threads = (size_t)pl_crew_threads(w->task->crew);
  size_t const m = (size_t)w->cut->lp->n_rows + 1;
  w->options = (pl_solve_options){.time_limit_s = w->task->options->time_limit_s, .threads = 1};
  w->place_of = PL_NEW_ARRAY(a, int *, threads);
  w->taken = PL_NEW_ARRAY(a, atomic_flag, threads);
  for (size_t k = 0; k < threads; k++) {
    w->place_of[k] = PL_NEW_ARRAY(a, int, m);
    memset(w->place_of[k], -1, m * sizeof(int));
    atomic_flag_clear(&w->taken[k]);
  }
}

/* Solve what is new among the first n of the chain and join; false where a window has no answer. */
static bool solve_chain(windows *w, int n) {
  pl_crew_do(w->task->crew, n, solve_window, w);
  if (atomic_load(&w->failed)) return false;
  pl_crew_do(w->task->crew, n, join_window, w);
  w->join[0] = 0;
  w->join[w->n] = w->cut->n_steps;
  return true;
}

/* Whether enough of the first windows join for bridges to mend the rest. */
static bool promises(const windows *w, int tried) {
  int apart = 0;
  for (int k = 1; k < tried; k++) apart += !joined(w, k);
  return 2 * apart < tried;
}

static extent twice(extent e) { return (extent){2 * e.length, 2 * e.back, 2 * e.ahead}; }

/* Find windows whose first ones join; false if there are none. */
static bool find_chain(windows *w, extent *e, pl_arena *a) {
  int const even = w->cut->lp->n_cols / MIDDLES;
  *e = first_tried;
  if (e->length > even) e->length = even > SHORTEST ? even : SHORTEST;
  for (; suits(w->cut, e->length) && make_chain(w, *e, a); *e = twice(*e)) {
    int const tried = w->n < TRIAL ? w->n : TRIAL;
    if (!solve_chain(w, tried)) break;
    if (promises(w, tried)) return true;
    free_chain(w);
    w->n = 0;
  }
  return false;
}

/* Where neighbours still do not agree the middle of what both take in has to do: what comes out is
 * no answer, but a basis near one. */
static bool force_joins(windows *w) {
  bool all = true;
  for (int k = 1; k < w->n; k++) {
    all &= joined(w, k);
    if (w->join[k] < 0)
      w->join[k] = w->chain[k]->from + (w->chain[k - 1]->to - w->chain[k]->from) / 2;
    if (w->join[k] < w->join[k - 1]) w->join[k] = w->join[k - 1];
  }
  return all && joined(w, w->n);
}

bool pl_windows_solve(const pl_task *t, pl_arena *scratch, pl_proposal *p) {
  windows w = {.task = t, .cut = t->lp->n_integer > 0 ? NULL : pl_cut_new(t->lp, scratch)};
  extent e;
  if (!w.cut) return false;
  begin(&w, scratch);
  bool solved = find_chain(&w, &e, scratch) && solve_chain(&w, w.n);
  for (int round = 0; solved && round < ROUNDS && bridge(&w, e.length / 4, scratch); round++)
    solved = solve_chain(&w, w.n);
  bool const whole = solved && force_joins(&w);
  if (solved) {
    gather(&w, p);
    complete(t->lp, &p->x);
    p->x.method = "overlapping windows of time, joined";
    p->has_basis = true;
  }
  free_chain(&w);
  return whole;
}
