#ifndef PL_AUDIT_UNIT_H
#define PL_AUDIT_UNIT_H

#include "audit/walk.h"

/* What the files of the independent check of units share. For this folder only. */
typedef struct {
  pl_audit_walk *w;
  int index;
  const pl_unit *u;
  const pl_grid *grid;
  const pl_block *on; /* NULL = no on/off */
  double *load;       /* [n] of what it runs, in capacity units */
  double *out;        /* [n] share of it that planned outages take */
  double *out_whole;  /* [n] how many of them take all of a slice's capacity */
  double *available;  /* [n] capacity × online × availability × hours, NULL = no bound */
} pl_audit_unit_check;

pl_audit_subject pl_audit_unit_about(const pl_audit_unit_check *k, int field, const char *words);
double pl_audit_unit_on(const pl_audit_unit_check *k, int v); /* 1 without on/off */

/* The least load as a share of the available capacity, [n]; all zeros where there is none. */
const double *pl_audit_unit_shares(const pl_audit_unit_check *k);

/* What planned outages take, into out and out_whole. */
void pl_audit_unit_out(pl_audit_unit_check *k);

/* The check of each rule that a unit may have; one that it has not checks nothing. */
#define Q(name, run, on)
#define P(name, run, on) void pl_audit_unit_##name(const pl_audit_unit_check *k);
#include "plan/part.def"
#undef P

#endif
