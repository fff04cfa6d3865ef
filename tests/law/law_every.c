/* Random cases of every kind, see law_every.h. */
#include "law/law_every.h"

#include <string.h>

#include "chain/clause.h"
#include "law/law_every_text.h"

typedef struct {
  const char *from, *to, *step,
      *hourly; /* hourly: what the head says besides where power has hours */
} frame;

static const frame frames[] = {
    {"2026-01", "2026-03", "month", NULL},
    {"2026-02-02", "2026-02-03", "hour", NULL},
    {"2026-02-02", "2026-02-08", "day", NULL},
    {"2026-02-02", "2026-03-01", "week", NULL},
    {"2026", "2028", "year", NULL},
    {"2026-01", "2026-12", "quarter", NULL},
    {"2026-01-05T00:00", "2026-01-05T03:00", "quarter-hour", NULL},
    {"2026-01", "2026-02", "month", "typical days"},
    {"2026-02", "2026-03", "month", "typical weeks"},
};

typedef struct {
  const char *name, *unit;
  double price;
} good;

static const good goods[] = {{"ore", "t", 60},     {"metal", "t", 800}, {"coil", "t", 1200},
                             {"scrap", "t", 300},  {"slag", "t", 5},    {"alloy", "t", 900},
                             {"power", "MWh", 60}, {"gas", "MWh", 15}};
enum { GOODS = sizeof goods / sizeof *goods, PARTIES = 3, MORE = 40, IN_TURN = 12, TRIES = 12 };
static const char *const parties[PARTIES] = {"a", "b", "c"};
static const char *const sites[PARTIES] = {"sa", "sb", "sc"};

typedef struct {
  const char *noun, *field, *needs, *values;
} row;

static const row rows[] = {
#define E(noun, field, needs, values) {noun, field, needs, values},
#include "law/law_every.def"
#undef E
};
enum { ROWS = sizeof rows / sizeof *rows };

typedef struct {
  law_case *c;
  law_random r;
  const frame *f;
  law_every_accepts *accepts;
  void *user;
  law_text text;
} maker;

static bool chance(maker *m, int percent) { return law_chance(&m->r, percent); }
static double between(maker *m, double low, double high) { return law_between(&m->r, low, high); }

/* --- Texts ---------------------------------------------------------------------------------------
 */

static const char *with_dates(maker *m, const char *text) {
  return law_every_dated(m->c->arena, text, m->f->from, m->f->to);
}

static const char *part(maker *m, const char *text, const char *mark, int i) {
  return law_every_part(m->c->arena, text, mark, i);
}

static const char *any_part(maker *m, const char *text) {
  return with_dates(m, law_every_any_part(m->c->arena, text, &m->r));
}

/* --- What is accepted ----------------------------------------------------------------------------
 */

static bool is_accepted(maker *m) {
  m->text = law_write(m->c, &(law_dress){0}, m->c->arena);
  law_every_tables(&m->text, m->c->arena);
  return m->accepts(m->user, &m->text);
}

static int add(maker *m, int noun, const char *name) {
  int const at = law_add(m->c, noun, name);
  m->c->thing[at].name = pl_arena_strdup(m->c->arena, name);
  return at;
}

static void say(maker *m, int thing, const char *key, const char *value) {
  (void)law_say(m->c, thing, LAW_FIXED, key, "%s", with_dates(m, value));
}

#define SAY(m, thing, key, ...) say(m, thing, key, pl_arena_printf((m)->c->arena, __VA_ARGS__))

static void keep_if_accepted(maker *m) {
  if (!is_accepted(m)) m->c->n--;
}

static law_thing *thing_at(maker *m, int thing) {
  return thing < 0 ? &m->c->head : &m->c->thing[thing];
}

static void take_away(maker *m, int thing, const char *key) {
  law_thing *t = thing_at(m, thing);
  for (int i = 0; i < t->n; i++)
    if (!strcmp(t->field[i].key, key)) t->field[i] = t->field[--t->n];
}

