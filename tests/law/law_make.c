/* Random chains. Every input can be bought dearly and every output thrown away, so that most cases have a plan; nothing bought without bound can be
 * sold at a gain without bound, so that every plan ends. */
#include <assert.h>
#include <stdio.h>

#include "chain/chain.h"
#include "law/law_case.h"

typedef struct {
  const char *from, *to;
  pl_step step, finest, coarsest;
  int periods;     /* of step */
  double days;
  bool whole_months;
} frame;

static const frame frames[] = {
    {"2026-01", "2026-06", PL_MONTH, PL_WEEK, PL_QUARTER, 6, 181, true},
    {"2026-02", "2026-05", PL_MONTH, PL_DAY, PL_MONTH, 4, 120, true},
    {"2026-01", "2027-12", PL_QUARTER, PL_MONTH, PL_YEAR, 8, 730, true},
    {"2026-01", "2026-12", PL_MONTH, PL_MONTH, PL_YEAR, 12, 365, true},
    {"2026-02-10", "2026-04-05", PL_WEEK, PL_DAY, PL_MONTH, 8, 55, false},
    {"2026-03-02", "2026-03-06", PL_DAY, PL_HOUR, PL_WEEK, 5, 5, false},
    {"2024", "2028", PL_YEAR, PL_QUARTER, PL_YEAR, 5, 1827, true},
};
static const frame flat_frames[] = { /* step is the coarse one, finest the fine one */
    {"2026-03-02", "2026-03-06", PL_DAY, PL_HOUR, PL_DAY, 5, 5, false},
    {"2026-02-02", "2026-02-22", PL_WEEK, PL_DAY, PL_WEEK, 3, 21, false},
    {"2026-01-15", "2026-02-09", PL_MONTH, PL_HOUR, PL_MONTH, 2, 26, false},
    {"2026-01", "2026-04", PL_MONTH, PL_DAY, PL_MONTH, 4, 120, true},
    {"2026-02", "2026-12", PL_QUARTER, PL_MONTH, PL_QUARTER, 4, 334, true},
    {"2026", "2028", PL_YEAR, PL_MONTH, PL_YEAR, 3, 1096, true},
};
static const frame short_frame = {"2026-01", "2026-05", PL_MONTH, PL_MONTH, PL_MONTH, 5, 151, true};

enum { PARTIES_MAX = 3, SITES_MAX = 4, MATERIALS_MAX = 8, PROCESSES_MAX = 6, GOODS_MAX = 60 };

typedef struct {
  int id, level;   /* 0 raw … 2 product; −1 by-product */
  double price;
  bool free;
  const char *unit; /* "t", "MWh" */
} material;

typedef struct {
  int id, product; /* index into materials */
  int n;
  int takes[6];    /* indices into materials */
  int by_product;  /* −1 */
  bool emits;
} process;

typedef struct {
  int site, material, party;
  bool in, out, bought; /* bought: there is a market that sells it here without bound */
  bool stock;
} goods;

typedef struct {
  law_case *c;
  law_random *r;
  law_family family;
  const frame *f;
  double rate;      /* t/d that things are about */
  int n_parties, party[PARTIES_MAX];
  int n_sites, site[SITES_MAX], owner[SITES_MAX]; /* owner: index into party, −1 = nobody's */
  int n_materials;
  material material[MATERIALS_MAX];
  int power, co2;   /* index into materials, thing; −1 */
  bool emitted;
  int n_processes;
  process process[PROCESSES_MAX];
  int n_goods;
  goods goods[GOODS_MAX];
  int n_quotes, quote[3];
  double quote_price[3];
  int share;        /* a quotation of shares, −1 */
  int n_sales, sale[GOODS_MAX]; /* markets with bounds, in t */
  int n_lanes, lane[8];
  int n_units, unit[8];
} maker;

static double days_of(const maker *m, pl_step s) {
  static const double days[] = {1 / 24.0, 1, 7, 30, 91, 365};
  return s == PL_STEPS ? m->f->days : days[s];
}

static bool chance(maker *m, int percent) { return law_chance(m->r, percent); }
static double between(maker *m, double low, double high) { return law_between(m->r, low, high); }

