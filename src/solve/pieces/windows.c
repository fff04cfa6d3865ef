/* Solves a linear program through overlapping windows of time. Each window is a relaxation:
 * everything outside may take any value within its bounds. Far enough from its ends a window is no
 * longer affected by that, and its answer is that of the whole; so neighbours agree somewhere in
 * their overlap, and there they are joined. If there are many optima they may agree on the values
 * and not on the duals, or the other way round: then a patch across the border is solved for what
 * is missing, with what is known on both sides fixed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solve/highs.h"
#include "solve/pieces/cut.h"

static const double agrees = 1e-8;  /* relative to the size of what is compared */
static const double settled = 1e-9; /* relative to the objective: the total error of an answer */

/* Columns. Measured on hourly power: shorter windows cost less per iteration, but overlap more;
 * with less overlap neighbours disagree. */
typedef struct {
  int length;      /* of a window's middle */
  int back, ahead; /* added before and after it */
} extent;

static const extent first_tried = {.length = 3000, .back = 100, .ahead = 200};

enum {
  SHORTEST = 200, /* middle, of small programs, */
  MIDDLES = 6,    /* which are cut into this many */
  TRIAL = 4       /* windows solved before the others: more of them is wasted if they do not join */
};

typedef enum { WINDOW, VALUES, DUALS } purpose; /* a window; a patch for values or for duals */

typedef struct {
  pl_arena *arena; /* of what is kept of the answer */
  purpose purpose;
  int from, to; /* steps taken in */
  int n_rows;
  int *row;                             /* [n_rows] rows of the whole */
  pl_solution *x;                       /* NULL before it is solved, and if it has no answer */
  unsigned char *col_basis, *row_basis; /* pl_basis_status of its own columns and rows */
} window;

typedef struct {
  int values, duals;              /* borders at which one window hands over to the next */
  bool values_agree, duals_agree; /* there */
  double fault;                   /* money by which the answer near it may miss the optimum */
} join;

typedef struct {
  const pl_task *task;
  const pl_cut *cut;
  pl_proposal *p;           /* the answer of the whole, as far as it is known */
  pl_solve_options options; /* of the windows' own runs */
  window **chain;           /* [n] in the order of time */
  int n;
  join *join;     /* [n + 1] of window k − 1 and window k */
  window **patch; /* [n_patches] */
  int n_patches;
  pl_cut_marks *marks;
} windows;

/* --- Solving one ------------------------------------------------------------------------------ */

static void keep_rows(window *v, const pl_piece *p) {
  v->n_rows = p->lp.n_rows;
  v->row = PL_NEW_ARRAY(v->arena, int, (size_t)v->n_rows + 1);
  memcpy(v->row, p->row, (size_t)v->n_rows * sizeof *v->row);
  v->col_basis = PL_NEW_ARRAY(v->arena, unsigned char, (size_t)p->lp.n_cols + 1);
  v->row_basis = PL_NEW_ARRAY(v->arena, unsigned char, (size_t)v->n_rows + 1);
}

static void solve_piece(windows *w, const pl_piece *p, window *v) {
  pl_diag *diag = pl_diag_new();
  pl_highs *h = NULL;
  if (pl_highs_new(&p->lp, &w->options, w->task->watch, &h, diag) == PL_OK) {
    pl_highs_piece(h, 0);
    if (pl_highs_run(h, v->arena, &v->x, diag) != PL_OK ||
        !pl_highs_basis(h, v->col_basis, v->row_basis))
      v->x = NULL;
  }
  pl_highs_free(h);
  pl_diag_free(diag);
}

static pl_outside seen_by(const windows *w, const window *v) {
  const pl_lp *lp = w->cut->lp;
  const double *x = w->p->x.col_value;
  if (v->purpose == VALUES) return (pl_outside){.lower = x, .upper = x};
  pl_outside o = {.lower = lp->lower, .upper = lp->upper};
  if (v->purpose == DUALS) {
    o.dual = w->p->x.row_dual;
    o.price_before = o.price_after = true;
  }
  return o;
}

