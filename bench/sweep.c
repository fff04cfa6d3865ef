/* What changing one thing costs on a program that is kept warm, as one line of JSON:
 *     bench_sweep CASE [--pairs N] [--agreement N] [--jobs N] [--dump FOLDER] [--every N]
 * Every agreement taken out of force and put back again, each solved anew. Then N pairs: all prices
 * redrawn, and the plan without and with the Nth agreement, on so many threads. With --dump nothing
 * is solved: the programs without each agreement, and those of every so many pairs, are left behind
 * for bench_highs_only, and in FOLDER/prices.json the prices of these pairs for the other side. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crew.h"
#include "base/philox.h"
#include "dump.h"
#include "store/run.h"

typedef struct {
  const pl_program *p;
  int pairs, agreement, jobs, every;
  const char *folder; /* NULL = nothing is left behind */
  double (*value)[2]; /* [pairs] without and with the agreement */
} bench;

typedef struct { /* one solver and the room for what is handed to it */
  const bench *b;
  pl_arena *arena;
  pl_solver *solver;
  pl_diag *diag;
  double *cost, *lower, *upper;
  int *column;
  bool *in_force, *holds;
} worker;

/* --- Prices -------------------------------------------------------------------------------------
 */

/* A normal draw that is a function of these numbers alone. */
static double normal(unsigned scenario, unsigned series, unsigned month) {
  uint32_t const counter[4] = {scenario, series, month, 0};
  uint32_t w[4];
  pl_philox(2026, counter, w);
  double const u = (w[0] + 0.5) / 4294967296.0, v = (w[1] + 0.5) / 4294967296.0;
  return sqrt(-2 * log(u)) * cos(2 * acos(-1) * v);
}

/* Each price goes its own way about a common cycle; both forget a fifteenth a month. */
static pl_quotes *redrawn(const pl_program *p, int scenario, pl_arena *a) {
  pl_quotes *q = pl_quotes_fork(p->c->quotes, a);
  for (int i = 0; i < pl_quotes_count(q); i++) {
    const pl_quotation *s = pl_quotes_at(q, i);
    if (strncmp(s->name, "PX.", 3) != 0) continue;
    double *v = pl_quotes_values(q, i), cycle = 0, own = 0;
    for (int t = 0; t < s->n; t++) {
      cycle = cycle * 14 / 15 + 0.05 * normal((unsigned)scenario, 0, (unsigned)t);
      own = own * 14 / 15 + 0.02 * normal((unsigned)scenario, 1 + (unsigned)i, (unsigned)t);
      v[t] *= exp(cycle / 2 + own);
    }
  }
  return q;
}

static void write_prices(FILE *f, pl_quotes *q, int scenario, const char *before) {
  fprintf(f, "%s\"%d\": {", before, scenario);
  const char *comma = "";
  for (int i = 0; i < pl_quotes_count(q); i++) {
    const pl_quotation *s = pl_quotes_at(q, i);
    if (strncmp(s->name, "PX.", 3) != 0) continue;
    const double *v = pl_quotes_values(q, i);
    fprintf(f, "%s\"%s\": [", comma, s->name + 3);
    for (int t = 0; t < s->n; t++) fprintf(f, "%s%.17g", t ? ", " : "", v[t]);
    fputs("]", f);
    comma = ", ";
  }
  fputs("}", f);
}

/* --- One solver ---------------------------------------------------------------------------------
 */

static void put_in_force(worker *w, int but) {
  const pl_case *c = w->b->p->c;
  for (int i = 0; i < c->n_agreements; i++) w->in_force[i] = c->agreements[i].active && i != but;
  pl_program_hold(w->b->p, PL_NOUN_agreement, w->in_force, w->holds);
  int const n = pl_program_switch(w->b->p, w->holds, w->column, w->lower, w->upper);
  (void)pl_solver_set_bounds(w->solver, n, w->column, w->lower, w->upper, w->diag);
}

static double solved(worker *w) {
  pl_arena *a = pl_arena_new();
  pl_solution *x = NULL;
  double const value =
      pl_solver_run(w->solver, a, &x, w->diag) == PL_OK ? -x->objective : (double)NAN;
  pl_arena_free(a);
  return value;
}

