/* Laws that every valuation must obey, tried on random parties with agreements: test_agreed [FIRST
 * COUNT], test_agreed --show SEED. Games of known values are for the unit tests. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/law_agreed.h"
#include "law/law_run.h"
#include "law/law_seeds.h"
#include "law/law_tally.h"
#include "value/ledger.h"
#include "value/value.h"

typedef struct { /* a case, and what its agreements are worth */
  law_run run;
  pl_valuation *v; /* NULL where there is none */
  int party[3],
      agreement[LAW_AGREEMENTS_MAX + 1]; /* bit of the valuation, of each of the maker's */
} valued;

typedef struct {
  uint64_t seed;
  pl_arena *arena;
  law_random random;
  law_agreed g;
  valued base;
  double room; /* what values may be apart by rounding */
} subject;

/* --- Valuing
 * -------------------------------------------------------------------------------------- */

static void find_bits(valued *x, const law_agreed *g) {
  const pl_case *c = x->run.c;
  for (int i = 0; i < g->n_parties; i++)
    for (int q = 0; q < c->n_parties; q++)
      if (!strcmp(c->parties[q].name, g->c->thing[g->party[i]].name)) x->party[i] = q;
  for (int i = 0; i < g->n_agreements; i++)
    for (int k = 0; k < x->v->n_agreements; k++)
      if (!strcmp(c->agreements[x->v->agreement[k]].name, g->c->thing[g->agreement[i]].name))
        x->agreement[i] = k;
}

static void value(valued *x, const law_agreed *g, const law_dress *d, int jobs) {
  *x = (valued){0};
  law_plan(&x->run, g->c, d);
  if (x->run.status != PL_OK) return;
  pl_value_options options = {.jobs = jobs, .solve = PL_SOLVE_DEFAULTS};
  options.solve.gap = 0;
  x->run.status = pl_value_agreements(x->run.p, &options, x->run.arena, &x->v, x->run.diag);
  if (x->run.status == PL_OK) find_bits(x, g);
}

/* Masks of the maker's parties or agreements, as the valuation has them. */
static unsigned of(const int *bit, unsigned mask) {
  unsigned out = 0;
  for (int i = 0; mask >> i; i++)
    if (mask >> i & 1) out |= 1u << bit[i];
  return out;
}

static double joint(const valued *x, unsigned agreements) {
  return x->v->joint[of(x->agreement, agreements)];
}
static double worth(const valued *x, unsigned parties) { return x->v->v[of(x->party, parties)]; }

/* --- Laws
 * ----------------------------------------------------------------------------------------- */

static void law_sound(tally *t, subject *s) {
  expect(t, s->seed, s->base.v, "no valuation: %s", pl_status_text(s->base.run.status));
  for (int i = 0; !s->base.v && i < pl_diag_size(s->base.run.diag); i++)
    printf("    %s\n", pl_diag_at(s->base.run.diag, i)->text);
}

static void law_choices(tally *t, subject *s) {
  if (!s->g.choices) return;
  unsigned const all = (1u << s->g.n_agreements) - 1;
  for (unsigned set = 0; set <= all; set++)
    for (int i = 0; i < s->g.n_agreements; i++)
      expect(t, s->seed, joint(&s->base, set | 1u << i) >= joint(&s->base, set) - s->room,
             "agreement %d on top of %#x takes from %.12g to %.12g", i, set, joint(&s->base, set),
             joint(&s->base, set | 1u << i));
}

/* Parties that meet in no market do together at least what they do apart. */
static void law_together(tally *t, subject *s) {
  if (!s->g.choices || s->g.shared || s->g.par >= 0) return;
  unsigned const all = (1u << s->g.n_parties) - 1;
  for (unsigned one = 1; one <= all; one++)
    for (unsigned other = all & ~one; other > 0; other = (other - 1) & ~one)
      expect(t, s->seed,
             worth(&s->base, one | other) >=
                 worth(&s->base, one) + worth(&s->base, other) - s->room,
             "%#x and %#x earn less together", one, other);
}

static void law_par(tally *t, subject *s) {
  unsigned const all = (1u << s->g.n_agreements) - 1;
  if (s->g.par < 0 || !s->g.choices) return;
  for (unsigned set = 0; set <= all; set++) {
    double const gain =
        joint(&s->base, set | 1u << s->g.par) - joint(&s->base, set & ~(1u << s->g.par));
    expect(t, s->seed, fabs(gain) <= s->room, "an agreement at the market's price is worth %.6g",
           gain);
  }
}

