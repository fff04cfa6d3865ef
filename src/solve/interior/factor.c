/* The pattern of the factor: elimination tree, supernodes, and the branches for threads. */
#include "solve/interior/factor.h"

#include <stdlib.h>
#include <string.h>

#include "solve/interior/factor_parts.h"

/* --- The matrix in elimination order ---------------------------------------------------------- */

typedef struct { /* the strict triangle by columns of earlier nodes: start[n + 1], row > column */
  long *start;
  int *row;
} triangle;

static triangle by_earlier(const pl_factor *f, long n_entries, const int *row, const int *col,
                           pl_arena *a) {
  triangle t = {PL_NEW_ARRAY(a, long, (size_t)f->n + 1),
                PL_NEW_ARRAY(a, int, (size_t)n_entries + 1)};
  for (long k = 0; k < n_entries; k++) {
    int const i = f->place[row[k]], j = f->place[col[k]];
    t.start[(i < j ? i : j) + 1]++;
  }
  for (int j = 0; j < f->n; j++) t.start[j + 1] += t.start[j];
  long *at = PL_NEW_ARRAY(a, long, (size_t)f->n + 1);
  memcpy(at, t.start, (size_t)f->n * sizeof *at);
  for (long k = 0; k < n_entries; k++) {
    int const i = f->place[row[k]], j = f->place[col[k]];
    t.row[at[i < j ? i : j]++] = i < j ? j : i;
  }
  return t;
}

static triangle transposed(const triangle *t, int n, pl_arena *a) {
  triangle u = {PL_NEW_ARRAY(a, long, (size_t)n + 1),
                PL_NEW_ARRAY(a, int, (size_t)t->start[n] + 1)};
  for (long k = 0; k < t->start[n]; k++) u.start[t->row[k] + 1]++;
  for (int i = 0; i < n; i++) u.start[i + 1] += u.start[i];
  long *at = PL_NEW_ARRAY(a, long, (size_t)n + 1);
  memcpy(at, u.start, (size_t)n * sizeof *at);
  for (int j = 0; j < n; j++)
    for (long k = t->start[j]; k < t->start[j + 1]; k++) u.row[at[t->row[k]]++] = j;
  return u;
}

/* parent[j] = the first node below the diagonal in column j of L (Liu). */
static int *elimination_tree(const triangle *upper, int n, pl_arena *a) {
  int *parent = PL_NEW_ARRAY(a, int, (size_t)n), *ancestor = PL_NEW_ARRAY(a, int, (size_t)n);
  for (int i = 0; i < n; i++) {
    parent[i] = ancestor[i] = -1;
    for (long k = upper->start[i]; k < upper->start[i + 1]; k++) {
      int next, j = upper->row[k];
      for (; j >= 0 && j < i; j = next) {
        next = ancestor[j];
        ancestor[j] = i;
        if (next < 0) parent[j] = i;
      }
    }
  }
  return parent;
}

/* Children before parents, each branch contiguous: post[k] = the node that comes k-th. */
static int *postorder(const int *parent, int n, pl_arena *a) {
  int *head = PL_NEW_ARRAY(a, int, (size_t)n + 1), *next = PL_NEW_ARRAY(a, int, (size_t)n + 1);
  int *stack = PL_NEW_ARRAY(a, int, (size_t)n + 1), *post = PL_NEW_ARRAY(a, int, (size_t)n + 1);
  int done = 0;
  for (int j = 0; j < n; j++) head[j] = -1;
  for (int j = n - 1; j >= 0; j--) {
    if (parent[j] < 0) continue;
    next[j] = head[parent[j]];
    head[parent[j]] = j;
  }
  for (int root = 0; root < n; root++) {
    if (parent[root] >= 0) continue;
    int top = 0;
    stack[0] = root;
    while (top >= 0) {
      int const j = stack[top], child = head[j];
      if (child < 0) {
        post[done++] = j;
        top--;
      } else {
        head[j] = next[child];
        stack[++top] = child;
      }
    }
  }
  return post;
}

