#ifndef PL_TEXT_SHOW_H
#define PL_TEXT_SHOW_H

#include "base/diag.h"
#include "base/text.h"
#include "text/files.h"
#include "text/json.h"

/* A message for a terminal: "file:line:column: error: text", the line itself with carets under the
 * place, and the hint. files: where the line is looked up; it is left out if files is NULL or the
 * file is not among them. */
void pl_message_show(const pl_message *m, const pl_files *files, pl_string *out);
/* {"severity", "status", "file", "line", "column", "length", "text", "hint"}; without a place, file
 * is null and the next three are left out. */
void pl_message_to_json(const pl_message *m, pl_json *j);

#endif
