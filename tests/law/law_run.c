/* Runs all stages over a text in memory. */
#include "law/law_run.h"
#include "assemble/assemble.h"

#include <math.h>
#include <string.h>

static pl_status read_and_build(law_run *r, const law_text *text, const pl_case_options *options) {
  pl_files_prime(r->files, "law.yaml", text->yaml, strlen(text->yaml));
  for (int i = 0; i < text->n_tables; i++)
    pl_files_prime(r->files, text->table_name[i], text->table[i], strlen(text->table[i]));
  PL_TRY(pl_case_read("law.yaml", r->files, options, &r->c, r->diag));
  return pl_program_build(r->c, &r->p, r->diag);
}

void law_read(law_run *r, const law_text *text, const pl_case_options *options) {
  static const pl_case_options none;
  *r = (law_run){.arena = pl_arena_new(), .files = pl_files_new(NULL, 0), .diag = pl_diag_new()};
  r->status = read_and_build(r, text, options ? options : &none);
}

/* Σ |money| of every entry, undiscounted. */
static double gross_of(law_run *r) {
  const pl_program *p = r->p;
  double sum = 1;
  size_t const n = (size_t)pl_program_longest_grid(p);
  double *amount = PL_NEW_ARRAY(r->arena, double, n), *scratch = PL_NEW_ARRAY(r->arena, double, n);
  for (int i = 0; i < p->n_entries; i++) {
    const pl_entry *e = &p->entries[i];
    pl_entry_amounts(p->c->quotes, e, amount, scratch);
    for (int v = 0; v < e->grid->n; v++)
      sum += fabs(amount[v] * (e->block < 0 ? 1 : r->s->col_value[p->columns[e->block].first + v]));
  }
  return sum;
}

static pl_status solve(law_run *r, pl_method method) {
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  options.gap = 0;
  options.method = method;
  PL_TRY(pl_solver_new(&r->p->lp, &options, &r->solver, r->diag));
  PL_TRY(pl_solver_run(r->solver, r->arena, &r->s, r->diag));
  r->value = -r->s->objective;
  r->gross = gross_of(r);
  PL_TRY(pl_schedule_make(r->p, r->s, r->arena, &r->schedule));
  return pl_audit_run(r->schedule, 1e-6, r->arena, &r->audit, r->diag);
}

void law_solve_by(law_run *r, pl_method method) {
  if (r->status == PL_OK) r->status = solve(r, method);
}

void law_solve(law_run *r) { law_solve_by(r, PL_METHOD_AUTO); }

void law_plan(law_run *r, const law_case *c, const law_dress *d) {
  pl_arena *a = pl_arena_new();
  law_text const text = law_write(c, d, a);
  law_read(r, &text, NULL);
  law_solve(r);
  pl_arena_free(a);
}

void law_done(law_run *r) {
  pl_solver_free(r->solver);
  pl_program_free(r->p);
  pl_case_free(r->c);
  pl_files_free(r->files);
  pl_diag_free(r->diag);
  pl_arena_free(r->arena);
}
