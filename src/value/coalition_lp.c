/* The simplex method on the dual of a program over splits. With z = (x, ε), rows a_k z ≥ b_k and
 * cost c, the dual is
 *
 *     maximise Σ_k λ_k b_k   subject to   Σ_k λ_k a_k = c,   λ_k ≥ 0 (free for settled rows).
 *
 * A basis is as many independent rows as z has entries, always including the settled ones. Its
 * matrix is inverted anew at every step: at 13 × 13 that costs less than pricing the rows, and
 * rounding does not accumulate. These programs are highly degenerate, so the row that leaves is
 * chosen by the lexicographic rule, which cannot cycle. */
#include "value/coalition_lp.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { SIZE = PL_COALITION_LP_SIZE, STEPS_MAX = 100000 };

/* Entries of an inverse of a 0/1 matrix of this size are integers over a determinant below 10^4. */
static const double nothing = 1e-9;
static const double violation_min = 1e-12; /* relative to the largest |x|, with w at most 1 */

typedef enum { SETTLED, COALITION, FLOOR } row_kind;

typedef struct {
  row_kind kind;
  unsigned who;
  double bound;
} row;

typedef struct {
  const pl_coalition_lp *lp;
  int n, m;                   /* players; entries of z, n + 1 with ε */
  double cost[SIZE];          /* [m] */
  row basis[SIZE];            /* [m], the settled ones first */
  double start[SIZE][SIZE];   /* [m][m] the rows of the first basis */
  double inverse[SIZE][SIZE]; /* [m][m] of the current basis, whose rows are a_k */
  double z[SIZE], lambda[SIZE];
} simplex;

static void row_vector(const simplex *s, const row *r, double *a) {
  for (int i = 0; i < s->n; i++) a[i] = r->who >> i & 1u;
  if (s->m > s->n) a[s->n] = r->kind == COALITION;
}

static row coalition_row(const pl_coalition_lp *lp, unsigned who) {
  return (row){COALITION, who, lp->w[who]};
}

/* Gauss-Jordan elimination, with the largest pivot of each column; destroys a. */
static void invert(int m, double a[SIZE][SIZE], double inverse[SIZE][SIZE]) {
  for (int i = 0; i < m; i++) {
    for (int j = 0; j < m; j++) inverse[i][j] = i == j;
  }
  for (int k = 0; k < m; k++) {
    int pivot = k;
    for (int i = k + 1; i < m; i++) {
      if (fabs(a[i][k]) > fabs(a[pivot][k])) pivot = i;
    }
    assert(fabs(a[pivot][k]) > nothing);
    double const by = a[pivot][k];
    for (int j = 0; j < m; j++) {
      double const above = a[k][j], beside = inverse[k][j];
      a[k][j] = a[pivot][j] / by, inverse[k][j] = inverse[pivot][j] / by;
      if (pivot != k) a[pivot][j] = above, inverse[pivot][j] = beside;
    }
    for (int i = 0; i < m; i++) {
      double const times = a[i][k];
      if (i == k || times == 0) continue;
      for (int j = 0; j < m; j++) {
        a[i][j] -= times * a[k][j], inverse[i][j] -= times * inverse[k][j];
      }
    }
  }
}

/* The basic solution: z from the basis rows as equations, λ from the cost. */
static void evaluate(simplex *s) {
  double a[SIZE][SIZE];
  for (int k = 0; k < s->m; k++) row_vector(s, &s->basis[k], a[k]);
  invert(s->m, a, s->inverse);
  for (int i = 0; i < s->m; i++) {
    s->z[i] = s->lambda[i] = 0;
    for (int k = 0; k < s->m; k++) {
      s->z[i] += s->inverse[i][k] * s->basis[k].bound;
      s->lambda[i] += s->cost[k] * s->inverse[k][i];
    }
  }
}

/* The row that z violates most; false if there is none. */
static bool find_violated(const simplex *s, row *out) {
  const pl_coalition_lp *lp = s->lp;
  double const epsilon = s->m > s->n ? s->z[s->n] : 0;
  double share[1u << PL_GAME_PLAYERS];
  double worst = 1;
  for (int i = 0; i < s->m; i++) worst = fmax(worst, fabs(s->z[i]));
  worst *= violation_min;
  double const least = worst;
  share[0] = 0;
  for (int i = 0; i < s->n; i++) {
    for (unsigned who = 1u << i; who < 2u << i; who++) {
      share[who] = share[who ^ 1u << i] + s->z[i];
      double const violation = lp->w[who] - share[who] - epsilon;
      if (violation > worst && lp->open[who]) worst = violation, *out = coalition_row(lp, who);
    }
    if (lp->floors && -s->z[i] > worst) worst = -s->z[i], *out = (row){FLOOR, 1u << i, 0};
  }
  return worst > least;
}

/* Entry l of basis row j in the lexicographic order: the coefficient of row j in row l of the first
 * basis, which represents a perturbation of the cost by ever smaller multiples of those rows. */
