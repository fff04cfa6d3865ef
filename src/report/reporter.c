/* Needed by every topic of a report: the entries of each block, names, and the worth of a dual. */
#include "report/reporter.h"

#include "base/text.h"

/* Sort the entries by their column block, counting. */
static void index_entries(reporter *r) {
  const pl_program *p = r->p;
  int *from = PL_NEW_ARRAY(r->a, int, (size_t)p->n_column_blocks + 2);
  for (int i = 0; i < p->n_entries; i++)
    if (p->entries[i].block >= 0) from[p->entries[i].block + 2]++;
  for (int b = 2; b <= p->n_column_blocks + 1; b++) from[b] += from[b - 1];
  r->entry = PL_NEW_ARRAY(r->a, const pl_entry *, (size_t)p->n_entries + 1);
  for (int i = 0; i < p->n_entries; i++)
    if (p->entries[i].block >= 0) r->entry[from[p->entries[i].block + 1]++] = &p->entries[i];
  r->entry_from = from;
}

void report_begin(reporter *r, const pl_schedule *s, pl_arena *a) {
  *r = (reporter){.s = s, .p = s->program, .c = s->program->c, .a = a};
  r->currency = pl_dim_text(pl_dim_of((pl_dim_name)r->c->currency), a);
  r->within = pl_schedule_resolution(s);
  index_entries(r);
}

enum { EVERYBODY = -1, EVERY_CLAUSE = -1 };

typedef struct {
  int party;
  unsigned lines;
  int clause;
} wanted;

static bool is_wanted(const wanted *w, const pl_entry *e) {
  return (w->lines >> e->line & 1u) && (w->party == EVERYBODY || e->party == w->party) &&
         (w->clause == EVERY_CLAUSE || e->clause == w->clause);
}

static void add_rates(const reporter *r, int block, wanted w, double *per_unit) {
  const pl_block *b = &r->p->columns[block];
  double *amount = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n);
  double *scratch = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n);
  for (int i = r->entry_from[block]; i < r->entry_from[block + 1]; i++) {
    if (!is_wanted(&w, r->entry[i])) continue;
    pl_entry_amounts(r->c->quotes, r->entry[i], amount, scratch);
    for (int v = 0; v < b->count; v++) per_unit[v] += amount[v];
  }
}

void report_add_rates_of(const reporter *r, int block, int party, unsigned lines,
                         double *per_unit) {
  add_rates(r, block, (wanted){party, lines, EVERY_CLAUSE}, per_unit);
}

void report_add_rates(const reporter *r, int block, unsigned lines, double *per_unit) {
  add_rates(r, block, (wanted){EVERYBODY, lines, EVERY_CLAUSE}, per_unit);
}

void report_add_rates_under(const reporter *r, int block, int party, int clause, double *per_unit) {
  add_rates(r, block, (wanted){party, ~0u, clause}, per_unit);
}

bool report_is_run(const reporter *r, const pl_block *b, report_run *out) {
  if (pl_block_moves(b) != PL_MOVES_RUN) return false;
  const pl_shares *runs = pl_block_processes(r->c, b, false);
  *out = (report_run){pl_block_plant(r->c, b), runs->index[b->part], runs->factor[b->part],
                      pl_block_agreement(b, false)};
  return true;
}

const char *report_party(const reporter *r, int party) {
  return party < 0 ? NULL : r->c->parties[party].name;
}

const char *report_agreement_kind(const reporter *r, int agreement) {
  const pl_field *f = &pl_nouns[PL_NOUN_agreement].field[PL_agreement_kind];
  pl_span word = {0};
  (void)pl_field_choice(f, r->c->agreements[agreement].kind, &word);
  return pl_arena_strndup(r->a, word.at, word.length);
}

const char *report_material_unit(const reporter *r, int material) {
  return pl_dim_text(pl_material_dim(r->c, material), r->a);
}

report_own_unit report_own_unit_of(const reporter *r, int material) {
  const pl_measure *m = &r->c->materials[material].unit;
  const char *symbol = pl_measure_symbol(m);
  if (!symbol) return (report_own_unit){report_material_unit(r, material), 1};
  return (report_own_unit){symbol, m->factor};
}

pl_series *report_add_of(const reporter *r, pl_panel *p, const char *const *key, int material,
                         const pl_grid *grid) {
  pl_series *s = pl_panel_add(p, key, report_material_unit(r, material), grid, false);
  report_own_unit const own = report_own_unit_of(r, material);
  s->own = own.unit;
  s->own_factor = own.factor;
  return s;
}

bool report_is_whole(const reporter *r, const pl_grid *grid) { return grid == &r->p->whole; }

double report_worth(const reporter *r, const pl_grid *grid, int v, double dual) {
  double const worth = -dual / pl_program_worth(r->p, grid, v);
  return worth == 0 ? 0 : worth; /* no −0 */
}