static void solve_window(windows *w, window *v) {
  if (v->x || !pl_watch_tell(w->task->watch, "windows", 0, NAN, NAN)) return;
  pl_arena *scratch = pl_arena_new();
  pl_outside const o = seen_by(w, v);
  pl_piece p;
  pl_piece_cut(w->cut, w->marks, v->from, v->to, &o, scratch, &p);
  keep_rows(v, &p);
  solve_piece(w, &p, v);
  pl_arena_free(scratch);
}

static void solve_of_chain(int k, void *user) {
  windows *w = user;
  solve_window(w, w->chain[k]);
}

static void solve_of_patches(int k, void *user) {
  windows *w = user;
  solve_window(w, w->patch[k]);
}

/* --- Joining ---------------------------------------------------------------------------------- */

typedef struct { /* two neighbours and the borders at which they may not be joined */
  const windows *w;
  const window *left, *right;
  int low, high;       /* the borders at which both answer */
  int *values, *duals; /* [high − low + 2] counts, as differences from border to border */
} comparison;

static double value_in(const windows *w, const window *v, int j) {
  return v->x->col_value[w->cut->place[j] - w->cut->step_first[v->from]];
}

static double dual_in(const window *v, int place) { return place >= 0 ? v->x->row_dual[place] : 0; }

static void forbid(int *bad, int from, int to) {
  bad[from]++;
  bad[to + 1]--;
}

/* Whether row i holds at this activity, and is tight if its duals require it. */
static bool holds(const pl_lp *lp, int i, double activity, double size, double dual, double dear) {
  double const room = agrees * fmax(1, size);
  double const low = lp->row_lower[i], high = lp->row_upper[i];
  if (activity < low - room || activity > high + room) return false;
  if (dual > dear && activity > low + room) return false;
  return dual >= -dear || activity >= high - room;
}

/* Forbids the borders begin … end at which row i would not hold, with left's values before and
 * right's after. */
static void compare_values(const comparison *q, int i, double dual, double dear, int begin,
                           int end) {
  const pl_cut *c = q->w->cut;
  long const to = c->row_start[i + 1];
  double activity = 0, size = 0;
  if (c->first[i] < q->left->from || c->last[i] >= q->right->to)
    return; /* cannot be decided from these two windows */
  long k = c->row_start[i];
  for (long r = k; r < to; r++) {
    int const j = c->row_col[r];
    bool const before = c->step[j] < begin;
    double const a = c->row_value[r] * value_in(q->w, before ? q->left : q->right, j);
    activity += a;
    size = fmax(size, fabs(a));
    k += before;
  }
  for (int s = begin; s <= end; s++) {
    for (; k < to && c->step[c->row_col[k]] < s; k++) {
      int const j = c->row_col[k];
      activity += c->row_value[k] * (value_in(q->w, q->left, j) - value_in(q->w, q->right, j));
    }
    if (!holds(c->lp, i, activity, size, dual, dear)) forbid(q->values, s - q->low, s - q->low);
  }
}

/* Forbids the borders crossed by row i at which it would not hold or its duals differ. */
static void compare_row(const comparison *q, int i, double left_dual, double right_dual) {
  const pl_cut *c = q->w->cut;
  int const begin = q->low > c->first[i] + 1 ? q->low : c->first[i] + 1;
  int const end = q->high < c->last[i] ? q->high : c->last[i];
  if (begin > end) return;
  double const dear = agrees * fmax(1, fmax(fabs(left_dual), fabs(right_dual)));
  bool const differ = fabs(left_dual - right_dual) > dear;
  if (differ) forbid(q->duals, begin - q->low, end - q->low);
  double const both = left_dual * right_dual > 0 ? left_dual : 0;
  compare_values(q, i, differ ? both : left_dual, dear, begin, end);
}

static void compare_rows(const comparison *q, int *place_of) {
  for (int k = 0; k < q->left->n_rows; k++) place_of[q->left->row[k]] = k;
  for (int k = 0; k < q->right->n_rows; k++) {
    int const i = q->right->row[k], l = place_of[i];
    compare_row(q, i, dual_in(q->left, l), dual_in(q->right, k));
    place_of[i] = -1;
  }
  for (int k = 0; k < q->left->n_rows; k++) { /* rows of the left one only */
    int const i = q->left->row[k];
    if (place_of[i] >= 0) compare_row(q, i, dual_in(q->left, k), 0);
    place_of[i] = -1;
  }
}