static bool same_splits(const subject *s, const valued *x, pl_split_rule rule) {
  bool same = true;
  for (int i = 0; i < s->g.n_parties; i++) {
    double const one = s->base.v->split[rule].part[s->base.party[i]];
    double const other = x->v->split[rule].part[x->party[i]];
    same &= (isnan(one) && isnan(other)) || fabs(one - other) <= 10 * s->room;
  }
  return same;
}

static void law_order(tally *t, subject *s) {
  valued x;
  value(&x, &s->g, &(law_dress){.seed = s->seed, .order = true, .units = true}, 2);
  expect(t, s->seed, x.v, "written in another order: %s", pl_status_text(x.run.status));
  for (unsigned set = 0; x.v && !(set >> s->g.n_agreements); set++)
    expect(t, s->seed, fabs(joint(&x, set) - joint(&s->base, set)) <= s->room,
           "another order: %#x is worth %.12g, not %.12g", set, joint(&x, set),
           joint(&s->base, set));
  for (unsigned set = 1; x.v && !(set >> s->g.n_parties); set++)
    expect(t, s->seed, fabs(worth(&x, set) - worth(&s->base, set)) <= s->room,
           "another order: coalition %#x has %.12g, not %.12g", set, worth(&x, set),
           worth(&s->base, set));
  for (int r = 0; x.v && r < PL_SPLITS; r++)
    if (r != PL_SPLIT_OWEN) /* which hangs on duals, of which there may be many */
      expect(t, s->seed, same_splits(s, &x, (pl_split_rule)r), "another order: another split by %s",
             pl_split_name((pl_split_rule)r));
  law_done(&x.run);
}

static void law_splits(tally *t, subject *s) {
  const pl_valuation *v = s->base.v;
  double const all = v->v[(1u << v->n_parties) - 1];
  for (int r = 0; r < PL_SPLITS; r++) {
    double parts = 0, transfers = 0;
    for (int q = 0; q < v->n_parties; q++) {
      parts += v->split[r].part[q];
      transfers += v->split[r].transfer[q];
    }
    if (r == PL_SPLIT_NASH && isnan(parts)) continue; /* together they earn less than apart */
    /* Duals of a plan in whole numbers hold with these fixed: they need not add up. */
    if (r == PL_SPLIT_OWEN && v->program->lp.n_integer > 0) continue;
    expect(t, s->seed, fabs(parts - all) <= s->room && fabs(transfers) <= s->room,
           "%s splits %.12g into %.12g, with transfers of %.3g", pl_split_name((pl_split_rule)r),
           all, parts, transfers);
  }
}

static void law_twins(tally *t, subject *s) {
  if (!s->g.twins) return;
  expect(t, s->seed,
         fabs(worth(&s->base, 2) - worth(&s->base, 4)) <= s->room &&
             fabs(worth(&s->base, 3) - worth(&s->base, 5)) <= s->room,
         "twins are worth %.12g and %.12g", worth(&s->base, 2), worth(&s->base, 4));
  static const pl_split_rule rules[] = {PL_SPLIT_SHAPLEY, PL_SPLIT_NUCLEOLUS, PL_SPLIT_NASH};
  for (int i = 0; i < 3; i++) {
    const double *part = s->base.v->split[rules[i]].part;
    double const one = part[s->base.party[1]], other = part[s->base.party[2]];
    expect(t, s->seed, (isnan(one) && isnan(other)) || fabs(one - other) <= 10 * s->room,
           "%s gives twins %.12g and %.12g", pl_split_name(rules[i]), one, other);
  }
}

static void law_payments(tally *t, subject *s) {
  pl_schedule *plan = NULL;
  pl_audit audit = {0};
  pl_status status = pl_schedule_make(s->base.run.p, s->base.v->plan, s->arena, &plan);
  if (status == PL_OK) status = pl_audit_run(plan, 1e-6, s->arena, &audit, s->base.run.diag);
  expect(t, s->seed, status == PL_OK && audit.passed && audit.transfers_gap < 0.005,
         "the joint plan: %s, payments leave %.3g over", pl_status_text(status),
         audit.transfers_gap);
  double sum = 0;
  for (int q = 0; q < s->g.n_parties; q++) sum += s->base.v->account_all[q];
  expect(t, s->seed, fabs(sum - s->base.v->all) <= s->room, "accounts add up to %.12g, not %.12g",
         sum, s->base.v->all);
}

static bool same_bits(const double *one, const double *other, int n) {
  return memcmp(one, other, (size_t)n * sizeof *one) == 0;
}