/* One more field, with what it needs; taken back if that is refused. */
static bool try_field(maker *m, int thing, const row *x) {
  law_thing *t = thing_at(m, thing);
  law_thing const was = *t;
  for (int i = 0; part(m, x->needs, "; ", i); i++) {
    const char *need = part(m, x->needs, "; ", i), *value = strstr(need, ": ");
    const char *key = value ? part(m, need, ": ", 0) : need + 1;
    if (need[0] == '-') take_away(m, thing, need + 1);
    if (value && !law_find(m->c, thing, key)) say(m, thing, key, value + 2);
  }
  say(m, thing, x->field, any_part(m, x->values));
  bool const accepted = is_accepted(m);
  if (!accepted) *t = was;
  return accepted;
}

/* --- The chain -----------------------------------------------------------------------------------
 */

static void make_head(maker *m) {
  SAY(m, -1, "from", "%s", m->f->from);
  SAY(m, -1, "to", "%s", m->f->to);
  SAY(m, -1, "step", "%s", m->f->step);
  if (m->f->hourly) SAY(m, -1, m->f->hourly, "%d", 1 + law_pick(&m->r, 2));
}

static void make_goods(maker *m) {
  for (int i = 0; i < GOODS; i++) {
    int const at = add(m, PL_NOUN_material, goods[i].name);
    SAY(m, at, "unit", "%s", goods[i].unit);
    if (goods[i].unit[0] == 'M' && m->f->hourly) SAY(m, at, "step", "hour");
    if (chance(m, 15)) SAY(m, at, "free disposal", "yes");
    if (!strcmp(goods[i].name, "metal")) SAY(m, at, "composition", "{fe: 0.1 %%, si: 0.2 %%}");
    if (!strcmp(goods[i].name, "scrap")) SAY(m, at, "composition", "{fe: 0.6 %%, si: 0.9 %%}");
  }
  int const co2 = add(m, PL_NOUN_material, "co2"), ready = add(m, PL_NOUN_material, "ready");
  SAY(m, co2, "unit", "t");
  SAY(m, co2, "emission", "yes");
  SAY(m, ready, "unit", "MWh");
  if (m->f->hourly) SAY(m, ready, "step", "hour");
}

static void make_processes(maker *m) {
  int const smelt = add(m, PL_NOUN_process, "smelt"), roll = add(m, PL_NOUN_process, "roll");
  int const charge = add(m, PL_NOUN_process, "charge"), burn = add(m, PL_NOUN_process, "burn");
  SAY(m, smelt, "makes", "{metal: 1 t, slag: %.3g t}", between(m, 0.02, 0.2));
  SAY(m, smelt, "takes", "{ore: %.4g t, power: %.4g MWh}", between(m, 1.8, 3), between(m, 1, 6));
  SAY(m, roll, "makes", "{coil: 1 t, scrap: %.3g t}", between(m, 0.01, 0.1));
  SAY(m, roll, "takes", "{metal: %.4g t}", between(m, 1.02, 1.2));
  SAY(m, charge, "makes", "{alloy: 1 t}");
  SAY(m, charge, "blends", "{metal: 99 %%, scrap: 97 %%}");
  SAY(m, burn, "makes", "{power: 1 MWh}");
  SAY(m, burn, "takes", "{gas: %.4g MWh}", between(m, 1.6, 2.8));
}

static void make_quotations(maker *m) {
  static const struct {
    const char *name, *field, *value, *unit;
  } all[] = {{"PRICE", "values", "{$from: 800 USD/t, $to: 850 USD/t}", NULL},
             {"STEPS", "values", "{$from: 60 USD/t, $to: 75 USD/t}", "USD/t"},
             {"FX", "value", "1.1 USD/EUR", NULL},
             {"PER", "value", "1.7 AZN/USD", NULL},
             {"AVAILABLE", "value", "95 %", NULL},
             {"SHARE", "values", "{$from: 20 %, $to: 60 %}", NULL},
             {"FILED", "file", "prices.csv", NULL},
             {"SUM", "formula", "0.5 * PRICE + 10 USD/t", NULL},
             {"HOURLY", "hours of", "60 USD/MWh", NULL},
             {"SHAPED", "hours of", "55 USD/MWh", NULL}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    int const at = add(m, PL_NOUN_quotation, all[i].name);
    say(m, at, all[i].field, all[i].value);
    if (all[i].unit) SAY(m, at, "unit", "%s", all[i].unit);
    if (!strcmp(all[i].name, "FILED")) SAY(m, at, "column", "F");
    if (!strcmp(all[i].name, "FILED")) SAY(m, at, "beyond", "hold");
    if (!strcmp(all[i].name, "SHAPED")) SAY(m, at, "shape", "shape.csv");
  }
}

