#ifndef PL_ASSEMBLE_STOCK_H
#define PL_ASSEMBLE_STOCK_H

#include "assemble/builder.h"

struct stock_rows {
  int level, fill, draw, stock, cover;
  int room_draw, room_fill, held[2], free[2]; /* reserve.c */
  double *keep;                               /* [n] 1 − loss over the length of the slice */
  double cover_hours;
  int next_cover; /* index + 1 of the next stock with days of cover for the same goods; 0 = none */
  /* carried.c; −1 without typical periods: */
  int carried, begin, most_above, most_below;                     /* columns */
  int held_over, begins, above_mean, below_mean, highest, lowest; /* rows */
  double *kept; /* [n] the share of the level at the beginning of its period that is left at the end
                   of the slice */
};

void plan_declare_stocks(builder *b);
int plan_stock_column(builder *b, int i, int kind, const pl_grid *grid);
int plan_stock_row(builder *b, int i, int kind, const pl_grid *grid, double lower, double upper);
/* carried.c: a stock's level from one real period to the next, with typical ones */
void plan_declare_carried(builder *b, int i, double initial);
void plan_put_carried_level(builder *b, const stock_rows *r); /* of the current level column */
/* reserve.c: the reserve it provides; the coefficients in level, fill and draw columns */
void plan_declare_stock_reserve(builder *b, int stock, const pl_grid *grid, double initial);
void plan_put_reserve_level(builder *b, const pl_block *level);
void plan_put_reserve_gate(builder *b, int stock, bool fill);

#endif
