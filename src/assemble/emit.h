#ifndef PL_ASSEMBLE_EMIT_H
#define PL_ASSEMBLE_EMIT_H

#include "assemble/builder.h"

/* Each puts the coefficients of one column of its own kinds, that of b->slice. */

void plan_emit_unit(builder *b, const pl_block *block);
void plan_emit_outage(builder *b, const pl_block *block);
void plan_emit_low_load(builder *b, const pl_block *block);
void plan_emit_reserve(builder *b, const pl_block *block);
void plan_emit_stock(builder *b, const pl_block *block);
void plan_emit_carried(builder *b, const pl_block *block);
void plan_emit_lane(builder *b, const pl_block *block);
void plan_emit_market(builder *b, const pl_block *block);
void plan_emit_slack(builder *b, const pl_block *block);
void plan_emit_agreement(builder *b, const pl_block *block);

void plan_emit(builder *b); /* all columns */

#endif