static void make_unit(maker *m, const char *name, const char *runs, const char *capacity,
                      int site) {
  int const at = add(m, PL_NOUN_unit, name);
  SAY(m, at, "site", "%s", sites[site]);
  SAY(m, at, "runs", "%s", runs);
  SAY(m, at, "capacity", "%s", capacity);
  if (site == 2 || chance(m, 15)) SAY(m, at, "party", "%s", parties[law_pick(&m->r, PARTIES)]);
}

static void make_units(maker *m) {
  make_unit(m, "first", "smelt", "40 t/d", 0);
  make_unit(m, "second", "roll", "30 t/d", 1);
  make_unit(m, "plant", "burn", chance(m, 50) ? "20 MW" : "{$from: 20 MW, $to: 10 MW}", 0);
  make_unit(m, "furnace", "charge", "30 t/d", law_pick(&m->r, PARTIES));
  if (chance(m, 60))
    make_unit(m, "mixed", "{smelt: 1 h / 2 t, roll: 1 h / 3 t}", "20 h/d", law_pick(&m->r, 2));
  int const pool = add(m, PL_NOUN_unit, "pool");
  SAY(m, pool, "site", "sa");
  SAY(m, pool, "capacity", "90 t/d");
}

static void say_price(maker *m, int at, const good *g, double price, bool buys) {
  static const double of_sum = 0.5 * 800 + 10;
  int const way = law_pick(&m->r, 10);
  if (g->unit[0] == 'M' && way < 7)
    SAY(m, at, "price", buys ? "%.3g * %s" : "%.3g * %s + 90 USD/MWh", 0.4 * price / 60,
        way < 3 ? "HOURLY" : "SHAPED");
  else if (way < 2)
    SAY(m, at, "price", "%.4g * PRICE%s", price / 800, g->unit[0] == 't' ? "" : " * 1 t/MWh");
  else if (way < 4 && g->unit[0] == 't')
    SAY(m, at, "price", "%.4g * SUM", price / of_sum);
  else if (way < 6 && g->price > 200)
    SAY(m, at, "price", "%.5g USD/t + 0.01 * FILED", price);
  else
    SAY(m, at, "price", "%.5g USD/%s", price, g->unit);
}

static void make_market(maker *m, int site, const good *g, bool buys) {
  int const at =
      add(m, PL_NOUN_market,
          pl_arena_printf(m->c->arena, "%s-%s-%s", buys ? "to" : "by", g->name, sites[site]));
  SAY(m, at, "site", "%s", sites[site]);
  SAY(m, at, buys ? "buys" : "sells", "%s", g->name);
  say_price(m, at, g, g->price * (buys ? between(m, 0.4, 0.8) : between(m, 1.3, 1.9)), buys);
  if (buys && chance(m, 40)) SAY(m, at, "up to", g->unit[0] == 't' ? "25 t/d" : "8 MW");
}

static void make_markets(maker *m) {
  for (int s = 0; s < PARTIES; s++)
    for (int i = 0; i < GOODS; i++) {
      if (chance(m, 95)) make_market(m, s, &goods[i], false);
      if (chance(m, 90)) make_market(m, s, &goods[i], true);
    }
  int const need = add(m, PL_NOUN_market, "need"), closed = add(m, PL_NOUN_market, "closed");
  SAY(m, need, "site", "sa");
  SAY(m, need, "buys", "ready");
  SAY(m, need, "price", "%.3g USD/MWh", between(m, 1, 20));
  SAY(m, need, "up to", "5 MW");
  SAY(m, closed, "site", "sb");
  SAY(m, closed, "buys", "coil");
  SAY(m, closed, "price", "1100 USD/t");
  SAY(m, closed, "up to", "9 t/d");
}

