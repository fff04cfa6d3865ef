/* Games, the splits that have a formula, and the core: published numbers, Owen's theorem on a small
 * chain, and the laws that define Shapley's split. */
#include "fixture/context.h"
#include "fixture/lp.h"
#include "value_games.h"

#include "solve/solve.h"
#include "value/core.h"
#include "value/nucleolus.h"
#include "value/split.h"

static void shapley(context *c, const pl_game *g, double *split) {
  assert_int_equal(PL_OK, pl_game_shapley(g, split, c->diag));
}

static pl_core core_of(context *c, const pl_game *g) {
  pl_core core;
  assert_int_equal(PL_OK, pl_game_core(g, c->arena, &core, c->diag));
  return core;
}

static void a_game_is_checked(void **state) {
  context *c = *state;
  static const char *const names[] = {"ALRO", "Azeraluminium", "Sunstone"};
  double v[8] = {0, 1, 2, 3, 4, 5, 6, 7};
  pl_game g = {.n = 3, .v = v, .names = names};
  assert_int_equal(PL_OK, pl_game_check(&g, c->diag));
  v[5] = NAN;
  assert_int_equal(PL_RANGE, pl_game_check(&g, c->diag));
  assert_said(c->diag, "the value nan of the coalition ALRO + Sunstone is not a usable number");
  v[5] = 1e200;
  assert_int_equal(PL_RANGE, pl_game_check(&g, c->diag));
  v[5] = 5, v[0] = 1;
  assert_int_equal(PL_RANGE, pl_game_check(&g, c->diag));
  assert_said(c->diag, "a coalition of nobody earns 1: expected 0");
  v[0] = 0, g.n = PL_GAME_PLAYERS + 1;
  assert_int_equal(PL_RANGE, pl_game_check(&g, c->diag));
  g.n = 0;
  assert_int_equal(PL_RANGE, pl_game_check(&g, c->diag));
  assert_said(c->diag, "a game of 0 players: expected 1 to 12");
  assert_int_equal(5, pl_diag_size(c->diag));
}

static void a_coalition_has_a_name(void **state) {
  context *c = *state;
  static const char *const names[] = {"ALRO", "Azeraluminium", "Sunstone"};
  pl_game g = {.n = 3, .names = names};
  assert_string_equal("ALRO + Sunstone", pl_game_coalition(&g, 5, c->arena));
  assert_string_equal("nobody", pl_game_coalition(&g, 0, c->arena));
  g.names = NULL;
  assert_string_equal("2 + 3", pl_game_coalition(&g, 6, c->arena));
}

static void published_shapley(void **state) {
  context *c = *state;
  double v[16], split[4];
  pl_game g = game_listed(3, (double[]){2, 4, 5, 18, 14, 9, 24}, v);
  shapley(c, &g, split);
  assert_split(3, (double[]){9.5, 8, 6.5}, split, 1e-12);
  g = game_listed(3, (double[]){-12, -20, -33, -20, -33, -33, -33}, v);
  shapley(c, &g, split);
  assert_split(3, (double[]){-4, -8, -21}, split, 1e-12);
}

/* Four brothers claim 120, 60, 40 and 30 of an estate of 120: a coalition gets its largest claim.
 */
static void ibn_ezra(void **state) {
  context *c = *state;
  static const double claim[] = {120, 60, 40, 30};
  double v[16] = {0}, split[4];
  for (unsigned s = 1; s < 16; s++) {
    for (int i = 0; i < 4; i++) v[s] = s >> i & 1u ? fmax(v[s], claim[i]) : v[s];
  }
  shapley(c, &(pl_game){.n = 4, .v = v}, split);
  assert_split(4, (double[]){80.8333, 20.8333, 10.8333, 7.5}, split, 5e-5);
}

static void two_left_gloves_and_one_right(void **state) {
  context *c = *state;
  double v[8], split[3];
  pl_game const g = game_listed(3, (double[]){0, 0, 0, 0, 1, 1, 1}, v);
  shapley(c, &g, split);
  assert_split(3, (double[]){1 / 6.0, 1 / 6.0, 2 / 3.0}, split, 1e-12);
  unsigned who = 0;
  near(1 / 6.0, pl_game_excess(&g, split, &who));
  assert_int_equal(5, who); /* {1,3}, before {2,3} which has the same excess */
  pl_core const core = core_of(c, &g);
  assert_false(core.empty);
  within(0, core.epsilon, 1e-12);
  assert_split(3, (double[]){0, 0, 1}, core.low, 1e-9);
  assert_split(3, (double[]){0, 0, 1}, core.high, 1e-9);
  assert_int_equal(PL_OK, pl_game_nucleolus(&g, PL_NUCLEOLUS, split, c->diag));
  assert_split(3, (double[]){0, 0, 1}, split, 1e-12);
}