/* The border nearest to the middle that nothing forbids, −1 = none. Either of the two may be
 * NULL. */
static int nearest_allowed(const comparison *q, const int *one, const int *other) {
  int const wanted = q->low + (q->high - q->low) / 2;
  int best = -1, bad = 0;
  for (int s = q->low; s <= q->high; s++) {
    bad += (one ? one[s - q->low] : 0) + (other ? other[s - q->low] : 0);
    if (bad == 0 && (best < 0 || abs(s - wanted) < abs(best - wanted))) best = s;
  }
  return best;
}

static join find_join(windows *w, const window *left, const window *right, int *place_of,
                      pl_arena *scratch) {
  comparison q = {.w = w, .left = left, .right = right, .low = right->from, .high = left->to};
  size_t const n = (size_t)(q.high - q.low) + 2;
  q.values = PL_NEW_ARRAY(scratch, int, n);
  q.duals = PL_NEW_ARRAY(scratch, int, n);
  compare_rows(&q, place_of);
  int const both = nearest_allowed(&q, q.values, q.duals), middle = q.low + (q.high - q.low) / 2;
  int const values = both >= 0 ? both : nearest_allowed(&q, q.values, NULL);
  int const duals = both >= 0 ? both : nearest_allowed(&q, NULL, q.duals);
  return (join){.values = values >= 0 ? values : middle,
                .duals = duals >= 0 ? duals : middle,
                .values_agree = values >= 0,
                .duals_agree = duals >= 0};
}

static void join_window(int k, void *user) {
  windows *w = user;
  if (k == 0) return;
  pl_arena *scratch = pl_arena_new();
  int const mine = pl_cut_marks_take(w->marks);
  w->join[k] = find_join(w, w->chain[k - 1], w->chain[k], w->marks->marks[mine], scratch);
  pl_cut_marks_give(w->marks, mine);
  pl_arena_free(scratch);
}

/* --- The whole -------------------------------------------------------------------------------- */

/* Every window provides the values of its steps, and the duals of the rows that end in them. */
static void gather(const windows *w, int k) {
  const pl_cut *c = w->cut;
  const window *v = w->chain[k];
  const join *from = &w->join[k], *to = &w->join[k + 1];
  pl_proposal *p = w->p;
  int const first = c->step_first[v->from];
  for (int q = c->step_first[from->values]; q < c->step_first[to->values]; q++) {
    p->x.col_value[c->col[q]] = v->x->col_value[q - first];
    p->col_basis[c->col[q]] = v->col_basis[q - first];
  }
  for (int r = 0; r < v->n_rows; r++) {
    int const i = v->row[r], last = c->last[i];
    if (from->duals <= last && last < to->duals) p->x.row_dual[i] = v->x->row_dual[r];
    if (from->values <= last && last < to->values) p->row_basis[i] = v->row_basis[r];
  }
  p->x.iterations += v->x->iterations;
}

static void apply_patch(const windows *w, const window *v) {
  const pl_cut *c = w->cut;
  pl_solution *x = &w->p->x;
  if (!v->x) return;
  int const first = c->step_first[v->from], after = c->step_first[v->to];
  for (int q = first; v->purpose == VALUES && q < after; q++)
    x->col_value[c->col[q]] = v->x->col_value[q - first];
  for (int r = 0; v->purpose == DUALS && r < v->n_rows; r++)
    x->row_dual[v->row[r]] = v->x->row_dual[r];
  x->iterations += v->x->iterations;
}

/* The loss of a dual at this value, compared with the bound that it pushes towards. */
static double loss(double dual, double lower, double upper, double value) {
  double const room = dual > 0 ? value - lower : upper - value;
  if (dual == 0) return 0;
  return fabs(dual) * (isfinite(room) ? fabs(room) : fmax(1, fabs(value)));
}

static bool violates(double lower, double upper, double value) {
  double const room = agrees * 10 * fmax(1, fabs(value));
  return value < lower - room || value > upper + room;
}

