/* The rules by which one of several plans with the same value is chosen. */
#include <stdint.h>
#include <string.h>

#include "chain/clause.h"
#include "plan/program.h"

void pl_program_holder_costs(const pl_program *p, double *cost) {
  const pl_case *c = p->c;
  pl_arena *scratch = pl_arena_new();
  double *own = PL_NEW_ARRAY(scratch, double, (size_t)p->lp.n_cols + 1), offset;
  bool *party = PL_NEW_ARRAY(scratch, bool, (size_t)c->n_parties + 1);
  memset(cost, 0, (size_t)p->lp.n_cols * sizeof *cost);
  for (int q = 0; q < c->n_parties; q++) {
    party[q] = true;
    pl_program_price_of(p, c->quotes, party, own, &offset);
    party[q] = false;
    for (int i = 0; i < p->n_column_blocks; i++) {
      const pl_block *block = &p->columns[i];
      if (!pl_block_is_flow(block) || pl_agreement_holder(&c->agreements[block->thing]) != q)
        continue;
      memcpy(cost + block->first, own + block->first, (size_t)block->count * sizeof *cost);
    }
  }
  pl_arena_free(scratch);
}

/* FNV-1a, 64 bits: a number derived from a name. */
static uint64_t mix(uint64_t hash, const void *data, size_t n) {
  const unsigned char *byte = data;
  for (size_t i = 0; i < n; i++) hash = (hash ^ byte[i]) * 1099511628211u;
  return hash;
}

/* Between 1 and 1.25. The last multiplication leaves the low bits of a hash better mixed than the
 * high ones. */
static double weight(uint64_t hash) {
  hash ^= hash >> 29;
  return 1 + 0.25 * (double)((hash * 0x9E3779B97F4A7C15u) >> 11) / 9007199254740992.0;
}

/* Derived from the name of its first slice, which consists of the case's own words and does not
 * depend on the order of its files; two rules of a thing may have the same name and are
 * distinguished by their order. */
static uint64_t hash_block(const pl_program *p, const pl_block *block, bool is_row,
                           const uint64_t *before, int n, pl_arena *scratch) {
  const char *name = is_row ? pl_program_row_name(p, block->first, scratch)
                            : pl_program_column_name(p, block->first, scratch);
  uint64_t hash = mix(14695981039346656037u, name, strlen(name));
  for (int i = 0; i < n; i++)
    if (before[i] == hash) hash = mix(hash, "again", 1);
  pl_arena_reset(scratch);
  return hash;
}

static void weigh(const pl_program *p, const pl_block *blocks, int n, bool is_row, double *out) {
  pl_arena *scratch = pl_arena_new(), *own = pl_arena_new();
  uint64_t *hash = PL_NEW_ARRAY(own, uint64_t, (size_t)n + 1);
  for (int i = 0; i < n; i++) {
    const pl_block *block = &blocks[i];
    if (block->count == 0) continue;
    hash[i] = hash_block(p, block, is_row, hash, i, scratch);
    for (int v = 0; v < block->count; v++) {
      int64_t const start = block->grid->start[v];
      out[block->first + v] = weight(mix(hash[i], &start, sizeof start));
    }
  }
  pl_arena_free(own);
  pl_arena_free(scratch);
}

void pl_program_weights(const pl_program *p, double *column, double *row) {
  weigh(p, p->columns, p->n_column_blocks, false, column);
  weigh(p, p->rows, p->n_row_blocks, true, row);
}
