/* Where whose goods can be: a chain of three places, mine – port – works, with a lane of
 * everybody's, a lane of the second party's alone, and a supply from the first to the second at the
 * port. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>

#include "chain/goods.h"

enum { MINE, PORT, WORKS, SITES };
enum { ORE, METAL, MATERIALS };
enum { MINER, SMELTER, PARTIES };

typedef struct {
  pl_arena *arena;
  pl_case c;
  pl_site sites[SITES];
  pl_material materials[MATERIALS];
  pl_party parties[PARTIES];
  pl_lane lanes[2];
  pl_agreement supply;
  int ore, smelter;
} world;

static int set_up(void **state) {
  pl_arena *const arena = pl_arena_new();
  world *const w = PL_NEW(arena, world);
  *state = w;
  w->arena = arena;
  w->ore = ORE;
  w->smelter = SMELTER;
  pl_refs const ore = {.n = 1, .index = &w->ore}, smelter = {.n = 1, .index = &w->smelter};
  w->lanes[0] = (pl_lane){.from = MINE, .to = PORT, .moves = ore};
  w->lanes[1] = (pl_lane){.from = PORT, .to = WORKS, .moves = ore, .parties = smelter};
  w->supply = (pl_agreement){
      .kind = PL_SUPPLY, .seller = MINER, .buyer = SMELTER, .material = ORE, .at = PORT};
  w->sites[MINE].party = MINER;
  w->sites[PORT].party = -1;
  w->sites[WORKS].party = SMELTER;
  w->c = (pl_case){.sites = w->sites,
                   .n_sites = SITES,
                   .materials = w->materials,
                   .n_materials = MATERIALS,
                   .parties = w->parties,
                   .n_parties = PARTIES,
                   .lanes = w->lanes,
                   .n_lanes = 2,
                   .agreements = &w->supply,
                   .n_agreements = 1};
  return 0;
}

static int tear_down(void **state) {
  world *const w = *state;
  pl_arena_free(w->arena);
  return 0;
}

static void onward_stops_at_lanes_of_others(void **state) {
  world *const w = *state;
  pl_goods *const g = pl_goods_new(&w->c, w->arena, PL_GOODS_ONWARD, INT_MAX);
  pl_goods_add(g, MINE, ORE, MINER);
  pl_goods_add(g, MINE, METAL, MINER);
  pl_goods_spread(g);
  assert_true(pl_goods_has(g, PORT, ORE, MINER));
  assert_false(pl_goods_has(g, PORT, METAL, MINER));
  assert_false(pl_goods_has(g, WORKS, ORE, MINER));
  assert_int_equal(pl_goods_count(g), 3);
}

static void agreements_hand_over_where_asked(void **state) {
  world *const w = *state;
  pl_goods *const g = pl_goods_new(&w->c, w->arena, PL_GOODS_ONWARD | PL_GOODS_HANDED, INT_MAX);
  pl_goods_add(g, MINE, ORE, MINER);
  pl_goods_spread(g);
  assert_true(pl_goods_has(g, WORKS, ORE, SMELTER));
  assert_false(pl_goods_has(g, MINE, ORE, SMELTER));
}

static void back_finds_where_goods_can_still_go_from(void **state) {
  world *const w = *state;
  pl_goods *const g = pl_goods_new(&w->c, w->arena, PL_GOODS_BACK | PL_GOODS_HANDED, INT_MAX);
  pl_goods_add(g, WORKS, ORE, SMELTER);
  pl_goods_spread(g);
  assert_true(pl_goods_has(g, MINE, ORE, MINER));
  assert_true(pl_goods_has(g, MINE, ORE, SMELTER));
  assert_false(pl_goods_has(g, WORKS, ORE, MINER));
  pl_goods_clear(g);
  assert_int_equal(pl_goods_find(g, WORKS, ORE, SMELTER), -1);
  assert_false(pl_goods_has_anywhere(g, ORE));
}

static void sorted_goods_are_found_at_their_new_index(void **state) {
  world *const w = *state;
  pl_goods *const g = pl_goods_new(&w->c, w->arena, 0, INT_MAX);
  for (int site = SITES - 1; site >= 0; site--)
    for (int party = PARTIES - 1; party >= 0; party--) {
      pl_goods_add(g, site, METAL, party);
      pl_goods_add(g, site, ORE, party);
    }
  pl_goods_sort(g);
  for (int i = 0; i < SITES * MATERIALS * PARTIES; i++) {
    int const site = i / (MATERIALS * PARTIES), material = i / PARTIES % MATERIALS;
    assert_int_equal(pl_goods_find(g, site, material, i % PARTIES), i);
  }
}

/* Far more than the set begins with room for. */
static void every_good_is_kept_once_as_the_set_grows(void **state) {
  world *const w = *state;
  pl_goods *const g = pl_goods_new(&w->c, w->arena, 0, INT_MAX);
  enum { MANY = 20000 };
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < MANY; i++) pl_goods_add(g, i % 7, METAL, i);
  assert_int_equal(pl_goods_count(g), MANY);
  for (int i = 0; i < MANY; i++) assert_int_equal(pl_goods_find(g, i % 7, METAL, i), i);
  assert_int_equal(pl_goods_get(g, 8).site, 1);
}

static void a_set_too_large_says_that_it_is_cut(void **state) {
  world *const w = *state;
  pl_goods *const g = pl_goods_new(&w->c, w->arena, PL_GOODS_ONWARD, 1);
  pl_goods_add(g, MINE, ORE, MINER);
  pl_goods_add(g, MINE, ORE, MINER);
  assert_false(pl_goods_cut(g));
  pl_goods_spread(g);
  assert_true(pl_goods_cut(g));
  assert_int_equal(pl_goods_count(g), 1);
}

static void markets_serve_their_site_unless_they_name_parties(void **state) {
  world *const w = *state;
  pl_market m = {.site = MINE};
  assert_true(pl_market_serves(&w->c, &m, MINER));
  assert_false(pl_market_serves(&w->c, &m, SMELTER));
  m.site = PORT;
  assert_true(pl_market_serves(&w->c, &m, SMELTER));
  m = (pl_market){.site = MINE, .parties = {.n = 1, .index = &w->smelter}};
  assert_true(pl_market_serves(&w->c, &m, SMELTER));
  assert_false(pl_market_serves(&w->c, &m, MINER));
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(onward_stops_at_lanes_of_others),
      TEST(agreements_hand_over_where_asked),
      TEST(back_finds_where_goods_can_still_go_from),
      TEST(sorted_goods_are_found_at_their_new_index),
      TEST(every_good_is_kept_once_as_the_set_grows),
      TEST(a_set_too_large_says_that_it_is_cut),
      TEST(markets_serve_their_site_unless_they_name_parties),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
