#ifndef PL_ASSEMBLE_ASSEMBLE_H
#define PL_ASSEMBLE_ASSEMBLE_H

#include "plan/program.h"

/* Build the program of c, which must outlive it. Faults that only now show (an on/off unit without
 * a capacity) are complaints at their places. Free with pl_program_free. */
pl_status pl_program_build(const pl_case *c, pl_program **out, pl_diag *diag);

#endif
