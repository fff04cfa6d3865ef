/* Kohlberg's criterion, level by level. Coalitions B are balanced when no change y of the split
 * (y(N) = 0) that takes nothing from any of them gives something to one of them:
 *
 *     maximise Σ_{S ∈ B} y(S)   subject to   0 ≤ y(S) ≤ 1,   y(T) = 0 for the balanced T before
 *
 * has the optimum 0, else at least 1. For the nucleolus, players at their v({i}) cannot give. */
#include <math.h>
#include <stdlib.h>

#include "solve/solve.h"
#include "value/nucleolus.h"
#include "value/span.h"

typedef struct {
  unsigned coalition;
  double excess;
} objection;

typedef struct {
  const pl_game *game;
  bool at_floor[PL_GAME_PLAYERS];
  pl_span_of_coalitions balanced;
  int n_level;
  unsigned
      *level; /* [n_level] coalitions of this level whose share is not settled by earlier ones */
} check;

static int by_excess(const void *a, const void *b) {
  const objection *x = a, *y = b;
  if (x->excess != y->excess) return x->excess < y->excess ? 1 : -1;
  return x->coalition < y->coalition ? -1 : x->coalition > y->coalition;
}

static objection *sort_objections(const pl_game *g, const double *split, pl_arena *arena) {
  unsigned const count = (1u << g->n) - 2;
  objection *list = PL_NEW_ARRAY(arena, objection, count + 1);
  for (unsigned s = 1; s <= count; s++) {
    list[s - 1] = (objection){s, g->v[s]};
    for (int i = 0; i < g->n; i++) {
      if (s >> i & 1u) list[s - 1].excess -= split[i];
    }
  }
  qsort(list, count, sizeof *list, by_excess);
  return list;
}

/* Columns y_i; rows the level's coalitions, then the balanced ones. */
static pl_lp *make_program(const check *c, pl_arena *arena) {
  int const n = c->game->n, rows = c->n_level + c->balanced.rank;
  pl_lp *lp = PL_NEW(arena, pl_lp);
  *lp = (pl_lp){.n_cols = n, .n_rows = rows};
  lp->cost = PL_NEW_ARRAY(arena, double, n);
  lp->lower = PL_NEW_ARRAY(arena, double, n);
  lp->upper = PL_NEW_ARRAY(arena, double, n);
  lp->row_lower = PL_NEW_ARRAY(arena, double, rows);
  lp->row_upper = PL_NEW_ARRAY(arena, double, rows);
  lp->start = PL_NEW_ARRAY(arena, int, n + 1);
  lp->index = PL_NEW_ARRAY(arena, int, (size_t)n *rows);
  lp->value = PL_NEW_ARRAY(arena, double, (size_t)n *rows);
  for (int k = 0; k < c->n_level; k++) lp->row_upper[k] = 1;
  for (int i = 0; i < n; i++) {
    lp->lower[i] = c->at_floor[i] ? 0 : -INFINITY;
    lp->upper[i] = INFINITY;
    for (int k = 0; k < rows; k++) {
      unsigned const s = k < c->n_level ? c->level[k] : c->balanced.coalition[k - c->n_level];
      if (!(s >> i & 1u)) continue;
      if (k < c->n_level) lp->cost[i] -= 1;
      lp->index[lp->n_entries] = k;
      lp->value[lp->n_entries++] = 1;
    }
    lp->start[i + 1] = (int)lp->n_entries;
  }
  return lp;
}

static pl_status is_balanced(const check *c, bool *yes, pl_diag *diag) {
  pl_arena *arena = pl_arena_new();
  pl_solver *solver = NULL;
  pl_solution *answer = NULL;
  pl_status status = pl_solver_new(make_program(c, arena), &PL_SOLVE_DEFAULTS, &solver, diag);
  if (status == PL_OK) status = pl_solver_run(solver, arena, &answer, diag);
  if (status == PL_OK) *yes = answer->objective > -0.5;
  pl_solver_free(solver);
  pl_arena_free(arena);
  return status;
}

/* Walk down the levels. Once a level is balanced, its coalitions' span changes no more; when that
 * is everything, all lower levels are balanced too. */
static pl_status walk(check *c, const objection *list, double same, bool *holds, pl_diag *diag) {
  int const count = (1 << c->game->n) - 2;
  *holds = true;
  for (int k = 0; k < count && *holds && c->balanced.rank < c->game->n;) {
    c->n_level = 0;
    do {
      unsigned const s = list[k].coalition;
      if (!pl_span_has(&c->balanced, s)) c->level[c->n_level++] = s;
    } while (++k < count && list[k].excess >= list[k - 1].excess - same);
    if (c->n_level == 0) continue;
    PL_TRY(is_balanced(c, holds, diag));
    for (int j = 0; j < c->n_level; j++) pl_span_add(&c->balanced, c->level[j]);
  }
  return PL_OK;
}

/* Does split share out v(N), and give enough to each player? Notes who has no more than that. */
static bool is_split(check *c, pl_nucleolus kind, const double *split, double same) {
  double total = 0;
  bool enough = true;
  for (int i = 0; i < c->game->n; i++) {
    double const alone = c->game->v[1u << i];
    total += split[i];
    c->at_floor[i] = kind == PL_NUCLEOLUS && split[i] <= alone + same;
    enough = enough && (kind == PL_PRENUCLEOLUS || split[i] >= alone - same);
  }
  return enough && fabs(total - c->game->v[(1u << c->game->n) - 1]) <= same;
}

pl_status pl_game_kohlberg(const pl_game *g, pl_nucleolus kind, const double *split, bool *holds,
                           pl_diag *diag) {
  PL_TRY(pl_game_check(g, diag));
  double const same = 1e-9 * pl_game_size(g);
  check c = {.game = g, .balanced = {.n = g->n}};
  if (!is_split(&c, kind, split, same)) {
    *holds = false;
    return PL_OK;
  }
  pl_arena *arena = pl_arena_new();
  c.level = PL_NEW_ARRAY(arena, unsigned, 1u << g->n);
  pl_span_add(&c.balanced, (1u << g->n) - 1);
  pl_status const status = walk(&c, sort_objections(g, split, arena), same, holds, diag);
  pl_arena_free(arena);
  return status;
}
