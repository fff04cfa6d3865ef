#ifndef PL_ASSEMBLE_GOODS_H
#define PL_ASSEMBLE_GOODS_H

#include "assemble/builder.h"

/* Whose goods can be where. */

void plan_find_goods(builder *b);
int plan_balance(const builder *b, int site, int material, int party); /* row block, −1 */
/* Puts into a balance and, if goods are used, into the days of cover of a stock of them. */
void plan_put_goods(builder *b, int site, int party, int material, double amount);

#endif