/* --- Bounds and prices as text ------------------------------------------------------------------------ */

/* A step that bounds can be written per: the case's, or now and then another; PL_STEPS = all of the time. */
static pl_step any_per(maker *m) {
  if (chance(m, 20)) return PL_STEPS;
  if (chance(m, 50)) return m->f->step;
  int const span = (int)m->f->coarsest - (int)m->f->finest + 1;
  pl_step const any = (pl_step)((int)m->f->finest + law_pick(m->r, span));
  /* A month's bound is not flat within a quarter, since months differ in length; weeks lie across the ends of months. */
  bool const uneven = any < m->f->step && any > PL_DAY;
  return m->family == LAW_FLAT && uneven ? m->f->step : any;
}

static const char *bound_text(maker *m, double per_day, pl_step per, const char *unit) {
  double const x = per_day * days_of(m, per);
  if (per == PL_STEPS) return pl_arena_printf(m->c->arena, "<%.5g|%s>", x, unit);
  return pl_arena_printf(m->c->arena, "<%.5g|%s/=%s>", x, unit, pl_step_name(per));
}

/* Rates of capacity: only their size counts, so that months become days of a month's length nowhere. */
static const char *rate_text(maker *m, double per_day, const char *unit) {
  return pl_arena_printf(m->c->arena, "<%.5g|%s/d>", per_day, unit);
}

static const char *price_text(maker *m, double price, const char *unit) {
  pl_arena *a = m->c->arena;
  int const kind = law_pick(m->r, 10);
  if (kind < 4 || m->n_quotes == 0 || price <= 0) return pl_arena_printf(a, "<%.5g|USD/%s>", price, unit);
  int const q = law_pick(m->r, m->n_quotes);
  double const share = price / m->quote_price[q];
  const char *window = m->f->whole_months && m->f->step >= PL_MONTH && chance(m, 30) ? "[M]" : "";
  const char *back = unit[0] == 't' ? "" : pl_arena_printf(a, " * <1|t/%s>", unit);
  if (kind < 7) return pl_arena_printf(a, "%.4g * @%d%s%s", share, m->quote[q], window, back);
  if (kind < 9)
    return pl_arena_printf(a, "%.4g * @%d%s%s + <%.4g|USD/%s>", share * 0.7, m->quote[q], window, back, price * 0.3, unit);
  return pl_arena_printf(a, "max(%.4g * @%d%s, <%.4g|USD/%s>)", share, m->quote[q], back, price * 0.98, unit);
}

/* The same inside a mapping, where commas and brackets are YAML's. */
static const char *inner_price_text(maker *m, double price, const char *unit) {
  return pl_arena_printf(m->c->arena, "\"%s\"", price_text(m, price, unit));
}

/* --- Head, parties, sites, quotations ------------------------------------------------------------------ */

static void make_head(maker *m) {
  law_case *c = m->c;
  law_say(c, -1, LAW_FIXED, "from", "%s", m->f->from);
  law_say(c, -1, LAW_FIXED, "to", "%s", m->f->to);
  law_say(c, -1, LAW_FIXED, "step", "%s", pl_step_name(m->f->step));
  if (m->family != LAW_FLAT && chance(m, 60)) law_say(c, -1, LAW_FIXED, "discount", "%.3g %%", between(m, 0, 15));
}

static void make_quotes(maker *m) {
  static const char *const beyond = "hold";
  int const n = law_pick(m->r, 3);
  for (int q = 0; q < n; q++) {
    int const at = m->quote[q] = law_add(m->c, PL_NOUN_quotation, "price");
    double const base = m->quote_price[q] = between(m, 50, 1000);
    const char *list = "[";
    for (int v = 0; v < m->f->periods; v++)
      list = pl_arena_printf(m->c->arena, "%s%s<%.5g|USD/t>", list, v ? ", " : "", base * between(m, 0.7, 1.3));
    law_say(m->c, at, LAW_FIXED, "unit", "USD/t");
    law_say(m->c, at, LAW_FIXED, "values", "%s]", list);
    law_say(m->c, at, LAW_FIXED, "beyond", "%s", beyond);
  }
  m->n_quotes = n;
  if (n == 2) { /* and one over the first */
    m->quote[2] = law_add(m->c, PL_NOUN_quotation, "price");
    law_say(m->c, m->quote[2], LAW_FIXED, "formula", "0.5 * @%d + 0.25 * @%d + <10|USD/t>", m->quote[0], m->quote[1]);
    m->quote_price[2] = 0.5 * m->quote_price[0] + 0.25 * m->quote_price[1] + 10;
    m->n_quotes = 3;
  }
  m->share = -1;
  if (!chance(m, 50)) return;
  m->share = law_add(m->c, PL_NOUN_quotation, "share");
  const char *list = "[";
  for (int v = 0; v < m->f->periods; v++)
    list = pl_arena_printf(m->c->arena, "%s%s%.3g %%", list, v ? ", " : "", between(m, 60, 100));
  law_say(m->c, m->share, LAW_FIXED, "values", "%s]", list);
  law_say(m->c, m->share, LAW_FIXED, "beyond", "%s", beyond);
}

