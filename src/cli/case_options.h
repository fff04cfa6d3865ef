#ifndef PL_CLI_CASE_OPTIONS_H
#define PL_CLI_CASE_OPTIONS_H

#include "cli/cmd.h"
#include "store/run.h"

/* Shared by the commands that read a case or a run. */

#define CASE_OPTIONS                                                                               \
  {"scenario", 0, "NAME", "apply this scenario of the case"},                                      \
      {"set", 0, "PATH=VALUE",                                                                     \
       "change the case: --set 'units.potline.online=80 %' (may be repeated)"},                    \
      {"allow", 0, "DIR",                                                                          \
       "the case may also read files in this folder and below it (may be repeated)"}

#define STRICT_OPTION {"strict", 0, NULL, "treat warnings as errors"}
/* With --strict: an error where reading the case gave warnings. */
pl_status pl_check_strict(const pl_call *call);

/* Read the case named and build its program; its files become the call's. */
pl_status pl_open_case(pl_call *call, const char *path, pl_run **out);
/* The same without typical days or weeks, from files of its own. */
pl_status pl_open_case_in_full(pl_call *call, const char *path, pl_files **files, pl_run **out);
/* Read the case again in each of its scenarios, to report their errors: up to the first faulty one,
 * which a note names. */
pl_status pl_check_scenarios(pl_call *call, const char *path, const pl_case *c);
/* A run file, or a case (a folder or a YAML file)? Anything named .run that is not a folder is
 * taken for a run. */
bool pl_is_run_file(const char *path);
/* "alro-azeraluminium", or with a scenario "alro-azeraluminium-ganja-110": the name of files made
 * from the case. */
const char *pl_case_file_name(const char *case_path, const char *scenario, pl_arena *a);

#endif
