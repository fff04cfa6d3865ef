/* The numbers of the factor, and solving with them: left-looking, supernode by supernode. */
#include <math.h>
#include <string.h>

#include "solve/interior/factor_parts.h"

enum { ACROSS = PL_ACROSS, TALL = PL_TALL };

void pl_factor_prepare(pl_factor *f) {
  size_t const n = (size_t)f->n_supernodes + 1;
  long const values = f->value_start[f->n_supernodes];
  /* Kernels read whole lanes, beyond the end of a column too. */
  f->value = PL_NEW_ARRAY(f->arena, double, (size_t)values + TALL);
  f->pivot = PL_NEW_ARRAY(f->arena, double, (size_t)f->n + 1);
  f->head = PL_NEW_ARRAY(f->arena, int, n);
  f->next = PL_NEW_ARRAY(f->arena, int, n);
  f->reached = PL_NEW_ARRAY(f->arena, long, n);
  size_t const spilt = (size_t)f->n_branches * (size_t)f->top_nodes;
  f->spill = PL_NEW_ARRAY(f->arena, double, spilt + 1);
  f->buffer = PL_NEW_ARRAY(f->arena, double, (size_t)f->n + 1);
  for (int k = 0; k < f->n_supernodes; k++) {
    long const rows = f->row_start[k + 1] - f->row_start[k];
    if (rows > f->longest) f->longest = rows;
  }
}

/* A workspace for each thread of the crew, made when first needed. */
static void need_benches(pl_factor *f, int threads) {
  if (f->n_benches >= threads) return;
  f->n_benches = threads;
  f->bench = PL_NEW_ARRAY(f->arena, pl_bench, (size_t)threads);
  size_t const tall = (size_t)f->longest + 2 * TALL;
  for (int k = 0; k < threads; k++) {
    pl_bench *w = &f->bench[k];
    atomic_flag_clear(&w->taken);
    w->where = PL_NEW_ARRAY(f->arena, int, (size_t)f->n + 1);
    w->index = PL_NEW_ARRAY(f->arena, int, tall);
    w->right = PL_NEW_ARRAY(f->arena, double, PL_WIDEST *ACROSS);
    w->out = PL_NEW_ARRAY(f->arena, double, ACROSS *tall);
  }
}

static pl_bench *take_bench(const pl_factor *f) {
  for (int k = 0;; k = (k + 1) % f->n_benches)
    if (!atomic_flag_test_and_set(&f->bench[k].taken)) return &f->bench[k];
}

static void give_back(pl_bench *w) { atomic_flag_clear(&w->taken); }

/* Queues d for the supernode whose columns contain its next row, if that is one of from … to. */
static void wait_for_next(pl_factor *f, int d, int from, int to) {
  long const at = f->row_start[d] + f->reached[d];
  if (at >= f->row_start[d + 1]) return;
  int const s = f->supernode_of[f->rows[at]];
  if (s < from || s > to) return;
  f->next[d] = f->head[s];
  f->head[s] = d;
}

static void do_supernode(pl_factor *f, int s, int to, const signed char *sign, pl_bench *w) {
  const int *rows = f->rows + f->row_start[s];
  long const n_rows = f->row_start[s + 1] - f->row_start[s];
  if (f->head[s] >= 0)
    for (long r = 0; r < n_rows; r++) w->where[rows[r]] = (int)r;
  for (int d = f->head[s], next; d >= 0; d = next) {
    next = f->next[d];
    f->kernels.change(f, s, d, w);
    wait_for_next(f, d, s + 1, to);
  }
  f->kernels.eliminate(f, s, sign, w);
  f->reached[s] = f->width[s];
  wait_for_next(f, s, s + 1, to);
}

typedef struct {
  pl_factor *f;
  const signed char *sign;
} job;

static void do_branch(int k, void *user) {
  const job *j = user;
  pl_bench *w = take_bench(j->f);
  pl_branch const b = j->f->branch[k];
  for (int s = b.from; s <= b.to; s++) do_supernode(j->f, s, b.to, j->sign, w);
  give_back(w);
}

