/* The valuation: which programs to solve, and what follows from their results. */
#include <math.h>
#include <string.h>
#include <time.h>

#include "chain/clause.h"
#include "value/core.h"
#include "value/farm.h"
#include "value/finer.h"
#include "value/nucleolus.h"
#include "value/owen.h"
#include "value/split.h"
#include "value/transfer.h"
#include "value/worth.h"

const char *pl_split_name(pl_split_rule r) {
  static const char *const names[] = {"Shapley", "nucleolus", "Owen", "Nash"};
  return names[r];
}

static double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* --- The list of solves ----------------------------------------------------------------------- */

typedef struct {
  pl_valuation *v;
  pl_farm farm;
  pl_arena *a;
  pl_farm_task *task;
  int n_tasks;
  int *of_subset;     /* [2^k] task of each subset of agreements, −1; NULL beyond the limit */
  int none, all;      /* tasks */
  int *without;       /* [k] tasks: all agreements except this one */
  int *only;          /* [k] */
  int *coalition;     /* [2^n] */
  int *without_both;  /* [n_pairs] */
  pl_direction *owen; /* [n_parties] parts as sums of prices */
  int *own; /* [n_parties] task in which a party plans for itself under all agreements, −1 */
} valuer;

static unsigned everybody(const valuer *u) { return (1u << u->v->n_parties) - 1; }
static unsigned everything(const valuer *u) { return (1u << u->v->n_agreements) - 1; }

/* No task is solved twice: tasks with the same parties and agreements are one. */
static int want(valuer *u, unsigned parties, unsigned agreements, bool keep) {
  for (int i = 0; i < u->n_tasks; i++) {
    if (u->task[i].parties != parties || u->task[i].agreements != agreements ||
        u->task[i].free >= 0)
      continue;
    u->task[i].keep |= keep;
    return i;
  }
  u->task[u->n_tasks] =
      (pl_farm_task){.parties = parties, .agreements = agreements, .free = -1, .keep = keep};
  return u->n_tasks++;
}

/* A party plans for itself, the others are bound by their agreements. */
static int want_own(valuer *u, int party) {
  u->task[u->n_tasks] = (pl_farm_task){.parties = 1u << party,
                                       .agreements = everything(u),
                                       .free = party,
                                       .keep = true,
                                       .may_be_endless = true};
  return u->n_tasks++;
}

static const pl_agreement *agreement(const valuer *u, int i) {
  return &u->v->program->c->agreements[u->v->agreement[i]];
}

static bool between(const pl_agreement *agreement, int one, int other) {
  int const giver = pl_agreement_giver(agreement), taker = pl_agreement_taker(agreement);
  return (giver == one && taker == other) || (giver == other && taker == one);
}

static void list_pairs(valuer *u) {
  pl_valuation *v = u->v;
  size_t const most = (size_t)v->n_agreements * (size_t)v->n_agreements / 2 + 1;
  v->pair = PL_NEW_ARRAY(u->a, pl_price_pair, most);
  u->without_both = PL_NEW_ARRAY(u->a, int, most);
  for (int i = 0; i < v->n_agreements; i++) {
    int const giver = pl_agreement_giver(agreement(u, i));
    int const taker = pl_agreement_taker(agreement(u, i));
    for (int j = i + 1; giver >= 0 && j < v->n_agreements; j++) {
      if (!between(agreement(u, j), giver, taker)) continue;
      u->without_both[v->n_pairs] =
          want(u, everybody(u), everything(u) & ~(1u << i) & ~(1u << j), true);
      v->pair[v->n_pairs++] = (pl_price_pair){.first = i, .second = j, .party = {giver, taker}};
    }
  }
}

/* With too many agreements to solve all subsets, Shapley's shares come from a sample of orders,
 * whose subsets are listed here and whose values are looked up afterwards. The sample orders
 * agreements by name, so that it does not depend on how the case is written. */
enum { SAMPLED_PAIRS = 64 };

/* The i-th agreement by name. */
static int sampled_agreement(const valuer *u, int i) {
  for (int j = 0; j < u->v->n_agreements; j++) {
    int before = 0;
    for (int k = 0; k < u->v->n_agreements; k++)
      before += strcmp(agreement(u, k)->name, agreement(u, j)->name) < 0;
    if (before == i) return j;
  }
  return i;
}

static int want_sample(valuer *u, uint64_t by_name) {
  unsigned subset = 0;
  for (int i = 0; i < u->v->n_agreements; i++)
    if (by_name >> i & 1) subset |= 1u << sampled_agreement(u, i);
  return want(u, everybody(u), subset, false);
}