/* The join whose windows answer for step s: the nearest one, k being its window. */
static int join_near(const windows *w, int k, int s) {
  int const from = w->join[k].values, to = w->join[k + 1].values;
  if (k == 0) return 1;
  return k == w->n - 1 || s - from < to - s ? k : k + 1;
}

/* How far the answer is from optimal, join by join and in total. */
static double find_faults(windows *w) {
  const pl_cut *c = w->cut;
  const pl_lp *lp = c->lp;
  const pl_solution *x = &w->p->x;
  double *at = calloc((size_t)c->n_steps + 1, sizeof *at), total = 0;
  for (int j = 0; j < lp->n_cols; j++)
    at[c->step[j]] += loss(x->col_dual[j], lp->lower[j], lp->upper[j], x->col_value[j]);
  for (int i = 0; i < lp->n_rows; i++) {
    int const s = c->last[i] < 0 ? 0 : c->last[i];
    double const low = lp->row_lower[i], high = lp->row_upper[i];
    at[s] += loss(x->row_dual[i], low, high, x->row_value[i]);
    if (violates(low, high, x->row_value[i])) at[s] = INFINITY;
  }
  for (int k = 0; k <= w->n; k++) w->join[k].fault = 0;
  for (int k = 0; k < w->n; k++)
    for (int s = w->join[k].values; s < w->join[k + 1].values; s++) {
      w->join[join_near(w, k, s)].fault += at[s];
      total += at[s];
    }
  free(at);
  return total;
}

static double money(const windows *w) {
  const pl_lp *lp = w->cut->lp;
  double sum = lp->offset;
  for (int j = 0; j < lp->n_cols; j++) sum += lp->cost[j] * w->p->x.col_value[j];
  return fmax(1, fabs(sum));
}

/* --- The chain -------------------------------------------------------------------------------- */

/* The borders between middles, where few rows cross; how many middles. */
static int choose_borders(const pl_cut *c, int length, int *border) {
  int n = 0;
  border[0] = 0;
  while (pl_cut_step(c, border[n], length + length / 2) < c->n_steps) {
    int const low = pl_cut_step(c, border[n], length - length / 4);
    int const high = pl_cut_step(c, border[n], length + length / 4);
    border[n + 1] = pl_cut_border(c, low, pl_cut_step(c, border[n], length), high);
    if (border[n + 1] <= border[n]) return 0; /* one step alone is longer */
    n++;
  }
  border[++n] = c->n_steps;
  return n;
}

/* A window over the steps [from, to) and some more columns, up to borders that few rows cross. */
static window *new_window(const pl_cut *c, int from, int to, int back, int ahead, pl_arena *a) {
  window *v = PL_NEW(a, window);
  int begin = pl_cut_step(c, from, -back), end = pl_cut_step(c, to, ahead);
  if (begin > 0) begin = pl_cut_border(c, pl_cut_step(c, from, -back - back / 2), begin, begin);
  if (end < c->n_steps) end = pl_cut_border(c, end, end, pl_cut_step(c, to, ahead + ahead / 2));
  *v = (window){.arena = pl_arena_new(), .from = begin, .to = end};
  return v;
}

static void make_chain(windows *w, const int *border, int n, extent e, pl_arena *a) {
  w->n = n;
  w->chain = PL_NEW_ARRAY(a, window *, (size_t)n);
  w->join = PL_NEW_ARRAY(a, join, (size_t)n + 1);
  w->patch = PL_NEW_ARRAY(a, window *, (size_t)n * 2);
  for (int k = 0; k < n; k++)
    w->chain[k] = new_window(w->cut, border[k], border[k + 1], e.back, e.ahead, a);
  w->join[n].values = w->join[n].duals = w->cut->n_steps;
}

static void free_windows(window **v, int n) {
  for (int k = 0; k < n; k++) pl_arena_free(v[k]->arena);
}

/* Solves what is new among the first n of the chain and joins it; false if a window has no
 * answer. */
static bool solve_chain(windows *w, int n) {
  pl_crew_do(w->task->crew, n, solve_of_chain, w);
  for (int k = 0; k < n; k++)
    if (!w->chain[k]->x) return false;
  pl_crew_do(w->task->crew, n, join_window, w);
  return true;
}