static void law_threads(tally *t, subject *s) {
  valued x;
  value(&x, &s->g, &(law_dress){0}, 4);
  const pl_valuation *one = s->base.v, *four = x.v;
  expect(t, s->seed, four, "on four threads: %s", pl_status_text(x.run.status));
  if (four) {
    int const n = one->n_parties;
    expect(t, s->seed, same_bits(one->v, four->v, 1 << n), "coalitions differ on four threads");
    expect(t, s->seed, same_bits(one->joint, four->joint, 1 << one->n_agreements),
           "subsets differ on four threads");
    expect(t, s->seed,
           same_bits(one->account_all, four->account_all, n) &&
               same_bits(one->account_none, four->account_none, n),
           "accounts differ on four threads");
    expect(t, s->seed,
           same_bits(one->plan->col_value, four->plan->col_value, one->program->lp.n_cols) &&
               same_bits(one->plan->row_dual, four->plan->row_dual, one->program->lp.n_rows),
           "the joint plan differs on four threads");
    for (int r = 0; r < PL_SPLITS; r++)
      expect(t, s->seed, same_bits(one->split[r].part, four->split[r].part, n),
             "%s's split differs on four threads", pl_split_name((pl_split_rule)r));
    for (int i = 0; i < one->n_agreements; i++)
      expect(t, s->seed, same_bits(one->worth[i].party, four->worth[i].party, n),
             "what agreement %d brings differs on four threads", i);
  }
  law_done(&x.run);
}

/* Out of force by bounds, or never in the program. */
static void law_inactive(tally *t, subject *s) {
  unsigned const set = (unsigned)law_pick(&s->random, 1 << s->g.n_agreements);
  law_agreed g = s->g;
  g.c = law_copy(s->arena, s->g.c);
  for (int i = 0; i < g.n_agreements; i++)
    if (!(set >> i & 1)) law_say(g.c, g.agreement[i], LAW_FIXED, "active", "no");
  law_run r;
  law_plan(&r, g.c, &(law_dress){0});
  expect(t, s->seed, r.status == PL_OK && fabs(r.value - joint(&s->base, set)) <= s->room,
         "%#x in force by bounds: %.12g; the others not active: %s, %.12g", set,
         joint(&s->base, set), pl_status_text(r.status), r.value);
  law_done(&r);
}

/* --- All of them
 * ---------------------------------------------------------------------------------- */

static const struct {
  const char *name;
  void (*check)(tally *, subject *);
} laws[] = {
    {"agreements have a value", law_sound},
    {"a choice more never hurts", law_choices},
    {"together no less than apart", law_together},
    {"at the market's price, worth nothing", law_par},
    {"another order, same values", law_order},
    {"splits add up", law_splits},
    {"twins get the same", law_twins},
    {"payments cancel", law_payments},
    {"any number of threads, same bits", law_threads},
    {"out of force is not active", law_inactive},
};
enum { LAWS = sizeof laws / sizeof *laws };

static void try_seed(uint64_t seed, tally *tallies) {
  subject s = {.seed = seed, .arena = pl_arena_new(), .random = {seed}};
  s.g = law_agreed_make(s.arena, seed);
  value(&s.base, &s.g, &(law_dress){0}, 1);
  s.room = 1e-7 * s.base.run.gross;
  for (int i = 0; i < LAWS && (i == 0 || s.base.v); i++) {
    int const said = tallies[i].held + tallies[i].broken;
    laws[i].check(&tallies[i], &s);
    tallies[i].silent += tallies[i].held + tallies[i].broken == said;
  }
  law_done(&s.base.run);
  pl_arena_free(s.arena);
}

static int show(uint64_t seed) {
  pl_arena *a = pl_arena_new();
  printf("%s", law_write(law_agreed_make(a, seed).c, &(law_dress){0}, a).yaml);
  pl_arena_free(a);
  return 0;
}

int main(int argc, char **argv) {
  law_seeds const tried = law_seeds_of(argc, argv, 100);
  if (tried.show) return show(tried.first);
  tally tallies[LAWS] = {{0}};
  for (int i = 0; i < tried.count; i++) try_seed(tried.first + (uint64_t)i, tallies);
  int held = 0, broken = 0;
  bool weak = false;
  for (int i = 0; i < LAWS; i++) {
    printf("%-40s %6d held %4d broken, silent on %d\n", laws[i].name, tallies[i].held,
           tallies[i].broken, tallies[i].silent);
    held += tallies[i].held;
    broken += tallies[i].broken;
    weak |= tried.count >= 40 && tallies[i].held == 0;
  }
  if (weak) printf("some say nothing\n");
  printf("%d passed, %d failed\n", held, broken + weak);
  return broken || weak ? 1 : 0;
}
