#ifndef PL_STORE_APART_H
#define PL_STORE_APART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/file.h"

/* Writers that use a library which may crash run in a child process (docs/decisions/014). The child
 * is forked: call this from a process whose other threads are idle. One at a time. */

/* What to run: write the file at path; false with a message in words[size] on failure. */
typedef bool pl_apart_writer(const void *user, const char *path, char *words, size_t size);

/* For writers: append the reason where errno shows that the machine ran out of something, which
 * libraries often do not report. */
void pl_apart_add_reason(char *words, size_t size);

/* Run write for the temporary of file, then commit it; any failure, including the child's death, is
 * reported as an error and the temporary is removed. shown: the target as the user named it. Frees
 * file. */
pl_status pl_apart_write(pl_apart_writer *write, const void *user, const char *shown,
                         pl_file_new *file, pl_diag *diag);
/* Kill the child, if there is one; for signal handlers. */
void pl_apart_end(void);

#endif
