#ifndef PL_CLI_DATA_DIR_H
#define PL_CLI_DATA_DIR_H

/* The folders in which names that a case includes are looked for, beside the case itself: the one
 * in the environment variable POTLINE_DATA, the source tree, the installed data. *count gets how
 * many. */
const char *const *pl_data_dirs(int *count);

#endif
