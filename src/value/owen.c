#include "value/owen.h"

#include "chain/clause.h"

typedef struct {
  const pl_program *p;
  const pl_solution *x;
  unsigned *in;   /* [row blocks] parties with columns in the block, bit q = party q */
  double *weight; /* [n_rows] of a party's sum, under construction */
} owen;

static unsigned everybody(const owen *o) { return (1u << o->p->c->n_parties) - 1; }

static unsigned bit(int party) { return party < 0 ? 0 : 1u << party; }

static unsigned in_agreement(const pl_case *c, int agreement) {
  unsigned set = 0;
  for (int q = 0; q < c->n_parties; q++)
    if (pl_agreement_has_party(&c->agreements[agreement], q)) set |= bit(q);
  return set;
}

static unsigned owners_of_column(const owen *o, const pl_block *block) {
  if (pl_block_agreement(block, false) >= 0) return in_agreement(o->p->c, block->thing);
  return block->party >= 0 ? bit(block->party) : everybody(o);
}

/* A limit on a flow of goods belongs to the owner of the place: a lane's to the owner of the site
 * it leaves, a market's to the party it is for. */
static int owner_of_place(const pl_case *c, const pl_block *block) {
  const pl_facts *of = pl_block_facts(block, true);
  if (of->in != PL_IN_GOODS || of->bound != PL_BOUND_RATE) return -1;
  if (of->thing == PL_NOUN_lane) return c->sites[c->lanes[block->thing].from].party;
  if (of->thing == PL_NOUN_unit) return pl_unit_party(c, &c->units[block->thing]);
  if (of->thing != PL_NOUN_market) return -1;
  const pl_market *m = &c->markets[block->thing];
  return m->parties.n == 1 ? m->parties.index[0] : c->sites[m->site].party;
}

static unsigned owners_of_row(const owen *o, int i) {
  const pl_block *block = &o->p->rows[i];
  if (pl_block_agreement(block, true) >= 0) return in_agreement(o->p->c, block->thing);
  int const owner = block->party >= 0 ? block->party : owner_of_place(o->p->c, block);
  if (owner >= 0) return bit(owner);
  return o->in[i] ? o->in[i] : everybody(o);
}

static void find_members(owen *o) {
  const pl_lp *lp = &o->p->lp;
  for (int i = 0; i < o->p->n_column_blocks; i++) {
    const pl_block *block = &o->p->columns[i];
    for (int e = lp->start[block->first]; e < lp->start[block->first + block->count]; e++)
      o->in[pl_program_row_block(o->p, lp->index[e]) - o->p->rows] |= owners_of_column(o, block);
  }
}

/* Party q's share of something that these own. */
static double share_of(unsigned owners, int q) {
  int n = 0;
  for (unsigned s = owners; s > 0; s &= s - 1) n++;
  return owners >> q & 1 ? 1.0 / n : 0;
}

/* −Σ y_i × row value, of the rows that party q owns. */
static void add_rows(owen *o, int q) {
  for (int i = 0; i < o->p->n_row_blocks; i++) {
    const pl_block *block = &o->p->rows[i];
    double const share = share_of(owners_of_row(o, i), q);
    for (int v = 0; share > 0 && v < block->count; v++)
      o->weight[block->first + v] -= share * o->x->row_value[block->first + v];
  }
}

/* −Σ (cost_j − Σ_i a_ij y_i) x_j, of the columns that it owns; the constant needs no price. */
static double add_columns(owen *o, int q) {
  const pl_lp *lp = &o->p->lp;
  double constant = 0;
  for (int i = 0; i < o->p->n_column_blocks; i++) {
    const pl_block *block = &o->p->columns[i];
    double const share = share_of(owners_of_column(o, block), q);
    for (int j = block->first; share > 0 && j < block->first + block->count; j++) {
      constant -= share * lp->cost[j] * o->x->col_value[j];
      for (int e = lp->start[j]; e < lp->start[j + 1]; e++)
        o->weight[lp->index[e]] += share * lp->value[e] * o->x->col_value[j];
    }
  }
  return constant;
}

/* A row's bound and its columns' bounds offset each other: what remains of the two is rounding. */
static bool is_rounding(const owen *o, int i, double weight) {
  return !(weight > 1e-9 * (1 + o->x->row_value[i]) || weight < -1e-9 * (1 + o->x->row_value[i]));
}

pl_direction *pl_owen_sums(const pl_farm *f, const pl_solution *x, pl_arena *a) {
  const pl_program *p = f->program;
  pl_arena *scratch = pl_arena_new();
  owen o = {.p = p, .x = x};
  o.in = PL_NEW_ARRAY(scratch, unsigned, (size_t)p->n_row_blocks + 1);
  o.weight = PL_NEW_ARRAY(scratch, double, (size_t)p->lp.n_rows + 1);
  pl_direction *sum = PL_NEW_ARRAY(a, pl_direction, (size_t)f->n_parties + 1);
  double const ties =
      pl_program_ties(p, x->col_value) / f->n_parties; /* money that belongs to nobody */
  find_members(&o);
  for (int q = 0; q < f->n_parties; q++) {
    for (int i = 0; i < p->lp.n_rows; i++) o.weight[i] = 0;
    add_rows(&o, q);
    sum[q].constant = add_columns(&o, q) + ties - f->offset[q];
    for (int i = 0; i < p->lp.n_rows; i++)
      if (!is_rounding(&o, i, o.weight[i])) pl_direction_add_row(&sum[q], i, o.weight[i], a);
  }
  pl_arena_free(scratch);
  return sum;
}

void pl_owen_parts(const pl_farm *f, const pl_solution *x, const pl_direction *sum, double *part) {
  for (int q = 0; q < f->n_parties; q++) {
    part[q] = sum[q].constant;
    for (int k = 0; k < sum[q].n; k++) part[q] += sum[q].share[k] * x->row_dual[sum[q].row[k]];
  }
}