static void make_lane(maker *m, const char *name, int from, int to, const char *moves) {
  int const at = add(m, PL_NOUN_lane, name);
  SAY(m, at, "from", "%s", sites[from]);
  SAY(m, at, "to", "%s", sites[to]);
  SAY(m, at, "moves", "%s", moves);
  if (chance(m, 30)) {
    SAY(m, at, "distance", "%d km", 50 + law_pick(&m->r, 900));
    SAY(m, at, "cost", strcmp(moves, "power") != 0 ? "0.05 USD/tkm" : "2 USD/MWh");
  }
}

static void make_stock(maker *m, const char *name, int site, const char *keeps, const char *holds) {
  int const at = add(m, PL_NOUN_stock, name);
  SAY(m, at, "site", "%s", sites[site]);
  SAY(m, at, "keeps", "%s", keeps);
  if (chance(m, 80)) SAY(m, at, "capacity", "%s", holds);
  if (chance(m, 15)) SAY(m, at, "party", "%s", parties[law_pick(&m->r, PARTIES)]);
}

static void make_places(maker *m) {
  for (int i = 0; i < PARTIES; i++) (void)add(m, PL_NOUN_party, parties[i]);
  for (int i = 0; i < PARTIES; i++) {
    int const at = add(m, PL_NOUN_site, sites[i]);
    if (i < 2 || chance(m, 70)) SAY(m, at, "party", "%s", parties[i]);
  }
}

/* --- Agreements, outages, limits -----------------------------------------------------------------
 */

static void say_goods(maker *m, int at, const char *kind) {
  int const seller = law_pick(&m->r, PARTIES), buyer = (seller + 1 + law_pick(&m->r, 2)) % PARTIES;
  bool const power = kind[0] == 'p';
  SAY(m, at, "kind", "%s", kind);
  SAY(m, at, "seller", "%s", parties[seller]);
  SAY(m, at, "buyer", "%s", parties[buyer]);
  const good *g = &goods[law_pick(&m->r, 6)];
  SAY(m, at, "material", "%s", power ? "power" : g->name);
  SAY(m, at, "place", "%s", sites[chance(m, 80) ? seller : buyer]);
  if (power)
    SAY(m, at, "price", "%s", chance(m, 50) ? "60 USD/MWh" : "HOURLY");
  else
    SAY(m, at, "price", "%.4g USD/t", g->price * between(m, 0.7, 1.3));
}

static void say_toll(maker *m, int at) {
  bool const first = chance(m, 50);
  int const owner = first ? 1 + law_pick(&m->r, 2) : 2 * law_pick(&m->r, 2);
  SAY(m, at, "kind", "toll");
  SAY(m, at, "owner", "%s", parties[owner]);
  SAY(m, at, "toller", "%s", first ? "a" : "b");
  SAY(m, at, "unit", "%s", first ? "first" : "second");
  SAY(m, at, "runs", "%s", first ? "smelt" : "{roll: 1.1}");
  SAY(m, at, "brings", "%s", first ? "ore" : "metal");
  SAY(m, at, "fee", "%d USD/t", 20 + law_pick(&m->r, 300));
}

static const char *any_outlet(maker *m, int agent) {
  const char *found = NULL;
  int n = 0;
  for (int i = 0; i < m->c->n; i++) {
    const law_field *site = law_find(m->c, i, "site"), *buys = law_find(m->c, i, "buys");
    bool const his =
        m->c->thing[i].noun == PL_NOUN_market && buys && !strcmp(site->text, sites[agent]);
    if (his && strcmp(buys->text, "ready") != 0 && law_pick(&m->r, ++n) == 0)
      found = m->c->thing[i].name;
  }
  return found;
}

