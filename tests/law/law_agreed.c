/* Random parties with agreements, see law_agreed.h. Laws are in test_agreed.c. */
#include "law/law_agreed.h"

#include "chain/chain.h"

enum { ORE, METAL, COIL, MATERIALS };

typedef struct {
  law_agreed *g;
  law_case *c;
  law_random *r;
  int material[MATERIALS], smelt, roll;
  int site[3], mill[3], customers[3]; /* things, −1 = none */
} maker;

static const double price_of[MATERIALS] = {300, 2000, 3000};

static bool chance(maker *m, int percent) { return law_chance(m->r, percent); }
static double between(maker *m, double low, double high) { return law_between(m->r, low, high); }

static void say_rate(maker *m, int thing, const char *key, double low, double high) {
  law_say(m->c, thing, LAW_FIXED, key, "<%.5g|t/=month>", between(m, low, high));
}

static void say_price(maker *m, int thing, const char *key, double low, double high) {
  law_say(m->c, thing, LAW_FIXED, key, "<%.5g|USD/t>", between(m, low, high));
}

/* --- What a party has ----------------------------------------------------------------------------
 */

static int add_market(maker *m, int party, const char *verb, int material, double low,
                      double high) {
  int const at = law_add(m->c, PL_NOUN_market, verb);
  law_say(m->c, at, LAW_FIXED, "site", "@%d", m->site[party]);
  law_say(m->c, at, LAW_FIXED, verb, "@%d", m->material[material]);
  law_say(m->c, at, LAW_FIXED, "for", "@%d", m->g->party[party]);
  say_price(m, at, "price", low * price_of[material], high * price_of[material]);
  say_rate(m, at, "up to", 200, 2000);
  return at;
}

static int add_unit(maker *m, int party, const char *name, int process) {
  int const at = law_add(m->c, PL_NOUN_unit, name);
  law_say(m->c, at, LAW_FIXED, "site", "@%d", m->site[party]);
  law_say(m->c, at, LAW_FIXED, "runs", "@%d", process);
  say_rate(m, at, "capacity", 200, 1500);
  say_price(m, at, "cost", 20, 300);
  return at;
}

static void make_party(maker *m, int i) {
  (void)add_market(m, i, "sells", ORE, 0.7, 1.3);
  (void)add_unit(m, i, "pots", m->smelt);
  if (chance(m, 50)) (void)add_market(m, i, "sells", METAL, 0.9, 1.3);
  if (chance(m, 60)) (void)add_market(m, i, "buys", METAL, 0.7, 1.1);
  m->mill[i] = chance(m, 70) ? add_unit(m, i, "mill", m->roll) : -1;
  m->customers[i] = chance(m, 80) ? add_market(m, i, "buys", COIL, 0.8, 1.3) : -1;
}

static void make_lane(maker *m, int from, int to, law_random *r) {
  int const at = law_add(m->c, PL_NOUN_lane, "lane");
  law_say(m->c, at, LAW_FIXED, "from", "@%d", m->site[from]);
  law_say(m->c, at, LAW_FIXED, "to", "@%d", m->site[to]);
  law_say(m->c, at, LAW_FIXED, "moves", "[@%d, @%d, @%d]", m->material[0], m->material[1],
          m->material[2]);
  law_say(m->c, at, LAW_FIXED, "cost", "<%.4g|USD/t>", law_between(r, 5, 60));
}

/* --- Agreements
 * -------------------------------------------------------------------------------------- */

/* What binds: only where the case asks for more than choices. */
static void say_duties(maker *m, int at, bool goods) {
  int const kind = law_pick(m->r, 5);
  if (kind == 0) {
    say_rate(m, at, "at least", 20, 100);
    say_price(m, at, "short at", 10, 500);
  }
  if (kind == 1)
    law_say(m->c, at, LAW_FIXED, "standing charge", "<%.5g|USD/=month>", between(m, 1e3, 1e5));
  if (kind == 2 && goods) {
    /* no more than the least "up to" lets be taken, in a part of a year too */
    law_say(m->c, at, LAW_FIXED, "quantity", "<%.5g|t/=year>", between(m, 300, 1100));
    law_say(m->c, at, LAW_FIXED, "take or pay", "<%.3g|%%>", between(m, 50, 100));
  }
  if (kind == 3 && goods) law_say(m->c, at, LAW_FIXED, "lot", "<%.3g|t>", between(m, 20, 90));
}

