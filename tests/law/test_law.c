/* Laws that every case must obey, tried on random ones: test_law [FIRST COUNT], test_law --show
 * SEED. What a single stage does right or wrong on known numbers is for the unit tests. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/law_run.h"
#include "law/law_seeds.h"
#include "law/law_tally.h"

typedef struct {
  uint64_t seed;
  law_family family;
  pl_arena *arena;
  law_random random;
  law_case *c;
  law_run base; /* c, solved */
} subject;

static const double near = 1e-7;

static void print_messages(const law_run *r) {
  for (int i = 0; i < pl_diag_size(r->diag); i++) {
    const pl_message *m = pl_diag_at(r->diag, i);
    if (m->severity != PL_ERROR) continue;
    printf("    %s:%d:%d: %s\n", m->place.file ? m->place.file : "", m->place.line, m->place.column,
           m->text);
  }
}

static bool is_answer(const law_run *r) { return r->status == PL_OK || r->status == PL_INFEASIBLE; }

static void expect_same(tally *t, const subject *s, const law_run *r, double value,
                        const char *law) {
  bool const same =
      r->status == s->base.status &&
      (r->status != PL_OK || fabs(r->value - value) <= near * fmax(r->gross, s->base.gross));
  expect(t, s->seed, same, "%s: %s, %.12g where %s, %.12g was wanted (of %.6g)", law,
         pl_status_text(r->status), r->value, pl_status_text(s->base.status), value, s->base.gross);
  if (!same && !is_answer(r)) print_messages(r);
}

static bool is_solved(const subject *s) { return s->base.status == PL_OK; }

/* --- The answer itself ------------------------------------------------------------------------ */

static void law_sound(tally *t, subject *s) {
  expect(t, s->seed, is_answer(&s->base), "no sound plan: %s", pl_status_text(s->base.status));
  if (!is_answer(&s->base)) print_messages(&s->base);
  if (!is_solved(s)) {
    t->silent++;
    return;
  }
  double const gap = fabs(s->base.schedule->present_total - s->base.value);
  expect(t, s->seed, gap <= 1e-9 * s->base.gross, "accounts are %.3g off the objective", gap);
}

/* Whatever the method, its answer passes the audit and is worth the same; period by period, too. */
static void law_methods(tally *t, subject *s) {
  for (int m = 0; m < PL_METHODS; m++) {
    law_run r;
    law_text const text = law_write(s->c, &(law_dress){0}, s->arena);
    law_read(&r, &text, NULL);
    law_solve_by(&r, (pl_method)m);
    expect_same(t, s, &r, s->base.value, pl_method_name((pl_method)m));
    law_done(&r);
  }
}

/* --- The same case, written otherwise ------------------------------------------------------------
 */

static void plan_dressed(tally *t, subject *s, const law_dress *d, const char *law) {
  law_run r;
  law_plan(&r, s->c, d);
  expect_same(t, s, &r, s->base.value * (d->money > 0 ? d->money : 1), law);
  if (r.p && s->base.p)
    expect(t, s->seed,
           r.p->lp.n_rows == s->base.p->lp.n_rows && r.p->lp.n_cols == s->base.p->lp.n_cols,
           "%s: another matrix", law);
  law_done(&r);
}

static void law_units(tally *t, subject *s) {
  plan_dressed(t, s, &(law_dress){.seed = s->seed, .units = true}, "other units");
}
static void law_order(tally *t, subject *s) {
  plan_dressed(t, s, &(law_dress){.seed = s->seed, .order = true, .blocks = true}, "another order");
}
static void law_names(tally *t, subject *s) {
  plan_dressed(t, s, &(law_dress){.seed = s->seed, .order = true, .names = true, .tables = true},
               "other names, tables");
}
static void law_money(tally *t, subject *s) {
  double const factor = pow(10, law_between(&s->random, -2, 2));
  law_run r;
  law_plan(&r, s->c, &(law_dress){.seed = s->seed, .money = factor});
  r.gross /= factor;
  r.value /= factor;
  expect_same(t, s, &r, s->base.value, "prices scaled");
  law_done(&r);
}

