#ifndef ATTACK_MUTANT_H
#define ATTACK_MUTANT_H

#include "law/law_case.h"
#include "text/node.h"

/* Cases of the project whose parts are left out, repeated, renamed, exchanged, scaled, moved in
 * time or put in another's place. What a mutant is follows from its seed and from which changes its
 * maker takes back. */

typedef struct {
  const char *name, *text; /* the name within the case; text of what is no tree */
  pl_node *root;           /* of a YAML file, NULL for a table */
} mutant_file;

enum { MUTANT_FILES_MAX = 24 };

typedef struct {
  pl_arena *arena;
  law_random random;
  const char *source, *scenario; /* the case, from the root of the project; NULL: no scenario */
  int n_files;
  mutant_file file[MUTANT_FILES_MAX]; /* the first is the case's own */
} mutant;

typedef enum {
  MUTANT_ANY,    /* whatever a hand may do to a case */
  MUTANT_NUMBERS /* numbers alone, by factors within reason */
} mutant_kind;

int mutant_sources(void);
const char *mutant_source(int i);
/* The unchanged case that the seed picks among the sources, all of them or those that some
 * agreement is in. */
bool mutant_begin(mutant *m, uint64_t seed, bool agreed, pl_arena *a);
/* A copy whose changes leave m alone. */
void mutant_copy(mutant *to, const mutant *m);
/* One change; false: it came to nothing. Says what it was. */
bool mutant_change(mutant *m, mutant_kind kind, const char **what);
/* The files into a folder, which is made; false where that fails. */
bool mutant_write(const mutant *m, const char *folder);

#endif
