/* The numbers of the factor, and solving with them: left-looking, supernode by supernode. */
#include <math.h>
#include <string.h>

#include "solve/factor_parts.h"

/* The kernels are compiled for several generations of processors; the sanitizers cannot follow how
 * the right one is picked. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(PL_ARENA_DEBUG)
#define FOR_ALL_PROCESSORS __attribute__((target_clones("avx512f", "fma", "default")))
#else
#define FOR_ALL_PROCESSORS
#endif

enum { LANES = PL_TALL / 2, TALL = PL_TALL, ACROSS = 4 };
typedef double lanes
    __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

void pl_factor_prepare(pl_factor *f) {
  size_t const n = (size_t)f->n_supernodes + 1;
  long const values = f->value_start[f->n_supernodes];
  /* Kernels read whole lanes, beyond the end of a column too. */
  f->value = PL_NEW_ARRAY(f->arena, double, (size_t)values + TALL);
  f->pivot = PL_NEW_ARRAY(f->arena, double, (size_t)f->n + 1);
  f->head = PL_NEW_ARRAY(f->arena, int, n);
  f->next = PL_NEW_ARRAY(f->arena, int, n);
  f->reached = PL_NEW_ARRAY(f->arena, long, n);
  f->spill = PL_NEW_ARRAY(f->arena, double, (size_t)f->n_branches *(size_t)f->top_nodes + 1);
  f->buffer = PL_NEW_ARRAY(f->arena, double, (size_t)f->n + 1);
  for (int k = 0; k < f->n_supernodes; k++) {
    long const rows = f->row_start[k + 1] - f->row_start[k];
    if (rows > f->longest) f->longest = rows;
  }
}

/* out[r + height × c] = Σ_k left[r + stride × k] × right[k × ACROSS + c],  r < rows, c < ACROSS.
 * Rows are done in whole lanes: out has room for that, left may be read beyond. */
FOR_ALL_PROCESSORS static void multiply(long rows, int depth, const double *left, long stride,
                                        const double *right, double *out, long height) {
  for (long r = 0; r < rows; r += TALL) {
    lanes a0 = {0}, a1 = {0}, b0 = {0}, b1 = {0}, c0 = {0}, c1 = {0}, d0 = {0}, d1 = {0};
    const double *x = left + r, *y = right;
    for (int k = 0; k < depth; k++, x += stride, y += ACROSS) {
      lanes const u = *(const lanes *)x, v = *(const lanes *)(x + LANES);
      a0 += u * y[0], a1 += v * y[0];
      b0 += u * y[1], b1 += v * y[1];
      c0 += u * y[2], c1 += v * y[2];
      d0 += u * y[3], d1 += v * y[3];
    }
    double *o = out + r;
    *(lanes *)o = a0, *(lanes *)(o + LANES) = a1;
    *(lanes *)(o + height) = b0, *(lanes *)(o + height + LANES) = b1;
    *(lanes *)(o + 2 * height) = c0, *(lanes *)(o + 2 * height + LANES) = c1;
    *(lanes *)(o + 3 * height) = d0, *(lanes *)(o + 3 * height + LANES) = d1;
  }
}

/* A bench for each thread of the crew, made when they are first needed. */
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

/* right[k][c] = L(row c, k) × D(k), for `count` ≤ ACROSS rows that begin at `row` of a supernode.
 */
static void load_right(const double *value, long stride, const double *pivot, int depth, long row,
                       int count, double *right) {
  for (int k = 0; k < depth; k++)
    for (int c = 0; c < ACROSS; c++)
      right[k * ACROSS + c] = c < count ? value[row + c + stride * k] * pivot[k] : 0;
}

/* Take what supernode d does to supernode s away from s; d's rows from reached[d] on that are
 * columns of s. */
FOR_ALL_PROCESSORS static void change(pl_factor *f, int s, int d, pl_bench *w) {
  const int *rows = f->rows + f->row_start[d];
  long const stride = f->row_start[d + 1] - f->row_start[d];
  long const target = f->row_start[s + 1] - f->row_start[s];
  const double *from = f->value + f->value_start[d];
  double *to = f->value + f->value_start[s];
  int const end = f->first[s] + f->width[s];
  long row = f->reached[d];
  int *index = w->index;
  for (long r = row; r < stride; r++) index[r] = w->where[rows[r]];
  while (row < stride && rows[row] < end) {
    int count = 1;
    while (count < ACROSS && row + count < stride && rows[row + count] < end) count++;
    long const height = (stride - row + TALL - 1) / TALL * TALL;
    bool const runs = index[stride - 1] - index[row] == stride - 1 - row; /* no gaps */
    load_right(from, stride, f->pivot + f->first[d], f->width[d], row, count, w->right);
    multiply(stride - row, f->width[d], from + row, stride, w->right, w->out, height);
    for (int c = 0; c < count; c++) {
      double *column = to + target * (rows[row + c] - f->first[s]);
      const double *out = w->out + height * c;
      if (runs)
        for (long r = c, at = index[row]; r < stride - row; r++) column[at + r] -= out[r];
      else
        for (long r = c; r < stride - row; r++) column[index[row + r]] -= out[r];
    }
    row += count;
  }
  f->reached[d] = row;
}