/* --- Room and no room ----------------------------------------------------------------------------
 */

/* A field at random that gives or takes room; NULL if the case has none. */
/* The least load of a unit that is switched on and off is also what it may start from and stop at,
 * where its ramp gives less and no other load is said: lower, it is not only more room. */
static bool is_start_load(law_case *c, int i, const law_field *f) {
  if (strcmp(f->key, "minimum") != 0 && strcmp(f->key, "turndown") != 0) return false;
  if (!law_find(c, i, "on/off") || !law_find(c, i, "ramp")) return false;
  return !law_find(c, i, "start load") || !law_find(c, i, "stop load");
}

static law_field *any_bound(subject *s, law_case *c) {
  law_field *all[LAW_THINGS_MAX];
  int n = 0;
  for (int i = 0; i < c->n && n < LAW_THINGS_MAX; i++)
    for (int k = 0; k < c->thing[i].n && n < LAW_THINGS_MAX; k++)
      if (c->thing[i].field[k].role != LAW_FIXED && !is_start_load(c, i, &c->thing[i].field[k]))
        all[n++] = &c->thing[i].field[k];
  return n > 0 ? all[law_pick(&s->random, n)] : NULL;
}

static void law_relaxed(tally *t, subject *s) {
  law_case *c = law_copy(s->arena, s->c);
  law_field *f = any_bound(s, c);
  if (!f) return;
  f->scale = f->role == LAW_CEILING ? 1.3 : 0.7;
  law_run r;
  law_plan(&r, c, &(law_dress){0});
  if (is_solved(s))
    expect(t, s->seed, r.status == PL_OK && r.value >= s->base.value - near * s->base.gross,
           "more room ('%s: %s'): %s, %.12g after %.12g", f->key, f->text, pl_status_text(r.status),
           r.value, s->base.value);
  law_done(&r);
}

static void law_tightened(tally *t, subject *s) {
  law_case *c = law_copy(s->arena, s->c);
  law_field *f = any_bound(s, c);
  if (!f) return;
  f->scale = f->role == LAW_CEILING ? 0.7 : 1.3;
  law_run r;
  law_plan(&r, c, &(law_dress){0});
  bool const none = r.status == PL_INFEASIBLE ||
                    r.status == PL_RANGE; /* a least above a most may show in reading */
  expect(t, s->seed,
         none ||
             (is_solved(s) && r.status == PL_OK && r.value <= s->base.value + near * s->base.gross),
         "less room ('%s: %s'): %s, %.12g after %.12g", f->key, f->text, pl_status_text(r.status),
         r.value, s->base.value);
  law_done(&r);
}

/* Another market beside the others is a choice, not a duty. */
static void law_offered(tally *t, subject *s) {
  law_case *c = law_copy(s->arena, s->c);
  int free[LAW_THINGS_MAX], n = 0;
  for (int i = 0; i < c->n; i++)
    if (c->thing[i].noun == PL_NOUN_market && !law_find(c, i, "at least") &&
        !law_find(c, i, "exactly"))
      free[n++] = i;
  if (n == 0 || !is_solved(s)) return;
  int const from = free[law_pick(&s->random, n)], to = law_add(c, PL_NOUN_market, "another");
  const char *name = c->thing[to].name;
  c->thing[to] = c->thing[from];
  c->thing[to].name = name;
  law_run r;
  law_plan(&r, c, &(law_dress){0});
  expect(t, s->seed, r.status == PL_OK && r.value >= s->base.value - near * s->base.gross,
         "one more market: %s, %.12g after %.12g", pl_status_text(r.status), r.value,
         s->base.value);
  law_done(&r);
}

static const char *unit_of_material(law_case *c, const char *said) {
  const char *unit = law_find(c, (int)strtol(said + 1, NULL, 10), "unit")->text;
  return unit[2] == 't' ? "t" : "MWh";
}

