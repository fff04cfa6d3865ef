/* Which things conflict, found from the dual prices of what is missing, or by leaving things
 * out. */
#include "diagnose/conflict.h"

#include <math.h>
#include <string.h>

#include "diagnose/diagnose.h"
#include "diagnose/elastic.h"
#include "diagnose/give.h"
#include "plan/words.h"

enum { NAMED_MOST = 6, ATTEMPTS_MOST = 64, ENTRIES_MOST = 200000 };

static const double far_apart = 1e6; /* ratio of numbers at which rounding may hide one of them */
static const double nothing = 1e-7;  /* amounts missing and prices below this are rounding */

typedef struct { /* a thing of the case, as represented in the program */
  pl_noun_id noun;
  int thing;
  const char *name, *words; /* which part of it conflicts; "" = the thing itself */
  pl_place place;
  double weight; /* the largest of its prices */
  bool out;      /* left out */
} piece;

typedef struct {
  const pl_program *p;
  const pl_solve_options *by;
  pl_arena *a;
  piece *pieces;
  int n;
  int *of_row, *of_column; /* [blocks] their pieces */
  double *size;            /* [rows] the largest entry */
} conflict;

/* --- Things ---------------------------------------------------------------------------------- */

static int piece_of(conflict *x, const pl_block *block, bool is_row) {
  pl_noun_id const noun = pl_words_noun(block, is_row);
  for (int i = 0; i < x->n; i++)
    if (x->pieces[i].noun == noun && x->pieces[i].thing == block->thing) return i;
  piece *y = &x->pieces[x->n++];
  *y = (piece){.noun = noun, .thing = block->thing, .words = ""};
  y->name = pl_block_thing(x->p, block, is_row, x->a);
  (void)pl_words_thing(x->p, block, is_row, &y->place);
  return x->n - 1;
}

static void begin(conflict *x) {
  const pl_program *p = x->p;
  const pl_lp *lp = &p->lp;
  int const rows = p->n_row_blocks, columns = p->n_column_blocks;
  x->pieces = PL_NEW_ARRAY(x->a, piece, (size_t)rows + (size_t)columns + 1);
  x->of_row = PL_NEW_ARRAY(x->a, int, (size_t)rows + 1);
  x->of_column = PL_NEW_ARRAY(x->a, int, (size_t)columns + 1);
  x->size = PL_NEW_ARRAY(x->a, double, (size_t)lp->n_rows + 1);
  for (int i = 0; i < rows; i++) x->of_row[i] = piece_of(x, &p->rows[i], true);
  for (int i = 0; i < columns; i++) x->of_column[i] = piece_of(x, &p->columns[i], false);
  for (long k = 0; k < lp->n_entries; k++)
    x->size[lp->index[k]] = fmax(x->size[lp->index[k]], fabs(lp->value[k]));
}

/* The number of the bound, or else the field that gives the rule; the one with the largest price is
 * kept. */
static void weigh(conflict *x, piece *y, const pl_block *block, bool is_row, bool upper, int v,
                  double weight) {
  if (!(weight > y->weight)) return;
  const pl_source_of_bound *source = pl_words_source(x->p, block, is_row, upper, v);
  const char *words;
  pl_place const place = pl_gives_place(x->p, block, is_row, &words);
  y->weight = weight;
  y->words = source ? source->words : words;
  y->place = source ? source->place : place;
}

/* --- By prices ------------------------------------------------------------------------------- */

static void draw_missing(const conflict *x, pl_sketch *k) {
  const pl_lp *lp = &x->p->lp;
  pl_sketch_init(k, x->a, lp->n_cols + 2L * lp->n_rows, lp->n_rows,
                 lp->n_entries + 2L * lp->n_rows);
  for (int i = 0; i < lp->n_rows; i++) (void)pl_sketch_row(k, lp->row_lower[i], lp->row_upper[i]);
  for (int j = 0; j < lp->n_cols; j++) {
    (void)pl_sketch_column(k, 0, lp->lower[j], lp->upper[j]);
    for (int e = lp->start[j]; e < lp->start[j + 1]; e++)
      pl_sketch_entry(k, lp->index[e], lp->value[e]);
  }
  for (int i = 0; i < lp->n_rows; i++)
    for (int upper = 0; upper < 2; upper++) {
      if (!isfinite(upper ? lp->row_upper[i] : lp->row_lower[i])) continue;
      (void)pl_sketch_column(k, 1, 0, (double)INFINITY);
      pl_sketch_entry(k, i, (upper ? -1 : 1) * fmax(x->size[i], nothing));
    }
}

/* Whether the case gives the column's bound on the side of its price. */
static bool says_column(const pl_program *p, const pl_block *block, int v, bool upper) {
  if (pl_words_source(p, block, false, upper, v)) return true;
  return !upper && pl_gives_as_rule(pl_gives_of(block, false)) && p->lp.lower[block->first + v] > 0;
}

