/* What the audit says of answers that were spoiled in one place each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "assemble/assemble.h"
#include "audit/audit.h"
#include "case/case.h"
#include "plan/schedule.h"
#include "solve/solve.h"

typedef struct {
  pl_diag *diag;
  pl_files *files;
  pl_arena *arena;
  pl_case *c;
  pl_program *program;
  pl_solution *x;
  pl_schedule *schedule;
} fixture;

/* A unit that is on or off and goods under way, so that there is something of everything. */
static const char text[] =
    "case: {from: 2026-01, to: 2026-02}\n"
    "parties: {azer: }\n"
    "sites: {poti: azer, ganja: azer}\n"
    "materials: {alumina: t, metal: t}\n"
    "processes: {smelt: {makes: {metal: 1 t}, takes: {alumina: 2 t}}}\n"
    "units: {pots: {site: ganja, runs: smelt, capacity: 5 kt/month, minimum: 50 %, on/off: yes}}\n"
    "lanes: {rail: {from: poti, to: ganja, moves: alumina, cost: 14 USD/t, capacity: 8 kt/month, "
    "for: azer, time: 5 d, under way: {alumina: 1 kt}}}\n"
    "markets:\n"
    "  index: {site: poti, sells: alumina, price: 392 USD/t, up to: 20 kt/month}\n"
    "  need: {site: ganja, buys: metal, price: 2000 USD/t, up to: 4.5 kt/month}\n";

static fixture solved(void) {
  fixture f = {.diag = pl_diag_new(), .files = pl_files_new(NULL, 0), .arena = pl_arena_new()};
  pl_solver *solver = NULL;
  pl_files_prime(f.files, "case.yaml", text, strlen(text));
  assert_int_equal(PL_OK, pl_case_read("case.yaml", f.files, NULL, &f.c, f.diag));
  assert_int_equal(PL_OK, pl_program_build(f.c, &f.program, f.diag));
  assert_int_equal(PL_OK, pl_solver_new(&f.program->lp, &PL_SOLVE_DEFAULTS, &solver, f.diag));
  assert_int_equal(PL_OK, pl_solver_run(solver, f.arena, &f.x, f.diag));
  pl_solver_free(solver);
  assert_int_equal(PL_OK, pl_schedule_make(f.program, f.x, f.arena, &f.schedule));
  return f;
}

static void done(fixture *f) {
  pl_program_free(f->program);
  pl_case_free(f->c);
  pl_files_free(f->files);
  pl_arena_free(f->arena);
  pl_diag_free(f->diag);
}

static int block_of(const fixture *f, int kind) {
  for (int i = 0; i < f->program->n_column_blocks; i++)
    if ((int)f->program->columns[i].kind == kind) return f->program->columns[i].first;
  fail_msg("no column of kind %d", kind);
  return -1;
}

static void load_more(fixture *f) { f->x->col_value[block_of(f, PL_COLUMN_SHIP)] += 3000; }
static void switch_half(fixture *f) { f->x->col_value[block_of(f, PL_COLUMN_ON)] = 0.5; }
static void hold_another_total(fixture *f) { f->x->row_value[0] += 100; }
static void hold_another_cost(fixture *f) { f->x->col_dual[0] += 100; }
static void hold_another_objective(fixture *f) { f->x->objective += 1e5; }
static void hold_a_better_bound(fixture *f) { f->x->bound = f->x->objective + 1e5; }
static void hold_a_worse_bound(fixture *f) { f->x->bound = f->x->objective - 1e5; }
static void earn_more(fixture *f) { f->schedule->present_total += 1e5; }

static void price_wrongly(fixture *f) {
  for (int i = 0; i < f->program->lp.n_rows; i++) f->x->row_dual[i] += 500;
  pl_lp_complete(&f->program->lp, f->x);
}

/* The balances of alumina where it is unloaded are another party's. */
static void hide_balances(fixture *f) {
  for (int i = 0; i < f->program->n_row_blocks; i++)
    if (f->program->rows[i].kind == PL_ROW_BALANCE) f->program->rows[i].party++;
}

static const struct {
  void (*spoil)(fixture *f);
  const char *said;
} faults[] = {
    {load_more, "the plan violates 'balance poti: alumina of azer, 2026-01' by 3e+03"},
    {switch_half, "an integer decision is 0.5 away from a whole number"},
    {hold_another_total,
     "the stored total of 'balance poti: alumina of azer, 2026-01' is not the sum "
     "of its amounts: relative error 0.00625"},
    {hold_another_cost,
     "the stored reduced cost of 'run pots: smelt, 2026-01' does not follow from "
     "the duals: relative error 0.025"},
    {hold_another_objective,
     "the stored objective is not that of the plan: relative error 0.00453"},
    {hold_another_objective,
     "the objective with its sign reversed is 8975428.57, but the case's prices "
     "and the plan's amounts give 9075428.57"},
    {hold_a_better_bound,
     "the plan is better than the bound stated for it: relative difference 0.011"},
    {hold_a_worse_bound, "the plan is not proven best: the relative optimality gap is 0.011"},
    {earn_more, "the present value of the accounts is 9175428.57, but the case's prices"},
    {price_wrongly, "the plan is not proven best: a marginal value is wrong by 500"},
    {price_wrongly,
     "'trade index: alumina by azer, 2026-01' has a marginal value but is not binding"},
    {price_wrongly, "the plan is not proven best: the relative gap to its dual bound is 1.93"},
    {hide_balances, "16000 of alumina at poti is moved by lanes.rail but enters no balance"},
    {hide_balances, "the goods under way on rail enter no balance"},
};

static bool is_said(const fixture *f, const char *said) {
  for (int i = 0; i < pl_diag_size(f->diag); i++)
    if (strstr(pl_diag_at(f->diag, i)->text, said)) return true;
  return false;
}

static void every_fault_is_named(void **state) {
  (void)state;
  for (size_t k = 0; k < sizeof faults / sizeof *faults; k++) {
    fixture f = solved();
    pl_audit audit;
    assert_int_equal(PL_OK, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
    faults[k].spoil(&f);
    assert_int_equal(PL_AUDIT, pl_audit_run(f.schedule, 1e-6, f.arena, &audit, f.diag));
    bool const named = is_said(&f, faults[k].said);
    for (int i = 0; i < pl_diag_size(f.diag) && !named; i++)
      print_error("%zu: %s\n", k, pl_diag_at(f.diag, i)->text);
    assert_true(named);
    done(&f);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_fault_is_named)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