static pl_status want_sampled(void *user, uint64_t subset, double *value, pl_diag *diag) {
  (void)diag;
  (void)want_sample(user, subset);
  *value = 0;
  return PL_OK;
}

static pl_status look_up(void *user, uint64_t subset, double *value, pl_diag *diag) {
  (void)diag;
  valuer *u = user;
  *value = u->task[want_sample(u, subset)].value - u->v->none;
  return PL_OK;
}

static pl_status sample(valuer *u, pl_worth *worth, double *share, double *error, pl_diag *diag) {
  double by_name[PL_SAMPLED_PLAYERS], errors[PL_SAMPLED_PLAYERS];
  pl_sampling const s = {
      .n = u->v->n_agreements, .worth = worth, .user = u, .seed = 1, .pairs = SAMPLED_PAIRS};
  PL_TRY(pl_game_shapley_sampled(&s, by_name, errors, diag));
  for (int i = 0; i < s.n; i++) {
    share[sampled_agreement(u, i)] = by_name[i];
    error[sampled_agreement(u, i)] = errors[i];
  }
  return PL_OK;
}

static pl_status list_subsets(valuer *u, pl_diag *diag) {
  int const k = u->v->n_agreements;
  if (k > PL_VALUE_AGREEMENTS) {
    double *unused = PL_NEW_ARRAY(u->a, double, 2 * (size_t)k);
    return sample(u, want_sampled, unused, unused + k, diag);
  }
  size_t const subsets = (size_t)1 << k;
  u->of_subset = PL_NEW_ARRAY(u->a, int, subsets);
  for (unsigned s = 0; s < subsets; s++) u->of_subset[s] = want(u, everybody(u), s, false);
  return PL_OK;
}

static pl_status list_tasks(valuer *u, pl_diag *diag) {
  pl_valuation *v = u->v;
  int const k = v->n_agreements, n = v->n_parties;
  size_t const subsets = k <= PL_VALUE_AGREEMENTS ? (size_t)1 << k : 2 * SAMPLED_PAIRS * (size_t)k;
  size_t const coalitions = (size_t)1 << n, pairs = (size_t)k * (size_t)k / 2;
  u->task = PL_NEW_ARRAY(u->a, pl_farm_task,
                         subsets + coalitions + pairs + 2 * (size_t)k + (size_t)n + 2);
  u->all = want(u, everybody(u), everything(u), true);
  u->none = want(u, everybody(u), 0, true);
  u->without = PL_NEW_ARRAY(u->a, int, (size_t)k);
  u->only = PL_NEW_ARRAY(u->a, int, (size_t)k);
  for (int i = 0; i < k; i++) {
    u->without[i] = want(u, everybody(u), everything(u) & ~(1u << i), true);
    u->only[i] = want(u, everybody(u), 1u << i, false);
  }
  u->coalition = PL_NEW_ARRAY(u->a, int, coalitions);
  for (unsigned s = 1; s < coalitions; s++)
    u->coalition[s] = want(u, s, pl_farm_inside(&u->farm, s), false);
  u->own = PL_NEW_ARRAY(u->a, int, (size_t)n);
  for (int q = 0; q < n; q++) u->own[q] = -1;
  for (int i = 0; i < k; i++) {
    int const holder = pl_agreement_holder(agreement(u, i));
    if (holder >= 0 && u->own[holder] < 0) u->own[holder] = want_own(u, holder);
  }
  list_pairs(u);
  return list_subsets(u, diag);
}

/* --- What follows from the results ------------------------------------------------------------ */

/* Where a coalition or a subset has no plan (a value of NAN) there is no gain to split. */
static bool all_planned(const double *v, size_t n) {
  for (size_t s = 1; s < n; s++)
    if (isnan(v[s])) return false;
  return true;
}