void pl_factor_compute(pl_factor *f, const signed char *sign, pl_crew *crew) {
  pl_arena *a = pl_arena_new();
  signed char *placed = PL_NEW_ARRAY(a, signed char, (size_t)f->n + 1);
  for (int i = 0; i < f->n; i++) placed[f->place[i]] = sign[i];
  need_benches(f, pl_crew_threads(crew));
  for (int s = 0; s < f->n_supernodes; s++) f->head[s] = -1;
  job j = {f, placed};
  pl_crew_do(crew, f->n_branches, do_branch, &j);
  for (int k = 0; k < f->n_branches; k++) /* what the branches leave to the top */
    for (int d = f->branch[k].from; d <= f->branch[k].to; d++)
      wait_for_next(f, d, f->branch[k].to + 1, f->n_supernodes);
  for (int k = 0; k < f->n_top; k++)
    do_supernode(f, f->top[k], f->n_supernodes, placed, &f->bench[0]);
  pl_arena_free(a);
}

/* --- Solving ---------------------------------------------------------------------------------- */

/* x ← L⁻¹ x over one supernode. Contributions to nodes of the top go to spill, unless that is
 * NULL. */
static void forward(const pl_factor *f, int s, double *x, double *spill, double *sum) {
  const int *rows = f->rows + f->row_start[s];
  long const stride = f->row_start[s + 1] - f->row_start[s];
  int const width = f->width[s];
  const double *value = f->value + f->value_start[s];
  double *own = x + f->first[s];
  for (int c = 0; c < width; c++)
    for (int r = c + 1; r < width; r++) own[r] -= own[c] * value[r + stride * c];
  f->kernels.combine(stride - width, width, value + width, stride, own, sum);
  for (long r = width; r < stride; r++) {
    int const top = spill ? f->top_place[rows[r]] : -1;
    *(top < 0 ? &x[rows[r]] : &spill[top]) -= sum[r - width];
  }
}

/* x ← L⁻ᵀ D⁻¹ x over one supernode */
static void backward(const pl_factor *f, int s, double *x, double *below) {
  const int *rows = f->rows + f->row_start[s];
  long const stride = f->row_start[s + 1] - f->row_start[s];
  int const width = f->width[s];
  double *own = x + f->first[s];
  for (long r = width; r < stride; r++) below[r - width] = x[rows[r]];
  for (int c = width - 1; c >= 0; c--) {
    const double *value = f->value + f->value_start[s] + stride * c;
    double sum = own[c] / f->pivot[f->first[s] + c];
    sum -= f->kernels.inner(stride - width, value + width, below);
    for (int r = c + 1; r < width; r++) sum -= value[r] * own[r];
    own[c] = sum;
  }
}

typedef struct {
  const pl_factor *f;
  double *x;
} solve_job;

static void forward_branch(int k, void *user) {
  const solve_job *j = user;
  pl_bench *w = take_bench(j->f);
  double *spill = j->f->spill + (size_t)k * (size_t)j->f->top_nodes;
  memset(spill, 0, (size_t)j->f->top_nodes * sizeof *spill);
  for (int s = j->f->branch[k].from; s <= j->f->branch[k].to; s++)
    forward(j->f, s, j->x, spill, w->out);
  give_back(w);
}

static void backward_branch(int k, void *user) {
  const solve_job *j = user;
  pl_bench *w = take_bench(j->f);
  for (int s = j->f->branch[k].to; s >= j->f->branch[k].from; s--) backward(j->f, s, j->x, w->out);
  give_back(w);
}

static void take_spills(const pl_factor *f, double *x) {
  for (int i = 0; i < f->n; i++) {
    if (f->top_place[i] < 0) continue;
    for (int k = 0; k < f->n_branches; k++)
      x[i] += f->spill[(size_t)k * (size_t)f->top_nodes + (size_t)f->top_place[i]];
  }
}

void pl_factor_solve(const pl_factor *f, double *x, pl_crew *crew) {
  double *y = f->buffer, *work = f->bench[0].out;
  solve_job j = {f, y};
  for (int i = 0; i < f->n; i++) y[f->place[i]] = x[i];
  pl_crew_do(crew, f->n_branches, forward_branch, &j);
  take_spills(f, y);
  for (int k = 0; k < f->n_top; k++) forward(f, f->top[k], y, NULL, work);
  for (int k = f->n_top - 1; k >= 0; k--) backward(f, f->top[k], y, work);
  pl_crew_do(crew, f->n_branches, backward_branch, &j);
  for (int i = 0; i < f->n; i++) x[i] = y[f->place[i]];
}
