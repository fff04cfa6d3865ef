/* From accounts to splits. */
#include "value/transfer.h"

#include <math.h>

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
