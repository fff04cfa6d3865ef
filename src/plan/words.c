/* Numbers, spans of time and names for use in sentences, and two indices into a program. Prints
 * nothing itself. */
#include "plan/words.h"

#include <math.h>
#include <string.h>

enum { SIGNIFICANT = 4 };

const char *pl_words_number(pl_arena *a, double x) {
  char buf[48];
  int const whole = x != 0 && isfinite(x) ? (int)floor(log10(fabs(x))) + 1 : 1;
  int const decimals = whole < SIGNIFICANT ? SIGNIFICANT - whole : 0;
  size_t length = pl_number_pretty(x, decimals < 12 ? decimals : 12, buf, sizeof buf);
  if (strchr(buf, '.') && !strchr(buf, 'e')) {
    while (buf[length - 1] == '0') length--;
    if (buf[length - 1] == '.') length--;
  }
  return pl_arena_strndup(a, buf, length);
}

/* Larger units that the trade uses for large amounts. */
static const struct {
  const char *unit, *larger;
  double factor;
} larger[] = {
    {"t", "Mt", 1e6},
    {"t", "kt", 1e3},
    {"MWh", "TWh", 1e6},
    {"MWh", "GWh", 1e3},
};

const char *pl_words_amount(pl_arena *a, double x, const char *unit) {
  for (size_t i = 0; i < sizeof larger / sizeof *larger; i++) {
    if (strcmp(unit, larger[i].unit) != 0 || fabs(x) < larger[i].factor) continue;
    return pl_arena_printf(a, "%s %s", pl_words_number(a, x / larger[i].factor), larger[i].larger);
  }
  if (strcmp(unit, "1") == 0) return pl_words_number(a, x);
  return pl_arena_printf(a, "%s %s", pl_words_number(a, x), unit);
}

const char *pl_words_money(pl_arena *a, const pl_program *p, double x, const char *unit) {
  const char *currency = pl_dim_text(pl_dim_of((pl_dim_name)p->c->currency), a);
  if (!unit || strcmp(unit, "1") == 0)
    return pl_arena_printf(a, "%s %s", pl_words_number(a, x), currency);
  return pl_arena_printf(a, "%s %s/%s", pl_words_number(a, x), currency, unit);
}

const char *pl_words_span(pl_arena *a, const pl_block *block, int first, int last, int periods) {
  char from[32], to[32];
  (void)pl_block_slice(block, first, from, sizeof from);
  (void)pl_block_slice(block, last, to, sizeof to);
  if (strcmp(from, to) == 0) return pl_arena_strdup(a, from);
  if (periods == last - first + 1) return pl_arena_printf(a, "%s … %s", from, to);
  return pl_arena_printf(a, "%s … %s, %d periods in all", from, to, periods);
}

const char *pl_words_when(pl_arena *a, const pl_grid *g, int v) {
  char slice[32];
  if (!g || g->n == 1) return "over the whole horizon";
  (void)pl_time_format(g->start[v], g->step, slice, sizeof slice);
  return pl_arena_printf(a, "in %s", slice);
}

pl_noun_id pl_words_noun(const pl_block *block, bool is_row) {
  return pl_block_facts(block, is_row)->thing;
}

const char *pl_words_thing(const pl_program *p, const pl_block *block, bool is_row,
                           pl_place *place) {
  void *thing = pl_noun_at(&pl_nouns[pl_words_noun(block, is_row)], p->c, block->thing);
  if (place) *place = *pl_thing_place(thing);
  return *pl_thing_name(thing);
}

const pl_source_of_bound *pl_words_source(const pl_program *p, const pl_block *block, bool is_row,
                                          bool upper, int v) {
  const pl_lp *lp = &p->lp;
  const double *bound = is_row  ? (upper ? lp->row_upper : lp->row_lower)
                        : upper ? lp->upper
                                : lp->lower;
  const pl_source_of_bound *source = pl_program_source(p, block, is_row, upper, v);
  if (is_row && source && pl_program_hangs(p, (int)(block - p->rows))) return source;
  if (!source || source->amount[v] != bound[block->first + v]) return NULL;
  return !is_row && !upper && source->amount[v] == 0 ? NULL : source; /* x ≥ 0 needs no number */
}

bool pl_words_flows(const pl_block *b, bool is_row) {
  return pl_block_facts(b, is_row)->bound == PL_BOUND_RATE;
}

void pl_words_by_rows(const pl_lp *lp, pl_arena *a, pl_by_rows *out) {
  size_t const n = (size_t)lp->n_entries;
  out->start = PL_NEW_ARRAY(a, int, (size_t)lp->n_rows + 2);
  out->column = PL_NEW_ARRAY(a, int, n ? n : 1);
  out->value = PL_NEW_ARRAY(a, double, n ? n : 1);
  int *next = out->start + 1; /* becomes start itself once all rows are filled */
  for (long k = 0; k < lp->n_entries; k++) next[lp->index[k] + 1]++;
  for (int i = 0; i < lp->n_rows; i++) next[i + 1] += next[i];
  for (int j = 0; j < lp->n_cols; j++) {
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      int const at = next[lp->index[k]]++;
      out->column[at] = j;
      out->value[at] = lp->value[k];
    }
  }
}

/* With typical days a price in one slice is derived from the values of its whole month or year:
 * computing all slices at once costs no more than one. */
static const double *earned_of_all(const pl_program *p, pl_arena *a) {
  double *earned = PL_NEW_ARRAY(a, double, (size_t)p->lp.n_cols + 1);
  pl_arena *scratch = pl_arena_new();
  size_t const n = (size_t)pl_program_longest_grid(p);
  double *amount = PL_NEW_ARRAY(scratch, double, n), *work = PL_NEW_ARRAY(scratch, double, n);
  for (int i = 0; i < p->n_entries; i++) {
    const pl_entry *e = &p->entries[i];
    if (e->block < 0) continue;
    pl_entry_amounts(p->c->quotes, e, amount, work);
    double *to = earned + p->columns[e->block].first;
    for (int v = 0; v < e->grid->n; v++) to[v] += amount[v];
  }
  pl_arena_free(scratch);
  return earned;
}

void pl_words_block_entries(const pl_program *p, pl_arena *a, pl_block_entries *out) {
  out->program = p;
  out->start = PL_NEW_ARRAY(a, int, (size_t)p->n_column_blocks + 2);
  out->entry = PL_NEW_ARRAY(a, int, (size_t)p->n_entries + 1);
  int *next = out->start + 1;
  for (int e = 0; e < p->n_entries; e++)
    if (p->entries[e].block >= 0) next[p->entries[e].block + 1]++;
  for (int b = 0; b < p->n_column_blocks; b++) next[b + 1] += next[b];
  for (int e = 0; e < p->n_entries; e++)
    if (p->entries[e].block >= 0) out->entry[next[p->entries[e].block]++] = e;
  out->earned = p->c->typical ? earned_of_all(p, a) : NULL;
}

double pl_words_earned(const pl_block_entries *e, int block, int v) {
  const pl_program *p = e->program;
  if (e->earned) return e->earned[p->columns[block].first + v];
  double sum = 0;
  for (int k = e->start[block]; k < e->start[block + 1]; k++) {
    sum += pl_entry_amount(p->c->quotes, &p->entries[e->entry[k]], v);
  }
  return sum;
}