/* Instead of what is under way, as much as a gift where it would arrive, at any time, and nothing
 * asked at the end. */
static void give_instead(law_case *c, int lane) {
  law_field *f = law_find(c, lane, "under way");
  law_thing *thing = &c->thing[lane];
  const char *to = law_find(c, lane, "to")->text, *owner = law_find(c, lane, "for")->text;
  int const material = (int)strtol(strchr(f->text, '@') + 1, NULL, 10);
  const char *amount = strchr(f->text, '<');
  int const at = law_add(c, PL_NOUN_market, "gift");
  (void)law_say(c, at, LAW_FIXED, "site", "%s", to);
  (void)law_say(c, at, LAW_FIXED, "sells", "@%d", material);
  (void)law_say(c, at, LAW_FIXED, "for", "%s", owner);
  (void)law_say(c, at, LAW_FIXED, "price", "<0|USD/%s>", unit_of_material(c, strchr(f->text, '@')));
  (void)law_say(c, at, LAW_FIXED, "up to", "%.*s", (int)(strchr(amount, '>') + 1 - amount), amount);
  size_t const after = (size_t)(&thing->field[thing->n] - (f + 1));
  memmove(f, f + 1, after * sizeof *f);
  thing->n--;
}

static void law_gift(tally *t, subject *s) {
  law_case *c = law_copy(s->arena, s->c);
  int n = 0;
  for (int i = 0; i < s->c->n; i++)
    if (c->thing[i].noun == PL_NOUN_lane && law_find(c, i, "under way")) give_instead(c, i), n++;
  if (n == 0 || !is_solved(s)) return;
  law_run r;
  law_plan(&r, c, &(law_dress){0});
  expect(t, s->seed, r.status == PL_OK && r.value >= s->base.value - near * s->base.gross,
         "a gift instead of what is under way: %s, %.12g after %.12g", pl_status_text(r.status),
         r.value, s->base.value);
  law_done(&r);
}

/* --- Limits that do not bind ---------------------------------------------------------------------
 */

/* What the answer moves through a thing in all. */
static double total_of(const law_run *r, pl_column_kind kind, int thing) {
  double sum = 0;
  for (int b = 0; b < r->p->n_column_blocks; b++) {
    const pl_block *k = &r->p->columns[b];
    if (k->kind != (int)kind || k->thing != thing) continue;
    for (int v = 0; v < k->count; v++) sum += r->s->col_value[k->first + v];
  }
  return sum;
}

static void law_idle_limit(tally *t, subject *s) {
  law_case *c = law_copy(s->arena, s->c);
  int markets[LAW_THINGS_MAX], n = 0;
  for (int i = 0; i < c->n; i++)
    if (c->thing[i].noun == PL_NOUN_market) markets[n++] = i;
  if (n == 0 || !is_solved(s)) return;
  int const index = law_pick(&s->random, n), market = markets[index];
  const law_field *goods = law_find(c, market, "buys");
  if (!goods) goods = law_find(c, market, "sells");
  double const total = total_of(&s->base, PL_COLUMN_TRADE, index);
  const char *unit = unit_of_material(c, goods->text);
  int const at = law_add(c, PL_NOUN_limit, "idle");
  (void)law_say(c, at, LAW_FIXED, "sums", "[markets.@%d]", market);
  (void)law_say(c, at, LAW_FIXED, "up to", "<%.9g|%s>", total * (1 + 1e-6) + 1e-3, unit);
  (void)law_say(c, at, LAW_FIXED, "at least", "<%.9g|%s>", total * (1 - 1e-6) - 1e-3, unit);
  law_run r;
  law_plan(&r, c, &(law_dress){0});
  expect_same(t, s, &r, s->base.value, "a limit that does not bind");
  law_done(&r);
}

/* --- The same program by other ways --------------------------------------------------------------
 */