static void set_order(pl_factor *f, const int *order) {
  for (int k = 0; k < f->n; k++) f->place[order[k]] = k;
}

/* Changes the given order into one with the same fill in which every branch is contiguous. */
static void arrange(pl_factor *f, long n_entries, const int *row, const int *col,
                    const int *order) {
  pl_arena *a = pl_arena_new();
  set_order(f, order);
  triangle const lower = by_earlier(f, n_entries, row, col, a), upper = transposed(&lower, f->n, a);
  const int *post = postorder(elimination_tree(&upper, f->n, a), f->n, a);
  int *arranged = PL_NEW_ARRAY(a, int, (size_t)f->n + 1);
  for (int k = 0; k < f->n; k++) arranged[k] = order[post[k]];
  set_order(f, arranged);
  pl_arena_free(a);
}

/* --- Columns of L, and supernodes ------------------------------------------------------------- */

/* Below this width, storing a few zeros is cheaper than one more supernode. */
enum { SMALL = 16 };

typedef struct { /* what grows while patterns are determined; columns in postorder */
  pl_factor *f;
  const triangle *lower;
  const int *parent;
  int *mark, *count; /* [n] count: of column j's rows below the diagonal */
  int *first_child, *sibling;
  long capacity;
} symbolic;

static int ascending(const void *x, const void *y) {
  int const a = *(const int *)x, b = *(const int *)y;
  return (a > b) - (a < b);
}

static void need_rows(symbolic *s, long more) {
  pl_factor *f = s->f;
  long const used = f->row_start[f->n_supernodes];
  if (used + more <= s->capacity) return;
  s->capacity = 2 * (used + more);
  int *fresh = PL_NEW_ARRAY(f->arena, int, (size_t)s->capacity);
  if (used > 0) memcpy(fresh, f->rows, (size_t)used * sizeof *fresh);
  f->rows = fresh;
}

/* Rows of the supernode that ends with column `last` and begins with `first`: its own columns, then
 * the rows below that its columns of the matrix and its children reach. Children are supernodes by
 * now, identified by their last column. */
static int gather_rows(symbolic *s, int first, int last, int *out, const int *supernode_of) {
  const pl_factor *f = s->f;
  int n = 0;
  for (int j = first; j <= last; j++) {
    for (long k = s->lower->start[j]; k < s->lower->start[j + 1]; k++) {
      int const i = s->lower->row[k];
      if (i > last && s->mark[i] != last) s->mark[out[n++] = i] = last;
    }
    for (int c = s->first_child[j]; c >= 0; c = s->sibling[c]) {
      if (c >= first) continue;
      int const d = supernode_of[c];
      for (long k = f->row_start[d] + f->width[d]; k < f->row_start[d + 1]; k++) {
        int const i = f->rows[k];
        if (i > last && s->mark[i] != last) s->mark[out[n++] = i] = last;
      }
    }
  }
  qsort(out, (size_t)n, sizeof *out, ascending);
  return n;
}

/* Upper bounds on column counts, exact for what matters here: |column j| from the union of children
 * and the matrix, found by the row subtrees. */
static bool count_columns(symbolic *s, const triangle *upper, double most) {
  int const n = s->f->n;
  double total = 0;
  for (int i = 0; i < n; i++) s->mark[i] = -1;
  for (int i = 0; i < n; i++) { /* row i of L is the part of the tree between its entries and i */
    s->mark[i] = i;
    for (long k = upper->start[i]; k < upper->start[i + 1]; k++)
      for (int j = upper->row[k]; s->mark[j] != i; j = s->parent[j]) {
        s->mark[j] = i;
        s->count[j]++;
        total++;
      }
    if (total > most) return false;
  }
  return true;
}

/* Whether column j + 1 may join the supernode of columns first … j: it is j's parent, and the zeros
 * that this stores are few. */
