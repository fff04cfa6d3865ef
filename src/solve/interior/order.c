#include "solve/interior/order.h"

#include <amd.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* --- By time ---------------------------------------------------------------------------------- */

typedef struct {
  int rank, length, node;
} key;

static int by_key(const void *x, const void *y) {
  const key *a = x, *b = y;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  if (a->length != b->length) return a->length < b->length ? -1 : 1;
  return (a->node > b->node) - (a->node < b->node);
}

void pl_order_by_time(int n, const pl_interval *when, int *order) {
  pl_arena *scratch = pl_arena_new();
  key *k = PL_NEW_ARRAY(scratch, key, (size_t)n + 1);
  int last = 0;
  for (int i = 0; i < n; i++)
    if (when[i].to > last) last = when[i].to;
  int const middle = last / 2;
  for (int i = 0; i < n; i++) {
    pl_interval const w = when[i];
    k[i].node = i;
    k[i].length = w.to - w.from;
    if (w.to <= middle)
      k[i].rank = w.to;
    else if (w.from >= middle)
      k[i].rank = last + (last - w.from);
    else
      k[i].rank = INT_MAX;
  }
  qsort(k, (size_t)n, sizeof *k, by_key);
  for (int i = 0; i < n; i++) order[i] = k[i].node;
  pl_arena_free(scratch);
}

/* --- By degree -------------------------------------------------------------------------------- */

bool pl_order_by_degree(int n, long n_entries, const int *row, const int *col, int *order) {
  pl_arena *scratch = pl_arena_new();
  int *start = PL_NEW_ARRAY(scratch, int, (size_t)n + 1);
  int *at = PL_NEW_ARRAY(scratch, int, (size_t)n + 1);
  int *entry = PL_NEW_ARRAY(scratch, int, (size_t)n_entries + 1);
  for (long k = 0; k < n_entries; k++) start[col[k] + 1]++;
  for (int j = 0; j < n; j++) start[j + 1] += start[j];
  memcpy(at, start, (size_t)n * sizeof *at);
  for (long k = 0; k < n_entries; k++) entry[at[col[k]]++] = row[k];
  int const status = amd_order(n, start, entry, order, NULL, NULL);
  pl_arena_free(scratch);
  return status == AMD_OK || status == AMD_OK_BUT_JUMBLED;
}
