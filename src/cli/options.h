#ifndef PL_CLI_OPTIONS_H
#define PL_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/cmd.h"

/* Parse the words after a command's name by its table of options. Long options are --name VALUE or
 * --name=VALUE and are not abbreviated; after -- everything is an argument. */
pl_status pl_options_parse(pl_call *call, int argc,
                           char **argv); /* argv[0] is the command's name */

bool pl_option_given(const pl_call *call, const char *name);
const char *pl_option_value(const pl_call *call,
                            const char *name); /* the last one given, NULL = none */
/* A number ≥ 0, into *out if given. */
pl_status pl_option_number(const pl_call *call, const char *name, double *out);

/* --jobs: threads, at least 1; one per core if not specified. */
pl_status pl_option_jobs(const pl_call *call, int *out);

void pl_options_help(const pl_cmd *cmd, FILE *out);

#endif