static bool may_join(const symbolic *s, int first, int j, double *zeros) {
  if (j + 1 >= s->f->n || s->parent[j] != j + 1) return false;
  int const width = j + 2 - first;
  if (width > PL_WIDEST) return false;
  int const extra = s->count[j + 1] + 1 - s->count[j]; /* rows that column j does not have */
  if (extra == 0) return true;
  double const more = *zeros + (double)extra * (j + 1 - first);
  double const room = (double)width * (s->count[j + 1] + (double)width / 2);
  if (width > SMALL ? more > 0.05 * room : more > 0.4 * room) return false;
  *zeros = more;
  return true;
}

static void add_supernode(symbolic *s, int first, int last, int *buffer, int *supernode_of) {
  pl_factor *f = s->f;
  int const width = last - first + 1, n = gather_rows(s, first, last, buffer, supernode_of);
  int const k = f->n_supernodes;
  need_rows(s, width + n);
  int *rows = f->rows + f->row_start[k];
  for (int c = 0; c < width; c++) rows[c] = first + c;
  memcpy(rows + width, buffer, (size_t)n * sizeof *rows);
  f->first[k] = first;
  f->width[k] = width;
  f->row_start[k + 1] = f->row_start[k] + width + n;
  f->value_start[k + 1] = f->value_start[k] + (long)width * (width + n);
  for (int j = first; j <= last; j++) supernode_of[j] = k;
  f->n_supernodes++;
}

static void link_children(symbolic *s) {
  for (int j = 0; j < s->f->n; j++) s->first_child[j] = -1;
  for (int j = s->f->n - 1; j >= 0; j--) {
    if (s->parent[j] < 0) continue;
    s->sibling[j] = s->first_child[s->parent[j]];
    s->first_child[s->parent[j]] = j;
  }
}

static void find_supernodes(symbolic *s, pl_arena *a) {
  pl_factor *f = s->f;
  int *buffer = PL_NEW_ARRAY(a, int, (size_t)f->n + 1);
  link_children(s);
  for (int j = 0; j < f->n; j++) s->mark[j] = -1;
  for (int first = 0, j = 0; j < f->n; first = ++j) {
    double zeros = 0;
    while (may_join(s, first, j, &zeros)) j++;
    add_supernode(s, first, j, buffer, f->supernode_of);
  }
}

/* --- Branches for threads --------------------------------------------------------------------- */

static double work_of(const pl_factor *f, int k) {
  double const w = f->width[k], rows = (double)(f->row_start[k + 1] - f->row_start[k]);
  return w * rows * rows + 50 * rows; /* including the overhead of a supernode */
}

/* Branches are cut off the tree from the root: always the largest, while the part left above them
 * stays small, so that it can follow them on one thread. */
static void cut_branches(pl_factor *f, pl_arena *a) {
  int const n = f->n_supernodes;
  double *branch = PL_NEW_ARRAY(a, double, (size_t)n + 1), total = 0, above = 0;
  int *low =
      PL_NEW_ARRAY(a, int, (size_t)n + 1); /* first supernode of the branch that ends with k */
  int *up = PL_NEW_ARRAY(a, int, (size_t)n + 1);
  bool *top = PL_NEW_ARRAY(a, bool, (size_t)n + 1);
  for (int k = 0; k < n; k++) low[k] = k;
  for (int k = 0; k < n; k++) {
    long const below = f->row_start[k] + f->width[k];
    up[k] = below < f->row_start[k + 1] ? f->supernode_of[f->rows[below]] : -1;
    branch[k] += work_of(f, k);
    total += work_of(f, k);
    f->work += work_of(f, k);
    if (up[k] < 0) continue;
    branch[up[k]] += branch[k];
    if (low[k] < low[up[k]]) low[up[k]] = low[k];
  }
  for (int k = n - 1; k >= 0; k--) { /* parents come before their children here */
    bool const free_above = up[k] < 0 || top[up[k]];
    double const own = work_of(f, k);
    bool const large = branch[k] > 0.6 * total, light = above + own <= 0.04 * total;
    if (!free_above) continue;
    if (branch[k] > total / 16 && (light || (large && above + own < 0.5 * total))) {
      top[k] = true;
      above += own;
    } else {
      f->branch[f->n_branches++] = (pl_branch){low[k], k};
    }
  }
  for (int i = 0; i < f->n; i++) f->top_place[i] = top[f->supernode_of[i]] ? f->top_nodes++ : -1;
  for (int k = 0; k < n; k++)
    if (top[k]) f->top[f->n_top++] = k;
}

