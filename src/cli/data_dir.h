#ifndef PL_CLI_DATA_DIR_H
#define PL_CLI_DATA_DIR_H

/* The folders that are searched for files that a case includes, apart from the case's own: the one
 * in the environment variable POTLINE_DATA, the source tree, the installed data. *count gets how
 * many. */
const char *const *pl_data_dirs(int *count);

#endif
