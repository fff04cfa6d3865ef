#ifndef PL_BASE_FILE_H
#define PL_BASE_FILE_H

#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"

/* Whole files in, whole files out. */

/* Read a regular file of at most 1 GiB into the arena; *out is ended by a 0 that *length does not
 * count. */
pl_status pl_file_read(const char *path, pl_arena *a, char **out, size_t *length, pl_diag *diag);

/* Where a path leads through symbolic links; the path itself if it is not a link. */
const char *pl_file_behind_links(const char *path, pl_arena *a);

/* Writes under a temporary name beside path, then renames: path holds the old content or the new,
 * never a part. A symbolic link stays, and what it names is replaced. Temporaries that killed
 * processes left in the folder are removed (base/leftover.h). */
typedef struct pl_file_new pl_file_new;
pl_status pl_file_new_open(const char *path, pl_file_new **out, pl_diag *diag);
FILE *pl_file_new_stream(pl_file_new *f);
/* The temporary name, for libraries that open files themselves. */
const char *pl_file_new_path(const pl_file_new *f);
/* Flushes and syncs; what remains to be done cannot run out of space. f stays the caller's. */
pl_status pl_file_new_seal(pl_file_new *f, pl_diag *diag);
/* Seal, rename. Frees f on success and failure. */
pl_status pl_file_new_commit(pl_file_new *f, pl_diag *diag);
/* Remove the temporary. NULL is allowed. */
void pl_file_new_abandon(pl_file_new *f);

#endif
