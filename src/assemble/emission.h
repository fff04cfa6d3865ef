#ifndef PL_ASSEMBLE_EMISSION_H
#define PL_ASSEMBLE_EMISSION_H

#include "assemble/builder.h"

/* Emissions: levies, free allowances, and their part in limits. */

struct emission_member { /* a limit that counts emissions */
  int material, site, party, row;
  double factor;
};

/* Levies on the emissions per unit of a block, which may vary from slice to slice; and on a fixed
 * emission per unit. */
void plan_add_levies(builder *b, int site, int block, const pl_prices *emits);
void plan_add_levied(builder *b, int site, int block, int party, int material, double amount);
void plan_declare_allocations(builder *b);                        /* free allowances of sites */
double **plan_emission_rates(builder *b, const pl_prices *emits); /* [emits.n][b->grid->n] */
/* Emissions of the current column, in limits; for a lane or market, at the rates in b->series. */
void plan_put_emission(builder *b, int material, int site, int party, double amount);
void plan_put_emissions(builder *b, int site, int party, const pl_prices *emits);

#endif