static void weigh_prices(conflict *x, const pl_solution *s) {
  const pl_program *p = x->p;
  for (int i = 0; i < p->n_row_blocks; i++)
    for (int v = 0; v < p->rows[i].count; v++) {
      int const at = p->rows[i].first + v;
      double const dual = s->row_dual[at];
      if (fabs(dual) * x->size[at] > nothing && p->rows[i].kind != PL_ROW_BALANCE)
        weigh(x, &x->pieces[x->of_row[i]], &p->rows[i], true, dual < 0, v,
              fabs(dual) * x->size[at]);
    }
  for (int i = 0; i < p->n_column_blocks; i++)
    for (int v = 0; v < p->columns[i].count; v++) {
      double const dual = s->col_dual[p->columns[i].first + v];
      if (fabs(dual) > nothing && says_column(p, &p->columns[i], v, dual < 0))
        weigh(x, &x->pieces[x->of_column[i]], &p->columns[i], false, dual < 0, v, fabs(dual));
    }
}

/* Only where no rule has a price: the sites whose balances have one. */
static void weigh_balances(conflict *x, const pl_solution *s) {
  const pl_program *p = x->p;
  for (int i = 0; i < x->n; i++)
    if (x->pieces[i].weight > 0) return;
  for (int i = 0; i < p->n_row_blocks; i++)
    for (int v = 0; v < p->rows[i].count; v++) {
      double const dual = s->row_dual[p->rows[i].first + v];
      weigh(x, &x->pieces[x->of_row[i]], &p->rows[i], true, dual < 0, v, fabs(dual));
    }
}

static pl_status find_prices(conflict *x, bool *missing, pl_diag *diag) {
  pl_sketch k;
  pl_solution *s = NULL;
  double sum = 0;
  pl_solve_options options = pl_solve_stopped_by(x->by);
  options.once = true;
  draw_missing(x, &k);
  PL_TRY(pl_elastic_run(&k.lp, &options, x->a, &s, diag));
  for (int j = x->p->lp.n_cols; j < k.lp.n_cols; j++) sum += s->col_value[j];
  *missing = sum > nothing;
  if (!*missing) return PL_OK;
  weigh_prices(x, s);
  weigh_balances(x, s);
  return PL_OK;
}

/* --- By leaving out -------------------------------------------------------------------------- */

/* What is left out does not bind, and its decisions may be fractional. */
static void loosen(const conflict *x, pl_lp *lp) {
  const pl_program *p = x->p;
  for (int i = 0; i < p->n_row_blocks; i++)
    for (int v = p->rows[i].first;
         x->pieces[x->of_row[i]].out && v < p->rows[i].first + p->rows[i].count; v++) {
      lp->row_lower[v] = -(double)INFINITY;
      lp->row_upper[v] = (double)INFINITY;
    }
  for (int i = 0; i < p->n_column_blocks; i++)
    for (int v = p->columns[i].first;
         x->pieces[x->of_column[i]].out && v < p->columns[i].first + p->columns[i].count; v++) {
      lp->lower[v] = fmin(0, lp->lower[v]);
      lp->upper[v] = (double)INFINITY;
      if (lp->integer && lp->integer[v]) lp->n_integer--, lp->integer[v] = false;
    }
}

static double *copied(pl_arena *a, const double *from, int n) {
  double *to = PL_NEW_ARRAY(a, double, (size_t)n + 1);
  memcpy(to, from, (size_t)n * sizeof *to);
  return to;
}

/* Whether there is still no plan with these things left out; an undecided answer counts as
 * feasible. */
static pl_status attempt(const conflict *x, bool *impossible, pl_diag *diag) {
  pl_arena *a = pl_arena_new();
  pl_lp lp = x->p->lp;
  pl_solution *s = NULL;
  lp.cost = PL_NEW_ARRAY(a, double, (size_t)lp.n_cols + 1);
  lp.lower = copied(a, lp.lower, lp.n_cols);
  lp.upper = copied(a, lp.upper, lp.n_cols);
  lp.row_lower = copied(a, lp.row_lower, lp.n_rows);
  lp.row_upper = copied(a, lp.row_upper, lp.n_rows);
  lp.integer = PL_NEW_ARRAY(a, bool, (size_t)lp.n_cols + 1);
  memcpy(lp.integer, x->p->lp.integer, (size_t)lp.n_cols * sizeof *lp.integer);
  loosen(x, &lp);
  pl_solve_options options = pl_solve_stopped_by(x->by);
  pl_solver *solver = NULL;
  options.once = true;
  pl_status status = pl_solver_new(&lp, &options, &solver, diag);
  if (status == PL_OK) status = pl_solver_run(solver, a, &s, diag);
  pl_solver_free(solver);
  pl_arena_free(a);
  *impossible = status == PL_INFEASIBLE;
  return status == PL_STOPPED ? PL_STOPPED : PL_OK;
}

