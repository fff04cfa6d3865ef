#ifndef PL_ASSEMBLE_EMIT_H
#define PL_ASSEMBLE_EMIT_H

#include "assemble/builder.h"

/* plan_emit_FILE: the coefficients of one column of a kind whose row of column.def names the file,
 * that of b->slice. */
#define C(name, word, thing, part, in, bound, moves, verb, settled, file, ...)                     \
  void plan_emit_##file(builder *b, const pl_block *block);
#include "plan/column.def"
#undef C

void plan_emit(builder *b); /* all columns */

#endif