static void say_agency(maker *m, int at) {
  int const agent = law_pick(&m->r, 3);
  int const principal = agent == 1 ? 0 : chance(m, 60) ? 1 : 2 - agent;
  const char *market = any_outlet(m, agent);
  SAY(m, at, "kind", "agency");
  SAY(m, at, "agent", "%s", parties[agent]);
  SAY(m, at, "principal", "%s", parties[principal]);
  SAY(m, at, "markets", "[%s]", market ? market : "closed");
  SAY(m, at, "commission", "%.2g %%", between(m, 0.5, 9));
}

static void say_carried(maker *m, int at) {
  SAY(m, at, "kind", "supply");
  SAY(m, at, "seller", "b");
  SAY(m, at, "buyer", "c");
  SAY(m, at, "material", "coil");
  SAY(m, at, "place", "sb");
  SAY(m, at, "price", "1000 USD/t");
}

static void make_agreement(maker *m, pl_agreement_kind kind) {
  int const at = law_add(m->c, PL_NOUN_agreement, "agreement");
  if (kind == PL_SUPPLY && chance(m, 40))
    say_carried(m, at);
  else if (kind == PL_SUPPLY)
    say_goods(m, at, "supply");
  if (kind == PL_POWER) say_goods(m, at, "power");
  if (kind == PL_TOLL) say_toll(m, at);
  if (kind == PL_AGENCY) say_agency(m, at);
  if (kind == PL_VENTURE) {
    SAY(m, at, "kind", "venture");
    SAY(m, at, "unit", "%s", chance(m, 50) ? "plant" : "mixed");
    SAY(m, at, "shares", "{a: 60 %%, b: %s}", chance(m, 50) ? "40 %" : "30 %, c: 10 %");
  }
  keep_if_accepted(m);
}

static void make_outage(maker *m) {
  static const char *const lasts[] = {"1 h", "6 h", "1 d", "2 d", "3 weeks", "1 month", "45 min"};
  static const char *const units[] = {"first", "second", "plant", "furnace"};
  int const at = law_add(m->c, PL_NOUN_outage, "stop");
  SAY(m, at, "unit", "%s", units[law_pick(&m->r, 4)]);
  SAY(m, at, "lasts", "%s", lasts[law_pick(&m->r, 7)]);
  keep_if_accepted(m);
}

static void make_limit(maker *m) {
  static const char *const sums[] = {"[emissions.co2]", "[emissions.co2.sa]",
                                     "{markets.closed: 1, lanes.road.metal: 0.5}", "[units.first]",
                                     "[lanes.away.coil, markets.closed]"};
  int const at = law_add(m->c, PL_NOUN_limit, "limit");
  bool const counts = chance(m, 40);
  if (counts)
    SAY(m, at, "counts", "[lanes.ferry, markets.closed]");
  else
    SAY(m, at, "sums", "%s", sums[law_pick(&m->r, 5)]);
  SAY(m, at, "up to", counts ? "1" : "900 t");
  keep_if_accepted(m);
}

static void make_chain(maker *m) {
  make_head(m);
  make_places(m);
  make_goods(m);
  make_processes(m);
  make_quotations(m);
  make_units(m);
  make_markets(m);
  make_lane(m, "road", 0, 1, "[metal, scrap]");
  make_lane(m, "away", 1, 2, "coil");
  make_lane(m, "wire", 0, 1, "power");
  make_lane(m, "ferry", 1, 0, "scrap");
  SAY(m, m->c->n - 1, "capacity", "20 t/d");
  make_stock(m, "heap", 0, "ore", "90 t");
  make_stock(m, "yard", 1, chance(m, 50) ? "coil" : "metal", "60 t");
  make_stock(m, "battery", 0, "power", "40 MWh");
}

/* --- Fields that are said ------------------------------------------------------------------------
 */

static const char *const kinds[] = {"supply", "toll", "agency", "power", "venture"};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Whether a field of an agreement means something in its kind. */
static bool has_clause(const char *field, int kind) {
  int const f = pl_field_find(&pl_nouns[PL_NOUN_agreement], field, strlen(field));
  return f >= 0 && pl_agreement_clause((pl_agreement_kind)kind, f) != PL_CLAUSE_NEVER;
}

