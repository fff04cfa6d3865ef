#ifndef PL_EXPLAIN_EXPLAIN_H
#define PL_EXPLAIN_EXPLAIN_H

#include "explain/sides.h"
#include "plan/schedule.h"
#include "solve/solve.h"
#include "text/files.h"
#include "text/table.h"

/* Why the plan is as it is, in the case's own words. Sentences are made in arena; places point into
 * the user's files. */

typedef struct {      /* one thing that keeps the plan from earning more */
  const char *what;   /* "capacity 265 kt/year of units.slatina-potlines, 2026-03 … 2028-12, 30
                         periods in all"; with a remark where less would earn more */
  pl_place place;     /* the number in the user's files */
  const char *number; /* "capacity 265 kt/year", as written */
  double worth;       /* present value gained, in all, if that number were 1 unit larger (smaller,
                         for a minimum) in each of the periods */
  double yearly;      /* the same undiscounted, mean per year; NAN unless by the hour */
  double hours;       /* in which it binds; NAN unless by the hour */
  const char *unit;   /* internal unit of the bound; for hourly flows per hour, "MW" */
  bool less;          /* worth is that of a smaller number: it is a minimum */
  int periods;
  const char *period; /* "months", or "month" if only one; "" where it is all of the time */
  pl_direction *sum;  /* worth, as a sum of prices */
  pl_sides sides;     /* unknown before pl_explain_bottleneck_sides */
} pl_bottleneck;

/* The n tightest constraints (capacities, bounds, limits; ranked by money at stake = worth × size
 * of the bound, which does not depend on units), grouped over periods, most costly first. Returns
 * how many. */
int pl_explain_bottlenecks(const pl_schedule *s, int n, pl_bottleneck *out, pl_arena *a);
/* Fill in what 1 unit more of each (of a minimum: less) is worth, and what 1 unit less costs. */
pl_status pl_explain_bottleneck_sides(const pl_schedule *s, const pl_solve_options *by,
                                      pl_bottleneck *list, int n, pl_diag *diag);

typedef struct { /* what one more unit of a material is worth somewhere, and why */
  int site, material, party;
  const char *from, *to; /* periods "2026-01", "2026-12": runs of equal reasons are joined */
  double value;          /* mean, undiscounted money per internal unit */
  double least, most;    /* over the periods joined */
  pl_direction *sum;     /* value, as a sum of prices; NULL for fine periods */
  pl_sides sides;        /* unknown before pl_explain_marginal_sides */
  bool fine;             /* one of too many periods to list, see hours.h */
  const char *reason; /* "it comes over lanes.constanta-slatina (14 USD/t) from constanta; there one
                         more is bought at markets.alumina-index (392 USD/t)" */
} pl_marginal;

/* Every (site, material, party) with a balance; adjacent periods with the same chain of reasons are
 * joined. The chain follows columns with zero reduced cost, over the fewest lanes, until a market
 * price, a recipe or a binding number ends it. With on/off decisions the values hold for fixed
 * decisions, and every reason says so. */
int pl_explain_marginals(const pl_schedule *s, pl_marginal **out, pl_arena *a);
/* Fill in what one more in each of the periods is worth, and what one less costs. */
pl_status pl_explain_marginal_sides(const pl_schedule *s, const pl_solve_options *by,
                                    pl_marginal *list, int n, pl_diag *diag);

#endif
