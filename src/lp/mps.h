#ifndef PL_LP_MPS_H
#define PL_LP_MPS_H

#include <stdio.h>

#include "lp/lp.h"

/* The beginning of the file, by which it is recognised as ours. */
#define PL_MPS_MARK "NAME potline\nROWS\n N cost\n"

/* Writes the program as free MPS, for other solvers and for inspection: columns c0, c1, …, rows r0,
 * r1, …, objective "cost", numbers that read back exactly. The offset is written the usual way, as
 * minus the objective's right-hand side. Rows without any bound are written as further N rows,
 * which readers may drop. Errors are left to ferror(out). */
void pl_lp_write_mps(const pl_lp *lp, FILE *out);

#endif
