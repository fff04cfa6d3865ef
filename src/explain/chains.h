#ifndef PL_EXPLAIN_CHAINS_H
#define PL_EXPLAIN_CHAINS_H

#include "plan/schedule.h"
#include "plan/words.h"

/* Chains of reasons for what one more unit of a material is worth. For this folder only. */
enum { PL_CHAIN_LINKS = 8 };

typedef struct {
  int kind;                         /* what it does, see chains.c */
  bool brings;                      /* towards the balance explained, or away from it */
  const pl_block *block;            /* of columns; NULL where no column decides */
  const pl_source_of_bound *source; /* a number that binds here, NULL */
  double money; /* what it costs or earns per unit of the column, undiscounted */
} pl_chain_link;

typedef struct {
  int n;
  pl_chain_link link[PL_CHAIN_LINKS];
} pl_chain;

typedef struct {
  const pl_schedule *s;
  const pl_program *p;
  pl_arena *scratch, *arena; /* arenas: of a sentence, and of what is returned */
  pl_arena *own;
  pl_by_rows rows;
  pl_block_entries entries;
  int *rule_place; /* [n_row_blocks] by name */
  double noise;
  /* Cached by column: */
  unsigned char *held;                 /* [n_cols] whether a rule limits it, 0 = not known yet */
  bool *asked;                         /* [n_cols] whether bound_by is known */
  const pl_source_of_bound **bound_by; /* [n_cols] */
} pl_chains;

void pl_chains_begin(pl_chains *t, const pl_schedule *s, pl_arena *arena);
void pl_chains_end(pl_chains *t);
/* The nearest explanation of the balance row's value. */
void pl_chain_follow(const pl_chains *t, int row, pl_chain *out);
bool pl_chain_is_same(const pl_chain *a, const pl_chain *b); /* except the money */
const char *pl_chain_reason(const pl_chains *t, const pl_chain *c);

#endif
