/* The nucleolus against published games, and against Kohlberg's criterion on random ones. */
#include "fixture/kohlberg.h"
#include "value_games.h"

#include "value/coalition_lp.h"
#include "value/core.h"
#include "value/nucleolus.h"
#include "value/split.h"

enum { MASKS = 1 << PL_GAME_PLAYERS };

static void solve(const pl_game *g, pl_nucleolus kind, double *split) {
  pl_diag *diag = pl_diag_new();
  assert_int_equal(PL_OK, pl_game_nucleolus(g, kind, split, diag));
  pl_diag_free(diag);
}

static bool passes_kohlberg(const pl_game *g, pl_nucleolus kind, const double *split) {
  pl_diag *diag = pl_diag_new();
  bool holds = false;
  assert_int_equal(PL_OK, kohlberg(g, kind, split, &holds, diag));
  pl_diag_free(diag);
  return holds;
}

static void assert_nucleolus(const pl_game *g, pl_nucleolus kind, const double *wanted) {
  double split[PL_GAME_PLAYERS];
  solve(g, kind, split);
  assert_split(g->n, wanted, split, 1e-12 * fmax(1, pl_game_size(g)));
  assert_true(passes_kohlberg(g, kind, split));
}

static void game_of_the_bnf_readme(void **state) {
  (void)state;
  double v[8];
  pl_game g = game_by_mask(3, (double[]){1, 2, 6, 5, 7, 8, 12}, v);
  assert_nucleolus(&g, PL_NUCLEOLUS, (double[]){2.75, 3.75, 5.5});
  v[2] = 3; /* as the text, not the file, has it */
  assert_nucleolus(&g, PL_NUCLEOLUS, (double[]){2.5, 4, 5.5});
}

static void talmud(void **state) {
  (void)state;
  static const double claim[] = {100, 200, 300};
  static const double estate[] = {100, 200, 300};
  static const double wanted[][3] = {
      {100 / 3.0, 100 / 3.0, 100 / 3.0}, {50, 75, 75}, {50, 100, 150}};
  for (int e = 0; e < 3; e++) {
    double v[8] = {0};
    for (unsigned s = 1; s < 8; s++) {
      double left = estate[e];
      for (int i = 0; i < 3; i++) left -= s >> i & 1u ? 0 : claim[i];
      v[s] = fmax(0, left);
    }
    assert_nucleolus(&(pl_game){.n = 3, .v = v}, PL_NUCLEOLUS, wanted[e]);
  }
}

static void published_games(void **state) {
  (void)state;
  double v[16];
  pl_game g = game_listed(3, (double[]){-1, 0, 1, 3, 4, 2, 5}, v);
  assert_nucleolus(&g, PL_NUCLEOLUS, (double[]){8 / 3.0, 2 / 3.0, 5 / 3.0});
  g = game_listed(4, (double[]){0, 0, 0, 0, 5, 5, 8, 9, 10, 8, 13, 15, 16, 17, 21}, v);
  assert_nucleolus(&g, PL_NUCLEOLUS, (double[]){3.5, 4.5, 5.5, 7.5});
  g = game_listed(3, (double[]){2, 6, 5, 15, 1, 18, 14}, v);
  assert_nucleolus(&g, PL_NUCLEOLUS, (double[]){2, 7, 5});
}

static void prenucleolus_may_give_less_than_alone(void **state) {
  (void)state;
  double v[8];
  pl_game const g = game_listed(3, (double[]){0, 0, 0, 10, 0, 0, 2}, v);
  assert_nucleolus(&g, PL_PRENUCLEOLUS, (double[]){3, 3, -4});
  assert_nucleolus(&g, PL_NUCLEOLUS, (double[]){1, 1, 0});
  assert_false(passes_kohlberg(&g, PL_NUCLEOLUS, (double[]){3, 3, -4}));
  assert_false(passes_kohlberg(&g, PL_PRENUCLEOLUS, (double[]){1, 1, 0}));
}

static void airport(void **state) {
  (void)state;
  double v[8];
  pl_game const g = game_listed(3, (double[]){-12, -20, -33, -20, -33, -33, -33}, v);
  assert_nucleolus(&g, PL_NUCLEOLUS, (double[]){-6, -7, -20});
}