static void say_supply(maker *m, int at, int seller, int buyer) {
  int const material = law_pick(m->r, MATERIALS);
  law_say(m->c, at, LAW_FIXED, "kind", "supply");
  law_say(m->c, at, LAW_FIXED, "seller", "@%d", m->g->party[seller]);
  law_say(m->c, at, LAW_FIXED, "buyer", "@%d", m->g->party[buyer]);
  law_say(m->c, at, LAW_FIXED, "material", "@%d", m->material[material]);
  law_say(m->c, at, LAW_FIXED, "place", "@%d", m->site[chance(m, 50) ? seller : buyer]);
  say_price(m, at, "price", 0.6 * price_of[material], 1.4 * price_of[material]);
}

static void say_toll(maker *m, int at, int toller, int owner) {
  law_say(m->c, at, LAW_FIXED, "kind", "toll");
  law_say(m->c, at, LAW_FIXED, "toller", "@%d", m->g->party[toller]);
  law_say(m->c, at, LAW_FIXED, "owner", "@%d", m->g->party[owner]);
  law_say(m->c, at, LAW_FIXED, "unit", "@%d", m->mill[toller]);
  law_say(m->c, at, LAW_FIXED, "runs", "@%d", m->roll);
  law_say(m->c, at, LAW_FIXED, "brings", "@%d", m->material[METAL]);
  say_price(m, at, "fee", 100, 600);
}

static void say_agency(maker *m, int at, int agent, int principal) {
  law_say(m->c, at, LAW_FIXED, "kind", "agency");
  law_say(m->c, at, LAW_FIXED, "agent", "@%d", m->g->party[agent]);
  law_say(m->c, at, LAW_FIXED, "principal", "@%d", m->g->party[principal]);
  law_say(m->c, at, LAW_FIXED, "markets", "@%d", m->customers[agent]);
  law_say(m->c, at, LAW_FIXED, "commission", "<%.3g|%%>", between(m, 0.5, 6));
  m->g->shared = true;
}

static void make_agreement(maker *m, int giver, int taker) {
  int const at = law_add(m->c, PL_NOUN_agreement, "agreement"), kind = law_pick(m->r, 4);
  if (kind == 2 && m->mill[giver] >= 0)
    say_toll(m, at, giver, taker);
  else if (kind == 3 && m->customers[giver] >= 0)
    say_agency(m, at, giver, taker);
  else
    say_supply(m, at, giver, taker);
  if (chance(m, 60)) say_rate(m, at, "up to", 100, 800);
  if (!m->g->choices) say_duties(m, at, kind < 2);
  m->g->agreement[m->g->n_agreements++] = at;
}

/* Two markets, one that sells and one that buys, both wide open to two parties at one price; and an
 * agreement between these at that price. */
static void make_par(maker *m, int one, int other) {
  double const price = between(m, 1800, 2200);
  static const char *const verbs[] = {"sells", "buys"};
  for (int i = 0; i < 2; i++) {
    int const at = law_add(m->c, PL_NOUN_market, "exchange");
    law_say(m->c, at, LAW_FIXED, "site", "@%d", m->site[other]);
    law_say(m->c, at, LAW_FIXED, verbs[i], "@%d", m->material[METAL]);
    law_say(m->c, at, LAW_FIXED, "for", "[@%d, @%d]", m->g->party[one], m->g->party[other]);
    law_say(m->c, at, LAW_FIXED, "price", "<%.5g|USD/t>", price);
    law_say(m->c, at, LAW_FIXED, "up to", "<100000|t/=month>");
  }
  int const at = law_add(m->c, PL_NOUN_agreement, "par");
  say_supply(m, at, one, other);
  law_find(m->c, at, "material")->text = pl_arena_printf(m->c->arena, "@%d", m->material[METAL]);
  law_find(m->c, at, "place")->text = pl_arena_printf(m->c->arena, "@%d", m->site[other]);
  law_find(m->c, at, "price")->text = pl_arena_printf(m->c->arena, "<%.5g|USD/t>", price);
  m->g->par = m->g->n_agreements;
  m->g->agreement[m->g->n_agreements++] = at;
}

