/* Every subset of a case's agreements, and every coalition of its parties, solved by the farm on
 * one thread, as one line of JSON; every Nth of these programs can be left behind for
 * bench_highs_only: bench_value CASE [SCENARIO] [--dump FOLDER] [--every N] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain/clause.h"
#include "dump.h"
#include "store/run.h"
#include "value/farm.h"

typedef struct {
  const pl_program *p;
  pl_farm farm;
  pl_farm_task *task;
  int n;
  pl_arena *arena;
} bench;

static int complain(const pl_diag *diag) {
  for (int i = 0; i < pl_diag_size(diag) && i < 10; i++) {
    const pl_message *m = pl_diag_at(diag, i);
    fprintf(stderr, "%s:%d: %s\n", m->place.file ? m->place.file : "", m->place.line, m->text);
  }
  return 1;
}

/* --- The list of programs -------------------------------------------------------------------- */

static unsigned inside(const bench *b, unsigned coalition) {
  unsigned mask = 0;
  for (int i = 0; i < b->farm.n_active; i++) {
    bool in = true;
    for (int q = 0; q < b->farm.n_parties; q++)
      if (pl_agreement_has_party(&b->p->c->agreements[b->farm.active[i]], q))
        in &= coalition >> q & 1;
    mask |= (unsigned)in << i;
  }
  return mask;
}

static void list_tasks(bench *b) {
  unsigned const subsets = 1u << b->farm.n_active, coalitions = 1u << b->farm.n_parties;
  b->task = PL_NEW_ARRAY(b->arena, pl_farm_task, subsets + coalitions);
  b->n = 0;
  for (unsigned s = 0; s < subsets; s++)
    b->task[b->n++] = (pl_farm_task){.parties = coalitions - 1, .agreements = s, .free = -1};
  for (unsigned s = 1; s + 1 < coalitions; s++)
    b->task[b->n++] = (pl_farm_task){.parties = s, .agreements = inside(b, s), .free = -1};
}

/* --- Programs left behind for HiGHS alone
 * --------------------------------------------------------- */

/* The whole program of a task: its money as costs, its agreements as bounds. */
static pl_lp program_of(const bench *b, const pl_farm_task *t) {
  pl_lp lp = b->p->lp;
  int const n = pl_program_switched(b->p);
  size_t const cols = (size_t)lp.n_cols;
  bool *in_force = PL_NEW_ARRAY(b->arena, bool, (size_t)b->p->c->n_agreements + 1);
  int *column = PL_NEW_ARRAY(b->arena, int, (size_t)n + 1);
  double *low = PL_NEW_ARRAY(b->arena, double, (size_t)n + 1);
  double *high = PL_NEW_ARRAY(b->arena, double, (size_t)n + 1);
  lp.cost = PL_NEW_ARRAY(b->arena, double, cols);
  lp.lower = memcpy(PL_NEW_ARRAY(b->arena, double, cols), lp.lower, cols * sizeof(double));
  lp.upper = memcpy(PL_NEW_ARRAY(b->arena, double, cols), lp.upper, cols * sizeof(double));
  for (int i = 0; i < b->farm.n_active; i++) in_force[b->farm.active[i]] = t->agreements >> i & 1;
  bool *holds = PL_NEW_ARRAY(b->arena, bool, (size_t)b->p->n_states + 1);
  pl_program_hold(b->p, PL_NOUN_agreement, in_force, holds);
  int const switched = pl_program_switch(b->p, holds, column, low, high);
  for (int k = 0; k < switched; k++) {
    lp.lower[column[k]] = low[k];
    lp.upper[column[k]] = high[k];
  }
  for (int q = 0; q < b->farm.n_parties; q++)
    for (int j = 0; j < lp.n_cols; j++)
      lp.cost[j] += (t->parties >> q & 1 ? 1 : 1e-6) * b->farm.cost[q][j];
  return lp;
}

static int leave(const bench *b, const char *folder, int every) {
  int failed = 0;
  for (int i = 0; i < b->n && !failed; i += every) {
    pl_lp const lp = program_of(b, &b->task[i]);
    failed = dump_write(&lp, pl_arena_printf(b->arena, "%s/%d.dump", folder, i));
  }
  return failed;
}

/* --- The measurement ----------------------------------------------------------------------------
 */

static pl_status timed(const bench *b, int first, int n, double *seconds, pl_diag *diag) {
  double const began = clock_s();
  pl_status const s = pl_farm_run(&b->farm, &b->task[first], n, diag);
  *seconds = clock_s() - began;
  return s;
}

static int run(const bench *b, pl_diag *diag) {
  const pl_lp *lp = &b->p->lp;
  int const subsets = 1 << b->farm.n_active;
  double of_subsets = 0, of_coalitions = 0;
  if (timed(b, 0, subsets, &of_subsets, diag) != PL_OK ||
      timed(b, subsets, b->n - subsets, &of_coalitions, diag) != PL_OK)
    return complain(diag);
  printf("{\"rows\": %d, \"columns\": %d, \"agreements\": %d, \"parties\": %d, \"switched\": %d, "
         "\"programs\": %d, \"subsets\": %.6f, \"coalitions\": %.6f, \"highs\": \"%s\", "
         "\"values\": [",
         lp->n_rows, lp->n_cols, b->farm.n_active, b->farm.n_parties, pl_program_switched(b->p),
         b->n, of_subsets, of_coalitions, pl_solver_version());
  for (int i = 0; i < b->n; i++) printf("%s%.12g", i ? ", " : "", b->task[i].value);
  printf("]}\n");
  return 0;
}

static int measure(const pl_program *p, const char *folder, int every, pl_diag *diag) {
  bench b = {.p = p, .arena = pl_arena_new()};
  pl_value_options const options = {.jobs = 1, .solve = PL_SOLVE_DEFAULTS};
  int n = 0, *active = PL_NEW_ARRAY(b.arena, int, (size_t)p->c->n_agreements + 1);
  for (int i = 0; i < p->c->n_agreements; i++)
    if (p->c->agreements[i].active) active[n++] = i;
  pl_farm_init(&b.farm, p, active, n, &options, b.arena);
  list_tasks(&b);
  int failed = run(&b, diag);
  if (!failed && folder) failed = leave(&b, folder, every);
  pl_arena_free(b.arena);
  return failed;
}

int main(int argc, char **argv) {
  int every = 1;
  const char *scenario = NULL, *folder = NULL, *const search[] = {POTLINE_ROOT};
  for (int i = 2; i < argc; i++) {
    if (!strcmp(argv[i], "--every") && i + 1 < argc)
      every = (int)strtol(argv[++i], NULL, 10);
    else if (!strcmp(argv[i], "--dump") && i + 1 < argc)
      folder = argv[++i];
    else
      scenario = argv[i];
  }
  if (argc < 2 || every < 1)
    return fprintf(stderr, "usage: bench_value CASE [SCENARIO] [--dump FOLDER] [--every N]\n"), 64;
  pl_diag *diag = pl_diag_new();
  pl_files *files = pl_files_new(search, 1);
  pl_run *r = NULL;
  pl_case_options const options = {.scenario = scenario};
  int const failed = pl_run_open(argv[1], &options, files, &r, diag) != PL_OK
                         ? complain(diag)
                         : measure(r->program, folder, every, diag);
  pl_run_free(r);
  pl_files_free(files);
  pl_diag_free(diag);
  return failed;
}