static void make_places(maker *m) {
  m->n_parties = 1 + law_pick(m->r, PARTIES_MAX);
  for (int i = 0; i < m->n_parties; i++) m->party[i] = law_add(m->c, PL_NOUN_party, "party");
  m->n_sites = 2 + law_pick(m->r, SITES_MAX - 1);
  for (int i = 0; i < m->n_sites; i++) {
    m->site[i] = law_add(m->c, PL_NOUN_site, "site");
    m->owner[i] = i > 0 && chance(m, 15) ? -1 : law_pick(m->r, m->n_parties);
    if (m->owner[i] >= 0) law_say(m->c, m->site[i], LAW_FIXED, "party", "@%d", m->party[m->owner[i]]);
  }
}

/* --- Materials and processes --------------------------------------------------------------------------- */

static pl_step any_step(maker *m) {
  if (m->family != LAW_ANY || chance(m, 55)) return m->f->step;
  int const span = (int)m->f->coarsest - (int)m->f->finest + 1;
  return (pl_step)((int)m->f->finest + law_pick(m->r, span));
}

static int add_material(maker *m, const char *name, int level, double price, const char *unit) {
  material *x = &m->material[m->n_materials];
  *x = (material){.id = law_add(m->c, PL_NOUN_material, name), .level = level, .price = price, .unit = unit};
  law_say(m->c, x->id, LAW_FIXED, "unit", "<|%s>", unit);
  law_say(m->c, x->id, LAW_FIXED, "step", "%s", pl_step_name(any_step(m)));
  return m->n_materials++;
}

static void make_materials(maker *m) {
  int const raws = 2 + law_pick(m->r, 2), mids = 1 + law_pick(m->r, 2);
  for (int i = 0; i < raws; i++) {
    int const at = add_material(m, "raw", 0, between(m, 30, 90), "t");
    law_say(m->c, m->material[at].id, LAW_FIXED, "composition", "{fe: %.3g %%}", 1.0 + i * between(m, 1, 4));
  }
  for (int i = 0; i < mids; i++) (void)add_material(m, "mid", 1, between(m, 180, 350), "t");
  (void)add_material(m, "product", 2, between(m, 700, 1200), "t");
  m->power = chance(m, 60) ? add_material(m, "power", 0, between(m, 30, 70), "MWh") : -1;
  if (chance(m, 50)) {
    int const at = add_material(m, "slag", -1, between(m, 5, 40), "t");
    m->material[at].free = chance(m, 40);
    if (m->material[at].free) law_say(m->c, m->material[at].id, LAW_FIXED, "free disposal", "yes");
  }
  m->co2 = -1;
  if (!chance(m, 60)) return;
  m->co2 = law_add(m->c, PL_NOUN_material, "co2");
  law_say(m->c, m->co2, LAW_FIXED, "unit", "<|t>");
  law_say(m->c, m->co2, LAW_FIXED, "emission", "yes");
}

static int any_of_level(maker *m, int level) {
  for (;;) {
    int const i = law_pick(m->r, m->n_materials);
    if (m->material[i].level == level && i != m->power) return i;
  }
}

static void add_takes(process *p, int taken) {
  for (int i = 0; i < p->n; i++)
    if (p->takes[i] == taken) return;
  p->takes[p->n++] = taken;
}

