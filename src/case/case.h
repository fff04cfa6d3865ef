#ifndef PL_CASE_CASE_H
#define PL_CASE_CASE_H

#include <stdio.h>

#include "base/diag.h"
#include "chain/chain.h"
#include "text/files.h"
#include "text/json.h"
#include "text/node.h"

/* From files to a case: read, merged (include, tables), overridden (overrides, a scenario, --set),
 * turned into structs, bound and checked, with all errors reported in one run. */

typedef struct {
  const char *scenario;   /* NULL = none */
  const char *const *set; /* "units.tulcea.online=100 %" */
  int n_set;
} pl_case_options;

/* path: a folder that contains case.yaml, or a YAML file. files keeps everything that was read and
 * must outlive the case. Everything that can be known without solving is checked. If there was an
 * error *out is untouched, and the status is that of the first error. */
pl_status pl_case_read(const char *path, pl_files *files, const pl_case_options *options,
                       pl_case **out, pl_diag *diag);
void pl_case_free(pl_case *c);

/* Descriptions of the language, made from the .def lists. */
/* For the screen: the fields of one noun or kind of agreement, the kinds of value, the units of
 * measurement ("measures"), or all fields (NULL). */
void pl_case_write_fields(FILE *out, const char *what, pl_diag *diag);
void pl_case_write_reference(FILE *out); /* docs/case-format.md */
/* The tables that end docs/agreements.md. */
void pl_case_write_clauses(FILE *out);
void pl_case_write_schema(pl_json *out); /* JSON Schema (2020-12) of a case file */

#endif
