/* How long each stage takes from a case on disk to a run file, as one line of JSON:
 *     bench_stages CASE [RUN] [--scenario NAME] [--set PATH=VALUE] [--method METHOD] [--jobs N]
 *                  [--gap GAP] [--read] [--dump FILE]
 * Without RUN it stops after the program is built; with --dump it leaves the program behind as raw
 * numbers; --read only reads the case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "store/run.h"

typedef struct {
  const char *file, *out, *dump, *set;
  bool read;
  pl_case_options reading;
  pl_solve_options options;
  double began_cpu; /* what the system took to load this program does not count */
} task;

static int complain(const pl_diag *diag) {
  for (int i = 0; i < pl_diag_size(diag) && i < 10; i++) {
    const pl_message *m = pl_diag_at(diag, i);
    if (m->severity == PL_ERROR)
      fprintf(stderr, "%s:%d: %s\n", m->place.file ? m->place.file : "", m->place.line, m->text);
  }
  return 1;
}

/* Reading alone: pl_run_open reads and builds. */
static int time_reading(const task *t, const char *const *search, pl_diag *diag) {
  pl_files *files = pl_files_new(search, 1);
  pl_case *c = NULL;
  double const began = clock_s(), used = cpu_s();
  int const failed =
      pl_case_read(t->file, files, &t->reading, &c, diag) == PL_OK ? 0 : complain(diag);
  if (!failed) printf("{\"read\": %.6f, \"read_cpu\": %.6f}\n", clock_s() - began, cpu_s() - used);
  if (!failed) pl_case_free(c);
  pl_files_free(files);
  pl_diag_free(diag);
  return failed;
}

/* The answer's own proof, after the memory was read. */
static void tell_proof(const pl_run *r) {
  pl_arena *a = pl_arena_new();
  pl_certificate c;
  pl_lp_certify(&r->program->lp, r->solution, a, &c);
  printf(", \"gap\": %.3g, \"infeasible\": %.3g, \"wrong_duals\": %.3g}\n", c.gap,
         c.primal_infeasibility, c.dual_infeasibility);
  pl_arena_free(a);
}

static int run_stages(pl_run *r, const task *t, pl_diag *diag) {
  double const t0 = clock_s(), used = cpu_s();
  if (pl_run_solve(r, &t->options, diag) != PL_OK) return complain(diag);
  double const t1 = clock_s(), of_solve = cpu_s() - used;
  if (pl_run_write(r, t->out, diag) != PL_OK) return complain(diag);
  double const t2 = clock_s(), peak = peak_mb();
  printf(", \"solver\": %.6f, \"solve\": %.6f, \"solve_cpu\": %.6f, \"write\": %.6f, "
         "\"all_cpu\": %.6f, \"value\": %.12g, \"iterations\": %ld, \"highs\": \"%s\", \"method\": "
         "\"%s\", "
         "\"peak_mb\": %.1f",
         r->solution->seconds, t1 - t0, of_solve, t2 - t1, cpu_s() - t->began_cpu,
         -r->solution->objective, r->solution->iterations, pl_solver_version(), r->solution->method,
         peak);
  tell_proof(r);
  return 0;
}

/* What the program is, how long it took to make, and, without RUN, no more. */
static int measure(pl_run *r, const task *t, double opened, pl_diag *diag) {
  const pl_lp *lp = &r->program->lp;
  printf("{\"rows\": %d, \"columns\": %d, \"entries\": %ld, \"integers\": %d, \"open\": %.6f, "
         "\"open_cpu\": %.6f",
         lp->n_rows, lp->n_cols, lp->n_entries, lp->n_integer, opened, cpu_s() - t->began_cpu);
  if (t->out) return run_stages(r, t, diag);
  printf(", \"peak_mb\": %.1f}\n", peak_mb());
  return t->dump ? dump_write(lp, t->dump) : 0;
}

/* Options with a value: how many words they take, 0 if the word is none of them. */
static int take(task *t, int *method, const char *name, const char *value) {
  if (!strcmp(name, "--dump"))
    t->dump = value;
  else if (!strcmp(name, "--scenario"))
    t->reading.scenario = value;
  else if (!strcmp(name, "--set"))
    t->set = value;
  else if (!strcmp(name, "--method"))
    *method = pl_method_find(value);
  else if (!strcmp(name, "--jobs"))
    t->options.threads = (int)strtol(value, NULL, 10);
  else if (!strcmp(name, "--gap"))
    t->options.gap = strtod(value, NULL);
  else
    return 0;
  return 2;
}

static int parse(task *t, int argc, char **argv) {
  *t = (task){.file = argc > 1 ? argv[1] : NULL, .options = PL_SOLVE_DEFAULTS};
  t->began_cpu = cpu_s();
  int method = PL_METHOD_AUTO, i = 2;
  while (i < argc) {
    int const taken = i + 1 < argc ? take(t, &method, argv[i], argv[i + 1]) : 0;
    if (!taken && !strcmp(argv[i], "--read"))
      t->read = true;
    else if (!taken)
      t->out = argv[i];
    i += taken ? taken : 1;
  }
  t->options.method = (pl_method)method;
  if (t->set) t->reading.set = &t->set, t->reading.n_set = 1;
  return t->file && method >= 0 && t->options.threads > 0 ? 0 : 64;
}

int main(int argc, char **argv) {
  task t;
  if (parse(&t, argc, argv))
    return fprintf(stderr,
                   "usage: bench_stages CASE [RUN] [--method METHOD] [--jobs N] [--gap GAP] "
                   "[--read] [--dump FILE]\n"),
           64;
  const char *const search[] = {POTLINE_ROOT};
  pl_diag *diag = pl_diag_new();
  if (t.read) return time_reading(&t, search, diag);
  pl_files *files = pl_files_new(search, 1);
  pl_run *r = NULL;
  double const began = clock_s();
  int const failed = pl_run_open(t.file, &t.reading, files, &r, diag) != PL_OK
                         ? complain(diag)
                         : measure(r, &t, clock_s() - began, diag);
  pl_run_free(r);
  pl_files_free(files);
  pl_diag_free(diag);
  return failed;
}
