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
double pl_audit_unit_least(const pl_audit_unit_check *k, const double *share, int v);

void pl_audit_on_off(const pl_audit_unit_check *k); /* commit.c */
void pl_audit_ramp(const pl_audit_unit_check *k);
void pl_audit_outages(pl_audit_unit_check *k);         /* outages.c: fills out, out_whole */
void pl_audit_part_load(const pl_audit_unit_check *k); /* part_load.c */

#endif