/* Leave out [from, to) for good if there is no plan without these either. */
static pl_status leave_out(conflict *x, int from, int to, int *attempts, pl_diag *diag) {
  bool impossible = false, any = false;
  bool *before = PL_NEW_ARRAY(x->a, bool, (size_t)x->n + 1);
  for (int i = from; i < to; i++) {
    before[i] = x->pieces[i].out;
    if (x->pieces[i].noun == PL_NOUN_site) continue; /* balances stay */
    any = any || !before[i];
    x->pieces[i].out = true;
  }
  if (!any) return PL_OK;
  ++*attempts;
  PL_TRY(attempt(x, &impossible, diag));
  for (int i = from; !impossible && i < to; i++) x->pieces[i].out = before[i];
  return PL_OK;
}

static void name_rules(conflict *x) {
  const pl_program *p = x->p;
  for (int i = 0; i < p->n_row_blocks; i++) {
    const pl_block *block = &p->rows[i];
    piece *y = &x->pieces[x->of_row[i]];
    pl_gives_how const how = pl_gives_of(block, true)->how;
    double const weight = how == PL_GIVES_STRUCTURE ? 1 : how == PL_GIVES_NUMBER ? 2 : 3;
    if (!y->out && block->kind != PL_ROW_BALANCE) weigh(x, y, block, true, true, 0, weight);
  }
  for (int i = 0; i < x->n; i++)
    if (!x->pieces[i].out && x->pieces[i].noun != PL_NOUN_site)
      x->pieces[i].weight = fmax(0.5, x->pieces[i].weight);
}

static pl_status find_few(conflict *x, bool *impossible, pl_diag *diag) {
  int attempts = 0;
  *impossible = true;
  if (x->p->lp.n_entries <= ENTRIES_MOST) PL_TRY(attempt(x, impossible, diag));
  if (!*impossible) return PL_OK;
  for (int size = (x->n + 1) / 2; x->p->lp.n_entries <= ENTRIES_MOST && size > 0; size /= 2)
    for (int from = 0; from < x->n && attempts < ATTEMPTS_MOST; from += size)
      PL_TRY(leave_out(x, from, from + size < x->n ? from + size : x->n, &attempts, diag));
  name_rules(x);
  return PL_OK;
}

/* --- Words ----------------------------------------------------------------------------------- */

static int heaviest(const conflict *x) {
  int best = -1;
  for (int i = 0; i < x->n; i++)
    if (x->pieces[i].weight > 0 && (best < 0 || x->pieces[i].weight > x->pieces[best].weight))
      best = i;
  return best;
}

static void say(conflict *x, pl_arena *a, pl_relaxation *out) {
  pl_string text;
  int n = 0;
  pl_string_init(&text, x->a);
  for (int i = heaviest(x); i >= 0 && n < NAMED_MOST; i = heaviest(x), n++) {
    piece *y = &x->pieces[i];
    if (n == 0) out->place = y->place;
    pl_string_printf(&text, "%s%s%s%s (%s:%d)", n > 0 ? ", " : "", y->words,
                     *y->words ? " of " : "", y->name, y->place.file ? y->place.file : "",
                     y->place.line);
    y->weight = 0;
  }
  if (n == 0) return;
  bool const more = heaviest(x) >= 0;
  out->is_conflict = true;
  out->unit = "1";
  out->sentence = pl_arena_printf(
      a, n == 1 ? "this cannot be met: %s%s" : "these cannot all be met together: %s%s", text.text,
      more ? ", and others" : "");
}

pl_status pl_conflict_find(const pl_program *p, const pl_solve_options *by, pl_arena *a,
                           pl_relaxation *out, pl_diag *diag) {
  conflict x = {.p = p, .by = by, .a = pl_arena_new()};
  bool found = false;
  begin(&x);
  pl_status status = find_prices(&x, &found, diag);
  if (status != PL_STOPPED && !found && p->lp.n_integer > 0) status = find_few(&x, &found, diag);
  if (status == PL_OK && found) say(&x, a, out);
  pl_arena_free(x.a);
  return status;
}

void pl_conflict_suspects(const pl_program *p, pl_arena *a, pl_relaxation *out) {
  const pl_source_of_bound *least = NULL, *most = NULL;
  double low = INFINITY, high = 0;
  for (int i = 0; i < p->n_sources; i++) {
    const pl_source_of_bound *s = &p->sources[i];
    int const n = (s->is_row ? p->rows : p->columns)[s->block].count;
    for (int v = 0; v < n; v++) {
      double const x = fabs(s->amount[v]);
      if (x > 0 && x < low) low = x, least = s;
      if (isfinite(x) && x > high) high = x, most = s;
    }
  }
  if (!least || !most || high < far_apart * low) return;
  *out = (pl_relaxation){.place = most->place, .is_conflict = true, .unit = "1"};
  out->sentence =
      pl_arena_printf(a,
                      "what prevents a plan cannot be distinguished from rounding errors: the "
                      "case's numbers differ too much in size, from '%s' (%s:%d) to '%s' (%s:%d)",
                      least->words, least->place.file ? least->place.file : "", least->place.line,
                      most->words, most->place.file ? most->place.file : "", most->place.line);
}
