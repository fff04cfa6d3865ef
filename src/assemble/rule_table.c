/* The table of the rules that a unit may have. */
#include "assemble/unit.h"

const unit_part *const plan_rule_table[] = {
#define P(name, run, on) &plan_unit_##name,
#include "plan/part.def"
#undef P
};
