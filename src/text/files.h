#ifndef PL_TEXT_FILES_H
#define PL_TEXT_FILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"

/* The files of one case: read from disk when first requested and remembered, so that a run can
 * store what it was made from, and read from a run exactly as from a folder. Owned by the caller;
 * everything read points into it. */
typedef struct pl_files pl_files;

typedef struct {
  const char *path; /* as it is shown in messages */
  const char *text; /* ended by 0 */
  size_t length;
} pl_source;

/* search: folders, tried in order, for names that are not found beside the requesting file; count
 * may be 0. */
pl_files *pl_files_new(const char *const *search, int count);
void pl_files_free(pl_files *f);

/* Files may be read if they are in the folder of the first one (the case's own), in one of search,
 * in a folder allowed here, or below one of these, all links followed. */
bool pl_files_allow(pl_files *f, const char *folder); /* false if it is not there */

/* Gives a file its content in advance (from a run file). Once anything is primed, the disk is no
 * longer read. */
void pl_files_prime(pl_files *f, const char *path, const char *text, size_t length);

/* Opens name as requested by the file `by` (NULL: name is taken as it is, and its folder is
 * allowed). Absolute names and ".." may be used. PL_IO with an error at place if it is not found,
 * or is not in a folder that is allowed. */
pl_status pl_files_open(pl_files *f, const char *name, const char *by, pl_place place,
                        const pl_source **out, pl_diag *diag);

int pl_files_count(const pl_files *f); /* opened so far */
const pl_source *pl_files_at(const pl_files *f, int i);
/* Finds a file by the path as shown; NULL if it has not been opened. */
const pl_source *pl_files_find(const pl_files *f, const char *path);
/* Where the text of a source begins: after a byte order mark, which belongs to no line. */
const char *pl_source_begin(const pl_source *s);
/* Line number line (from 1) of a source, without its end; length 0 past the end. Counts \n and \r\n
 * only. */
const char *pl_source_line(const pl_source *s, int line, size_t *length);
/* The place of length bytes from offset on. O(offset): for messages, not for loading. */
pl_place pl_source_place(const pl_source *s, size_t offset, int length);

#endif
