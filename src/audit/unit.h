#ifndef PL_AUDIT_UNIT_H
#define PL_AUDIT_UNIT_H

#include "audit/walk.h"

/* Shared by the files of the independent check of units. For this folder only. */
typedef struct {
  pl_audit_walk *w;
  int index;
  const pl_unit *u;
  const pl_grid *grid;
  const pl_block *on; /* NULL = no on/off */
  double *load;       /* [n] its total load, in capacity units */
  double *out;        /* [n] share of its capacity taken by planned outages */
  double *out_whole;  /* [n] number of outages that take the whole capacity of a slice */
  double *available;  /* [n] capacity × online × availability × hours, NULL = no bound */
} pl_audit_unit_check;

pl_audit_subject pl_audit_unit_about(const pl_audit_unit_check *k, int field, const char *words);
double pl_audit_unit_on(const pl_audit_unit_check *k, int v); /* 1 without on/off */

/* [n] The minimum load as a share of the available capacity; all zeros where there is none. */
const double *pl_audit_unit_shares(const pl_audit_unit_check *k);

/* Fills in out and out_whole. */
void pl_audit_unit_out(pl_audit_unit_check *k);

/* The check of each optional rule; it does nothing if the unit does not have the rule. */
#define Q(name, run, on)
#define P(name, run, on) void pl_audit_unit_##name(const pl_audit_unit_check *k);
#include "plan/part.def"
#undef P

#endif
