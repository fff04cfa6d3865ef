/* Columns and rows in the case's words, made on demand: names, units, and the numbers that bound
 * them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plan/program.h"

static const char *thing_name(const pl_program *p, const pl_block *b, bool is_row) {
  const pl_noun *noun = &pl_nouns[pl_block_facts(b, is_row)->thing];
  return *pl_thing_name(pl_noun_at(noun, p->c, b->thing));
}

const char *pl_block_thing(const pl_program *p, const pl_block *b, bool is_row, pl_arena *a) {
  return pl_arena_printf(a, "%s.%s", pl_nouns[pl_block_facts(b, is_row)->thing].section,
                         thing_name(p, b, is_row));
}

const char *pl_block_slice(const pl_block *b, int v, char *buf, size_t size) {
  if (b->grid->n == 1) { /* one slice for the whole case */
    (void)snprintf(buf, size, "whole horizon");
    return buf;
  }
  (void)pl_time_format(b->grid->start[v], b->grid->step, buf, size);
  return buf;
}

/* The number among several, if it is not the first. */
static const char *rank(int i, pl_arena *a) {
  return i > 0 ? pl_arena_printf(a, " (%d)", i + 1) : "";
}

static const char *party(const pl_case *c, int i) { return c->parties[i].name; }

static const char *traded(const pl_case *c, const pl_block *b, const char *material, pl_arena *a) {
  const char *tier =
      c->markets[b->thing].tiers.n > 0 ? pl_arena_printf(a, ", tier %d", b->part + 1) : "";
  return pl_arena_printf(a, ": %s by %s%s", material, party(c, b->party), tier);
}

static const char *delivered(const pl_case *c, const pl_block *b, const char *material,
                             pl_arena *a) {
  const pl_agreement *g = &c->agreements[b->thing];
  return pl_arena_printf(a, ": %s from %s to %s", material, party(c, g->seller),
                         party(c, g->buyer));
}

/* The process: ": prebake for alro", ": Fe in remelt". */
static const char *process_detail(const pl_case *c, const pl_block *b, bool is_row, pl_arena *a) {
  const pl_process *q = pl_block_process(c, b, is_row);
  pl_part const part = pl_block_facts(b, is_row)->part;
  if (part == PL_PART_TOLLED)
    return pl_arena_printf(a, ": %s for %s", q->name, party(c, c->agreements[b->thing].owner));
  if (part == PL_PART_INGREDIENT)
    return pl_arena_printf(a, ": %s into %s", c->materials[q->blends.index[b->extra]].name,
                           q->name);
  if (part == PL_PART_ELEMENT)
    return pl_arena_printf(a, ": %s in %s", q->within.element[b->extra / 2], q->name);
  return pl_arena_printf(a, ": %s", q->name);
}

/* The rest of the name after the thing's: ": alumina of alro", ": prebake", or nothing. */
static const char *detail(const pl_case *c, const pl_block *b, bool is_row, pl_arena *a) {
  int const material = pl_block_material(c, b, is_row);
  const char *goods = material >= 0 ? c->materials[material].name : "";
  char year[32];
  switch (pl_block_facts(b, is_row)->part) {
  case PL_PART_GOODS: return pl_arena_printf(a, ": %s of %s", goods, party(c, b->party));
  case PL_PART_PARTY: return pl_arena_printf(a, " of %s", party(c, b->party));
  case PL_PART_PROCESS:
  case PL_PART_TOLLED:
  case PL_PART_INGREDIENT:
  case PL_PART_ELEMENT: return process_detail(c, b, is_row, a);
  case PL_PART_TRADED: return traded(c, b, goods, a);
  case PL_PART_DELIVERED: return delivered(c, b, goods, a);
  case PL_PART_SOLD_FOR:
    return pl_arena_printf(a, ": %s for %s", c->markets[pl_block_market(c, b)].name,
                           party(c, c->agreements[b->thing].principal));
  case PL_PART_YEAR:
    (void)pl_time_format(b->grid->start[b->part], PL_YEAR, year, sizeof year);
    return pl_arena_printf(a, " of %s", year);
  case PL_PART_RANK: return rank(b->part, a);
  case PL_PART_MONTH: return rank(b->extra, a);
  case PL_PART_NONE:
  case PL_PART_BOUND:
  case PL_PART_TIER:
  case PL_PART_CLAUSE:
  case PL_PART_BANK:
  case PL_PARTS: break;
  }
  return "";
}

static const char *name_of(const pl_program *p, const pl_block *b, bool is_row, int i,
                           pl_arena *a) {
  char slice[40];
  return pl_arena_printf(a, "%s %s%s, %s", pl_block_facts(b, is_row)->word,
                         thing_name(p, b, is_row), detail(p->c, b, is_row, a),
                         pl_block_slice(b, i - b->first, slice, sizeof slice));
}

const char *pl_program_column_name(const pl_program *p, int column, pl_arena *a) {
  return name_of(p, pl_program_column_block(p, column), false, column, a);
}

const char *pl_program_row_name(const pl_program *p, int row, pl_arena *a) {
  return name_of(p, pl_program_row_block(p, row), true, row, a);
}

const char *pl_block_unit(const pl_program *p, const pl_block *b, bool is_row, pl_arena *a) {
  return pl_dim_text(pl_block_dim(p->c, b, is_row), a);
}

/* The first of the sources of (is_row, block); they are sorted by these. */
static int first_source(const pl_program *p, bool is_row, int block) {
  int low = 0, high = p->n_sources;
  while (low < high) {
    int const middle = (low + high) / 2;
    const pl_source_of_bound *s = &p->sources[middle];
    if (s->is_row < is_row || (s->is_row == is_row && s->block < block))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

const pl_source_of_bound *pl_program_source(const pl_program *p, const pl_block *b, bool is_row,
                                            bool upper, int v) {
  const pl_source_of_bound *best = NULL;
  int const block = (int)(b - (is_row ? p->rows : p->columns));
  for (int i = first_source(p, is_row, block); i < p->n_sources; i++) {
    const pl_source_of_bound *s = &p->sources[i];
    if (s->is_row != is_row || s->block != block) break;
    if (s->upper != upper) continue;
    if (!best || (upper ? s->amount[v] < best->amount[v] : s->amount[v] > best->amount[v]))
      best = s;
  }
  return best;
}

static pl_place place_of(const pl_program *p, const pl_block *b, int v, bool is_row, bool upper,
                         const char **words) {
  const pl_source_of_bound *best = pl_program_source(p, b, is_row, upper, v);
  *words = best ? best->words : "";
  return best ? best->place : PL_NOWHERE;
}

pl_place pl_program_column_place(const pl_program *p, int column, bool upper, const char **words,
                                 pl_arena *a) {
  (void)a;
  const pl_block *b = pl_program_column_block(p, column);
  return place_of(p, b, column - b->first, false, upper, words);
}

/* A blend's limit of composition is a coefficient, not a bound, but it has a place too. */
pl_place pl_program_row_place(const pl_program *p, int row, bool upper, const char **words,
                              pl_arena *a) {
  const pl_block *b = pl_program_row_block(p, row);
  if (pl_row_facts[b->kind].part == PL_PART_ELEMENT) {
    const pl_process *q = pl_block_process(p->c, b, true);
    *words = pl_arena_printf(a, "within %s", q->within.element[b->extra / 2]);
    return (b->extra % 2 == 1) == upper ? q->within.place[b->extra / 2] : PL_NOWHERE;
  }
  return place_of(p, b, row - b->first, true, upper, words);
}