static void fill_values(valuer *u) {
  pl_valuation *v = u->v;
  size_t const coalitions = (size_t)1 << v->n_parties;
  v->v = PL_NEW_ARRAY(u->a, double, coalitions);
  v->v_within = PL_NEW_ARRAY(u->a, double, coalitions);
  for (size_t s = 1; s < coalitions; s++) {
    v->v[s] = u->task[u->coalition[s]].value;
    v->v_within[s] = u->task[u->coalition[s]].within;
    v->split_within = fmax(v->split_within, 3 * v->v_within[s]);
  }
  v->none = u->task[u->none].value;
  v->all = u->task[u->all].value;
  v->none_within = u->task[u->none].within;
  v->all_within = u->task[u->all].within;
  v->account_none = u->task[u->none].account;
  v->account_all = u->task[u->all].account;
  v->plan = u->task[u->all].plan;
  v->plan_none = u->task[u->none].plan;
  if (!u->of_subset) return;
  size_t const subsets = (size_t)1 << v->n_agreements;
  v->joint = PL_NEW_ARRAY(u->a, double, subsets);
  v->joint_within = PL_NEW_ARRAY(u->a, double, subsets);
  for (size_t s = 0; s < subsets; s++) {
    v->joint[s] = u->task[u->of_subset[s]].value;
    v->joint_within[s] = u->task[u->of_subset[s]].within;
  }
}

static void no_split(valuer *u, pl_split *s) {
  size_t const n = (size_t)u->v->n_parties;
  s->part = PL_NEW_ARRAY(u->a, double, n);
  s->transfer = PL_NEW_ARRAY(u->a, double, n);
  for (size_t i = 0; i < n; i++) s->part[i] = s->transfer[i] = (double)NAN;
  s->excess = (double)NAN;
}

/* A rule may have no solution (Nash, where the parties earn less together than alone): then its
 * parts are NAN. */
static void fill_split(valuer *u, const pl_game *g, pl_split_rule rule) {
  pl_valuation *v = u->v;
  pl_split *s = &v->split[rule];
  pl_diag *quiet = pl_diag_new();
  no_split(u, s);
  pl_status done = PL_OK;
  if (rule == PL_SPLIT_SHAPLEY) done = pl_game_shapley(g, s->part, quiet);
  if (rule == PL_SPLIT_NUCLEOLUS) done = pl_game_nucleolus(g, PL_NUCLEOLUS, s->part, quiet);
  if (rule == PL_SPLIT_NASH) done = pl_game_nash(g, NULL, s->part, quiet);
  if (rule == PL_SPLIT_OWEN) pl_owen_parts(&u->farm, v->plan, u->owen, s->part);
  if (done == PL_OK) {
    s->excess = pl_game_excess(g, s->part, &s->objector);
    (void)pl_transfers(v->n_parties, v->account_all, s->part, s->transfer, quiet);
  }
  pl_diag_free(quiet);
}

static pl_status fill_splits(valuer *u, pl_diag *diag) {
  pl_valuation *v = u->v;
  if (!all_planned(v->v, (size_t)1 << v->n_parties)) {
    v->least_core = (double)NAN;
    for (int r = 0; r < PL_SPLITS; r++) no_split(u, &v->split[r]);
    return PL_OK;
  }
  const char **names = PL_NEW_ARRAY(u->a, const char *, (size_t)v->n_parties + 1);
  for (int q = 0; q < v->n_parties; q++) names[q] = v->program->c->parties[q].name;
  pl_game const g = {.n = v->n_parties, .v = v->v, .names = names};
  pl_core core;
  u->owen = pl_owen_sums(&u->farm, v->plan, u->a);
  PL_TRY(pl_game_core(&g, u->a, &core, diag));
  v->least_core = core.epsilon;
  for (int r = 0; r < PL_SPLITS; r++) fill_split(u, &g, (pl_split_rule)r);
  return PL_OK;
}

static double least_known(const valuer *u) {
  double most = 0;
  for (int i = 0; i < u->n_tasks; i++) most = fmax(most, u->task[i].within);
  return most;
}

static void fill_worth(valuer *u) {
  pl_valuation *v = u->v;
  v->worth = PL_NEW_ARRAY(u->a, pl_agreement_worth, (size_t)v->n_agreements);
  for (int i = 0; i < v->n_agreements; i++) {
    pl_agreement_worth *w = &v->worth[i];
    w->agreement = v->agreement[i];
    w->alone = u->task[u->only[i]].value - v->none;
    w->joint_within = v->all_within + u->task[u->without[i]].within;
    w->alone_within = u->task[u->only[i]].within + v->none_within;
    w->share_within = 2 * least_known(u); /* a mean of differences */
    pl_worth_fill(&u->farm, &u->task[u->all], &u->task[u->without[i]], w, u->a);
  }
}

