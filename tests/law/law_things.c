/* What stands on the sites of a random chain: units, and then whatever their goods need and can
 * earn. */
#include <assert.h>

#include "law/law_make.h"

/* --- Goods ---------------------------------------------------------------------------------------
 */

static goods *goods_at(maker *m, int site, int goods_material, int party) {
  for (int i = 0; i < m->n_goods; i++) {
    goods *g = &m->goods[i];
    if (g->site == site && g->material == goods_material && g->party == party) return g;
  }
  assert(m->n_goods < GOODS_MAX);
  m->goods[m->n_goods] = (goods){.site = site, .material = goods_material, .party = party};
  return &m->goods[m->n_goods++];
}

/* --- Units ---------------------------------------------------------------------------------------
 */

static void touch(maker *m, const process *p, int site, int party) {
  for (int i = 0; i < p->n; i++) goods_at(m, site, p->takes[i], party)->in = true;
  goods_at(m, site, p->product, party)->out = true;
  if (p->by_product >= 0) goods_at(m, site, p->by_product, party)->out = true;
  m->emitted |= p->emits;
}

/* What it runs, and its capacity in tonnes or in hours. */
static double say_runs(maker *m, int at, int site, int party) {
  int const first = law_pick(m->r, m->n_processes), second = law_pick(m->r, m->n_processes);
  double const capacity = m->rate * between(m, 0.4, 1.6);
  const process *p = &m->process[first], *q = &m->process[second];
  touch(m, p, site, party);
  if (chance(m, 50) || first == second) {
    law_say(m->c, at, LAW_FIXED, "runs", "@%d", p->id);
    law_say(m->c, at, LAW_FIXED, "capacity", "%s", law_rate_text(m, capacity, "t"));
    return capacity;
  }
  touch(m, q, site, party);
  if (chance(m, 60)) {
    law_say(m->c, at, LAW_FIXED, "runs", "[@%d, @%d]", p->id, q->id);
    law_say(m->c, at, LAW_FIXED, "capacity", "%s", law_rate_text(m, capacity, "t"));
    return capacity;
  }
  law_say(m->c, at, LAW_FIXED, "runs", "{@%d: <%.4g|h/t>, @%d: <%.4g|h/t>}", p->id, 20 / capacity,
          q->id, 15 / capacity);
  law_say(m->c, at, LAW_FIXED, "capacity", "<20|h/d>");
  return capacity;
}

static void say_least(maker *m, int at, double capacity, bool must) {
  int const kind = must ? law_pick(m->r, 2) : law_pick(m->r, 6);
  if (kind == 0) law_say(m->c, at, LAW_FLOOR, "minimum", "<%.3g|%%>", between(m, 5, 60));
  if (kind == 1) law_say(m->c, at, LAW_CEILING, "turndown", "<%.3g|%%>", between(m, 5, 40));
  if (kind == 2) {
    pl_step const per = law_any_per(m);
    law_say(m->c, at, LAW_FLOOR, "at least", "%s",
            law_bound_text(m, capacity * between(m, 0.02, 0.2), per, "t"));
  }
  if (kind > 1)
    law_find(m->c, at, "capacity")->role =
        LAW_CEILING; /* elsewhere more capacity means more minimum */
}

static void say_on_off(maker *m, int at) {
  law_say(m->c, at, LAW_FIXED, "on/off", "yes");
  if (chance(m, 70))
    law_say(m->c, at, LAW_FIXED, "cost when on", "<%.4g|USD/d>", m->rate * between(m, 5, 60));
  double const start = m->rate * between(m, 50, 3000);
  if (chance(m, 40))
    law_say(m->c, at, LAW_FIXED, "start cost", "<%.4g|USD>", start);
  else if (chance(m, 50))
    law_say(m->c, at, LAW_FIXED, "start costs", "{0 h: <%.4g|USD>, %d d: <%.4g|USD>}", start,
            1 + law_pick(m->r, 60), 1.5 * start);
  if (chance(m, 30)) law_say(m->c, at, LAW_FIXED, "minimum up", "%d d", 1 + law_pick(m->r, 60));
  if (chance(m, 30)) law_say(m->c, at, LAW_FIXED, "minimum down", "%d d", 1 + law_pick(m->r, 60));
  if (chance(m, 50)) law_say(m->c, at, LAW_FIXED, "on before", "no");
}