static double part_of_start(const simplex *s, int j, int l) {
  double part = 0;
  for (int i = 0; i < s->m; i++) part += s->start[l][i] * s->inverse[i][j];
  return part;
}

static bool leaves_before(const simplex *s, const double *alpha, int j, int k) {
  double const ahead = s->lambda[j] / alpha[j] - s->lambda[k] / alpha[k];
  if (fabs(ahead) > nothing) return ahead < 0;
  for (int l = s->lp->settled.rank; l < s->m; l++) {
    double const gap = part_of_start(s, j, l) / alpha[j] - part_of_start(s, k, l) / alpha[k];
    if (fabs(gap) > nothing) return gap < 0;
  }
  return false;
}

/* The basis row that leaves when this one enters: its multiplier is the first to reach 0. −1 if
 * none does: then the entering row contradicts the others. */
static int find_leaving(const simplex *s, const row *entering) {
  double a[SIZE] = {0}, alpha[SIZE];
  int leaving = -1;
  row_vector(s, entering, a);
  for (int j = 0; j < s->m; j++) {
    alpha[j] = 0;
    for (int i = 0; i < s->m; i++) alpha[j] += a[i] * s->inverse[i][j];
    if (j < s->lp->settled.rank || alpha[j] < nothing) continue;
    if (leaving < 0 || leaves_before(s, alpha, j, leaving)) leaving = j;
  }
  return leaving;
}

static pl_status solve(simplex *s, pl_diag *diag) {
  for (int k = 0; k < s->m; k++) row_vector(s, &s->basis[k], s->start[k]);
  for (int step = 0; step < STEPS_MAX; step++) {
    row entering = {0};
    evaluate(s);
    if (!find_violated(s, &entering)) return PL_OK;
    int const leaving = find_leaving(s, &entering);
    if (leaving < 0) {
      return pl_fail(diag, PL_INFEASIBLE, PL_NOWHERE,
                     "no split meets the demands of the coalitions");
    }
    s->basis[leaving] = entering;
  }
  return pl_fail(diag, PL_SOLVER, PL_NOWHERE, "the search for a split did not end in %d steps",
                 STEPS_MAX);
}

static void begin(simplex *s, const pl_coalition_lp *lp, bool with_epsilon) {
  memset(s, 0, sizeof *s);
  s->lp = lp;
  s->n = lp->settled.n;
  s->m = s->n + with_epsilon;
  for (int k = 0; k < lp->settled.rank; k++) {
    s->basis[k] = (row){SETTLED, lp->settled.coalition[k], lp->settled_to[k]};
  }
}

static void hand_over(const simplex *s, pl_coalition_answer *out) {
  *out = (pl_coalition_answer){.epsilon = s->m > s->n ? s->z[s->n] : 0};
  memcpy(out->x, s->z, (size_t)s->n * sizeof *s->z);
  for (int k = s->lp->settled.rank; k < s->m; k++) {
    out->tight[out->n_tight] = s->basis[k].who;
    out->lambda[out->n_tight++] = s->lambda[k] > nothing ? s->lambda[k] : 0;
  }
}

/* A first basis: players i alone, as many as are independent of the settled ones, and one of them
 * again as its complement, whose row is that of −i and 1: λ = 1/2 on those two, 0 on the others. */
pl_status pl_coalition_lp_least(const pl_coalition_lp *lp, pl_coalition_answer *out,
                                pl_diag *diag) {
  simplex s;
  begin(&s, lp, true);
  s.cost[s.n] = 1;
  pl_span_of_coalitions span = lp->settled;
  int k = span.rank;
  for (int i = 0; i < s.n; i++) {
    if (!pl_span_add(&span, 1u << i)) continue;
    if (k == lp->settled.rank) s.basis[s.n] = coalition_row(lp, (1u << s.n) - 1 - (1u << i));
    s.basis[k++] = coalition_row(lp, 1u << i);
  }
  assert(k == s.n && k > lp->settled.rank);
  PL_TRY(solve(&s, diag));
  hand_over(&s, out);
  return PL_OK;
}

/* Highest: −e_i = Σ_{j ≠ i} e_j − e_N. Lowest: e_i itself, and n − 2 others at λ = 0. */
pl_status pl_coalition_lp_reach(const pl_coalition_lp *lp, int player, bool highest,
                                pl_coalition_answer *out, pl_diag *diag) {
  simplex s;
  begin(&s, lp, false);
  assert(s.n >= 2 && lp->settled.rank == 1);
  s.cost[player] = highest ? -1 : 1;
  int k = 1;
  if (!highest) s.basis[k++] = coalition_row(lp, 1u << player);
  for (int i = 0; i < s.n && k < s.m; i++) {
    if (i != player) s.basis[k++] = coalition_row(lp, 1u << i);
  }
  PL_TRY(solve(&s, diag));
  hand_over(&s, out);
  return PL_OK;
}
