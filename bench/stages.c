/* How long each stage takes from a case on disk to a run file, as one line of JSON:
 *     bench_stages CASE [RUN] [--dump FILE]
 * Without RUN it stops after the program is built; with --dump it leaves the program behind as raw
 * numbers. */
#include <stdio.h>
#include <string.h>

#include "dump.h"
#include "store/run.h"

static int complain(const pl_diag *diag) {
  for (int i = 0; i < pl_diag_size(diag) && i < 10; i++) {
    const pl_message *m = pl_diag_at(diag, i);
    if (m->severity == PL_ERROR)
      fprintf(stderr, "%s:%d: %s\n", m->place.file ? m->place.file : "", m->place.line, m->text);
  }
  return 1;
}

/* Reading alone, in a case that is thrown away: pl_run_open does both. */
static double time_reading(const char *path, const char *const *search, pl_diag *diag) {
  pl_files *files = pl_files_new(search, 1);
  pl_case *c = NULL;
  double const began = clock_s();
  pl_status const s = pl_case_read(path, files, &(pl_case_options){0}, &c, diag);
  double const took = clock_s() - began;
  if (s == PL_OK) pl_case_free(c);
  pl_files_free(files);
  return took;
}

static int run_stages(pl_run *r, const char *out, pl_diag *diag) {
  double const t0 = clock_s();
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  if (pl_run_solve(r, &options, diag) != PL_OK) return complain(diag);
  double const t1 = clock_s();
  if (pl_run_write(r, out, diag) != PL_OK) return complain(diag);
  double const t2 = clock_s();
  printf(", \"solver\": %.6f, \"rest_of_solve\": %.6f, \"write\": %.6f, \"value\": %.12g, "
         "\"iterations\": %ld, \"highs\": \"%s\"",
         r->solution->seconds, t1 - t0 - r->solution->seconds, t2 - t1, -r->solution->objective,
         r->solution->iterations, pl_solver_version());
  return 0;
}

int main(int argc, char **argv) {
  const char *out = NULL, *dump_to = NULL, *const search[] = {POTLINE_ROOT};
  for (int i = 2; i < argc; i++) {
    if (!strcmp(argv[i], "--dump") && i + 1 < argc)
      dump_to = argv[++i];
    else
      out = argv[i];
  }
  if (argc < 2) return fprintf(stderr, "usage: bench_stages CASE [RUN] [--dump FILE]\n"), 64;
  pl_diag *diag = pl_diag_new();
  pl_files *files = pl_files_new(search, 1);
  pl_run *r = NULL;
  double const reading = out ? 0 : time_reading(argv[1], search, diag);
  double const began = clock_s();
  int failed =
      pl_run_open(argv[1], &(pl_case_options){0}, files, &r, diag) != PL_OK ? complain(diag) : 0;
  if (!failed) {
    const pl_lp *lp = &r->program->lp;
    printf("{\"rows\": %d, \"columns\": %d, \"entries\": %ld, \"integers\": %d, \"open\": %.6f",
           lp->n_rows, lp->n_cols, lp->n_entries, lp->n_integer, clock_s() - began);
    if (!out) printf(", \"read\": %.6f", reading);
    if (dump_to) failed = dump_write(lp, dump_to);
    if (out && !failed) failed = run_stages(r, out, diag);
    printf(", \"peak_mb\": %.1f}\n", peak_mb());
  }
  pl_run_free(r);
  pl_files_free(files);
  pl_diag_free(diag);
  return failed;
}