static void say_unit_trimmings(maker *m, int at, double capacity) {
  if (chance(m, 25)) law_say(m->c, at, LAW_FIXED, "online", "<%.3g|%%>", between(m, 40, 100));
  if (m->share >= 0 && chance(m, 40)) law_say(m->c, at, LAW_FIXED, "availability", "@%d", m->share);
  bool const must_run = law_find(m->c, at, "minimum") || law_find(m->c, at, "turndown") ||
                        law_find(m->c, at, "at least");
  if (!must_run && chance(m, 30)) {
    pl_step const per = law_any_per(m);
    law_say(m->c, at, LAW_CEILING, "up to", "%s",
            law_bound_text(m, capacity * between(m, 0.3, 0.9), per, "t"));
  }
  if (m->family != LAW_FLAT && chance(m, 40))
    law_say(m->c, at, LAW_CEILING, "ramp", "<%.3g|%%/d>",
            between(m, 3, 70) / law_days_of(m, m->f->step));
  if (chance(m, 30))
    law_say(m->c, at, LAW_FIXED, "cost", "%s", law_price_text(m, between(m, 1, 10), "t"));
  if (chance(m, 30))
    law_say(m->c, at, LAW_FIXED, "fixed cost", "<%.4g|USD/d>", m->rate * between(m, 1, 40));
  if (m->family == LAW_ANY && chance(m, 10))
    law_say(m->c, at, LAW_FIXED, "step", "%s", pl_step_name(law_any_step(m)));
}

/* Keeps some of a reserve, in the thing's field, which the party sells where it stands. */
static void say_room(maker *m, int at, const char *field, const char *unit, int site, int party) {
  if (m->ready < 0 || !chance(m, 60)) return;
  law_say(m->c, at, LAW_FIXED, field, "{@%d: <%.4g|MWh/%s>}", m->ready, between(m, 0.5, 2), unit);
  int const market = law_add(m->c, PL_NOUN_market, "reserve");
  law_say(m->c, market, LAW_FIXED, "site", "@%d", m->site[site]);
  law_say(m->c, market, LAW_FIXED, "buys", "@%d", m->ready);
  law_say(m->c, market, LAW_FIXED, "for", "[@%d]", m->party[party]);
  law_say(m->c, market, LAW_FIXED, "price", "<%.4g|USD/MWh>", between(m, 0.5, 30));
}

static void make_reserve(maker *m) {
  m->ready = -1;
  if (m->family == LAW_FLAT || chance(m, 60)) return;
  m->ready = law_add(m->c, PL_NOUN_material, "ready");
  law_say(m->c, m->ready, LAW_FIXED, "unit", "<|MWh>");
  law_say(m->c, m->ready, LAW_FIXED, "step", "%s", pl_step_name(m->f->coarsest));
  if (chance(m, 50))
    law_say(m->c, m->ready, LAW_FIXED, "call lasts", "%d h", 1 + law_pick(m->r, 30));
}

static void make_unit(maker *m, int pool) {
  int const at = m->unit[m->n_units++] = law_add(m->c, PL_NOUN_unit, "unit");
  int const site = law_pick(m->r, m->n_sites);
  bool const guest = m->owner[site] < 0 || chance(m, 15);
  int const party = guest ? law_pick(m->r, m->n_parties) : m->owner[site];
  law_say(m->c, at, LAW_FIXED, "site", "@%d", m->site[site]);
  if (guest) law_say(m->c, at, LAW_FIXED, "party", "@%d", m->party[party]);
  double const capacity = say_runs(m, at, site, party);
  bool const on_off = m->family == LAW_MIXED && chance(m, 50);
  say_least(m, at, capacity, on_off);
  if (on_off) say_on_off(m, at);
  say_unit_trimmings(m, at, capacity);
  say_room(m, at, "room above", "t", site, party);
  if (chance(m, 50)) say_room(m, at, "room below", "t", site, party);
  if (law_find(m->c, at, "room above") && chance(m, 50))
    law_say(m->c, at, LAW_FIXED, "reserve most", "{@%d: %.3g %%}", m->ready, between(m, 3, 40));
  if (pool >= 0 && chance(m, 60))
    law_say(m->c, at, LAW_FIXED, "uses", "{@%d: %.3g}", pool, between(m, 0.5, 1.5));
}