/* A solver at the plan with everything in force, which is where every run starts from. */
static void begin(worker *w, const bench *b) {
  const pl_lp *lp = &b->p->lp;
  size_t const n = (size_t)pl_program_switched(b->p) + 1;
  pl_arena *a = pl_arena_new();
  pl_solve_options const options = PL_SOLVE_DEFAULTS;
  *w = (worker){.b = b, .arena = a, .diag = pl_diag_new()};
  w->cost = PL_NEW_ARRAY(a, double, (size_t)lp->n_cols + 1);
  w->lower = PL_NEW_ARRAY(a, double, n);
  w->upper = PL_NEW_ARRAY(a, double, n);
  w->column = PL_NEW_ARRAY(a, int, n);
  w->in_force = PL_NEW_ARRAY(a, bool, (size_t)b->p->c->n_agreements + 1);
  w->holds = PL_NEW_ARRAY(a, bool, (size_t)b->p->n_states + 1);
  if (pl_solver_new(lp, &options, &w->solver, w->diag) != PL_OK) exit(1);
  (void)solved(w);
  pl_solver_keep_basis(w->solver);
}

static void end(worker *w) {
  pl_solver_free(w->solver);
  pl_diag_free(w->diag);
  pl_arena_free(w->arena);
}

/* --- Programs left behind
 * --------------------------------------------------------------------------- */

/* The program as a worker's solver has it: these costs, the agreements as put_in_force left them.
 */
static void leave(const worker *w, const double *cost, double offset, const char *name) {
  pl_arena *a = pl_arena_new();
  pl_lp lp = w->b->p->lp;
  size_t const size = (size_t)lp.n_cols * sizeof(double);
  lp.lower = memcpy(PL_NEW_ARRAY(a, double, (size_t)lp.n_cols + 1), lp.lower, size);
  lp.upper = memcpy(PL_NEW_ARRAY(a, double, (size_t)lp.n_cols + 1), lp.upper, size);
  int const n = pl_program_switch(w->b->p, w->holds, w->column, w->lower, w->upper);
  for (int k = 0; k < n; k++) {
    lp.lower[w->column[k]] = w->lower[k];
    lp.upper[w->column[k]] = w->upper[k];
  }
  lp.cost = memcpy(PL_NEW_ARRAY(a, double, (size_t)lp.n_cols + 1), cost, size);
  lp.offset = offset;
  if (dump_write(&lp, pl_arena_printf(a, "%s/%s.dump", w->b->folder, name))) exit(1);
  pl_arena_free(a);
}

static void leave_pair(worker *w, int k, const char *before, FILE *prices) {
  pl_arena *a = pl_arena_new();
  pl_quotes *q = redrawn(w->b->p, k, a);
  double offset = 0;
  pl_program_price(w->b->p, q, w->cost, &offset);
  write_prices(prices, q, k, before);
  for (int with = 0; with < 2; with++) {
    put_in_force(w, with ? -1 : w->b->agreement);
    leave(w, w->cost, offset, pl_arena_printf(a, "pair-%d-%d", k, with));
  }
  pl_arena_free(a);
}

static int leave_all(const bench *b) {
  worker w;
  char name[64];
  begin(&w, b);
  for (int i = 0; i < b->p->c->n_agreements; i++) {
    put_in_force(&w, i);
    (void)snprintf(name, sizeof name, "off-%d", i);
    leave(&w, b->p->lp.cost, b->p->lp.offset, name);
  }
  FILE *prices = fopen(pl_arena_printf(w.arena, "%s/prices.json", b->folder), "w");
  if (!prices) return perror(b->folder), 1;
  for (int k = 0; k < b->pairs; k += b->every) leave_pair(&w, k, k ? ",\n" : "{", prices);
  fputs("}\n", prices);
  end(&w);
  return fclose(prices) == 0 ? 0 : 1;
}

/* --- The measurement -----------------------------------------------------------------------------
 */