static bool same_doubles(const double *a, const double *b, int n) {
  return n == 0 || !memcmp(a, b, (size_t)n * sizeof *a);
}
static bool same_ints(const int *a, const int *b, long n) {
  return n == 0 || !memcmp(a, b, (size_t)n * sizeof *a);
}

static bool same_matrix(const pl_lp *a, const pl_lp *b) {
  return a->n_cols == b->n_cols && a->n_rows == b->n_rows && a->n_entries == b->n_entries &&
         same_ints(a->start, b->start, a->n_cols + 1) &&
         same_ints(a->index, b->index, a->n_entries) &&
         same_doubles(a->value, b->value, (int)a->n_entries);
}

static bool same_program(const pl_lp *a, const pl_lp *b) {
  return same_matrix(a, b) && same_doubles(a->cost, b->cost, a->n_cols) &&
         same_doubles(a->lower, b->lower, a->n_cols) &&
         same_doubles(a->upper, b->upper, a->n_cols) &&
         same_doubles(a->row_lower, b->row_lower, a->n_rows) &&
         same_doubles(a->row_upper, b->row_upper, a->n_rows) &&
         !memcmp(&a->offset, &b->offset, sizeof a->offset);
}

static void expect_program(tally *t, subject *s, const law_case *c, const pl_case_options *options,
                           const char *law) {
  law_text const text = law_write(c, &(law_dress){0}, s->arena);
  law_run r;
  law_read(&r, &text, options);
  bool const same = r.status == PL_OK && s->base.p && same_program(&r.p->lp, &s->base.p->lp);
  expect(t, s->seed, same, "%s: %s", law,
         r.status == PL_OK ? "another program" : pl_status_text(r.status));
  if (r.status != PL_OK) print_messages(&r);
  law_done(&r);
}

static void law_zero_time(tally *t, subject *s) {
  law_case *c = law_copy(s->arena, s->c);
  int n = 0;
  for (int i = 0; i < c->n; i++) {
    if (c->thing[i].noun != PL_NOUN_lane || law_find(c, i, "time")) continue;
    (void)law_say(c, i, LAW_FIXED, "time", "0 d");
    (void)law_say(c, i, LAW_FIXED, "under way", "{}");
    n++;
  }
  if (n > 0 && s->base.p) expect_program(t, s, c, NULL, "lanes that take no time");
}

static void law_set(tally *t, subject *s) {
  enum { SETTINGS = 4 };
  const char *set[SETTINGS];
  int n = 0;
  for (int tries = 0; tries < 50 && n < SETTINGS; tries++) {
    int const i = law_pick(&s->random, s->c->n);
    const law_thing *thing = &s->c->thing[i];
    if (thing->n == 0) continue;
    const law_field *f = &thing->field[law_pick(&s->random, thing->n)];
    set[n++] = pl_arena_printf(s->arena, "%s.%s.%s=%s", law_section(thing->noun), thing->name,
                               f->key, law_value(s->c, f, s->arena));
  }
  pl_case_options const options = {.set = set, .n_set = n};
  if (s->base.p) expect_program(t, s, s->c, &options, pl_arena_printf(s->arena, "set %s", set[0]));
}

/* New prices put on the built program, against the case read anew with them. */
static void stir(const subject *s, double by, pl_quotes *fork) {
  for (int i = 0; i < s->c->n; i++) {
    const law_thing *q = &s->c->thing[i];
    if (q->noun != PL_NOUN_quotation || !law_find(s->c, i, "unit")) continue;
    int const at = pl_quotes_find(fork, q->name, strlen(q->name));
    double *value = pl_quotes_values(fork, at);
    for (int v = 0; v < pl_quotes_at(fork, at)->n; v++) value[v] *= law_stirred(by, v);
  }
}

static bool near_costs(const pl_lp *lp, const double *cost, double offset) {
  bool same = fabs(offset - lp->offset) <= 1e-12 * fabs(lp->offset);
  for (int j = 0; j < lp->n_cols; j++)
    same &= fabs(cost[j] - lp->cost[j]) <= 1e-12 * (fabs(lp->cost[j]) + 1e-6);
  return same;
}