static void say_blend(maker *m, process *p) {
  const char *list = "", *glue = "";
  for (int i = 0; i < m->n_materials; i++) {
    if (m->material[i].level != 0 || i == m->power) continue;
    p->takes[p->n++] = i;
    list = pl_arena_printf(m->c->arena, "%s%s@%d: %.3g %%", list, glue, m->material[i].id, between(m, 85, 100));
    glue = ", ";
  }
  law_say(m->c, p->id, LAW_FIXED, "blends", "{%s}", list);
  law_say(m->c, p->id, LAW_FIXED, "within", "{fe: at most %.3g %%}", between(m, 1.2, 5));
}

static void say_takes(maker *m, process *p, int level, double size) {
  const char *list = "", *glue = "";
  int const n = 1 + law_pick(m->r, 2);
  for (int i = 0; i < n; i++) add_takes(p, any_of_level(m, level - 1));
  if (level == 2 && chance(m, 30)) add_takes(p, any_of_level(m, 0));
  if (m->power >= 0 && chance(m, 60)) add_takes(p, m->power);
  for (int i = 0; i < p->n; i++) {
    const material *x = &m->material[p->takes[i]];
    list = pl_arena_printf(m->c->arena, "%s%s@%d: <%.4g|%s>", list, glue, x->id, size * between(m, 0.4, 1.4), x->unit);
    glue = ", ";
  }
  law_say(m->c, p->id, LAW_FIXED, "takes", "{%s}", list);
}

static void make_process(maker *m, int product) {
  process *p = &m->process[m->n_processes++];
  int const level = m->material[product].level;
  double const size = chance(m, 70) ? 1 : between(m, 0.5, 4);
  *p = (process){.id = law_add(m->c, PL_NOUN_process, "process"), .product = product, .by_product = -1};
  const char *more = "";
  for (int i = 0; i < m->n_materials; i++)
    if (m->material[i].level == -1 && chance(m, 60)) {
      p->by_product = i;
      more = pl_arena_printf(m->c->arena, ", @%d: <%.4g|t>", m->material[i].id, size * between(m, 0.02, 0.3));
    }
  law_say(m->c, p->id, LAW_FIXED, "makes", "{@%d: <%.4g|t>%s}", m->material[product].id, size, more);
  if (level == 1 && chance(m, 25))
    say_blend(m, p);
  else
    say_takes(m, p, level, size);
  if (m->co2 >= 0 && chance(m, 60)) {
    law_say(m->c, p->id, LAW_FIXED, "emits", "{@%d: <%.4g|t>}", m->co2, size * between(m, 0.1, 2));
    p->emits = true;
  }
  if (chance(m, 50)) law_say(m->c, p->id, LAW_FIXED, "cost", "%s", price_text(m, between(m, 2, 30), "t"));
}

static void make_processes(maker *m) {
  for (int i = 0; i < m->n_materials; i++)
    if (m->material[i].level > 0) make_process(m, i);
  while (m->n_processes < PROCESSES_MAX && chance(m, 50)) make_process(m, any_of_level(m, 1 + law_pick(m->r, 2)));
}

/* --- Goods ---------------------------------------------------------------------------------------------- */

static goods *goods_at(maker *m, int site, int goods_material, int party) {
  for (int i = 0; i < m->n_goods; i++) {
    goods *g = &m->goods[i];
    if (g->site == site && g->material == goods_material && g->party == party) return g;
  }
  assert(m->n_goods < GOODS_MAX);
  m->goods[m->n_goods] = (goods){.site = site, .material = goods_material, .party = party};
  return &m->goods[m->n_goods++];
}

/* --- Units ---------------------------------------------------------------------------------------------- */

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
    law_say(m->c, at, LAW_FIXED, "capacity", "%s", rate_text(m, capacity, "t"));
    return capacity;
  }
  touch(m, q, site, party);
  if (chance(m, 60)) {
    law_say(m->c, at, LAW_FIXED, "runs", "[@%d, @%d]", p->id, q->id);
    law_say(m->c, at, LAW_FIXED, "capacity", "%s", rate_text(m, capacity, "t"));
    return capacity;
  }
  law_say(m->c, at, LAW_FIXED, "runs", "{@%d: <%.4g|h/t>, @%d: <%.4g|h/t>}", p->id, 20 / capacity, q->id, 15 / capacity);
  law_say(m->c, at, LAW_FIXED, "capacity", "<20|h/d>");
  return capacity;
}