static void one_and_two_players(void **state) {
  (void)state;
  double const alone[] = {0, 7}, pair[] = {0, 1, 2, 9}, none[] = {0, 1, 2, 3};
  assert_nucleolus(&(pl_game){.n = 1, .v = alone}, PL_NUCLEOLUS, (double[]){7});
  assert_nucleolus(&(pl_game){.n = 1, .v = alone}, PL_PRENUCLEOLUS, (double[]){7});
  assert_nucleolus(&(pl_game){.n = 2, .v = pair}, PL_NUCLEOLUS, (double[]){4, 5});
  assert_nucleolus(&(pl_game){.n = 2, .v = none}, PL_NUCLEOLUS, (double[]){1, 2});
  assert_nucleolus(&(pl_game){.n = 2, .v = none}, PL_PRENUCLEOLUS, (double[]){1, 2});
}

static void nobody_can_be_kept_where_joining_loses(void **state) {
  (void)state;
  double const v[] = {0, 5, 5, 9};
  pl_game const g = {.n = 2, .v = v};
  double split[2] = {-1, -1};
  pl_diag *diag = pl_diag_new();
  assert_int_equal(PL_RANGE, pl_game_nucleolus(&g, PL_NUCLEOLUS, split, diag));
  assert_said(diag, "together the players earn 1 less than separately: no split gives every player "
                    "what it earns alone");
  assert_int_equal(1, pl_diag_count(diag, PL_ERROR));
  pl_diag_free(diag);
  assert_true(split[0] == -1 && split[1] == -1);
  assert_nucleolus(&g, PL_PRENUCLEOLUS, (double[]){4.5, 4.5});
}

/* Each of two asks for more than half: with ε it can be told by how much, without there is none. */
static void nothing_meets_what_cannot_be_met(void **state) {
  (void)state;
  double const w[] = {0, 0.6, 0.6, 1};
  bool open[] = {false, true, true, false};
  pl_coalition_lp lp = {.w = w, .open = open, .settled = {.n = 2}, .settled_to = {1}};
  pl_span_add(&lp.settled, 3);
  pl_coalition_answer answer;
  pl_diag *diag = pl_diag_new();
  assert_int_equal(PL_OK, pl_coalition_lp_least(&lp, &answer, diag));
  near(0.1, answer.epsilon);
  assert_int_equal(PL_INFEASIBLE, pl_coalition_lp_reach(&lp, 0, true, &answer, diag));
  assert_said(diag, "no split meets the demands of the coalitions");
  pl_diag_free(diag);
}

static void kohlberg_refuses_other_splits(void **state) {
  (void)state;
  double v[8];
  pl_game const g = game_by_mask(3, (double[]){1, 2, 6, 5, 7, 8, 12}, v);
  assert_false(passes_kohlberg(&g, PL_NUCLEOLUS, (double[]){2.75, 3.75, 5.6})); /* too much */
  assert_false(passes_kohlberg(&g, PL_NUCLEOLUS, (double[]){2.7501, 3.7499, 5.5}));
  assert_false(passes_kohlberg(&g, PL_NUCLEOLUS, (double[]){4, 4, 4}));
}

/* Shared by all random games: both kinds pass, and moving a thousandth from one to another fails.
 */
static void try_game(game_kind kind, uint64_t seed, int n) {
  static double v[MASKS];
  pl_game const g = random_game(kind, seed, n, v);
  double split[PL_GAME_PLAYERS], alone = 0;
  for (int i = 0; i < n; i++) alone += v[1u << i];
  for (pl_nucleolus which = PL_NUCLEOLUS; which <= PL_PRENUCLEOLUS; which++) {
    if (which == PL_NUCLEOLUS && v[(1u << n) - 1] < alone) continue;
    solve(&g, which, split);
    if (!passes_kohlberg(&g, which, split)) {
      fail_msg("kind %d, seed %llu, %d players", (int)kind, (unsigned long long)seed, n);
    }
    split[0] += 1e-3, split[n - 1] -= 1e-3;
    assert_false(passes_kohlberg(&g, which, split));
  }
}

static void random_games_pass_kohlberg(void **state) {
  (void)state;
  for (int n = 3; n <= 8; n++) {
    for (uint64_t seed = 1; seed <= 8; seed++) {
      for (game_kind kind = ANY; kind < KINDS; kind++) try_game(kind, seed, n);
    }
  }
}

static void large_games_pass_kohlberg(void **state) {
  (void)state;
  for (int n = 10; n <= 12; n++) {
    for (game_kind kind = ANY; kind < KINDS; kind++) try_game(kind, (uint64_t)n, n);
  }
}

