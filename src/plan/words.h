#ifndef PL_PLAN_WORDS_H
#define PL_PLAN_WORDS_H

#include "plan/schedule.h"

/* Numbers and things for use in sentences. All text is made in the arena. */

const char *pl_words_number(pl_arena *a,
                            double x); /* four significant digits: "1,235", "0.03415", "9.2" */
const char *pl_words_amount(pl_arena *a, double x, const char *unit); /* "9.2 kt", "350 MWh" */
const char *pl_words_money(pl_arena *a, const pl_program *p, double x,
                           const char *unit); /* "392 USD/t" */
/* "2026-03", "2026-01 … 2026-04", or with gaps "2026-01 … 2030-12, 34 periods in all". */
const char *pl_words_span(pl_arena *a, const pl_block *b, int first, int last, int periods);
const char *pl_words_when(pl_arena *a, const pl_grid *g,
                          int v); /* "in 2026-03", or "over the whole horizon" */
pl_noun_id pl_words_noun(const pl_block *b,
                         bool is_row); /* the kind of thing that decides it or is bound by it */
/* Only the name, "slatina-potlines", and where the case declares it. */
const char *pl_words_thing(const pl_program *p, const pl_block *b, bool is_row, pl_place *place);

/* The number of the case that is the bound of slice v of b on that side; NULL if the bound follows
 * from the rule itself. */
const pl_source_of_bound *pl_words_source(const pl_program *p, const pl_block *b, bool is_row,
                                          bool upper, int v);

/* Whether the block decides or bounds a flow, an amount per hour, rather than a level, a count or a
 * switch. */
bool pl_words_flows(const pl_block *b, bool is_row);

/* The matrix by rows: the entries of row i are start[i] ≤ k < start[i + 1]. */
typedef struct {
  int *start;  /* [n_rows + 1] */
  int *column; /* [n_entries] */
  double *value;
} pl_by_rows;
void pl_words_by_rows(const pl_lp *lp, pl_arena *a, pl_by_rows *out);

/* The money entries of each column block: those of block b are entry[start[b]] … entry[start[b + 1]
 * − 1]. */
typedef struct {
  const pl_program *program;
  int *start, *entry;
  const double *earned; /* [n_cols] with typical days, otherwise NULL */
} pl_block_entries;
void pl_words_block_entries(const pl_program *p, pl_arena *a, pl_block_entries *out);
/* The earnings of one unit of the column in slice v, in money of its own date, all parties and
 * lines together. */
double pl_words_earned(const pl_block_entries *e, int block, int v);

#endif
