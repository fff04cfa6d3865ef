#ifndef PL_ASSEMBLE_EMIT_H
#define PL_ASSEMBLE_EMIT_H

#include "assemble/builder.h"

/* plan_emit_FILE: puts the coefficients of one column, in slice b->slice, of the kinds whose row in
 * column.def names the file. */
#define C(name, word, thing, part, in, bound, moves, verb, settled, file, ...)                     \
  void plan_emit_##file(builder *b, const pl_block *block);
#include "plan/column.def"
#undef C

void plan_emit(builder *b); /* all columns */

#endif