static void law_repriced(tally *t, subject *s) {
  if (!is_solved(s)) return;
  law_case *c = law_copy(s->arena, s->c);
  c->stir = 0.2;
  law_run r;
  law_plan(&r, c, &(law_dress){0});
  pl_quotes *fork = pl_quotes_fork(s->base.c->quotes, s->arena);
  stir(s, c->stir, fork);
  double *cost = PL_NEW_ARRAY(s->arena, double, (size_t)s->base.p->lp.n_cols + 1), offset = 0;
  pl_program_price(s->base.p, fork, cost, &offset);
  expect(t, s->seed, r.p && near_costs(&r.p->lp, cost, offset), "re-priced: other costs");
  pl_solution *again = NULL;
  pl_status const status = pl_solver_set_costs(s->base.solver, cost, s->base.diag) == PL_OK
                               ? pl_solver_run(s->base.solver, s->base.arena, &again, s->base.diag)
                               : PL_SOLVER;
  double const value = status == PL_OK ? -again->objective : (double)NAN;
  expect(t, s->seed, status == r.status && fabs(value - r.value) <= near * r.gross,
         "re-priced: %.12g, built anew %.12g", value, r.value);
  law_done(&r);
}

/* --- Duals ---------------------------------------------------------------------------------------
 */

static double carried(double dual, double low, double high) {
  double const bound = dual > 0 ? low : high;
  return dual == 0 || isinf(bound) ? 0 : dual * bound;
}

/* What the duals of one answer prove about the objective of a program with the same matrix: no less
 * than this. */
static double proven(const pl_solution *duals, const pl_lp *lp) {
  double sum = lp->offset;
  for (int i = 0; i < lp->n_rows; i++)
    sum += carried(duals->row_dual[i], lp->row_lower[i], lp->row_upper[i]);
  for (int j = 0; j < lp->n_cols; j++)
    sum += carried(duals->col_dual[j], lp->lower[j], lp->upper[j]);
  return sum;
}

static int foretold; /* changes of the optimum that the duals predicted to a part in a hundred */

static void law_duals(tally *t, subject *s) {
  law_case *c = law_copy(s->arena, s->c);
  law_field *f = any_bound(s, c);
  if (!f || !is_solved(s)) return;
  f->scale = law_chance(&s->random, 50) ? 1.001 : 0.999;
  law_run r;
  law_plan(&r, c, &(law_dress){0});
  if (r.status == PL_OK && same_matrix(&r.p->lp, &s->base.p->lp)) {
    double const room = near * fmax(r.gross, s->base.gross);
    double const there = proven(s->base.s, &r.p->lp), back = proven(r.s, &s->base.p->lp);
    double const change = s->base.value - r.value, told = there + s->base.value;
    expect(t, s->seed, -r.value >= there - room && -s->base.value >= back - room,
           "duals ('%s: %s'): the objective is %.12g, at least %.12g was proven", f->key, f->text,
           -r.value, there);
    foretold += fabs(change) > 10 * room && fabs(told - change) < 0.01 * fabs(change);
  } else {
    t->silent++;
  }
  law_done(&r);
}

/* --- Periods -------------------------------------------------------------------------------------
 */

static pl_step step_between(subject *s) {
  pl_step nested[PL_STEPS];
  int n = 0;
  for (int p = (int)s->c->fine; p <= (int)s->c->coarse; p++)
    if (p != PL_WEEK || s->c->coarse == PL_WEEK) nested[n++] = (pl_step)p;
  return nested[law_pick(&s->random, n)];
}

static void plan_stepped(tally *t, subject *s, bool all_fine, const char *law) {
  law_case *c = law_copy(s->arena, s->c);
  for (int i = 0; i < c->n; i++) {
    law_field *f = c->thing[i].noun == PL_NOUN_material ? law_find(c, i, "step") : NULL;
    if (f) f->text = pl_step_name(all_fine ? c->fine : step_between(s));
  }
  law_run r;
  law_plan(&r, c, &(law_dress){0});
  expect_same(t, s, &r, s->base.value, law);
  law_done(&r);
}

