#ifndef PL_STORE_OUTPUT_H
#define PL_STORE_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/file.h"
#include "report/report.h"

/* What may be written where: one rule for every file that a command writes. An existing target is
 * replaced only if it is of the same kind and written by potline, which each kind recognises by a
 * mark of its own, or if it is empty, as mktemp leaves it. Anything else may be somebody's work. */
typedef enum {
#define X(name, option, suffix, words, folder, is_marked)        PL_OUTPUT_##name,
#define E(name, option, suffix, words, folder, is_marked, write) PL_OUTPUT_##name,
#include "store/output.def"
#undef E
#undef X
  PL_OUTPUTS
} pl_output;

typedef struct {
  const char *option, *suffix, *words;
  bool folder;                /* a folder of files, of which PL_MARK_FILE has the mark */
  bool (*is_marked)(FILE *f); /* reads no more than necessary, and trusts nothing */
  pl_status (*write)(const pl_report *r, const char *title, const char *path,
                     pl_diag *diag); /* for `potline export`; NULL = not an export format */
} pl_output_kind;
extern const pl_output_kind pl_output_kinds[PL_OUTPUTS];

/* May path be written as this kind? PL_USAGE with a hint if something else exists there, PL_IO if
 * there is no folder to write into. Changes nothing: also to be called before the work that leads
 * to the file. */
pl_status pl_output_check(const char *path, pl_output kind, pl_diag *diag);
/* Check, then open: every writer of a single file begins with this. */
pl_status pl_output_open(const char *path, pl_output kind, pl_file_new **out, pl_diag *diag);
/* Does a file or folder of this kind exist? */
bool pl_output_is(const char *path, pl_output kind);

/* In a folder written by potline: lists its files. */
#define PL_MARK_FILE ".potline-export"

#endif
