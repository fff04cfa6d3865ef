#ifndef ATTACK_MUTANT_H
#define ATTACK_MUTANT_H

#include "law/law_case.h"
#include "text/node.h"

/* Cases of the project with parts left out, repeated, renamed, exchanged, scaled, moved in time or
 * put in another's place. A mutant depends on its seed and on which changes its maker undoes. */

typedef struct {
  const char *name, *text; /* the name within the case; the text if it is not a tree */
  pl_node *root;           /* of a YAML file, NULL for a table */
} mutant_file;

enum { MUTANT_FILES_MAX = 24 };

typedef struct {
  pl_arena *arena;
  law_random random;
  const char *source, *scenario; /* the case, from the root of the project; NULL: no scenario */
  int n_files;
  mutant_file file[MUTANT_FILES_MAX]; /* the first is the case itself */
} mutant;

typedef enum {
  MUTANT_ANY,    /* anything a user may do to a case */
  MUTANT_NUMBERS /* only numbers, by factors within reason */
} mutant_kind;

int mutant_sources(void);
const char *mutant_source(int i);
/* The unchanged case that the seed picks among the sources: all of them, or those with an agreement
 * in force. */
bool mutant_begin(mutant *m, uint64_t seed, bool agreed, pl_arena *a);
/* A copy; changing it leaves m unchanged. */
void mutant_copy(mutant *to, const mutant *m);
/* Makes one change; false if nothing was changed. Returns what it was in words. */
bool mutant_change(mutant *m, mutant_kind kind, const char **what);
/* Writes the files into a folder, which is created; false on failure. */
bool mutant_write(const mutant *m, const char *folder);

#endif
