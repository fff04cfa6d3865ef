/* Compares the value of agreements with HiGHS alone: a valuation solves one program again and again
 * from a warm start, with agreements in force or not and the money of some parties or all. HiGHS
 * solves some of these programs from scratch. The cases are the project's with other numbers, and
 * random parties with agreements; each runs in a process of its own.
 *
 *     attack_value PROGRAM FIRST COUNT      seeds FIRST, FIRST + 1, … */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chain/clause.h"
#include "distort.h"
#include "highs_alone.h"
#include "law/law_agreed.h"
#include "store/run.h"

enum { PATIENCE_S = 300, PROGRAMS = 8, ENOUGH = 20 };

enum { SAME, NEITHER, SILENT, WRONG, OUTCOMES };

typedef struct {
  attack *at;
  uint64_t seed;
  law_random random;
  pl_arena *a;
  const char *source, *scenario;
  pl_run *r;
  const pl_valuation *v;
} trial;

/* --- A case with agreements ----------------------------------------------------------------------
 */

static bool find(trial *t) {
  mutant m;
  if (!mutant_begin(&m, t->seed, true, t->a) || !distort(t->at, &m)) return false;
  t->source = m.source;
  t->scenario = m.scenario;
  return true;
}

static bool invent(trial *t) {
  law_text const text = law_write(law_agreed_make(t->a, t->seed).c, &(law_dress){0}, t->a);
  mutant const m = {
      .arena = t->a, .n_files = 1, .file = {{.name = "case.yaml", .text = text.yaml}}};
  t->source = "nowhere";
  return mutant_write(&m, "case");
}

/* --- One of its programs -------------------------------------------------------------------------
 */

/* As a valuation does: outsiders' money counts a millionth. */
static void set_costs(const trial *t, unsigned parties, pl_lp *lp, double *money, double *offset) {
  const pl_program *p = t->r->program;
  int const n = p->c->n_parties;
  bool *in = PL_NEW_ARRAY(t->a, bool, (size_t)n), *all = PL_NEW_ARRAY(t->a, bool, (size_t)n);
  double *others = PL_NEW_ARRAY(t->a, double, (size_t)lp->n_cols + 1), rest;
  for (int q = 0; q < n; q++) {
    in[q] = parties >> q & 1;
    all[q] = !in[q];
  }
  pl_program_price_of(p, p->c->quotes, in, money, offset);
  pl_program_price_of(p, p->c->quotes, all, others, &rest);
  lp->cost = PL_NEW_ARRAY(t->a, double, (size_t)lp->n_cols + 1);
  for (int j = 0; j < lp->n_cols; j++) lp->cost[j] = money[j] + 1e-6 * others[j];
  pl_program_break_ties(p, lp->cost);
  lp->offset = 0;
}

static double *copy_of(const trial *t, const double *x, int n) {
  double *copy = PL_NEW_ARRAY(t->a, double, (size_t)n + 1);
  memcpy(copy, x, (size_t)n * sizeof *copy);
  return copy;
}

static void set_bounds(const trial *t, unsigned agreements, pl_lp *lp) {
  const pl_program *p = t->r->program;
  size_t const most = (size_t)pl_program_switched(p) + 1;
  bool *in_force = PL_NEW_ARRAY(t->a, bool, (size_t)p->c->n_agreements + 1);
  bool *holds = PL_NEW_ARRAY(t->a, bool, (size_t)p->n_states + 1);
  int *column = PL_NEW_ARRAY(t->a, int, most);
  double *lower = PL_NEW_ARRAY(t->a, double, most), *upper = PL_NEW_ARRAY(t->a, double, most);
  for (int i = 0; i < t->v->n_agreements; i++) in_force[t->v->agreement[i]] = agreements >> i & 1;
  pl_program_hold(p, PL_NOUN_agreement, in_force, holds);
  int const n = pl_program_switch(p, holds, column, lower, upper);
  lp->lower = copy_of(t, p->lp.lower, lp->n_cols);
  lp->upper = copy_of(t, p->lp.upper, lp->n_cols);
  for (int i = 0; i < n; i++) {
    lp->lower[column[i]] = lower[i];
    lp->upper[column[i]] = upper[i];
  }
}

/* 1: the same; 0: no answer from HiGHS alone; −1: different. */
static int compare(trial *t, unsigned parties, unsigned agreements, double value) {
  const pl_program *p = t->r->program;
  pl_lp lp = p->lp;
  double *money = PL_NEW_ARRAY(t->a, double, (size_t)lp.n_cols + 1), offset = 0;
  double *x = PL_NEW_ARRAY(t->a, double, (size_t)lp.n_cols + 1);
  set_costs(t, parties, &lp, money, &offset);
  set_bounds(t, agreements, &lp);
  alone const cold = highs_alone(&lp, x);
  if (cold.state == ALONE_NOTHING) return 0;
  double sum = offset;
  for (int j = 0; j < lp.n_cols; j++) sum += money[j] * x[j];
  double const room = 1e-6 * fabs(sum) + 1e-8 * cold.gross + pl_program_ties(p, x);
  bool const same = isnan(value) ? cold.state == ALONE_INFEASIBLE
                                 : cold.state == ALONE_OPTIMAL && fabs(sum + value) <= room;
  if (!same)
    (void)printf("  %s, parties %#x, agreements %#x: %.12g; HiGHS alone (%s, state %d): %.12g\n",
                 t->source, parties, agreements, value, cold.how, (int)cold.state, -sum);
  return same ? 1 : -1;
}

