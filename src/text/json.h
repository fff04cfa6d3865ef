#ifndef PL_TEXT_JSON_H
#define PL_TEXT_JSON_H

#include <stdbool.h>
#include <stdio.h>

/* A writer of JSON that keeps commas and nesting right; non-finite numbers become null, text is
 * escaped and made valid UTF-8. Errors stick: check pl_json_done at the end. */
typedef struct {
  FILE *out;
  int depth;
  bool first[64], is_list[64], after_key;
  bool failed;
} pl_json;

void pl_json_init(pl_json *j, FILE *out);
void pl_json_open(pl_json *j, bool list); /* { or [ */
void pl_json_close(pl_json *j);
void pl_json_key(pl_json *j, const char *key);
void pl_json_text(pl_json *j, const char *text); /* NULL = null */
void pl_json_number(pl_json *j, double x);
void pl_json_bool(pl_json *j, bool b);
bool pl_json_done(pl_json *j); /* ends the line; false if anything failed */

#endif