void law_make_units(maker *m) {
  int pool = -1, n = 2 + law_pick(m->r, 4);
  make_reserve(m);
  if (chance(m, 25)) {
    pool = law_add(m->c, PL_NOUN_unit, "pool");
    law_say(m->c, pool, LAW_FIXED, "site", "@%d", m->site[0]);
    law_say(m->c, pool, LAW_CEILING, "capacity", "%s",
            law_rate_text(m, m->rate * between(m, 1.5, 3), "t"));
  }
  for (int i = 0; i < n; i++) make_unit(m, pool);
}

/* --- Markets -------------------------------------------------------------------------------------
 */

static int add_market(maker *m, const goods *g, const char *verb, const char *price) {
  int const at = law_add(m->c, PL_NOUN_market, verb);
  law_say(m->c, at, LAW_FIXED, "site", "@%d", m->site[g->site]);
  law_say(m->c, at, LAW_FIXED, verb, "@%d", m->material[g->material].id);
  if (m->owner[g->site] != g->party || chance(m, 30))
    law_say(m->c, at, LAW_FIXED, "for", "[@%d]", m->party[g->party]);
  if (price) law_say(m->c, at, LAW_FIXED, "price", "%s", price);
  return at;
}

static void make_sure_to_buy(maker *m, goods *g) {
  if (g->bought) return;
  g->bought = true;
  const material *x = &m->material[g->material];
  (void)add_market(m, g, "sells",
                   pl_arena_printf(m->c->arena, "<%.5g|USD/%s>", 3 * x->price, x->unit));
}

static void say_tiers(maker *m, int at, const material *x, double price, double per_day,
                      double slope) {
  pl_step const per = law_any_per(m);
  const char *first = law_bound_text(m, per_day, per, x->unit),
             *second = law_bound_text(m, per_day, per, x->unit);
  law_say(m->c, at, LAW_FIXED, "tiers", "[{next: %s, price: %s}, {next: %s, price: <%.5g|USD/%s>}]",
          first, pl_arena_printf(m->c->arena, "<%.5g|USD/%s>", price, x->unit), second,
          price * slope, x->unit);
}

static void say_market_trimmings(maker *m, int at, const material *x, double per_day) {
  if (chance(m, 30)) {
    pl_step const per = law_any_per(m);
    law_say(m->c, at, LAW_CEILING, "up to", "%s",
            law_bound_text(m, per_day * between(m, 0.5, 1), per, x->unit));
  }
  if (chance(m, 20))
    law_say(m->c, at, LAW_FIXED, "charges", "{duty: %s, commission: <%.3g|USD/%s>}",
            law_inner_price_text(m, x->price * 0.03, x->unit), x->price * 0.01, x->unit);
  if (m->family != LAW_FLAT && chance(m, 20))
    law_say(m->c, at, LAW_FIXED, "paid after", "%s", chance(m, 50) ? "45 d" : "P2M");
}

static void make_offer(maker *m, goods *g, const char *verb, double price, double per_day) {
  const material *x = &m->material[g->material];
  bool const tiers = chance(m, 25);
  int const at = add_market(m, g, verb, tiers ? NULL : law_price_text(m, price, x->unit));
  if (tiers) {
    say_tiers(m, at, x, price, per_day, verb[0] == 'b' ? 0.9 : 1.1);
  } else {
    pl_step const per = law_any_per(m);
    law_say(m->c, at, LAW_CEILING, "up to", "%s", law_bound_text(m, per_day, per, x->unit));
    if (x->unit[0] == 't') m->sale[m->n_sales++] = at;
  }
  if (tiers) say_market_trimmings(m, at, x, per_day);
  if (tiers || m->family != LAW_MIXED || !chance(m, 30)) return;
  law_say(m->c, at, LAW_FIXED, "fixed charge", "<%.4g|USD>", m->rate * price * between(m, 0.1, 1));
  if (chance(m, 50))
    law_say(m->c, at, LAW_FLOOR, "minimum when used", "<%.4g|%s>", m->rate * between(m, 0.5, 5),
            x->unit);
}

