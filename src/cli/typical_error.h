#ifndef PL_CLI_TYPICAL_ERROR_H
#define PL_CLI_TYPICAL_ERROR_H

#include "cli/cmd.h"
#include "store/run.h"

/* What typical days cost in truth: the case of r planned in full, and how r differs from that, on
 * the screen or into the call's JSON. Nothing where r has no typical days. */
pl_status pl_typical_error_tell(pl_call *call, const pl_run *r);

#endif
