/* Transfers, and the fewest payments that carry them out. Parties whose transfers cancel among
 * themselves settle among themselves: k of them with k − 1 payments. So the fewest payments come
 * from the most groups that cancel, found over all subsets. */
#include "value/transfer.h"

#include <math.h>
#include <stdint.h>

enum { GROUPED_MAX = 16 };

typedef struct {
  int party;
  int64_t units; /* to receive, in smallest amounts */
} due;

pl_status pl_transfers(int n, const double *own, const double *split, double *transfer,
                       pl_diag *diag) {
  double sum = 0, size = 0, held = 0, given = 0;
  int largest = 0;
  for (int i = 0; i < n; i++) {
    sum += split[i] - own[i], held += own[i], given += split[i];
    size = fmax(size, fmax(fabs(own[i]), fabs(split[i])));
    if (fabs(split[i] - own[i]) > fabs(split[largest] - own[largest])) largest = i;
  }
  if (!(fabs(sum) <= 1e-6 * size)) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "the split gives out %.15g, the accounts hold %.15g",
                   given, held);
  }
  double others = 0;
  for (int i = 0; i < n; i++) {
    transfer[i] = split[i] - own[i];
    if (i != largest) others += transfer[i];
  }
  if (n > 0) transfer[largest] = -others;
  return PL_OK;
}

/* The party whose exact transfer lies furthest above its units. */
static int most_short(int n, const double *transfer, double smallest, const int64_t *units) {
  int best = 0;
  double most = -INFINITY;
  for (int i = 0; i < n; i++) {
    double const rest = transfer[i] / smallest - (double)units[i];
    if (rest > most + 1e-9) most = rest, best = i;
  }
  return best;
}

static pl_status round_off(int n, const double *transfer, double smallest, int64_t *units,
                           pl_diag *diag) {
  int64_t missing = 0;
  if (!(smallest > 0)) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "payments in multiples of %g: expected more than 0",
                   smallest);
  }
  for (int i = 0; i < n; i++) {
    double const exact = transfer[i] / smallest;
    if (!(fabs(exact) < 0x1p53)) {
      return pl_fail(diag, PL_RANGE, PL_NOWHERE,
                     "a transfer of %g is not an amount in multiples of %g", transfer[i], smallest);
    }
    units[i] = (int64_t)floor(exact);
    missing -= units[i];
  }
  if (missing < 0 || missing > n) {
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "the transfers do not cancel: they add up to %g",
                   -(double)missing * smallest);
  }
  for (; missing > 0; missing--) units[most_short(n, transfer, smallest, units)]++;
  return PL_OK;
}

static void pay_among(pl_payments *p, double smallest, due *group, int n) {
  for (;;) {
    int low = 0, high = 0;
    for (int k = 1; k < n; k++) {
      if (group[k].units < group[low].units) low = k;
      if (group[k].units > group[high].units) high = k;
    }
    if (n == 0 || group[high].units == 0) return;
    int64_t const amount =
        group[high].units < -group[low].units ? group[high].units : -group[low].units;
    p->list[p->count++] =
        (pl_payment){group[low].party, group[high].party, (double)amount * smallest};
    group[low].units += amount, group[high].units -= amount;
  }
}

/* groups[S]: how often a prefix cancels in the best order of S's members; each prefix that does
 * ends a group. */
static void count_groups(const due *dues, int n, int64_t *sum, int8_t *groups) {
  for (unsigned s = 1; s < 1u << n; s++) {
    int8_t most = 0;
    for (int k = 0; k < n; k++) {
      if (!(s >> k & 1u)) continue;
      unsigned const rest = s ^ 1u << k;
      sum[s] = sum[rest] + dues[k].units;
      if (groups[rest] > most) most = groups[rest];
    }
    groups[s] = (int8_t)(most + (sum[s] == 0));
  }
}

static void pay_in_groups(pl_payments *p, double smallest, const due *dues, int n,
                          pl_arena *scratch) {
  int64_t *const sum = PL_NEW_ARRAY(scratch, int64_t, 1u << n);
  int8_t *const groups = PL_NEW_ARRAY(scratch, int8_t, 1u << n);
  due group[GROUPED_MAX];
  int size = 0;
  count_groups(dues, n, sum, groups);
  for (unsigned s = (1u << n) - 1; s > 0;) {
    int k = 0;
    while (!(s >> k & 1u) || groups[s ^ 1u << k] + (sum[s] == 0) != groups[s]) k++;
    group[size++] = dues[k];
    s ^= 1u << k;
    if (sum[s] == 0) pay_among(p, smallest, group, size), size = 0;
  }
}

pl_status pl_settlement(int n, const double *transfer, double smallest, pl_arena *arena,
                        pl_payments *out, pl_diag *diag) {
  pl_arena *scratch = pl_arena_new();
  int64_t *units = PL_NEW_ARRAY(scratch, int64_t, n + 1);
  due *dues = PL_NEW_ARRAY(scratch, due, n + 1);
  int owing = 0;
  pl_status const status = round_off(n, transfer, smallest, units, diag);
  if (status == PL_OK) {
    for (int i = 0; i < n; i++) {
      if (units[i] != 0) dues[owing++] = (due){i, units[i]};
    }
    *out = (pl_payments){.list = PL_NEW_ARRAY(arena, pl_payment, n + 1)};
    if (owing <= GROUPED_MAX)
      pay_in_groups(out, smallest, dues, owing, scratch);
    else
      pay_among(out, smallest, dues, owing);
  }
  pl_arena_free(scratch);
  return status;
}
