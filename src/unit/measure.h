#ifndef PL_UNIT_MEASURE_H
#define PL_UNIT_MEASURE_H

#include "unit/unit.h"

/* Parse as pl_measure_parse does, and say in *stuck what stopped the expression: the symbol that is
 * no unit, or the byte that cannot stand there; empty at the end of text. */
bool pl_measure_scan(pl_span text, pl_measure *out, size_t *used, pl_span *stuck);

/* Exponents are kept far beyond any with a meaning, and safe from overflow. */
int8_t pl_unit_exponent(int e);

#endif