static pl_status fill_shares(valuer *u, pl_diag *diag) {
  pl_valuation *v = u->v;
  size_t const k = (size_t)v->n_agreements;
  double *share = PL_NEW_ARRAY(u->a, double, k), *error = PL_NEW_ARRAY(u->a, double, k);
  bool const game =
      v->joint ? all_planned(v->joint, (size_t)1 << k) : !isnan(v->none) && v->done == v->solves;
  if (!game || isnan(v->none)) {
    for (size_t i = 0; i < k; i++) share[i] = error[i] = (double)NAN;
  } else if (v->joint) {
    double *gain = PL_NEW_ARRAY(u->a, double, (size_t)1 << k);
    for (size_t s = 1; s < (size_t)1 << k; s++) gain[s] = v->joint[s] - v->none;
    PL_TRY(pl_game_shapley(&(pl_game){.n = v->n_agreements, .v = gain}, share, diag));
  } else {
    PL_TRY(sample(u, look_up, share, error, diag));
  }
  for (size_t i = 0; i < k; i++) {
    v->worth[i].share = share[i];
    v->worth[i].share_error = error[i];
  }
  return PL_OK;
}

static void fill_pairs(valuer *u) {
  pl_valuation *v = u->v;
  int kept = 0;
  for (int i = 0; i < v->n_pairs; i++) {
    pl_price_pair p = v->pair[i];
    const pl_agreement_worth *a = &v->worth[p.first], *b = &v->worth[p.second];
    const pl_farm_task *without = &u->task[u->without_both[i]];
    if (a->n_ranges == 0 || b->n_ranges == 0 || isnan(without->value)) continue;
    double const now[] = {a->ranges[0].now, b->ranges[0].now};
    if (!(fabs(now[0]) > 0) || !(fabs(now[1]) > 0) || isinf(now[0]) || isinf(now[1])) continue;
    pl_gain gain[2];
    for (int k = 0; k < 2; k++) {
      int const q = p.party[k];
      gain[k] =
          (pl_gain){.constant = v->account_all[q] - without->account[q] - a->slope[q] - b->slope[q],
                    .per_p = a->slope[q] / now[0],
                    .per_q = b->slope[q] / now[1]};
    }
    pl_zopa_polygon(2, gain, (pl_range){fmin(0, 2 * now[0]), fmax(0, 2 * now[0])},
                    (pl_range){fmin(0, 2 * now[1]), fmax(0, 2 * now[1])}, u->a, &p.polygon);
    v->pair[kept++] = p;
  }
  v->n_pairs = kept;
}

static void compare_years(valuer *u, int q, int i) {
  pl_valuation *v = u->v;
  const pl_farm_task *own = &u->task[u->own[q]];
  double const within = own->within + v->all_within;
  double *joint = PL_NEW_ARRAY(u->a, double, (size_t)v->years.n);
  double *alone = PL_NEW_ARRAY(u->a, double, (size_t)v->years.n);
  pl_worth_quantities(v->program, v->plan, v->agreement[i], &v->years, joint);
  pl_worth_quantities(v->program, own->plan, v->agreement[i], &v->years, alone);
  for (int y = 0; y < v->years.n; y++) {
    double const larger = fmax(fabs(joint[y]), fabs(alone[y]));
    if (fabs(joint[y] - alone[y]) <= 5e-3 * larger + 1e-6) continue;
    v->incentive[v->n_incentives++] = (pl_incentive){.party = q,
                                                     .agreement = v->agreement[i],
                                                     .year = y,
                                                     .joint_quantity = joint[y],
                                                     .own_quantity = alone[y],
                                                     .gain = own->value - v->account_all[q],
                                                     .within = within};
  }
}

/* Differences that earn the party nothing, or no more than the gaps leave open, are ties, not
 * incentives. */
static void fill_incentives(valuer *u) {
  pl_valuation *v = u->v;
  v->incentive =
      PL_NEW_ARRAY(u->a, pl_incentive, (size_t)v->n_agreements * (size_t)(v->years.n + 1));
  for (int i = 0; i < v->n_agreements; i++) {
    int const q = pl_agreement_holder(agreement(u, i));
    if (q < 0) continue;
    if (isinf(u->task[u->own[q]].value)) {
      v->incentive[v->n_incentives++] = (pl_incentive){.party = q,
                                                       .agreement = v->agreement[i],
                                                       .year = -1,
                                                       .joint_quantity = v->worth[i].quantity,
                                                       .own_quantity = (double)INFINITY,
                                                       .gain = (double)INFINITY};
      continue;
    }
    double const gain = u->task[u->own[q]].value - v->account_all[q];
    double const within = u->task[u->own[q]].within + v->all_within;
    if (gain > fmax(within, 1e-6 * (1 + fabs(v->account_all[q])))) compare_years(u, q, i);
  }
}

