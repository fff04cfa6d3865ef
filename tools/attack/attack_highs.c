/* Compares the best plan with HiGHS alone: prices, bounds and capacities of the project's cases are
 * changed, the program is written as an MPS file, and HiGHS reads and solves that by itself. The
 * optimum must be the same, or neither has one.
 *
 *     attack_highs PROGRAM FIRST COUNT      seeds FIRST, FIRST + 1, … */
#include <math.h>
#include <stdio.h>

#include "distort.h"
#include "highs_alone.h"
#include "store/run.h"

enum { PATIENCE_S = 120, ENOUGH = 40 };

enum { SAME, NEITHER, SILENT, WRONG, OUTCOMES };

/* The objective of the plan in the run; the present value, which is reported too, excludes
 * tie-breaking costs. */
static double objective_of_run(double *ties) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_diag *diag = pl_diag_new();
  pl_run *r = NULL;
  double sum = (double)NAN;
  if (pl_run_read("a.run", files, &r, diag) == PL_OK && r->solution) {
    const pl_lp *lp = &r->program->lp;
    sum = lp->offset;
    for (int j = 0; j < lp->n_cols; j++) sum += lp->cost[j] * r->solution->col_value[j];
    *ties = pl_program_ties(r->program, r->solution->col_value);
  }
  pl_run_free(r);
  pl_diag_free(diag);
  pl_files_free(files);
  return sum;
}

/* The results of the program and of HiGHS for the same case. */
static int compare(attack *at, uint64_t seed, const mutant *m, const char *const *words, int status,
                   const alone *x) {
  const char *fault = NULL;
  bool const planned = status == 0;
  double ties = 0;
  double value = planned ? objective_of_run(&ties) : (double)NAN;
  if (x->state == ALONE_NOTHING || status == pl_status_exit(PL_STOPPED)) return SILENT;
  /* tie-breaking costs are nobody's money, and the ledger may add to them */
  if (x->state == ALONE_OPTIMAL && value > x->value) value = fmax(x->value, value - ties);
  if (planned && x->state == ALONE_OPTIMAL && !highs_alone_agrees(x, value))
    fault = "another optimum";
  if (planned != (x->state == ALONE_OPTIMAL)) fault = "only one of them has a plan";
  if (!planned && status != pl_status_exit(PL_INFEASIBLE) && status != pl_status_exit(PL_UNBOUNDED))
    fault = "no answer";
  if (!fault) return planned ? SAME : NEITHER;
  (void)printf("  %s: exit status %d, %.12g; HiGHS alone (%s): %s, %.12g (of %.6g)\n", m->source,
               status, value, x->how,
               x->state == ALONE_OPTIMAL      ? "optimal"
               : x->state == ALONE_INFEASIBLE ? "infeasible"
                                              : "unbounded",
               x->value, x->gross);
  attack_fault(at, seed, fault, words);
  return WRONG;
}

static int try_seed(attack *at, uint64_t seed) {
  pl_arena *a = pl_arena_new();
  mutant m;
  attack_clear(at);
  if (!mutant_begin(&m, seed, false, a)) return WRONG;
  if (!distort(at, &m)) return WRONG;
  const char *const words[] = {"plan",     "case",
                               "-q",       "--out",
                               "a.run",    "--mps",
                               "a.mps",    "--jobs",
                               "1",        "--gap",
                               "0",        "--time-limit",
                               "60",       m.scenario ? "--scenario" : NULL,
                               m.scenario, NULL};
  int const status = command_run(at, words, PATIENCE_S);
  pl_lp lp;
  int outcome = WRONG;
  if (highs_alone_read("a.mps", &lp, a)) {
    alone const x = highs_alone(&lp, NULL);
    outcome = compare(at, seed, &m, words, status, &x);
    if (outcome == SILENT)
      (void)printf("seed %llu: %s says nothing, of %s\n", (unsigned long long)seed,
                   x.state == ALONE_NOTHING ? "HiGHS alone" : "the program", m.source);
  } else {
    attack_fault(at, seed, "no MPS file that HiGHS reads", words);
  }
  pl_arena_free(a);
  return outcome;
}

int main(int argc, char **argv) {
  attack at;
  uint64_t first;
  int count, outcomes[OUTCOMES] = {0};
  if (!attack_begin(&at, argc, argv, &first, &count)) return 64;
  for (int i = 0; i < count; i++) outcomes[try_seed(&at, first + (uint64_t)i)]++;
  bool const weak = count >= ENOUGH && outcomes[SAME] * 3 < count * 2;
  (void)printf(
      "%d distorted cases: %d with the same optimum, %d without a plan for either, %d that "
      "say nothing; %d wrong\n",
      count, outcomes[SAME], outcomes[NEITHER], outcomes[SILENT], outcomes[WRONG]);
  if (weak) (void)printf("too few of them say anything\n");
  at.wrong += weak;
  return attack_end(&at);
}