/* Kernels read whole lanes, beyond the end of a supernode: room after each branch, so that none
 * reads what the thread of another is writing. */
static void part_branches(pl_factor *f, pl_arena *a) {
  bool *ends = PL_NEW_ARRAY(a, bool, (size_t)f->n_supernodes + 1);
  for (int k = 0; k < f->n_branches; k++) ends[f->branch[k].to] = true;
  long room = 0;
  for (int s = 0; s < f->n_supernodes; s++) {
    if (ends[s]) room += PL_TALL;
    f->value_start[s + 1] += room;
  }
}

/* --- Making ----------------------------------------------------------------------------------- */

static void make_room(pl_factor *f) {
  size_t const n = (size_t)f->n + 1;
  f->place = PL_NEW_ARRAY(f->arena, int, n);
  f->supernode_of = PL_NEW_ARRAY(f->arena, int, n);
  f->first = PL_NEW_ARRAY(f->arena, int, n);
  f->width = PL_NEW_ARRAY(f->arena, int, n);
  f->row_start = PL_NEW_ARRAY(f->arena, long, n + 1);
  f->value_start = PL_NEW_ARRAY(f->arena, long, n + 1);
  f->branch = PL_NEW_ARRAY(f->arena, pl_branch, n);
  f->top_place = PL_NEW_ARRAY(f->arena, int, n);
  f->top = PL_NEW_ARRAY(f->arena, int, n);
}

pl_factor *pl_factor_new(int n, long n_entries, const int *row, const int *col, const int *order,
                         double most, pl_arena *a) {
  pl_arena *scratch = pl_arena_new();
  pl_factor *f = PL_NEW(a, pl_factor);
  f->n = n;
  f->arena = a;
  f->kernels = pl_kernels_of(PL_KERNEL_WIDEST);
  make_room(f);
  arrange(f, n_entries, row, col, order);
  triangle const lower = by_earlier(f, n_entries, row, col, scratch);
  triangle const upper = transposed(&lower, n, scratch);
  size_t const room = (size_t)n + 1;
  symbolic s = {.f = f,
                .lower = &lower,
                .parent = elimination_tree(&upper, n, scratch),
                .mark = PL_NEW_ARRAY(scratch, int, room),
                .count = PL_NEW_ARRAY(scratch, int, room),
                .first_child = PL_NEW_ARRAY(scratch, int, room),
                .sibling = PL_NEW_ARRAY(scratch, int, room)};
  bool const fits = count_columns(&s, &upper, most);
  if (fits) {
    find_supernodes(&s, scratch);
    cut_branches(f, scratch);
    part_branches(f, scratch);
    pl_factor_prepare(f);
  }
  pl_arena_free(scratch);
  return fits ? f : NULL;
}

double pl_factor_entries(const pl_factor *f) { return (double)f->value_start[f->n_supernodes]; }
double pl_factor_work(const pl_factor *f) { return f->work; }
void pl_factor_use(pl_factor *f, pl_kernel kernel) { f->kernels = pl_kernels_of(kernel); }

double *pl_factor_values(pl_factor *f, long *n) {
  *n = f->value_start[f->n_supernodes];
  return f->value;
}

long pl_factor_place(const pl_factor *f, int i, int j) {
  int r = f->place[i], c = f->place[j];
  if (r < c) {
    int const t = r;
    r = c;
    c = t;
  }
  int const k = f->supernode_of[c];
  const int *rows = f->rows + f->row_start[k];
  long const n_rows = f->row_start[k + 1] - f->row_start[k];
  long low = 0, high = n_rows - 1;
  while (low < high) {
    long const mid = (low + high) / 2;
    if (rows[mid] < r)
      low = mid + 1;
    else
      high = mid;
  }
  return f->value_start[k] + (long)(c - f->first[k]) * n_rows + low;
}