/* A demand: hard where the goods can be bought too, else with a price on what is missing. */
static void make_demand(maker *m, goods *g) {
  const material *x = &m->material[g->material];
  int const at =
      add_market(m, g, "buys", law_price_text(m, x->price * between(m, 0.8, 1.2), x->unit));
  pl_step const per = law_any_per(m);
  const char *bound = law_bound_text(m, m->rate * between(m, 0.05, 0.3), per, x->unit);
  bool const exact = chance(m, 40);
  law_say(m->c, at, exact ? LAW_FIXED : LAW_FLOOR, exact ? "exactly" : "at least", "%s", bound);
  if (!exact)
    law_say(m->c, at, LAW_CEILING, "up to", "%s", law_bound_text(m, m->rate * 0.35, per, x->unit));
  if (chance(m, 50))
    law_say(m->c, at, LAW_FIXED, "short at", "<%.5g|USD/%s>", x->price * between(m, 0.2, 2.5),
            x->unit);
  else
    make_sure_to_buy(m, g);
}

void law_make_markets(maker *m) {
  for (int i = 0; i < m->n_goods; i++) {
    goods *g = &m->goods[i];
    const material *x = &m->material[g->material];
    if (g->in) make_sure_to_buy(m, g);
    double const cheap = x->price * between(m, 0.7, 1.1), dear = x->price * between(m, 0.8, 1.3);
    double const most = m->rate * between(m, 0.3, 2);
    if (g->in && chance(m, 60)) make_offer(m, g, "sells", cheap, most);
    if (g->out && !x->free)
      (void)add_market(m, g, "buys",
                       pl_arena_printf(m->c->arena, "<%.4g|USD/%s>", -between(m, 0, 3), x->unit));
    if (g->out && chance(m, 75)) make_offer(m, g, "buys", dear, most * 0.8);
    if (g->out && x->level > 0 && chance(m, 25)) make_demand(m, g);
  }
}

/* --- Lanes ---------------------------------------------------------------------------------------
 */

static const char *any_time(maker *m) {
  static const char *const little[] = {"5 h", "30 h", "1 d"},
                           *const some[] = {"3 d", "36 h", "12 d"},
                           *const much[] = {"12 d", "40 d", "1 month", "P2M"};
  if (m->family == LAW_FLAT || chance(m, 30)) return NULL;
  if (m->f->days < 10) return little[law_pick(m->r, 3)];
  return m->f->days < 100 ? some[law_pick(m->r, 3)] : much[law_pick(m->r, 4)];
}

/* Some of what the lane moves in a day: its owner is the only one there. */
static void say_under_way(maker *m, int at, const material *x, int party) {
  if (!law_find(m->c, at, "for")) law_say(m->c, at, LAW_FIXED, "for", "@%d", m->party[party]);
  law_say(m->c, at, LAW_FIXED, "under way", "{@%d: <%.4g|%s>}", x->id,
          m->rate * between(m, 0.001, 0.2), x->unit);
}

static void say_lane_trimmings(maker *m, int at, const material *x, int party) {
  const char *time = any_time(m);
  if (time) law_say(m->c, at, LAW_FIXED, "time", "%s", time);
  if (time && chance(m, 30)) say_under_way(m, at, x, party);
  if (chance(m, 70))
    law_say(m->c, at, LAW_FIXED, "cost", "<%.4g|USD/%s>", between(m, 1, 20), x->unit);
  if (chance(m, 30)) law_say(m->c, at, LAW_FIXED, "loss", "<%.3g|%%>", between(m, 0.1, 5));
  if (chance(m, 20))
    law_say(m->c, at, LAW_FIXED, "charges", "{duty: <%.3g|USD/%s>}", between(m, 1, 10), x->unit);
  if (chance(m, 30)) {
    pl_step const per = law_any_per(m);
    law_say(m->c, at, LAW_CEILING, "up to", "%s",
            law_bound_text(m, m->rate * between(m, 0.1, 1), per, x->unit));
  }
  if (m->co2 >= 0 && chance(m, 30)) {
    law_say(m->c, at, LAW_FIXED, "emits", "{@%d: <%.3g|t/%s>}", m->co2, between(m, 0.01, 0.1),
            x->unit);
    m->emitted = true;
  }
}