static void time_agreements(const bench *b) {
  worker w;
  begin(&w, b);
  printf("\"off\": [");
  for (int i = 0; i < b->p->c->n_agreements; i++) {
    put_in_force(&w, i);
    double const began = clock_s(), used = cpu_s();
    double const without = solved(&w);
    double const middle = clock_s();
    put_in_force(&w, -1);
    pl_solver_go_on(w.solver);
    double const with = solved(&w);
    printf("%s{\"off\": %.6f, \"on\": %.6f, \"cpu\": %.6f, \"without\": %.12g, \"with\": %.12g}",
           i ? ", " : "", middle - began, clock_s() - middle, cpu_s() - used, without, with);
  }
  printf("], ");
  end(&w);
}

static void do_pair(worker *w, int k) {
  pl_arena *a = pl_arena_new();
  double offset = 0;
  pl_program_price(w->b->p, redrawn(w->b->p, k, a), w->cost, &offset);
  (void)pl_solver_set_costs(w->solver, w->cost, w->diag);
  double const shift =
      w->b->p->lp.offset - offset; /* the solver keeps the offset that it was given */
  for (int with = 0; with < 2; with++) {
    put_in_force(w, with ? -1 : w->b->agreement);
    if (with) pl_solver_go_on(w->solver);
    w->b->value[k][with] = solved(w) + shift;
  }
  pl_arena_free(a);
}

/* One thread's share of the pairs: which thread does which does not change the answers. */
static void do_share(int share, void *user) {
  const bench *b = user;
  worker w;
  begin(&w, b);
  for (int k = share; k < b->pairs; k += b->jobs) do_pair(&w, k);
  end(&w);
}

static void time_pairs(bench *b) {
  pl_crew *crew = pl_crew_new(b->jobs);
  double const began = clock_s(), used = cpu_s();
  pl_crew_do(crew, b->jobs, do_share, b);
  printf("\"pairs\": %d, \"jobs\": %d, \"seconds\": %.6f, \"used\": %.6f, \"values\": [", b->pairs,
         b->jobs, clock_s() - began, cpu_s() - used);
  for (int k = 0; k < b->pairs; k++)
    printf("%s[%.12g, %.12g]", k ? ", " : "", b->value[k][0], b->value[k][1]);
  printf("], ");
  pl_crew_free(crew);
}

static int measure(bench *b) {
  if (b->folder) return printf("{}\n"), leave_all(b);
  pl_arena *a = pl_arena_new();
  b->value = pl_arena_alloc(a, (size_t)b->pairs + 1, sizeof *b->value);
  printf("{\"rows\": %d, \"columns\": %d, ", b->p->lp.n_rows, b->p->lp.n_cols);
  time_agreements(b);
  if (b->pairs > 0) time_pairs(b);
  printf("\"highs\": \"%s\", \"peak_mb\": %.1f}\n", pl_solver_version(), peak_mb());
  pl_arena_free(a);
  return 0;
}

int main(int argc, char **argv) {
  bench b = {.jobs = 1, .every = 1};
  for (int i = 2; i + 1 < argc; i += 2) {
    if (!strcmp(argv[i], "--pairs")) b.pairs = (int)strtol(argv[i + 1], NULL, 10);
    if (!strcmp(argv[i], "--agreement")) b.agreement = (int)strtol(argv[i + 1], NULL, 10);
    if (!strcmp(argv[i], "--jobs")) b.jobs = (int)strtol(argv[i + 1], NULL, 10);
    if (!strcmp(argv[i], "--every")) b.every = (int)strtol(argv[i + 1], NULL, 10);
    if (!strcmp(argv[i], "--dump")) b.folder = argv[i + 1];
  }
  if (argc % 2 != 0 || b.jobs < 1 || b.every < 1)
    return fprintf(stderr, "usage: bench_sweep CASE [--pairs N] [--agreement N] [--jobs N] [--dump "
                           "FOLDER] [--every N]\n"),
           64;
  const char *const search[] = {POTLINE_ROOT};
  pl_diag *diag = pl_diag_new();
  pl_files *files = pl_files_new(search, 1);
  pl_run *r = NULL;
  int failed = pl_run_open(argv[1], &(pl_case_options){0}, files, &r, diag) != PL_OK;
  if (failed && pl_diag_size(diag) > 0) fprintf(stderr, "%s\n", pl_diag_at(diag, 0)->text);
  if (!failed) {
    b.p = r->program;
    failed = measure(&b);
  }
  pl_run_free(r);
  pl_files_free(files);
  pl_diag_free(diag);
  return failed;
}