/* Ingot takes 2 alumina, 15 power, 1 pot and earns 1600; coil takes 1 mill more and earns 1900;
 * alumina sells for 350, power for 40 (kt, GWh, thousand USD). */
enum { RESOURCES = 4, ACTIVITIES = 4, OWNERS = 3 };
static const double owned[OWNERS][RESOURCES] = {
    {200, 0, 0, 30}, {0, 750, 60, 0}, {0, 300, 0, 0}}; /* alumina, power, pots, mill */

static pl_solution *solve_chain(context *c, unsigned coalition) {
  static const double cost[] = {-1600, -1900, -350, -40};
  static const double takes[RESOURCES * ACTIVITIES] = {2,  2,  1, 0,  /* alumina */
                                                       15, 15, 0, 1,  /* power */
                                                       1,  1,  0, 0,  /* pots */
                                                       0,  1,  0, 0}; /* mill */
  double least[RESOURCES], most[RESOURCES] = {0};
  for (int r = 0; r < RESOURCES; r++) {
    least[r] = -INFINITY;
    for (int i = 0; i < OWNERS; i++) most[r] += coalition >> i & 1u ? owned[i][r] : 0;
  }
  paper p;
  pl_solver *solver = NULL;
  pl_solution *answer = NULL;
  paper_init(&p, ACTIVITIES, RESOURCES, cost, takes, least, most);
  assert_int_equal(PL_OK, pl_solver_new(&p.lp, &PL_SOLVE_DEFAULTS, &solver, c->diag));
  assert_int_equal(PL_OK, pl_solver_run(solver, c->arena, &answer, c->diag));
  pl_solver_free(solver);
  return answer;
}

static pl_game chain_game(context *c, double *v) {
  for (unsigned s = 0; s < 8; s++) v[s] = s == 0 ? 0 : -solve_chain(c, s)->objective;
  return (pl_game){.n = OWNERS, .v = v};
}

static void the_chain_is_worth_what_owen_s_example_says(void **state) {
  context *c = *state;
  static const double wanted[] = {0, 70000, 30000, 124000, 12000, 82000, 42000, 139000};
  double v[8];
  (void)chain_game(c, v);
  for (unsigned s = 0; s < 8; s++) near(wanted[s], v[s]);
}

static void assert_chain_split(const pl_game *g, const double *wanted, const double *split,
                               double excess, unsigned who) {
  unsigned found = 0;
  assert_split(OWNERS, wanted, split, 1e-6);
  within(excess, pl_game_excess(g, split, &found), 1e-6);
  if (who) assert_int_equal(who, found);
}

static void the_chain_s_splits(void **state) {
  context *c = *state;
  static const double dual[] = {350, 40, 300, 300};
  double v[8], split[OWNERS] = {0}, worth[RESOURCES];
  pl_game const g = chain_game(c, v);
  const pl_solution *joint = solve_chain(c, 7);
  for (int r = 0; r < RESOURCES; r++) worth[r] = -joint->row_dual[r];
  assert_split(RESOURCES, dual, worth, 1e-9);
  for (int i = 0; i < OWNERS; i++) /* Owen: what it owns at those prices */
    for (int r = 0; r < RESOURCES; r++) split[i] += worth[r] * owned[i][r];
  assert_chain_split(&g, (double[]){79000, 48000, 12000}, split, 0, 0);
  shapley(c, &g, split);
  assert_chain_split(&g, (double[]){83000, 43000, 13000}, split, -1000, 0);
  assert_int_equal(PL_OK, pl_game_nucleolus(&g, PL_NUCLEOLUS, split, c->diag));
  assert_chain_split(&g, (double[]){82750, 42750, 13500}, split, -1500, 0);
  assert_int_equal(PL_OK, pl_game_nash(&g, NULL, split, c->diag));
  assert_chain_split(&g, (double[]){79000, 39000, 21000}, split, 6000, 3);
}

static void the_chain_s_core(void **state) {
  context *c = *state;
  double v[8];
  pl_game const g = chain_game(c, v);
  pl_core const core = core_of(c, &g);
  assert_false(core.empty);
  within(-1500, core.epsilon, 1e-6);
  within(-1500, pl_game_excess(&g, core.split, NULL), 1e-6);
  assert_split(OWNERS, (double[]){70000, 30000, 12000}, core.low, 1e-6);
  assert_split(OWNERS, (double[]){97000, 57000, 15000}, core.high, 1e-6);
}

