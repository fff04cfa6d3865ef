#ifndef PL_ASSEMBLE_ASSEMBLE_H
#define PL_ASSEMBLE_ASSEMBLE_H

#include "plan/program.h"

/* Builds the program of c, which must outlive it. Errors that only show at this stage (such as an
 * on/off unit without a capacity) are reported at their places in the files. Free with
 * pl_program_free. */
pl_status pl_program_build(const pl_case *c, pl_program **out, pl_diag *diag);

#endif