static void say_least(maker *m, int at, double capacity, bool must) {
  int const kind = must ? law_pick(m->r, 2) : law_pick(m->r, 6);
  if (kind == 0) law_say(m->c, at, LAW_FLOOR, "minimum", "<%.3g|%%>", between(m, 5, 60));
  if (kind == 1) law_say(m->c, at, LAW_CEILING, "turndown", "<%.3g|%%>", between(m, 5, 40));
  if (kind == 2) {
    pl_step const per = any_per(m);
    law_say(m->c, at, LAW_FLOOR, "at least", "%s", bound_text(m, capacity * between(m, 0.05, 0.4), per, "t"));
  }
  if (kind > 1) law_find(m->c, at, "capacity")->role = LAW_CEILING; /* elsewhere more capacity means more minimum */
}

static void say_on_off(maker *m, int at) {
  law_say(m->c, at, LAW_FIXED, "on/off", "yes");
  if (chance(m, 70)) law_say(m->c, at, LAW_FIXED, "cost when on", "<%.4g|USD/d>", m->rate * between(m, 5, 60));
  if (chance(m, 70)) law_say(m->c, at, LAW_FIXED, "start cost", "<%.4g|USD>", m->rate * between(m, 50, 3000));
  if (chance(m, 50)) law_say(m->c, at, LAW_FIXED, "on before", "no");
}

static void say_unit_trimmings(maker *m, int at, double capacity) {
  if (chance(m, 25)) law_say(m->c, at, LAW_FIXED, "online", "<%.3g|%%>", between(m, 40, 100));
  if (m->share >= 0 && chance(m, 40)) law_say(m->c, at, LAW_FIXED, "availability", "@%d", m->share);
  bool const must_run =
      law_find(m->c, at, "minimum") || law_find(m->c, at, "turndown") || law_find(m->c, at, "at least");
  if (!must_run && chance(m, 30)) {
    pl_step const per = any_per(m);
    law_say(m->c, at, LAW_CEILING, "up to", "%s", bound_text(m, capacity * between(m, 0.3, 0.9), per, "t"));
  }
  if (m->family != LAW_FLAT && chance(m, 25))
    law_say(m->c, at, LAW_CEILING, "ramp", "<%.3g|%%/d>", between(m, 10, 120) / days_of(m, m->f->step));
  if (chance(m, 30)) law_say(m->c, at, LAW_FIXED, "cost", "%s", price_text(m, between(m, 1, 10), "t"));
  if (chance(m, 30)) law_say(m->c, at, LAW_FIXED, "fixed cost", "<%.4g|USD/d>", m->rate * between(m, 1, 40));
  if (m->family == LAW_ANY && chance(m, 10)) law_say(m->c, at, LAW_FIXED, "step", "%s", pl_step_name(any_step(m)));
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
  if (pool >= 0 && chance(m, 60)) law_say(m->c, at, LAW_FIXED, "uses", "{@%d: %.3g}", pool, between(m, 0.5, 1.5));
}

static void make_units(maker *m) {
  int pool = -1, n = 2 + law_pick(m->r, 4);
  if (chance(m, 25)) {
    pool = law_add(m->c, PL_NOUN_unit, "pool");
    law_say(m->c, pool, LAW_FIXED, "site", "@%d", m->site[0]);
    law_say(m->c, pool, LAW_CEILING, "capacity", "%s", rate_text(m, m->rate * between(m, 1.5, 3), "t"));
  }
  for (int i = 0; i < n; i++) make_unit(m, pool);
}

/* --- Markets -------------------------------------------------------------------------------------------- */

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
  (void)add_market(m, g, "sells", pl_arena_printf(m->c->arena, "<%.5g|USD/%s>", 3 * x->price, x->unit));
}