/* One coalition that is worth far less than nothing must not blunt the rest. */
static void a_wild_value_hides_no_other(void **state) {
  (void)state;
  static double v[MASKS];
  for (uint64_t seed = 1; seed <= 30; seed++) {
    double split[6];
    pl_game const g = random_game(ANY, seed, 6, v);
    v[1 + seed] = -1e5;
    solve(&g, PL_PRENUCLEOLUS, split);
    assert_true(passes_kohlberg(&g, PL_PRENUCLEOLUS, split));
  }
}

static void lies_in_the_core_where_there_is_one(void **state) {
  (void)state;
  static double v[MASKS];
  pl_arena *arena = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  int full = 0, bare = 0;
  for (uint64_t seed = 1; seed <= 60; seed++) {
    pl_game const g = random_game((game_kind)(seed % KINDS), seed, 3 + (int)(seed % 4), v);
    pl_core core;
    double split[PL_GAME_PLAYERS];
    assert_int_equal(PL_OK, pl_game_core(&g, arena, &core, diag));
    solve(&g, PL_PRENUCLEOLUS, split);
    within(core.epsilon, pl_game_excess(&g, split, NULL), 1e-10 * pl_game_size(&g));
    core.empty ? bare++ : full++;
    for (int i = 0; i < g.n && !core.empty; i++) {
      assert_true(split[i] > core.low[i] - 1e-8 && split[i] < core.high[i] + 1e-8);
    }
  }
  assert_true(full > 10 && bare > 10);
  pl_diag_free(diag);
  pl_arena_free(arena);
}

static unsigned permute(unsigned s, const int *to, int n) {
  unsigned out = 0;
  for (int i = 0; i < n; i++) out |= (s >> i & 1u) << to[i];
  return out;
}

static void renaming_players_renames_the_split(void **state) {
  (void)state;
  static double v[MASKS], renamed[MASKS];
  static const int to[] = {3, 0, 5, 1, 4, 2};
  for (uint64_t seed = 1; seed <= 40; seed++) {
    pl_game const g = random_game((game_kind)(seed % KINDS), seed, 6, v);
    pl_game const h = {.n = 6, .v = renamed};
    double x[6], y[6];
    for (unsigned s = 0; s < 64; s++) renamed[permute(s, to, 6)] = v[s];
    solve(&g, PL_PRENUCLEOLUS, x);
    solve(&h, PL_PRENUCLEOLUS, y);
    for (int i = 0; i < 6; i++) within(x[i], y[to[i]], 1e-11 * fmax(1, pl_game_size(&g)));
  }
}

/* Other money, and something of their own besides, changes nothing but that. */
static void units_and_own_means_go_along(void **state) {
  (void)state;
  static double v[MASKS], other[MASKS];
  for (uint64_t seed = 1; seed <= 20; seed++) {
    pl_game const g = random_game((game_kind)(seed % KINDS), seed, 5, v);
    pl_game const h = {.n = 5, .v = other};
    double x[5], y[5];
    for (unsigned s = 0; s < 32; s++) {
      other[s] = 1e6 * v[s];
      for (int i = 0; i < 5; i++) other[s] += s >> i & 1u ? 1e6 * i : 0;
    }
    solve(&g, PL_PRENUCLEOLUS, x);
    solve(&h, PL_PRENUCLEOLUS, y);
    for (int i = 0; i < 5; i++) within(x[i] + i, y[i] / 1e6, 1e-10 * fmax(1, pl_game_size(&g)));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(game_of_the_bnf_readme),
      cmocka_unit_test(talmud),
      cmocka_unit_test(published_games),
      cmocka_unit_test(prenucleolus_may_give_less_than_alone),
      cmocka_unit_test(airport),
      cmocka_unit_test(one_and_two_players),
      cmocka_unit_test(nobody_can_be_kept_where_joining_loses),
      cmocka_unit_test(nothing_meets_what_cannot_be_met),
      cmocka_unit_test(kohlberg_refuses_other_splits),
      cmocka_unit_test(random_games_pass_kohlberg),
      cmocka_unit_test(large_games_pass_kohlberg),
      cmocka_unit_test(a_wild_value_hides_no_other),
      cmocka_unit_test(lies_in_the_core_where_there_is_one),
      cmocka_unit_test(renaming_players_renames_the_split),
      cmocka_unit_test(units_and_own_means_go_along),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