static void law_split(tally *t, subject *s) { plan_stepped(t, s, true, "every period split"); }
static void law_mixed_steps(tally *t, subject *s) {
  plan_stepped(t, s, false, "some periods split");
}

/* --- All of them ---------------------------------------------------------------------------------
 */

enum { ANY = 1 << LAW_ANY, MIXED = 1 << LAW_MIXED, FLAT = 1 << LAW_FLAT };

static const struct {
  const char *name;
  void (*check)(tally *, subject *);
  int families;
} laws[] = {
    {"plans pass their audit", law_sound, ANY | MIXED | FLAT},
    {"every method, same optimum", law_methods, ANY | MIXED | FLAT},
    {"other units, same optimum", law_units, ANY | MIXED | FLAT},
    {"another order, same optimum", law_order, ANY | MIXED | FLAT},
    {"other names and tables, same optimum", law_names, ANY | MIXED | FLAT},
    {"prices times k, value times k", law_money, ANY | MIXED | FLAT},
    {"more room never hurts", law_relaxed, ANY | MIXED | FLAT},
    {"less room never helps", law_tightened, ANY | MIXED | FLAT},
    {"one more market never hurts", law_offered, ANY | MIXED | FLAT},
    {"a gift is worth what is under way", law_gift, ANY | MIXED | FLAT},
    {"a limit that does not bind", law_idle_limit, ANY | FLAT},
    {"no time is no delay", law_zero_time, ANY | MIXED | FLAT},
    {"setting what is already so", law_set, ANY | MIXED | FLAT},
    {"re-priced is rebuilt", law_repriced, ANY | FLAT},
    {"duals foretell", law_duals, ANY | FLAT},
    {"flat periods split, same optimum", law_split, FLAT},
    {"steps mixed, same optimum", law_mixed_steps, FLAT},
};
enum { LAWS = sizeof laws / sizeof *laws };

static law_family family_of(uint64_t seed) {
  return seed % 16 == 15 ? LAW_MIXED : seed % 4 == 1 ? LAW_FLAT : LAW_ANY;
}

static void try_seed(uint64_t seed, tally *tallies) {
  subject s = {.seed = seed, .family = family_of(seed), .arena = pl_arena_new(), .random = {seed}};
  s.c = law_make(s.arena, seed, s.family);
  law_plan(&s.base, s.c, &(law_dress){0});
  for (int i = 0; i < LAWS; i++)
    if (laws[i].families & 1 << s.family) laws[i].check(&tallies[i], &s);
  law_done(&s.base);
  pl_arena_free(s.arena);
}

static int show(uint64_t seed) {
  pl_arena *a = pl_arena_new();
  printf("%s", law_write(law_make(a, seed, family_of(seed)), &(law_dress){0}, a).yaml);
  pl_arena_free(a);
  return 0;
}

int main(int argc, char **argv) {
  law_seeds const tried = law_seeds_of(argc, argv, 200);
  if (tried.show) return show(tried.first);
  tally tallies[LAWS] = {{0}};
  for (int i = 0; i < tried.count; i++) try_seed(tried.first + (uint64_t)i, tallies);
  int held = 0, broken = 0;
  for (int i = 0; i < LAWS; i++) {
    printf("%-40s %6d held %4d broken\n", laws[i].name, tallies[i].held, tallies[i].broken);
    held += tallies[i].held;
    broken += tallies[i].broken;
  }
  bool const weak =
      tried.count >= 40 && (tallies[0].silent * 5 > tried.count || foretold * 20 < tried.count);
  printf("%d cases, %d without a plan, %d changes foretold by duals\n", tried.count,
         tallies[0].silent, foretold);
  if (weak) printf("too few of them say anything\n");
  printf("%d passed, %d failed\n", held, broken + weak);
  return broken || weak ? 1 : 0;
}