/* Results that depend on prices that are not unique get the range over those prices. */
static pl_status fill_sides(valuer *u, const pl_solve_options *by, pl_diag *diag) {
  pl_valuation *v = u->v;
  int const most = v->n_parties + v->n_agreements;
  const pl_direction **sum = PL_NEW_ARRAY(u->a, const pl_direction *, (size_t)most);
  pl_sides *side = PL_NEW_ARRAY(u->a, pl_sides, (size_t)most), **to;
  int n = 0;
  to = PL_NEW_ARRAY(u->a, pl_sides *, (size_t)most);
  v->owen = PL_NEW_ARRAY(u->a, pl_sides, (size_t)v->n_parties);
  for (int q = 0; u->owen && q < v->n_parties; q++) {
    to[n] = &v->owen[q];
    sum[n++] = &u->owen[q];
  }
  for (int i = 0; i < v->n_agreements; i++) {
    pl_agreement_worth *w = &v->worth[i];
    pl_price_range *r = w->n_ranges > 0 ? &w->ranges[0] : NULL;
    if (!r || !r->implied_sum) continue;
    to[n] = &r->implied_sides;
    sum[n++] = r->implied_sum;
  }
  PL_TRY(pl_explain_sides(v->program, v->plan, by, sum, n, side, diag));
  for (int k = 0; k < n; k++) *to[k] = side[k];
  return PL_OK;
}

static pl_status nothing_to_value(const pl_case *c, pl_diag *diag) {
  (void)pl_fail(diag, PL_RANGE, PL_NOWHERE,
                "no agreement of the case is in force, so there is "
                "nothing to value");
  if (c->n_agreements > 0)
    pl_hint(diag,
            "agreements that are not active: %d; choose a scenario that puts them in force, or set "
            "agreements.%s.active=yes",
            c->n_agreements, c->agreements[0].name);
  return PL_RANGE;
}

static pl_status check_size(const pl_valuation *v, pl_diag *diag) {
  if (v->n_parties > PL_VALUE_PARTIES)
    return pl_fail(diag, PL_RANGE, PL_NOWHERE,
                   "%d parties: coalitions can be valued for at most %d", v->n_parties,
                   PL_VALUE_PARTIES);
  if (v->n_agreements == 0) return nothing_to_value(v->program->c, diag);
  if (v->n_agreements > 30)
    return pl_fail(diag, PL_RANGE, PL_NOWHERE, "%d agreements: at most 30 can be valued at once",
                   v->n_agreements);
  return PL_OK;
}

pl_status pl_value_agreements(const pl_program *p, const pl_value_options *options, pl_arena *a,
                              pl_valuation **out, pl_diag *diag) {
  double const started = now_s();
  pl_valuation *v = PL_NEW(a, pl_valuation);
  valuer u = {.v = v, .a = a};
  v->program = p;
  v->n_parties = p->c->n_parties;
  v->agreement = PL_NEW_ARRAY(a, int, (size_t)p->c->n_agreements + 1);
  for (int i = 0; i < p->c->n_agreements; i++)
    if (p->c->agreements[i].active) v->agreement[v->n_agreements++] = i;
  PL_TRY(check_size(v, diag));
  PL_TRY(pl_value_finer_check(p->c, options, diag));
  pl_grid_init(&v->years, a, PL_YEAR, p->c->from, p->c->to);
  pl_farm_init(&u.farm, p, v->agreement, v->n_agreements, options, a);
  PL_TRY(list_tasks(&u, diag));
  pl_status const s = pl_farm_run(&u.farm, u.task, u.n_tasks, diag);
  if (s != PL_OK && !(s == PL_STOPPED && u.task[u.all].done && u.task[u.none].done)) return s;
  v->solves = u.n_tasks;
  for (int i = 0; i < u.n_tasks; i++) {
    v->done += u.task[i].done;
    v->again += u.task[i].again;
  }
  fill_values(&u);
  PL_TRY(fill_splits(&u, diag));
  fill_worth(&u);
  PL_TRY(fill_shares(&u, diag));
  fill_pairs(&u);
  fill_incentives(&u);
  PL_TRY(fill_sides(&u, &options->solve, diag));
  pl_status const seen = pl_value_finer(v, options, a, diag);
  v->seconds = now_s() - started;
  *out = v;
  return s == PL_OK ? seen : s;
}