/* --- One valuation -------------------------------------------------------------------------------
 */

/* The agreements whose parties are all in the coalition. */
static unsigned inside(const trial *t, unsigned coalition) {
  unsigned mask = 0;
  for (int i = 0; i < t->v->n_agreements; i++) {
    bool in = true;
    for (int q = 0; q < t->v->n_parties; q++)
      if (pl_agreement_has_party(&t->r->c->agreements[t->v->agreement[i]], q))
        in = in && coalition >> q & 1;
    mask |= in ? 1u << i : 0;
  }
  return mask;
}

static int compare_some(trial *t) {
  unsigned const everybody = (1u << t->v->n_parties) - 1;
  int silent = 0;
  for (int i = 0; i < PROGRAMS; i++) {
    bool const subset = t->v->joint && law_chance(&t->random, 50);
    unsigned const mask = subset ? (unsigned)law_pick(&t->random, 1 << t->v->n_agreements)
                                 : 1 + (unsigned)law_pick(&t->random, (int)everybody);
    int const same = subset ? compare(t, everybody, mask, t->v->joint[mask])
                            : compare(t, mask, inside(t, mask), t->v->v[mask]);
    if (same < 0) return WRONG;
    silent += same == 0;
  }
  return silent == PROGRAMS ? SILENT : SAME;
}

static void show(const pl_diag *diag) {
  for (int i = 0; i < pl_diag_size(diag); i++)
    if (pl_diag_at(diag, i)->severity == PL_ERROR)
      (void)printf("  %s\n", pl_diag_at(diag, i)->text);
}

static int value_it(trial *t) {
  static const char *const search[] = {ATTACK_ROOT};
  pl_files *files = pl_files_new(search, 1);
  pl_diag *diag = pl_diag_new();
  pl_case_options const how = {.scenario = t->scenario};
  pl_value_options options = {.jobs = 1, .solve = PL_SOLVE_DEFAULTS};
  pl_valuation *v = NULL;
  int outcome = WRONG;
  options.solve.gap = 0;
  options.solve.time_limit_s = PATIENCE_S;
  pl_status s = pl_run_open("case", &how, files, &t->r, diag);
  if (s == PL_OK) s = pl_value_agreements(t->r->program, &options, t->a, &v, diag);
  t->v = v;
  if (s == PL_OK) outcome = compare_some(t);
  if (s == PL_INFEASIBLE || s == PL_UNBOUNDED) outcome = NEITHER;
  if (s == PL_RANGE || s == PL_STOPPED) outcome = SILENT; /* nothing to value */
  if (outcome == WRONG && s != PL_OK) show(diag);
  pl_run_free(t->r);
  pl_diag_free(diag);
  pl_files_free(files);
  return outcome;
}

/* --- All -----------------------------------------------------------------------------------------
 */

static int in_child(attack *at, uint64_t seed) {
  trial t = {.at = at, .seed = seed, .random = {seed ^ 0x5DEECE66D}, .a = pl_arena_new()};
  (void)alarm(PATIENCE_S);
  bool const made = law_chance(&t.random, 50) ? find(&t) : invent(&t);
  return made ? value_it(&t) : WRONG;
}

static int try_seed(attack *at, uint64_t seed) {
  static const char *const words[] = {"value", "case", "-q", NULL};
  int how = 0;
  attack_clear(at);
  (void)fflush(stdout);
  pid_t const child = fork();
  if (child == 0) {
    int const outcome = in_child(at, seed);
    (void)fflush(stdout);
    _exit(outcome);
  }
  bool const ended = child > 0 && waitpid(child, &how, 0) == child && WIFEXITED(how);
  int const outcome = ended && WEXITSTATUS(how) < OUTCOMES ? WEXITSTATUS(how) : WRONG;
  if (outcome == WRONG)
    attack_fault(at, seed, ended ? "another value" : "a crash, or no end in time", words);
  return outcome;
}

int main(int argc, char **argv) {
  attack at;
  uint64_t first;
  int count, outcomes[OUTCOMES] = {0};
  if (!attack_begin(&at, argc, argv, &first, &count)) return 64;
  for (int i = 0; i < count; i++) outcomes[try_seed(&at, first + (uint64_t)i)]++;
  bool const weak = count >= ENOUGH && outcomes[SAME] * 2 < count;
  (void)printf("%d valuations: %d with the same values, %d without a plan, %d that say nothing; "
               "%d wrong\n",
               count, outcomes[SAME], outcomes[NEITHER], outcomes[SILENT], outcomes[WRONG]);
  if (weak) (void)printf("too few of them say anything\n");
  at.wrong += weak;
  return attack_end(&at);
}
