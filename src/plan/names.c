/* Columns and rows in the case's words, made on demand: names, units, and the numbers that bound
 * them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plan/program.h"

static const char *thing_name(const pl_program *p, const pl_block *block, bool is_row) {
  const pl_noun *noun = &pl_nouns[pl_block_facts(block, is_row)->thing];
  return *pl_thing_name(pl_noun_at(noun, p->c, block->thing));
}

const char *pl_block_thing(const pl_program *p, const pl_block *block, bool is_row, pl_arena *a) {
  return pl_arena_printf(a, "%s.%s", pl_nouns[pl_block_facts(block, is_row)->thing].section,
                         thing_name(p, block, is_row));
}

const char *pl_block_slice(const pl_block *block, int v, char *buf, size_t size) {
  if (block->grid->n == 1) { /* one slice for the whole case */
    (void)snprintf(buf, size, "whole horizon");
    return buf;
  }
  (void)pl_time_format(block->grid->start[v], block->grid->step, buf, size);
  return buf;
}

/* The number among several, if it is not the first. */
static const char *rank(int i, pl_arena *a) {
  return i > 0 ? pl_arena_printf(a, " (%d)", i + 1) : "";
}

static const char *party(const pl_case *c, int i) { return c->parties[i].name; }

static const char *traded(const pl_case *c, const pl_block *block, const char *material,
                          pl_arena *a) {
  const char *tier =
      c->markets[block->thing].tiers.n > 0 ? pl_arena_printf(a, ", tier %d", block->part + 1) : "";
  return pl_arena_printf(a, ": %s by %s%s", material, party(c, block->party), tier);
}

static const char *delivered(const pl_case *c, const pl_block *block, const char *material,
                             pl_arena *a) {
  const pl_agreement *agreement = &c->agreements[block->thing];
  return pl_arena_printf(a, ": %s from %s to %s", material, party(c, agreement->seller),
                         party(c, agreement->buyer));
}

/* The process: ": prebake for alro", ": Fe in remelt". */
static const char *process_detail(const pl_case *c, const pl_block *block, bool is_row,
                                  pl_arena *a) {
  const pl_process *process = pl_block_process(c, block, is_row);
  pl_part const part = pl_block_facts(block, is_row)->part;
  if (part == PL_PART_TOLLED)
    return pl_arena_printf(a, ": %s for %s", process->name,
                           party(c, c->agreements[block->thing].owner));
  if (part == PL_PART_INGREDIENT)
    return pl_arena_printf(a, ": %s into %s",
                           c->materials[process->blends.index[block->extra]].name, process->name);
  if (part == PL_PART_ELEMENT)
    return pl_arena_printf(a, ": %s in %s", process->within.element[block->extra / 2],
                           process->name);
  return pl_arena_printf(a, ": %s", process->name);
}

/* The rest of the name after the thing's: ": alumina of alro", ": prebake", or nothing. */
static const char *detail(const pl_case *c, const pl_block *block, bool is_row, pl_arena *a) {
  int const material = pl_block_material(c, block, is_row);
  const char *goods = material >= 0 ? c->materials[material].name : "";
  char year[32];
  switch (pl_block_facts(block, is_row)->part) {
  case PL_PART_GOODS: return pl_arena_printf(a, ": %s of %s", goods, party(c, block->party));
  case PL_PART_PARTY: return pl_arena_printf(a, " of %s", party(c, block->party));
  case PL_PART_PROCESS:
  case PL_PART_TOLLED:
  case PL_PART_INGREDIENT:
  case PL_PART_ELEMENT: return process_detail(c, block, is_row, a);
  case PL_PART_TRADED: return traded(c, block, goods, a);
  case PL_PART_DELIVERED: return delivered(c, block, goods, a);
  case PL_PART_SOLD_FOR:
    return pl_arena_printf(a, ": %s for %s", c->markets[pl_block_market(c, block)].name,
                           party(c, c->agreements[block->thing].principal));
  case PL_PART_YEAR:
    (void)pl_time_format(block->grid->start[block->part], PL_YEAR, year, sizeof year);
    return pl_arena_printf(a, " of %s", year);
  case PL_PART_RANK: return rank(block->part, a);
  case PL_PART_MONTH: return rank(block->extra, a);
  case PL_PART_NONE:
  case PL_PART_BOUND:
  case PL_PART_TIER:
  case PL_PART_CLAUSE:
  case PL_PART_BANK:
  case PL_PARTS: break;
  }
  return "";
}

static const char *name_of(const pl_program *p, const pl_block *block, bool is_row, int i,
                           pl_arena *a) {
  char slice[40];
  return pl_arena_printf(a, "%s %s%s, %s", pl_block_facts(block, is_row)->word,
                         thing_name(p, block, is_row), detail(p->c, block, is_row, a),
                         pl_block_slice(block, i - block->first, slice, sizeof slice));
}

const char *pl_program_column_name(const pl_program *p, int column, pl_arena *a) {
  return name_of(p, pl_program_column_block(p, column), false, column, a);
}

const char *pl_program_row_name(const pl_program *p, int row, pl_arena *a) {
  return name_of(p, pl_program_row_block(p, row), true, row, a);
}

const char *pl_block_unit(const pl_program *p, const pl_block *block, bool is_row, pl_arena *a) {
  return pl_dim_text(pl_block_dim(p->c, block, is_row), a);
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

static pl_place place_of(const pl_program *p, const pl_block *block, int v, bool is_row, bool upper,
                         const char **words) {
  const pl_source_of_bound *best = pl_program_source(p, block, is_row, upper, v);
  *words = best ? best->words : "";
  return best ? best->place : PL_NOWHERE;
}

pl_place pl_program_column_place(const pl_program *p, int column, bool upper, const char **words,
                                 pl_arena *a) {
  (void)a;
  const pl_block *block = pl_program_column_block(p, column);
  return place_of(p, block, column - block->first, false, upper, words);
}

/* A blend's limit of composition is a coefficient, not a bound, but it has a place too. */
pl_place pl_program_row_place(const pl_program *p, int row, bool upper, const char **words,
                              pl_arena *a) {
  const pl_block *block = pl_program_row_block(p, row);
  if (pl_row_facts[block->kind].part == PL_PART_ELEMENT) {
    const pl_process *process = pl_block_process(p->c, block, true);
    *words = pl_arena_printf(a, "within %s", process->within.element[block->extra / 2]);
    return (block->extra % 2 == 1) == upper ? process->within.place[block->extra / 2] : PL_NOWHERE;
  }
  return place_of(p, block, row - block->first, true, upper, words);
}
