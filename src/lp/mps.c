/* Writes a program as free MPS text. */
#include "lp/mps.h"

#include <math.h>

#include "base/text.h"

enum { NUMBER_BYTES = 32 };

static void number(FILE *out, const char *before, double x) {
  char text[NUMBER_BYTES];
  (void)pl_number_format(x, text, sizeof text);
  fprintf(out, "%s %s\n", before, text);
}

/* N none, E equal, G at least, L at most; a row with two sides is G with a range. */
static char row_type(const pl_lp *lp, int i) {
  double const lower = lp->row_lower[i], upper = lp->row_upper[i];
  if (lower == upper) return 'E';
  if (isfinite(lower)) return 'G';
  return isfinite(upper) ? 'L' : 'N';
}

static void write_rows(const pl_lp *lp, FILE *out) {
  fputs(PL_MPS_MARK, out);
  for (int i = 0; i < lp->n_rows; i++) fprintf(out, " %c r%d\n", row_type(lp, i), i);
}

static void write_columns(const pl_lp *lp, FILE *out) {
  char name[NUMBER_BYTES];
  bool inside = false; /* a run of integer columns */
  fputs("COLUMNS\n", out);
  for (int j = 0; j < lp->n_cols; j++) {
    bool const integer = lp->integer && lp->integer[j];
    if (integer != inside) fprintf(out, " MARKER 'MARKER' '%s'\n", integer ? "INTORG" : "INTEND");
    inside = integer;
    (void)snprintf(name, sizeof name, " c%d cost", j);
    number(out, name, lp->cost[j]); /* even if 0: it declares the column */
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      (void)snprintf(name, sizeof name, " c%d r%d", j, lp->index[k]);
      number(out, name, lp->value[k]);
    }
  }
  if (inside) fputs(" MARKER 'MARKER' 'INTEND'\n", out);
}

static void write_sides(const pl_lp *lp, FILE *out) {
  char name[NUMBER_BYTES];
  fputs("RHS\n", out);
  if (lp->offset != 0) number(out, " rhs cost", -lp->offset);
  for (int i = 0; i < lp->n_rows; i++) {
    double const side = isfinite(lp->row_lower[i]) ? lp->row_lower[i] : lp->row_upper[i];
    if (row_type(lp, i) == 'N' || side == 0) continue;
    (void)snprintf(name, sizeof name, " rhs r%d", i);
    number(out, name, side);
  }
  fputs("RANGES\n", out);
  for (int i = 0; i < lp->n_rows; i++) {
    if (row_type(lp, i) != 'G' || !isfinite(lp->row_upper[i])) continue;
    (void)snprintf(name, sizeof name, " range r%d", i);
    number(out, name, lp->row_upper[i] - lp->row_lower[i]);
  }
}

static void write_bound(FILE *out, const char *kind, int j, double x) {
  char name[NUMBER_BYTES];
  (void)snprintf(name, sizeof name, " %s bound c%d", kind, j);
  if (isfinite(x)) {
    number(out, name, x);
  } else {
    fprintf(out, "%s\n", name);
  }
}

/* Every bound is written, since readers differ on what an integer column or a negative upper bound
 * implies. */
static void write_bounds(const pl_lp *lp, FILE *out) {
  fputs("BOUNDS\n", out);
  for (int j = 0; j < lp->n_cols; j++) {
    double const lower = lp->lower[j], upper = lp->upper[j];
    if (lower == upper) {
      write_bound(out, "FX", j, lower);
    } else if (!isfinite(lower) && !isfinite(upper)) {
      write_bound(out, "FR", j, INFINITY);
    } else {
      write_bound(out, isfinite(lower) ? "LO" : "MI", j, lower);
      write_bound(out, isfinite(upper) ? "UP" : "PL", j, upper);
    }
  }
}

void pl_lp_write_mps(const pl_lp *lp, FILE *out) {
  write_rows(lp, out);
  write_columns(lp, out);
  write_sides(lp, out);
  write_bounds(lp, out);
  fputs("ENDATA\n", out);
}
