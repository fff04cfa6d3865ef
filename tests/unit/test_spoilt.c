/* What the audit says of answers that were spoiled in one place each. */
#include "fixture/case.h"

#include <math.h>

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

static case_run solved(void) {
  case_run f = case_of("case.yaml", text);
  must(&f, case_solve(&f));
  return f;
}

static int block_of(const case_run *f, int kind) {
  for (int i = 0; i < f->program->n_column_blocks; i++)
    if ((int)f->program->columns[i].kind == kind) return f->program->columns[i].first;
  fail_msg("no column of kind %d", kind);
  return -1;
}

static void load_more(case_run *f) { f->solution->col_value[block_of(f, PL_COLUMN_SHIP)] += 3000; }
static void switch_half(case_run *f) { f->solution->col_value[block_of(f, PL_COLUMN_ON)] = 0.5; }
static void hold_another_total(case_run *f) { f->solution->row_value[0] += 100; }
static void hold_another_cost(case_run *f) { f->solution->col_dual[0] += 100; }
static void hold_another_objective(case_run *f) { f->solution->objective += 1e5; }
static void hold_a_better_bound(case_run *f) { f->solution->bound = f->solution->objective + 1e5; }
static void hold_a_worse_bound(case_run *f) { f->solution->bound = f->solution->objective - 1e5; }
static void earn_more(case_run *f) { f->schedule->present_total += 1e5; }

static void price_wrongly(case_run *f) {
  for (int i = 0; i < f->program->lp.n_rows; i++) f->solution->row_dual[i] += 500;
  pl_lp_complete(&f->program->lp, f->solution);
}

/* The balances of alumina where it is unloaded are another party's. */
static void hide_balances(case_run *f) {
  for (int i = 0; i < f->program->n_row_blocks; i++)
    if (f->program->rows[i].kind == PL_ROW_BALANCE) f->program->rows[i].party++;
}

static const struct {
  void (*spoil)(case_run *f);
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

static bool is_said(const case_run *f, const char *said) {
  for (int i = 0; i < pl_diag_size(f->diag); i++)
    if (strstr(pl_diag_at(f->diag, i)->text, said)) return true;
  return false;
}

static void every_fault_is_named(void **state) {
  (void)state;
  for (size_t k = 0; k < sizeof faults / sizeof *faults; k++) {
    case_run f = solved();
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
