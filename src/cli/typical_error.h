#ifndef PL_CLI_TYPICAL_ERROR_H
#define PL_CLI_TYPICAL_ERROR_H

#include "cli/cmd.h"
#include "store/run.h"

/* The true error of typical days: plans the case of r in full and shows how r differs, on the
 * screen or in the call's JSON. Nothing where r has no typical days. */
pl_status pl_typical_error_tell(pl_call *call, const pl_run *r);

#endif
