/* What the files of the independent check of units share. */
#include "audit/unit.h"

pl_audit_subject pl_audit_unit_about(const pl_audit_unit_check *k, int field, const char *words) {
  return pl_audit_about(k->w, PL_NOUN_unit, k->index, field, words);
}

double pl_audit_unit_on(const pl_audit_unit_check *k, int v) {
  return k->on ? pl_audit_amounts(k->w, k->on)[v] : 1;
}