static void make_lane(maker *m, goods *from, goods *to) {
  const material *x = &m->material[from->material];
  int const at = m->lane[m->n_lanes++] = law_add(m->c, PL_NOUN_lane, "lane");
  law_say(m->c, at, LAW_FIXED, "from", "@%d", m->site[from->site]);
  law_say(m->c, at, LAW_FIXED, "to", "@%d", m->site[to->site]);
  law_say(m->c, at, LAW_FIXED, "moves", "@%d", x->id);
  if (chance(m, 30)) law_say(m->c, at, LAW_FIXED, "for", "@%d", m->party[from->party]);
  bool const integer = m->family == LAW_MIXED && chance(m, 50);
  if (integer || chance(m, 60))
    law_say(m->c, at, LAW_CEILING, "capacity", "%s",
            law_rate_text(m, m->rate * between(m, 0.2, 1.5), x->unit));
  say_lane_trimmings(m, at, x, from->party);
  if (!integer) return;
  if (chance(m, 60))
    law_say(m->c, at, LAW_FLOOR, "minimum when used", "<%.4g|%s>", m->rate * between(m, 0.3, 2.5),
            x->unit);
  law_say(m->c, at, LAW_FIXED, "fixed charge", "<%.4g|USD>", m->rate * between(m, 20, 400));
}

/* Out to a market elsewhere that pays more, or in from one that sells for less. */
static void make_way(maker *m, int g) {
  goods *near = &m->goods[g];
  int const elsewhere = (near->site + 1 + law_pick(m->r, m->n_sites - 1)) % m->n_sites;
  goods *far = goods_at(m, elsewhere, near->material, near->party);
  const material *x = &m->material[near->material];
  double const per_day = m->rate * between(m, 0.3, 1);
  if (near->out) {
    make_offer(m, far, "buys", x->price * between(m, 1.1, 1.4), per_day);
    make_lane(m, near, far);
  } else {
    make_offer(m, far, "sells", x->price * between(m, 0.5, 0.9), per_day);
    make_lane(m, far, near);
  }
}

void law_make_lanes(maker *m) {
  int const n = law_pick(m->r, 5), known = m->n_goods;
  for (int i = 0; i < n; i++) make_way(m, law_pick(m->r, known));
}

/* --- Stocks, limits, levies ----------------------------------------------------------------------
 */

static void say_gates(maker *m, int at, const char *unit, double held) {
  double const per_day = held / law_days_of(m, m->f->step);
  if (chance(m, 60))
    law_say(m->c, at, LAW_CEILING, "fill", "%s",
            law_rate_text(m, per_day * between(m, 0.5, 2), unit));
  if (chance(m, 60))
    law_say(m->c, at, LAW_CEILING, "draw", "%s",
            law_rate_text(m, per_day * between(m, 0.5, 2), unit));
  if (chance(m, 50)) law_say(m->c, at, LAW_FIXED, "fill loss", "<%.3g|%%>", between(m, 0.1, 8));
  if (chance(m, 50)) law_say(m->c, at, LAW_FIXED, "draw loss", "<%.3g|%%>", between(m, 0.1, 8));
}

