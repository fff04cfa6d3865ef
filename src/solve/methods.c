/* The ways to solve a program by its structure: their names, and which of them suit it. */
#include <math.h>
#include <string.h>

#include "solve/method.h"

static const char *const method_name[] = {
#define M(name, word, help) word,
#include "solve/method.def"
#undef M
};

const char *pl_method_name(pl_method m) { return method_name[m]; }

int pl_method_find(const char *name) {
  for (int m = 0; m < PL_METHODS; m++)
    if (strcmp(method_name[m], name) == 0) return m;
  return -1;
}

/* How a program is structured in time. */
typedef struct {
  double fine;    /* share of its columns that are short: a 500th of the time or less */
  double coupled; /* share of rows with short columns whose columns begin at several times */
} texture;

static texture texture_of(const pl_lp *lp) {
  pl_arena *scratch = pl_arena_new();
  int *begins = PL_NEW_ARRAY(scratch, int, (size_t)lp->n_rows + 1); /* 1 + from; −1 = several */
  int whole = 0, n_fine = 0, with_fine = 0, coupled = 0;
  for (int j = 0; j < lp->n_cols; j++)
    if (lp->when[j].to > whole) whole = lp->when[j].to;
  for (int j = 0; j < lp->n_cols; j++) {
    if (lp->when[j].to - lp->when[j].from > whole / 500) continue;
    n_fine++;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      int *at = &begins[lp->index[k]];
      *at = *at == 0 || *at == 1 + lp->when[j].from ? 1 + lp->when[j].from : -1;
    }
  }
  for (int i = 0; i < lp->n_rows; i++) {
    with_fine += begins[i] != 0;
    coupled += begins[i] < 0;
  }
  pl_arena_free(scratch);
  return (texture){(double)n_fine / fmax(1, lp->n_cols), (double)coupled / fmax(1, with_fine)};
}

static const double mostly = 0.5; /* between the cases measured in decision 12 */

int pl_methods_for(const pl_lp *lp, pl_method m, pl_method_solve *way[PL_MOST_WAYS]) {
  int n = 0;
  bool const any = m == PL_METHOD_AUTO;
  if (lp->n_integer > 0) {
    if (m == PL_METHOD_ROLLING || (any && lp->when)) way[n++] = pl_rolling_solve;
    return n;
  }
  texture const t = any && lp->when ? texture_of(lp) : (texture){0};
  /* Hours that are only loosely coupled are many small programs: the simplex is quick there, and
   * the interior point may not converge (decision 12). */
  if (t.fine > 0.5 && t.coupled < mostly) return 0;
  if (m == PL_METHOD_WINDOWS || t.fine > 0.95) way[n++] = pl_windows_solve;
  if (m == PL_METHOD_INTERIOR) way[n++] = pl_interior_solve;
  if (m == PL_METHOD_VERTEX || any) way[n++] = pl_corner_solve;
  return n;
}
