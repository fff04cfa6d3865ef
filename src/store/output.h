#ifndef PL_STORE_OUTPUT_H
#define PL_STORE_OUTPUT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/file.h"

/* What may be written where: one rule for every file that a command writes. A target that is there
 * already is replaced only if it is of the same kind and potline wrote it, which each kind tells by
 * a mark of its own; or if it is empty, as mktemp leaves it. Everything else is somebody's work. */
typedef enum {
#define X(name, option, suffix, words, folder) PL_OUTPUT_##name,
#include "store/output.def"
#undef X
  PL_OUTPUTS
} pl_output;

typedef struct {
  const char *option, *suffix, *words;
  bool folder;
} pl_output_kind;
extern const pl_output_kind pl_output_kinds[PL_OUTPUTS];

/* May path be written as this kind? PL_USAGE with a cure if something else is there, PL_IO if there
 * is no folder to write into. Changes nothing: to be asked before the work that leads to the file,
 * too. */
pl_status pl_output_check(const char *path, pl_output kind, pl_diag *diag);
/* Check, then open: how every writer of one file begins. */
pl_status pl_output_open(const char *path, pl_output kind, pl_file_new **out, pl_diag *diag);
/* Is there a file or folder of this kind? */
bool pl_output_is(const char *path, pl_output kind);

/* The marks that writers leave. */
#define PL_RUN_APPLICATION    0x504C524E        /* "PLRN", in the head of the SQLite file */
#define PL_EXPORT_APPLICATION 0x504C4558        /* "PLEX" */
#define PL_MARK_FILE          ".potline-export" /* in a folder of CSV files; its first line: */
#define PL_MARK_LINE          "potline wrote the files below; an export replaces or removes them"
#define PL_MARK_NETCDF        "potline, a plan of a value chain" /* global attribute "source" */
#define PL_MARK_PROPERTY      "written by"                       /* of a workbook, and its value: */
#define PL_MARK_WORKBOOK      "potline"

#endif
