#ifndef PL_BASE_DIAG_H
#define PL_BASE_DIAG_H

#include <stdbool.h>
#include <stdio.h>

/* Every call that can fail returns a pl_status and takes a pl_diag last. The status tells the code
 * what to do; the diag tells the user what went wrong, and where in their files. */

typedef enum {
#define X(name, code, text, exit_code) PL_##name = (code),
#include "base/status.def"
#undef X
} pl_status;

const char *pl_status_text(pl_status s);
int pl_status_exit(pl_status s); /* the program's exit code for s */

typedef struct { /* a place in the user's input; line 0 means "no place" */
  const char *file;
  int line, column; /* from 1; column counts bytes */
  int length;       /* bytes to underline, 0 or 1 = one caret */
} pl_place;

#define PL_NOWHERE ((pl_place){0})

typedef enum { PL_ERROR, PL_WARNING, PL_NOTE } pl_severity;

typedef struct {
  pl_severity severity;
  pl_status status;
  pl_place place;
  const char *text;
  const char *hint; /* a known cure, or NULL */
} pl_message;

typedef struct pl_diag pl_diag; /* a list of messages; one per thread, merged by the caller */

pl_diag *pl_diag_new(void);
void pl_diag_free(pl_diag *d);

/* A message that repeats an earlier one at the same place is dropped with its hint and notes; of
 * identical errors and warnings about one file the first five are kept, and the fifth shows how
 * many more there are; of each severity the first 1000 are kept, and a final note shows how many
 * more there were. Adds an error and returns s, so that callers can write: return pl_fail(diag,
 * PL_UNIT, at, "..."); */
pl_status pl_fail(pl_diag *d, pl_status s, pl_place at, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void pl_warn(pl_diag *d, pl_place at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void pl_note(pl_diag *d, pl_place at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Gives the last message a hint; printed on a line of its own as "hint: …". */
void pl_hint(pl_diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

int pl_diag_count(const pl_diag *d, pl_severity severity); /* kept or not */
int pl_diag_size(const pl_diag *d);                        /* messages of every severity */
const pl_message *pl_diag_at(const pl_diag *d, int i); /* in the order added; NULL past the end */
/* The status of the first error, PL_OK without one: what a stage that carries on after errors
 * returns at its end. */
pl_status pl_diag_status(const pl_diag *d);

/* Returns early, passing the status up; the message was added where the cause was found. */
#define PL_TRY(call)                                                                               \
  do {                                                                                             \
    pl_status const pl_try_ = (call);                                                              \
    if (pl_try_ != PL_OK) return pl_try_;                                                          \
  } while (0)

#endif