static void say_tiers(maker *m, int at, const material *x, double price, double per_day, double slope) {
  pl_step const per = any_per(m);
  const char *first = bound_text(m, per_day, per, x->unit), *second = bound_text(m, per_day, per, x->unit);
  law_say(m->c, at, LAW_FIXED, "tiers", "[{up to: %s, price: %s}, {up to: %s, price: <%.5g|USD/%s>}]", first,
          pl_arena_printf(m->c->arena, "<%.5g|USD/%s>", price, x->unit), second, price * slope, x->unit);
}

static void say_market_trimmings(maker *m, int at, const material *x, double per_day) {
  if (chance(m, 30)) {
    pl_step const per = any_per(m);
    law_say(m->c, at, LAW_CEILING, "up to", "%s", bound_text(m, per_day * between(m, 0.5, 1), per, x->unit));
  }
  if (chance(m, 20)) law_say(m->c, at, LAW_FIXED, "charges", "{duty: %s, commission: <%.3g|USD/%s>}",
                             inner_price_text(m, x->price * 0.03, x->unit), x->price * 0.01, x->unit);
  if (m->family != LAW_FLAT && chance(m, 20)) law_say(m->c, at, LAW_FIXED, "paid after", "%s", chance(m, 50) ? "45 d" : "P2M");
}

static void make_offer(maker *m, goods *g, const char *verb, double price, double per_day) {
  const material *x = &m->material[g->material];
  bool const tiers = chance(m, 25);
  int const at = add_market(m, g, verb, tiers ? NULL : price_text(m, price, x->unit));
  if (tiers) {
    say_tiers(m, at, x, price, per_day, verb[0] == 'b' ? 0.9 : 1.1);
  } else {
    pl_step const per = any_per(m);
    law_say(m->c, at, LAW_CEILING, "up to", "%s", bound_text(m, per_day, per, x->unit));
    if (x->unit[0] == 't') m->sale[m->n_sales++] = at;
  }
  if (tiers) say_market_trimmings(m, at, x, per_day);
  if (tiers || m->family != LAW_MIXED || !chance(m, 30)) return;
  law_say(m->c, at, LAW_FIXED, "fixed charge", "<%.4g|USD>", m->rate * price * between(m, 0.1, 1));
  if (chance(m, 50)) law_say(m->c, at, LAW_FLOOR, "minimum when used", "<%.4g|%s>", m->rate * between(m, 0.5, 5), x->unit);
}

/* A demand: hard where the goods can be bought too, else with a price on what is missing. */
static void make_demand(maker *m, goods *g) {
  const material *x = &m->material[g->material];
  int const at = add_market(m, g, "buys", price_text(m, x->price * between(m, 0.8, 1.2), x->unit));
  pl_step const per = any_per(m);
  const char *bound = bound_text(m, m->rate * between(m, 0.05, 0.3), per, x->unit);
  bool const exact = chance(m, 40);
  law_say(m->c, at, exact ? LAW_FIXED : LAW_FLOOR, exact ? "exactly" : "at least", "%s", bound);
  if (!exact) law_say(m->c, at, LAW_CEILING, "up to", "%s", bound_text(m, m->rate * 0.35, per, x->unit));
  if (chance(m, 50))
    law_say(m->c, at, LAW_FIXED, "short at", "<%.5g|USD/%s>", x->price * between(m, 0.2, 2.5), x->unit);
  else
    make_sure_to_buy(m, g);
}

static void make_markets(maker *m) {
  for (int i = 0; i < m->n_goods; i++) {
    goods *g = &m->goods[i];
    const material *x = &m->material[g->material];
    if (g->in) make_sure_to_buy(m, g);
    double const cheap = x->price * between(m, 0.7, 1.1), dear = x->price * between(m, 0.8, 1.3);
    double const most = m->rate * between(m, 0.3, 2);
    if (g->in && chance(m, 60)) make_offer(m, g, "sells", cheap, most);
    if (g->out && !x->free) (void)add_market(m, g, "buys", pl_arena_printf(m->c->arena, "<%.4g|USD/%s>", -between(m, 0, 3), x->unit));
    if (g->out && chance(m, 75)) make_offer(m, g, "buys", dear, most * 0.8);
    if (g->out && x->level > 0 && chance(m, 25)) make_demand(m, g);
  }
}

/* --- Lanes ---------------------------------------------------------------------------------------------- */

