#ifndef PL_UNIT_MEASURE_H
#define PL_UNIT_MEASURE_H

#include "unit/unit.h"

/* Parses as pl_measure_parse does, and reports in *stuck what stopped the expression: a symbol that
 * is not a unit, or a byte that is not allowed there; empty at the end of text. */
bool pl_measure_scan(pl_span text, pl_measure *out, size_t *used, pl_span *stuck);

/* Limits an exponent to a range far beyond any with a meaning, but safe from overflow. */
int8_t pl_unit_exponent(int e);

#endif