static void an_empty_core_says_by_how_much(void **state) {
  context *c = *state;
  double v[8];
  pl_game const g = game_listed(3, (double[]){0, 0, 0, 1, 1, 1, 1}, v); /* any two get it all */
  pl_core const core = core_of(c, &g);
  assert_true(core.empty);
  near(1 / 3.0, core.epsilon);
  assert_true(isnan(core.low[0]) && isnan(core.high[2]));
  pl_core const one = core_of(c, &(pl_game){.n = 1, .v = (double[]){0, 4}});
  assert_true(isinf(one.epsilon) && !one.empty && one.low[0] == 4 && one.high[0] == 4);
}

/* Coalitions that object equally are told apart by their masks, not by rounding: 0.9 − 0.3 − 0.2 is
 * a little less than 1.1 − 0.2 − 0.5. */
static void equal_objections_name_the_first(void **state) {
  (void)state;
  double v[8];
  unsigned who = 0;
  pl_game const g = game_listed(3, (double[]){0, 0, 0, 0.9, 0, 1.1, 1}, v);
  near(0.4, pl_game_excess(&g, (double[]){0.3, 0.2, 0.5}, &who));
  assert_int_equal(3, who);
}

/* Of equal objections that of fewer, then that of the names that come first, in whatever order. */
static void equal_objections_are_told_apart_by_names(void **state) {
  (void)state;
  static const char *const names[][3] = {{"alro", "mine", "port"}, {"port", "mine", "alro"}};
  unsigned who = 0;
  double v[8] = {0};
  for (int way = 0; way < 2; way++) {
    pl_game const g = {.n = 3, .v = v, .names = names[way]};
    double const split[] = {0.5, 0.5, 0.5};
    memset(v, 0, sizeof v);
    v[7] = 1.5;
    v[3] = v[5] = v[6] = 1.25; /* every two of them by a quarter */
    v[way ? 3 : 6] += 1e-11;   /* mine and port by rounding more */
    near(0.25, pl_game_excess(&g, split, &who));
    assert_int_equal(way ? 6 : 3, who); /* alro and mine */
    v[2] = 0.75 - 1e-11;                /* mine alone */
    near(0.25, pl_game_excess(&g, split, &who));
    assert_int_equal(2, who);
  }
}

/* A core that is one point stays one when the values are off by less than rounding. */
static void rounding_does_not_empty_a_core(void **state) {
  context *c = *state;
  static double v[64];
  for (uint64_t seed = 1; seed <= 30; seed++) {
    pl_game const g = random_game(GLOVE, seed, 6, v);
    for (unsigned s = 1; s < 64; s++) v[s] += 1e-11 * random_at(seed, s);
    pl_core const core = core_of(c, &g);
    if (v[63] < 0.5) continue; /* no pairs at all: the noise is the game */
    assert_false(core.empty);
    for (int i = 0; i < 6; i++) assert_true(core.low[i] <= core.high[i]);
  }
}

/* Where each end of a range is, some split of the core has it: raising it by a little beyond makes
 * the core of the game with that player's value raised empty. */
static void core_ranges_are_tight(void **state) {
  context *c = *state;
  static double v[64], raised[64];
  int tried = 0;
  for (uint64_t seed = 1; seed <= 30; seed++) {
    pl_game const g = random_game(PAYING, seed, 5, v);
    pl_core const core = core_of(c, &g);
    for (int i = 0; i < 5 && !core.empty; i++, tried++) {
      memcpy(raised, v, sizeof raised);
      pl_game const h = {.n = 5, .v = raised};
      double const room = core.high[i] - core.low[i];
      raised[1u << i] = core.high[i] - 1e-3 * room;
      assert_false(core_of(c, &h).empty);
      raised[1u << i] = core.high[i] + 1e-3 * room;
      assert_true(core_of(c, &h).empty);
    }
  }
  assert_true(tried > 50);
}

/* What claims leave of an estate is a convex game: its core holds Shapley's split. */
static void shapley_is_in_the_core_of_convex_games(void **state) {
  context *c = *state;
  static double v[64];
  for (uint64_t seed = 1; seed <= 20; seed++) {
    double split[6];
    pl_game const g = random_game(BANKRUPT, seed, 6, v);
    shapley(c, &g, split);
    assert_true(pl_game_excess(&g, split, NULL) <= 1e-9);
  }
}