static bool is_of_kind(maker *m, int thing, const row *x, int kind) {
  const law_field *said = law_find(m->c, thing, "kind");
  for (int k = 0; said && k < KINDS; k++)
    if (!strcmp(said->text, kinds[k])) return kind >= 0 ? k == kind : has_clause(x->field, k);
  return !said;
}

/* A thing that may say it, -1 the head; -2: there is none. */
static int any_thing(maker *m, const row *x, int kind) {
  int n = 0, at = -2;
  if (!strcmp(x->noun, "case")) return -1;
  for (int i = 0; i < m->c->n; i++)
    if (!strcmp(pl_nouns[m->c->thing[i].noun].name, x->noun) && is_of_kind(m, i, x, kind) &&
        !law_find(m->c, i, x->field) && law_pick(&m->r, ++n) == 0)
      at = i;
  return at;
}

static bool is_duty(const row *x) {
  static const char *const duties[] = {"at least", "exactly",     "minimum",   "cover",
                                       "lot",      "normal load", "low hours", "longest low",
                                       "recovery", "turndown",    "final"};
  for (size_t i = 0; i < sizeof duties / sizeof *duties; i++)
    if (!strcmp(x->field, duties[i])) return true;
  return false;
}

static void say_some(maker *m, int n) {
  for (; n > 0; n--) {
    const row *x = &rows[law_pick(&m->r, ROWS)];
    int const thing = is_duty(x) && chance(m, 85) ? -2 : any_thing(m, x, -1);
    if (thing > -2) (void)try_field(m, thing, x);
  }
}

/* Every row, and those of agreements for every kind, has its turn. */
static bool find_turn(int turn, const row **x, int *kind) {
  for (int i = 0; i < ROWS; i++) {
    bool const agreed = !strcmp(rows[i].noun, "agreement");
    *x = &rows[i];
    *kind = -1;
    if (!agreed && turn-- == 0) return true;
    for (*kind = 0; agreed && *kind < KINDS; ++*kind)
      if (has_clause(rows[i].field, *kind) && turn-- == 0) return true;
  }
  return false;
}

static void say_in_turn(maker *m, int turn) {
  const row *x;
  int kind;
  if (!find_turn(turn, &x, &kind)) return;
  for (int tries = 0; tries < TRIES; tries++) {
    if (kind >= 0 && tries < 3) make_agreement(m, (pl_agreement_kind)kind);
    if (tries == 0 && !strcmp(x->noun, "limit")) make_limit(m);
    if (tries == 0 && !strcmp(x->noun, "outage")) make_outage(m);
    int const thing = any_thing(m, x, kind);
    if (thing > -2 && try_field(m, thing, x)) return;
  }
}

int law_every_turns(void) {
  const row *x;
  int kind, n = 0;
  while (find_turn(n, &x, &kind)) n++;
  return n;
}

/* --- The whole -----------------------------------------------------------------------------------
 */

law_text law_every_make(pl_arena *a, uint64_t seed, law_every_accepts *accepts, void *user,
                        law_case **out) {
  maker *m = &(maker){.c = PL_NEW(a, law_case), .r = {seed * 1000003 + 5}, .accepts = accepts};
  m->user = user;
  m->c->arena = a;
  m->f = &frames[law_pick(&m->r, (int)(sizeof frames / sizeof *frames))];
  make_chain(m);
  *out = m->c;
  if (!is_accepted(m)) return m->text;
  for (int n = law_pick(&m->r, 4); n > 0; n--)
    make_agreement(m, (pl_agreement_kind)law_pick(&m->r, KINDS));
  for (int n = law_pick(&m->r, 3); n > 0; n--) make_outage(m);
  for (int n = law_pick(&m->r, 4); n > 0; n--) make_limit(m);
  int const turns = law_every_turns();
  for (int i = 0; i < IN_TURN; i++)
    say_in_turn(m, (int)((seed * IN_TURN + (uint64_t)i) % (uint64_t)turns));
  say_some(m, 5 + law_pick(&m->r, MORE));
  (void)is_accepted(m);
  return m->text;
}
