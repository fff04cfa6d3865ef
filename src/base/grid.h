#ifndef PL_BASE_GRID_H
#define PL_BASE_GRID_H

#include "base/arena.h"
#include "base/calendar.h"

/* Grids cut time into slices, and give the share of a flow that falls into each of them. */

/* Typical periods: some of the days (or blocks of days) of a span of time represent all of them.
 * Period d is [start[d], start[d + 1]) and as long as the one that represents it. */
typedef struct {
  int n;                /* real periods */
  const pl_time *start; /* [n + 1] without a gap */
  const int *of;        /* [n] the period that represents d: of[of[d]] == of[d] */
  const int *group;     /* [n] ascending: periods represent only others of their own group */
  const int *first;     /* [n] the earliest period that d represents, −1 = it represents none */
  const int *next;      /* [n] the next period with the same representative, −1 = d is the last */
  const int *times;     /* [n] how many periods d represents */
} pl_typical;
/* start[n + 1], of[n] and group[n] are kept; the rest is in the arena. */
pl_typical *pl_typical_make(pl_arena *a, int n, const pl_time *start, const int *of,
                            const int *group);

/* Slices that follow each other, and how often that happens. */
typedef struct {
  int before, after;
  double times;
} pl_joint;

/* A grid cuts [from, to) into n slices: every step's start inside is a cut, so the first and last
 * slice may be parts. Slice v is [start[v], pl_grid_end(g, v)). On a grid of typical periods there
 * are slices only in the periods that represent others; each represents the same time of day in all
 * of those, and a flow in it is the total over them. */
typedef struct pl_grid {
  pl_step step;
  int n;
  pl_time *start;            /* [n + 1] */
  const double *hours;       /* [n] that each slice represents; NULL = its own length */
  int n_joints;              /* of typical grids, else 0 */
  const pl_joint *joint;     /* [n_joints] by before, then after; NULL: v → v + 1, once each */
  const pl_typical *typical; /* NULL: every slice is real */
  const int *period;         /* [n] of typical grids: the period that slice v lies in */
  const int *run;            /* [n] of typical grids: pl_grid_run */
  const struct pl_grid *all; /* of typical grids: the plain grid of the same time and step */
} pl_grid;

void pl_grid_init(pl_grid *g, pl_arena *a, pl_step step, pl_time from, pl_time to);
/* The slices of those periods of t that represent any; t is kept. */
void pl_grid_typical(pl_grid *g, pl_arena *a, pl_step step, const pl_typical *t);
/* Of t: a slice for each real period; and one for each that represents others. */
void pl_grid_periods(pl_grid *real, pl_grid *typical, pl_arena *a, const pl_typical *t);
pl_time pl_grid_end(const pl_grid *g, int v);
pl_time pl_grid_middle(const pl_grid *g, int v);
double pl_grid_length(const pl_grid *g, int v); /* hours from its start to its end */
double pl_grid_hours(const pl_grid *g, int v);  /* hours that it represents */
int pl_grid_times(const pl_grid *g, int v); /* real slices that it represents, 1 if it is real */
/* The first of the slices up to v that always follow each other in real time: of v's typical
 * period, or of earlier ones where those represent as many days, each before the next. */
int pl_grid_run(const pl_grid *g, int v);
/* The slice that contains t, or represents it; −1 outside. */
int pl_grid_find(const pl_grid *g, pl_time t);
/* The share of the time that slice v represents that lies in [from, to): 0 … 1. */
double pl_grid_within(const pl_grid *g, int v, pl_time from, pl_time to);

/* Values all[] on g->all brought to the typical grid g: in the order of the slices' own values,
 * each the mean of as many hours of its group's duration curve as it represents. So a group keeps
 * its mean and its curve, equal values stay equal, and nothing changes where each period of a group
 * represents itself. Group by group: */
typedef struct {
  int first, end; /* its slices in g, */
  int from, to;   /* in g->all */
} pl_grid_group;
pl_grid_group pl_grid_group_of(const pl_grid *g, int v);
void pl_grid_typify_group(const pl_grid *g, const pl_grid_group *k,
                          const double *all /* [to − from] */, double *out /* [end − first] */);
void pl_grid_typify(const pl_grid *g, const double *all, double *out);

/* Joint k of pl_grid_joints: whatever couples neighbouring slices runs over these. */
int pl_grid_joints(const pl_grid *g);
pl_joint pl_grid_joint(const pl_grid *g, int k);

/* The grid rule. A flow spread evenly over [from, to), or over the time that slice v of another
 * grid represents, falls into slices r of g with these shares:
 *
 *     for (pl_share s = pl_share_first(g, from, to); s.ok; pl_share_next(g, &s)) use(s.r, s.share);
 *
 * Shares are of the whole: they sum to less than 1 when part of it lies outside g. Empty intervals
 * give none. */
typedef struct {
  bool ok;
  int r;
  double share;
  int end;            /* no slice from here on has a share */
  pl_time from, to;   /* what is spread, */
  const pl_grid *own; /* or slice v of this typical grid */
  int v;
} pl_share;
pl_share pl_share_first(const pl_grid *g, pl_time from, pl_time to);
pl_share pl_share_slice(const pl_grid *g, const pl_grid *own, int v);
void pl_share_next(const pl_grid *g, pl_share *s);

#endif