static const double too_small = 1e-30;

static double pivot_of(double x, int sign) { return x * sign > too_small ? x : sign * 1e128; }

/* The supernode's own columns, ACROSS at a time: what the earlier ones do, then among themselves.
 */
FOR_ALL_PROCESSORS static void eliminate(pl_factor *f, int s, const signed char *sign,
                                         pl_bench *w) {
  long const stride = f->row_start[s + 1] - f->row_start[s];
  double *value = f->value + f->value_start[s], *pivot = f->pivot + f->first[s];
  int const width = f->width[s];
  for (int c0 = 0; c0 < width; c0 += ACROSS) {
    int const count = width - c0 < ACROSS ? width - c0 : ACROSS;
    long const height = (stride - c0 + TALL - 1) / TALL * TALL;
    load_right(value, stride, pivot, c0, c0, count, w->right);
    if (c0 > 0) multiply(stride - c0, c0, value + c0, stride, w->right, w->out, height);
    for (int c = 0; c < count; c++) {
      double *column = value + stride * (c0 + c);
      for (long r = c0 + c; c0 > 0 && r < stride; r++) column[r] -= w->out[height * c + r - c0];
      for (int k = 0; k < c; k++) {
        const double *earlier = value + stride * (c0 + k);
        double const by = earlier[c0 + c] * pivot[c0 + k];
        for (long r = c0 + c; by != 0 && r < stride; r++) column[r] -= by * earlier[r];
      }
      double const p = pivot[c0 + c] = pivot_of(column[c0 + c], sign[f->first[s] + c0 + c]);
      double const inverse = 1 / p;
      for (long r = c0 + c + 1; r < stride; r++) column[r] *= inverse;
      column[c0 + c] = 1;
    }
  }
}

/* d waits for the supernode that its next row is a column of, if that is one of from … to. */
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
    change(f, s, d, w);
    wait_for_next(f, d, s + 1, to);
  }
  eliminate(f, s, sign, w);
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
  for (int k = 0; k < f->n_branches; k++) /* what the branches have left for the top */
    for (int d = f->branch[k].from; d <= f->branch[k].to; d++)
      wait_for_next(f, d, f->branch[k].to + 1, f->n_supernodes);
  for (int k = 0; k < f->n_top; k++)
    do_supernode(f, f->top[k], f->n_supernodes, placed, &f->bench[0]);
  pl_arena_free(a);
}

/* --- Solving ------------------------------------------------------------------------------------
 */

/* sum[r] = Σ_c by[c] × value[r + stride × c],  r < rows */
FOR_ALL_PROCESSORS static void combine(long rows, int depth, const double *value, long stride,
                                       const double *by, double *sum) {
  for (long r = 0; r < rows; r++) sum[r] = by[0] * value[r];
  for (int c = 1; c < depth; c++)
    for (long r = 0; r < rows; r++) sum[r] += by[c] * value[r + stride * c];
}

/* Σ_r value[r] × x[r] */
FOR_ALL_PROCESSORS static double inner(long rows, const double *value, const double *x) {
  lanes sum = {0};
  long r = 0;
  for (; r + LANES <= rows; r += LANES)
    sum += *(const lanes *)(value + r) * *(const lanes *)(x + r);
  double total = 0;
  for (int k = 0; k < LANES; k++) total += sum[k];
  for (; r < rows; r++) total += value[r] * x[r];
  return total;
}

/* x ← L⁻¹ x over one supernode. What falls on nodes of the top goes to spill, unless that is NULL.
 */
static void forward(const pl_factor *f, int s, double *x, double *spill, double *sum) {
  const int *rows = f->rows + f->row_start[s];
  long const stride = f->row_start[s + 1] - f->row_start[s];
  int const width = f->width[s];
  const double *value = f->value + f->value_start[s];
  double *own = x + f->first[s];
  for (int c = 0; c < width; c++)
    for (int r = c + 1; r < width; r++) own[r] -= own[c] * value[r + stride * c];
  combine(stride - width, width, value + width, stride, own, sum);
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
    double sum = own[c] / f->pivot[f->first[s] + c] - inner(stride - width, value + width, below);
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