/* --- The whole
 * ----------------------------------------------------------------------------------------- */

static void make_common(maker *m) {
  static const char *const names[] = {"ore", "metal", "coil"};
  law_say(m->c, -1, LAW_FIXED, "from", "2026-01");
  law_say(m->c, -1, LAW_FIXED, "to", "2026-03");
  law_say(m->c, -1, LAW_FIXED, "step", "month");
  if (chance(m, 50)) law_say(m->c, -1, LAW_FIXED, "discount", "%.3g %%", between(m, 1, 12));
  for (int k = 0; k < MATERIALS; k++) {
    m->material[k] = law_add(m->c, PL_NOUN_material, names[k]);
    law_say(m->c, m->material[k], LAW_FIXED, "unit", "<|t>");
    law_say(m->c, m->material[k], LAW_FIXED, "free disposal", "yes");
  }
  m->smelt = law_add(m->c, PL_NOUN_process, "smelt");
  law_say(m->c, m->smelt, LAW_FIXED, "makes", "{@%d: <1|t>}", m->material[METAL]);
  law_say(m->c, m->smelt, LAW_FIXED, "takes", "{@%d: <%.4g|t>}", m->material[ORE],
          between(m, 1.8, 4));
  m->roll = law_add(m->c, PL_NOUN_process, "roll");
  law_say(m->c, m->roll, LAW_FIXED, "makes", "{@%d: <1|t>}", m->material[COIL]);
  law_say(m->c, m->roll, LAW_FIXED, "takes", "{@%d: <%.4g|t>}", m->material[METAL],
          between(m, 1.02, 1.3));
  for (int i = 0; i < m->g->n_parties; i++) {
    m->g->party[i] = law_add(m->c, PL_NOUN_party, "party");
    m->site[i] = law_add(m->c, PL_NOUN_site, "site");
    law_say(m->c, m->site[i], LAW_FIXED, "party", "@%d", m->g->party[i]);
  }
}

/* What is made for the one twin is made again, from the same random numbers, for the other. */
static void make_twins(maker *m) {
  law_random const same = *m->r;
  for (int i = 1; i < 3; i++) {
    *m->r = same;
    make_party(m, i);
  }
  law_random const out = *m->r;
  for (int i = 1; i < 3; i++) {
    law_random r = out;
    make_lane(m, 0, i, &r);
    make_lane(m, i, 0, &r);
    make_lane(m, i, 3 - i, &r);
  }
  int const pairs = 1 + law_pick(m->r, 2);
  for (int k = 0; k < pairs; k++) {
    bool const gives = chance(m, 50);
    law_random const terms = *m->r;
    for (int i = 1; i < 3; i++) {
      *m->r = terms;
      make_agreement(m, gives ? i : 0, gives ? 0 : i);
    }
  }
}

static void make_others(maker *m) {
  int const n = m->g->n_parties, wanted = 2 + law_pick(m->r, LAW_AGREEMENTS_MAX - 1);
  for (int i = 1; i < n; i++) make_party(m, i);
  for (int i = 0; i < n; i++)
    for (int k = 0; k < n; k++)
      if (i != k) make_lane(m, i, k, m->r);
  for (int k = 0; k < wanted; k++) {
    int const giver = law_pick(m->r, n);
    make_agreement(m, giver, (giver + 1 + law_pick(m->r, n - 1)) % n);
  }
  if (chance(m, 40)) make_par(m, 0, 1);
}

law_agreed law_agreed_make(pl_arena *a, uint64_t seed) {
  law_random r = {seed * 1000003 + 77};
  law_agreed g = {.c = PL_NEW(a, law_case), .par = -1};
  g.c->arena = a;
  maker m = {.g = &g, .c = g.c, .r = &r};
  g.twins = chance(&m, 30);
  g.choices = chance(&m, 60);
  g.n_parties = g.twins ? 3 : 2 + law_pick(&r, 2);
  make_common(&m);
  make_party(&m, 0);
  if (g.twins)
    make_twins(&m);
  else
    make_others(&m);
  return g;
}