/* Efficiency, additivity, and nothing more than its own for a player that adds no more. */
static void shapley_s_laws(void **state) {
  context *c = *state;
  double v[64], w[64], sum[64], a[6], b[6], both[6];
  for (uint64_t seed = 1; seed <= 20; seed++) {
    pl_game const g = random_game(ANY, seed, 6, v), h = random_game(WHOLE, seed + 99, 6, w);
    for (unsigned s = 0; s < 64; s++) sum[s] = v[s] + w[s];
    shapley(c, &g, a);
    shapley(c, &h, b);
    shapley(c, &(pl_game){.n = 6, .v = sum}, both);
    double total = 0;
    for (int i = 0; i < 6; i++) near(a[i] + b[i], both[i]), total += a[i];
    near(v[63], total);
    for (unsigned s = 0; s < 32; s++) v[s | 32] = v[s] + 7; /* the last player adds 7 to anyone */
    shapley(c, &g, a);
    near(7, a[5]);
  }
}

/* What depends on the number of members only treats all alike; swapping two players swaps them. */
static void shapley_is_symmetric(void **state) {
  context *c = *state;
  double v[64], swapped[64], a[6], b[6];
  for (unsigned s = 0; s < 64; s++) v[s] = pow(members_of(s), 2);
  shapley(c, &(pl_game){.n = 6, .v = v}, a);
  for (int i = 0; i < 6; i++) near(6, a[i]);
  pl_game const g = random_game(ANY, 3, 6, v);
  for (unsigned s = 0; s < 64; s++) {
    swapped[(s & 0x3c) | (s >> 1 & 1u) | (s & 1u) << 1] = v[s];
  }
  shapley(c, &g, a);
  shapley(c, &(pl_game){.n = 6, .v = swapped}, b);
  near(a[0], b[1]);
  near(a[1], b[0]);
  near(a[4], b[4]);
}

static void nash_weighs(void **state) {
  context *c = *state;
  double const v[] = {0, 10, 20, 60};
  pl_game const g = {.n = 2, .v = v};
  double split[2];
  assert_int_equal(PL_OK, pl_game_nash(&g, (double[]){2, 1}, split, c->diag));
  assert_split(2, (double[]){30, 30}, split, 1e-12);
  assert_int_equal(PL_RANGE, pl_game_nash(&g, (double[]){2, -1}, split, c->diag));
  assert_said(c->diag, "a bargaining weight of -1: expected 0 or more");
  assert_int_equal(PL_RANGE, pl_game_nash(&g, (double[]){0, 0}, split, c->diag));
  assert_said(c->diag, "the bargaining weights add up to 0");
  assert_int_equal(PL_RANGE, pl_game_nash(&g, (double[]){NAN, 1}, split, c->diag));
  double const lost[] = {0, 10, 20, 25};
  assert_int_equal(PL_RANGE, pl_game_nash(&(pl_game){.n = 2, .v = lost}, NULL, split, c->diag));
  assert_said(c->diag,
              "together the players earn 5 less than separately: there is nothing to bargain over");
  assert_split(2, (double[]){30, 30}, split, 1e-12); /* untouched */
}

static void philox_is_philox(void **state) {
  (void)state;
  uint32_t out[4];
  pl_philox(0, (uint32_t[4]){0}, out);
  assert_memory_equal(out, ((uint32_t[4]){0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}), 16);
  pl_philox(UINT64_MAX, (uint32_t[4]){~0u, ~0u, ~0u, ~0u}, out);
  assert_memory_equal(out, ((uint32_t[4]){0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}), 16);
}

static pl_status look_up(void *user, uint64_t coalition, double *v, pl_diag *diag) {
  (void)diag;
  *v = ((const pl_game *)user)->v[coalition];
  return PL_OK;
}

static pl_status sampled(context *c, pl_sampling how, double *split, double *error) {
  return pl_game_shapley_sampled(&how, split, error, c->diag);
}

static void sampling_nears_shapley(void **state) {
  context *c = *state;
  static double v[1024];
  int far_off = 0;
  for (uint64_t seed = 1; seed <= 10; seed++) {
    pl_game g = random_game(ANY, seed, 10, v);
    double exact[10], split[10], error[10], total = 0;
    shapley(c, &g, exact);
    assert_int_equal(PL_OK, sampled(c, (pl_sampling){10, look_up, &g, seed, 400}, split, error));
    for (int i = 0; i < 10; i++) {
      total += split[i];
      assert_true(error[i] > 0.01 && error[i] < 0.2);
      assert_true(fabs(split[i] - exact[i]) < 5 * error[i]);
      far_off += fabs(split[i] - exact[i]) > 2 * error[i];
    }
    near(v[1023], total);
  }
  assert_in_range(far_off, 0, 12); /* of 100, 5 are expected */
}