/* Whether enough of the first windows agree for patches to repair the rest. */
static bool promises(const windows *w, int tried) {
  int apart = 0;
  for (int k = 1; k < tried; k++) apart += !w->join[k].values_agree && !w->join[k].duals_agree;
  return 2 * apart < tried;
}

static extent twice(extent e) { return (extent){2 * e.length, 2 * e.back, 2 * e.ahead}; }

/* Rows that reach further than a middle couple windows to each other: their prices would have to be
 * known in advance. */
static bool suits(const pl_cut *c, int length) {
  for (int i = 0; i < c->lp->n_rows; i++)
    if (c->last[i] > c->first[i] && c->step_first[c->last[i]] - c->step_first[c->first[i]] > length)
      return false;
  return true;
}

/* Finds windows of which the first ones agree; false if there are none. */
static bool find_chain(windows *w, extent *e, pl_arena *a) {
  int const even = w->cut->lp->n_cols / MIDDLES;
  int *border = PL_NEW_ARRAY(a, int, (size_t)w->cut->n_steps + 2);
  *e = first_tried;
  if (e->length > even) e->length = even > SHORTEST ? even : SHORTEST;
  for (; suits(w->cut, e->length); *e = twice(*e)) {
    int const n = choose_borders(w->cut, e->length, border), tried = n < TRIAL ? n : TRIAL;
    if (n < 2) return false;
    free_windows(w->chain, w->n);
    make_chain(w, border, n, *e, a);
    if (!solve_chain(w, tried)) return false;
    if (promises(w, tried)) return true;
    if ((long)TRIAL * e->length > w->cut->lp->n_cols / TRIAL)
      return false; /* too much would be wasted */
  }
  return false;
}

static void add_patch(windows *w, purpose what, int border, int columns, pl_arena *a) {
  const pl_cut *c = w->cut;
  window *v = PL_NEW(a, window);
  *v = (window){.arena = pl_arena_new(),
                .purpose = what,
                .from = pl_cut_step(c, border, -columns),
                .to = pl_cut_step(c, border, columns)};
  w->patch[w->n_patches++] = v;
}

static void solve_patches(windows *w) {
  pl_crew_do(w->task->crew, w->n_patches, solve_of_patches, w);
  for (int k = 0; k < w->n_patches; k++) apply_patch(w, w->patch[k]);
  free_windows(w->patch, w->n_patches);
  w->n_patches = 0;
  pl_lp_complete(w->cut->lp, &w->p->x);
}

/* First where neighbours do not agree, then wider where an error remains. */
static bool mend(windows *w, extent e, pl_arena *a) {
  for (int k = 1; k < w->n; k++) {
    const join *j = &w->join[k];
    if (!j->values_agree) add_patch(w, VALUES, j->values, e.length / 5, a);
    if (!j->duals_agree) add_patch(w, DUALS, j->values, e.length / 5, a);
  }
  solve_patches(w);
  double const most = settled * money(w);
  if (find_faults(w) <= most) return true;
  for (int k = 1; k < w->n; k++) {
    if (w->join[k].fault <= most / w->n) continue;
    add_patch(w, VALUES, w->join[k].values, e.length / 3, a);
    add_patch(w, DUALS, w->join[k].values, e.length / 3, a);
  }
  solve_patches(w);
  return find_faults(w) <= most;
}

bool pl_windows_solve(const pl_task *t, pl_arena *scratch, pl_proposal *p) {
  windows w = {.task = t, .p = p};
  w.cut = t->lp->n_integer > 0 ? NULL : pl_cut_new(t->lp, scratch);
  extent e;
  if (!w.cut) return false;
  w.marks = pl_cut_marks_new(w.cut, pl_crew_threads(t->crew), scratch);
  w.options = (pl_solve_options){.time_limit_s = t->options->time_limit_s, .threads = 1};
  bool const solved = find_chain(&w, &e, scratch) && solve_chain(&w, w.n);
  for (int k = 0; solved && k < w.n; k++) gather(&w, k);
  bool const whole = solved && mend(&w, e, scratch);
  free_windows(w.chain, w.n);
  p->has_basis = solved;
  p->x.method = "overlapping windows of time, joined";
  return whole;
}