static void make_stock(maker *m, const goods *g) {
  const material *x = &m->material[g->material];
  int const at = law_add(m->c, PL_NOUN_stock, "stock");
  double const held = m->rate * law_days_of(m, m->f->step) * between(m, 0.2, 2);
  bool const flat = m->family == LAW_FLAT, cover = !flat && g->in && chance(m, 30);
  law_say(m->c, at, LAW_FIXED, "site", "@%d", m->site[g->site]);
  law_say(m->c, at, LAW_FIXED, "keeps", "@%d", x->id);
  if (m->owner[g->site] != g->party)
    law_say(m->c, at, LAW_FIXED, "party", "@%d", m->party[g->party]);
  if (!cover) law_say(m->c, at, LAW_CEILING, "capacity", "<%.5g|%s>", held, x->unit);
  if (cover) law_say(m->c, at, LAW_FIXED, "cover", "%d d", 1 + law_pick(m->r, 5));
  if (chance(m, 70))
    law_say(m->c, at, LAW_FIXED, "initial", "<%.5g|%s>", held * between(m, 0.1, 0.6), x->unit);
  if (!g->bought || chance(m, 40)) law_say(m->c, at, LAW_FIXED, "final", "<0|%s>", x->unit);
  bool const filled = law_find(
      m->c, at, "initial"); /* an empty stock is below its minimum in the first hour, not month */
  if (g->bought && !cover && (filled || !flat) && chance(m, 20))
    law_say(m->c, at, LAW_FLOOR, "minimum", "<%.4g|%s>", held * 0.08, x->unit);
  if (!cover && chance(m, 40)) say_gates(m, at, x->unit, held);
  bool const capacity = law_find(m->c, at, "capacity");
  if (law_find(m->c, at, "draw")) say_room(m, at, "room to draw", x->unit, g->site, g->party);
  if (capacity && law_find(m->c, at, "fill"))
    say_room(m, at, "room to fill", x->unit, g->site, g->party);
  if (flat) return;
  if (chance(m, 40))
    law_say(m->c, at, LAW_FIXED, "cost", "<%.4g|USD/%s/d>", x->price * between(m, 1e-5, 1e-3),
            x->unit);
  if (chance(m, 25)) law_say(m->c, at, LAW_FIXED, "loss", "<%.3g|%%/d>", between(m, 0.01, 0.2));
  if (chance(m, 25))
    law_say(m->c, at, LAW_FIXED, "final value", "<%.4g|USD/%s>", x->price * between(m, 0, 0.6),
            x->unit);
}

void law_make_stocks(maker *m) {
  for (int i = 0; i < m->n_goods; i++)
    if ((m->goods[i].in || m->goods[i].out) && chance(m, 30)) make_stock(m, &m->goods[i]);
}

static void make_limit(maker *m) {
  if (m->n_sales < 2) return;
  int const i = law_pick(m->r, m->n_sales), k = law_pick(m->r, m->n_sales);
  if (i == k) return;
  int const at = law_add(m->c, PL_NOUN_limit, "limit");
  pl_step const per = law_any_per(m);
  law_say(m->c, at, LAW_FIXED, "sums", "{markets.@%d: 1, markets.@%d: %.3g}", m->sale[i],
          m->sale[k], between(m, 0.3, 2));
  law_say(m->c, at, LAW_CEILING, "up to", "%s",
          law_bound_text(m, m->rate * between(m, 0.1, 1.5), per, "t"));
  if (chance(m, 40)) law_say(m->c, at, LAW_FIXED, "penalty", "<%.4g|USD/t>", between(m, 5, 300));
}

static void make_cap(maker *m) {
  int const at = law_add(m->c, PL_NOUN_limit, "cap");
  pl_step const per = law_any_per(m);
  law_say(m->c, at, LAW_FIXED, "sums", "[emissions.@%d]", m->co2);
  law_say(m->c, at, LAW_CEILING, "up to", "%s",
          law_bound_text(m, m->rate * between(m, 0.05, 2), per, "t"));
  law_say(m->c, at, LAW_FIXED, "penalty", "<%.4g|USD/t>", between(m, 5, 300));
}

static void make_count(maker *m) {
  const char *list = "";
  int n = 0;
  for (int i = 0; i < m->n_lanes; i++)
    if (law_find(m->c, m->lane[i], "fixed charge"))
      list = pl_arena_printf(m->c->arena, "%s%slanes.@%d", list, n++ ? ", " : "", m->lane[i]);
  if (n < 2) return;
  int const at = law_add(m->c, PL_NOUN_limit, "count");
  law_say(m->c, at, LAW_FIXED, "counts", "[%s]", list);
  law_say(m->c, at, LAW_CEILING, "up to", "<%d|>", n - 1);
}

void law_make_limits(maker *m) {
  int const n = law_pick(m->r, 3);
  for (int i = 0; i < n; i++) make_limit(m);
  if (m->emitted && chance(m, 50)) make_cap(m);
  if (m->family == LAW_MIXED) make_count(m);
  for (int i = 0; i < m->n_sites && m->emitted; i++)
    if (chance(m, 40))
      law_say(m->c, m->site[i], LAW_FIXED, "levies", "{@%d: %s}", m->co2,
              law_inner_price_text(m, between(m, 5, 100), "t"));
}