/* The error is that of the mean of the pairs' own means, which runs of one pair more each give. */
static void sampling_errors_are_of_the_pairs(void **state) {
  context *c = *state;
  enum { PLAYERS = 5, PAIRS = 7 };
  static double v[32];
  pl_game g = random_game(ANY, 3, PLAYERS, v);
  double split[PLAYERS], error[PLAYERS], mean[PAIRS + 1][PLAYERS] = {{0}};
  for (int k = 1; k <= PAIRS; k++) {
    pl_sampling const s = {PLAYERS, look_up, &g, 1, k};
    assert_int_equal(PL_OK, sampled(c, s, split, error));
    memcpy(mean[k], split, sizeof split);
  }
  for (int i = 0; i < PLAYERS; i++) {
    double square = 0;
    for (int k = 1; k <= PAIRS; k++) {
      double const own = k * mean[k][i] - (k - 1) * mean[k - 1][i];
      square += (own - mean[PAIRS][i]) * (own - mean[PAIRS][i]);
    }
    near(sqrt(square / (PAIRS - 1) / PAIRS), error[i]);
  }
}

/* The players' number squared, and 5 more with player 7 aboard. */
static pl_status square(void *user, uint64_t coalition, double *v, pl_diag *diag) {
  int members = 0;
  for (uint64_t s = coalition; s > 0; s &= s - 1) members++;
  if (user && members == 3) return pl_fail(diag, PL_STOPPED, PL_NOWHERE, "enough");
  *v = members * members + (coalition >> 7 & 1u ? 5 : 0);
  return PL_OK;
}

static pl_status unknown(void *user, uint64_t coalition, double *v, pl_diag *diag) {
  (void)user, (void)coalition, (void)diag;
  *v = NAN;
  return PL_OK;
}

static void sampling_takes_many_players(void **state) {
  context *c = *state;
  double split[64], again[64], error[64];
  assert_int_equal(PL_OK, sampled(c, (pl_sampling){40, square, NULL, 1, 50}, split, error));
  /* An order and its reverse cancel what depends on the place alone. */
  for (int i = 0; i < 40; i++) near(i == 7 ? 45 : 40, split[i]), within(0, error[i], 1e-9);
  assert_int_equal(PL_OK, sampled(c, (pl_sampling){64, square, NULL, 1, 1}, split, error));
  assert_true(isnan(error[0]));
  assert_int_equal(PL_OK, sampled(c, (pl_sampling){64, square, NULL, 1, 1}, again, error));
  assert_memory_equal(split, again, sizeof split);
  assert_int_equal(PL_STOPPED, sampled(c, (pl_sampling){9, square, c, 1, 5}, again, error));
  assert_int_equal(PL_RANGE, sampled(c, (pl_sampling){65, square, NULL, 1, 5}, again, error));
  assert_int_equal(PL_RANGE, sampled(c, (pl_sampling){5, square, NULL, 1, 0}, again, error));
  assert_said(c->diag, "0 pairs of orders to sample: expected 1 or more");
  assert_int_equal(PL_RANGE, sampled(c, (pl_sampling){5, unknown, NULL, 1, 1}, again, error));
  assert_said(c->diag, "the value nan of a coalition is not a number");
  assert_memory_equal(split, again, sizeof split);
}

#define test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      test(a_game_is_checked),
      test(a_coalition_has_a_name),
      test(published_shapley),
      test(ibn_ezra),
      test(two_left_gloves_and_one_right),
      test(the_chain_is_worth_what_owen_s_example_says),
      test(the_chain_s_splits),
      test(the_chain_s_core),
      test(an_empty_core_says_by_how_much),
      test(equal_objections_name_the_first),
      test(equal_objections_are_told_apart_by_names),
      test(rounding_does_not_empty_a_core),
      test(core_ranges_are_tight),
      test(shapley_is_in_the_core_of_convex_games),
      test(shapley_s_laws),
      test(shapley_is_symmetric),
      test(nash_weighs),
      test(philox_is_philox),
      test(sampling_nears_shapley),
      test(sampling_errors_are_of_the_pairs),
      test(sampling_takes_many_players),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
