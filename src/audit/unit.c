/* Shared by the files of the independent check of units. */
#include "audit/unit.h"

pl_audit_subject pl_audit_unit_about(const pl_audit_unit_check *k, int field, const char *words) {
  return pl_audit_about(k->w, PL_NOUN_unit, k->index, field, words);
}

double pl_audit_unit_on(const pl_audit_unit_check *k, int v) {
  return k->on ? pl_audit_amounts(k->w, k->on)[v] : 1;
}

const double *pl_audit_unit_shares(const pl_audit_unit_check *k) {
  const pl_unit *u = k->u;
  double *share = pl_audit_values(k->w, u->minimum ? u->minimum : u->turndown, k->grid, 0, false);
  for (int v = 0; !u->minimum && u->turndown && v < k->grid->n; v++) share[v] = 1 - share[v];
  return share;
}