static const char *any_time(maker *m) {
  static const char *const little[] = {"5 h", "30 h", "1 d"}, *const some[] = {"3 d", "36 h", "12 d"},
                          *const much[] = {"12 d", "40 d", "1 month", "P2M"};
  if (m->family == LAW_FLAT || chance(m, 30)) return NULL;
  if (m->f->days < 10) return little[law_pick(m->r, 3)];
  return m->f->days < 100 ? some[law_pick(m->r, 3)] : much[law_pick(m->r, 4)];
}

static void say_lane_trimmings(maker *m, int at, const material *x) {
  const char *time = any_time(m);
  if (time) law_say(m->c, at, LAW_FIXED, "time", "%s", time);
  if (time && chance(m, 20)) law_say(m->c, at, LAW_FIXED, "wraps", "yes");
  if (chance(m, 70)) law_say(m->c, at, LAW_FIXED, "cost", "<%.4g|USD/%s>", between(m, 1, 20), x->unit);
  if (chance(m, 30)) law_say(m->c, at, LAW_FIXED, "loss", "<%.3g|%%>", between(m, 0.1, 5));
  if (chance(m, 20)) law_say(m->c, at, LAW_FIXED, "charges", "{duty: <%.3g|USD/%s>}", between(m, 1, 10), x->unit);
  if (chance(m, 30)) {
    pl_step const per = any_per(m);
    law_say(m->c, at, LAW_CEILING, "up to", "%s", bound_text(m, m->rate * between(m, 0.1, 1), per, x->unit));
  }
  if (m->co2 >= 0 && chance(m, 30)) {
    law_say(m->c, at, LAW_FIXED, "emits", "{@%d: <%.3g|t/%s>}", m->co2, between(m, 0.01, 0.1), x->unit);
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
    law_say(m->c, at, LAW_CEILING, "capacity", "%s", rate_text(m, m->rate * between(m, 0.2, 1.5), x->unit));
  say_lane_trimmings(m, at, x);
  if (!integer) return;
  if (chance(m, 60)) law_say(m->c, at, LAW_FLOOR, "minimum when used", "<%.4g|%s>", m->rate * between(m, 0.3, 2.5), x->unit);
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

static void make_lanes(maker *m) {
  int const n = law_pick(m->r, 5), known = m->n_goods;
  for (int i = 0; i < n; i++) make_way(m, law_pick(m->r, known));
}

/* --- Stocks, limits, levies ------------------------------------------------------------------------------- */

static void say_gates(maker *m, int at, const char *unit, double held) {
  double const per_day = held / days_of(m, m->f->step);
  if (chance(m, 60)) law_say(m->c, at, LAW_CEILING, "fill", "%s", rate_text(m, per_day * between(m, 0.5, 2), unit));
  if (chance(m, 60)) law_say(m->c, at, LAW_CEILING, "draw", "%s", rate_text(m, per_day * between(m, 0.5, 2), unit));
  if (chance(m, 50)) law_say(m->c, at, LAW_FIXED, "fill loss", "<%.3g|%%>", between(m, 0.1, 8));
  if (chance(m, 50)) law_say(m->c, at, LAW_FIXED, "draw loss", "<%.3g|%%>", between(m, 0.1, 8));
}

static void make_stock(maker *m, const goods *g) {
  const material *x = &m->material[g->material];
  int const at = law_add(m->c, PL_NOUN_stock, "stock");
  double const held = m->rate * days_of(m, m->f->step) * between(m, 0.2, 2);
  bool const flat = m->family == LAW_FLAT, cover = !flat && g->in && chance(m, 30);
  law_say(m->c, at, LAW_FIXED, "site", "@%d", m->site[g->site]);
  law_say(m->c, at, LAW_FIXED, "keeps", "@%d", x->id);
  if (m->owner[g->site] != g->party) law_say(m->c, at, LAW_FIXED, "party", "@%d", m->party[g->party]);
  if (!cover) law_say(m->c, at, LAW_CEILING, "capacity", "<%.5g|%s>", held, x->unit);
  if (cover) law_say(m->c, at, LAW_FIXED, "cover", "%d d", 1 + law_pick(m->r, 5));
  if (chance(m, 70)) law_say(m->c, at, LAW_FIXED, "initial", "<%.5g|%s>", held * between(m, 0.1, 0.6), x->unit);
  if (!g->bought || chance(m, 40)) law_say(m->c, at, LAW_FIXED, "final", "<0|%s>", x->unit);
  bool const filled = law_find(m->c, at, "initial"); /* an empty stock is below its minimum in the first hour, not month */
  if (g->bought && !cover && (filled || !flat) && chance(m, 20)) law_say(m->c, at, LAW_FLOOR, "minimum", "<%.4g|%s>", held * 0.08, x->unit);
  if (!cover && chance(m, 40)) say_gates(m, at, x->unit, held);
  if (flat) return;
  if (chance(m, 40)) law_say(m->c, at, LAW_FIXED, "cost", "<%.4g|USD/%s/d>", x->price * between(m, 1e-5, 1e-3), x->unit);
  if (chance(m, 25)) law_say(m->c, at, LAW_FIXED, "loss", "<%.3g|%%/d>", between(m, 0.01, 0.2));
  if (chance(m, 25)) law_say(m->c, at, LAW_FIXED, "final value", "<%.4g|USD/%s>", x->price * between(m, 0, 0.6), x->unit);
}

static void make_limit(maker *m) {
  if (m->n_sales < 2) return;
  int const i = law_pick(m->r, m->n_sales), k = law_pick(m->r, m->n_sales);
  if (i == k) return;
  int const at = law_add(m->c, PL_NOUN_limit, "limit");
  pl_step const per = any_per(m);
  law_say(m->c, at, LAW_FIXED, "sums", "{markets.@%d: 1, markets.@%d: %.3g}", m->sale[i], m->sale[k], between(m, 0.3, 2));
  law_say(m->c, at, LAW_CEILING, "up to", "%s", bound_text(m, m->rate * between(m, 0.1, 1.5), per, "t"));
  if (chance(m, 40)) law_say(m->c, at, LAW_FIXED, "penalty", "<%.4g|USD/t>", between(m, 5, 300));
}

static void make_cap(maker *m) {
  int const at = law_add(m->c, PL_NOUN_limit, "cap");
  pl_step const per = any_per(m);
  law_say(m->c, at, LAW_FIXED, "sums", "[emissions.@%d]", m->co2);
  law_say(m->c, at, LAW_CEILING, "up to", "%s", bound_text(m, m->rate * between(m, 0.05, 2), per, "t"));
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

static void make_limits(maker *m) {
  int const n = law_pick(m->r, 3);
  for (int i = 0; i < n; i++) make_limit(m);
  if (m->emitted && chance(m, 50)) make_cap(m);
  if (m->family == LAW_MIXED) make_count(m);
  for (int i = 0; i < m->n_sites && m->emitted; i++)
    if (chance(m, 40)) law_say(m->c, m->site[i], LAW_FIXED, "levies", "{@%d: %s}", m->co2, inner_price_text(m, between(m, 5, 100), "t"));
}

law_case *law_make(pl_arena *a, uint64_t seed, law_family family) {
  law_random r = {seed * 1000003 + (uint64_t)family};
  law_case *c = PL_NEW(a, law_case);
  c->arena = a;
  maker *m = PL_NEW(a, maker);
  *m = (maker){.c = c, .r = &r, .family = family};
  m->f = family == LAW_MIXED  ? &short_frame
         : family == LAW_FLAT ? &flat_frames[law_pick(&r, (int)(sizeof flat_frames / sizeof *flat_frames))]
                              : &frames[law_pick(&r, (int)(sizeof frames / sizeof *frames))];
  c->fine = m->f->finest;
  c->coarse = m->f->step;
  double const decades[] = {3, 30, 300, 3000};
  m->rate = decades[law_pick(&r, 4)] * between(m, 0.5, 2);
  make_head(m);
  make_places(m);
  make_quotes(m);
  make_materials(m);
  make_processes(m);
  make_units(m);
  make_markets(m);
  make_lanes(m);
  for (int i = 0; i < m->n_goods; i++)
    if ((m->goods[i].in || m->goods[i].out) && chance(m, 30)) make_stock(m, &m->goods[i]);
  make_limits(m);
  return c;
}
