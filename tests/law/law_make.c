/* Random chains. Every input can be bought dearly and every output thrown away, so that most cases
 * have a plan; nothing bought without bound can be sold at a gain without bound, so that every plan
 * ends. */
#include "law/law_make.h"

static const frame frames[] = {
    {"2026-01", "2026-06", PL_MONTH, PL_WEEK, PL_QUARTER, 6, 181, true},
    {"2026-02", "2026-05", PL_MONTH, PL_DAY, PL_MONTH, 4, 120, true},
    {"2026-01", "2027-12", PL_QUARTER, PL_MONTH, PL_YEAR, 8, 730, true},
    {"2026-01", "2026-12", PL_MONTH, PL_MONTH, PL_YEAR, 12, 365, true},
    {"2026-02-10", "2026-04-05", PL_WEEK, PL_DAY, PL_MONTH, 8, 55, false},
    {"2026-03-02", "2026-03-06", PL_DAY, PL_HOUR, PL_WEEK, 5, 5, false},
    {"2026-03-02", "2026-03-02", PL_HOUR, PL_QUARTER_HOUR, PL_DAY, 24, 1, false},
    {"2024", "2028", PL_YEAR, PL_QUARTER, PL_YEAR, 5, 1827, true},
};
static const frame flat_frames[] = {
    /* step is the coarse one, finest the fine one */
    {"2026-03-02", "2026-03-06", PL_DAY, PL_HOUR, PL_DAY, 5, 5, false},
    {"2026-03-02", "2026-03-02", PL_HOUR, PL_QUARTER_HOUR, PL_HOUR, 24, 1, false},
    {"2026-02-02", "2026-02-22", PL_WEEK, PL_DAY, PL_WEEK, 3, 21, false},
    {"2026-01-15", "2026-02-09", PL_MONTH, PL_HOUR, PL_MONTH, 2, 26, false},
    {"2026-01", "2026-04", PL_MONTH, PL_DAY, PL_MONTH, 4, 120, true},
    {"2026-02", "2026-12", PL_QUARTER, PL_MONTH, PL_QUARTER, 4, 334, true},
    {"2026", "2028", PL_YEAR, PL_MONTH, PL_YEAR, 3, 1096, true},
};
static const frame short_frame = {"2026-01", "2026-05", PL_MONTH, PL_MONTH, PL_MONTH, 5, 151, true};

double law_days_of(const maker *m, pl_step s) {
  static const double days[] = {1 / 96.0, 1 / 24.0, 1, 7, 15, 30, 91, 365};
  return s == PL_STEPS ? m->f->days : days[s];
}

/* --- Bounds and prices as text -------------------------------------------------------------------
 */

/* No bound is written per half-month. */
static pl_step law_pick_step(maker *m) {
  bool const halves = m->f->finest < PL_HALF_MONTH && m->f->coarsest > PL_HALF_MONTH;
  int const span = (int)m->f->coarsest - (int)m->f->finest + 1 - halves;
  int const any = (int)m->f->finest + law_pick(m->r, span);
  return (pl_step)(any + (halves && any >= PL_HALF_MONTH));
}

/* A step that bounds can be written per: the case's, or now and then another; PL_STEPS = all of the
 * time. */
pl_step law_any_per(maker *m) {
  if (chance(m, 20)) return PL_STEPS;
  if (chance(m, 50)) return m->f->step;
  pl_step any = law_pick_step(m);
  if (any == PL_QUARTER_HOUR) any = PL_HOUR; /* no bound is written per quarter-hour */
  /* A month's bound is not flat within a quarter, since months differ in length; weeks lie across
   * the ends of months. */
  bool const uneven = any < m->f->step && any > PL_DAY;
  return m->family == LAW_FLAT && uneven ? m->f->step : any;
}

const char *law_bound_text(maker *m, double per_day, pl_step per, const char *unit) {
  double const x = per_day * law_days_of(m, per);
  if (per == PL_STEPS) return pl_arena_printf(m->c->arena, "<%.5g|%s>", x, unit);
  return pl_arena_printf(m->c->arena, "<%.5g|%s/=%s>", x, unit, pl_step_name(per));
}

/* Rates of capacity: only their size counts, so that months become days of a month's length
 * nowhere. */
const char *law_rate_text(maker *m, double per_day, const char *unit) {
  return pl_arena_printf(m->c->arena, "<%.5g|%s/d>", per_day, unit);
}

const char *law_price_text(maker *m, double price, const char *unit) {
  pl_arena *a = m->c->arena;
  int const kind = law_pick(m->r, 10);
  if (kind < 4 || m->n_quotes == 0 || price <= 0)
    return pl_arena_printf(a, "<%.5g|USD/%s>", price, unit);
  int const q = law_pick(m->r, m->n_quotes);
  double const share = price / m->quote_price[q];
  const char *window = m->f->whole_months && m->f->step >= PL_MONTH && chance(m, 30) ? "[M]" : "";
  const char *back = unit[0] == 't' ? "" : pl_arena_printf(a, " * <1|t/%s>", unit);
  if (kind < 7) return pl_arena_printf(a, "%.4g * @%d%s%s", share, m->quote[q], window, back);
  if (kind < 9)
    return pl_arena_printf(a, "%.4g * @%d%s%s + <%.4g|USD/%s>", share * 0.7, m->quote[q], window,
                           back, price * 0.3, unit);
  return pl_arena_printf(a, "max(%.4g * @%d%s, <%.4g|USD/%s>)", share, m->quote[q], back,
                         price * 0.98, unit);
}

/* The same inside a mapping, where commas and brackets are YAML's. */
const char *law_inner_price_text(maker *m, double price, const char *unit) {
  return pl_arena_printf(m->c->arena, "\"%s\"", law_price_text(m, price, unit));
}

/* --- Head, parties, sites, quotations ------------------------------------------------------------
 */

static void make_head(maker *m) {
  law_case *c = m->c;
  law_say(c, -1, LAW_FIXED, "from", "%s", m->f->from);
  law_say(c, -1, LAW_FIXED, "to", "%s", m->f->to);
  law_say(c, -1, LAW_FIXED, "step", "%s", pl_step_name(m->f->step));
  if (m->family != LAW_FLAT && chance(m, 60))
    law_say(c, -1, LAW_FIXED, "discount", "%.3g %%", between(m, 0, 15));
}

static void make_quotes(maker *m) {
  static const char *const beyond = "hold";
  int const n = law_pick(m->r, 3);
  for (int q = 0; q < n; q++) {
    int const at = m->quote[q] = law_add(m->c, PL_NOUN_quotation, "price");
    double const base = m->quote_price[q] = between(m, 50, 1000);
    const char *list = "[";
    for (int v = 0; v < m->f->periods; v++)
      list = pl_arena_printf(m->c->arena, "%s%s<%.5g|USD/t>", list, v ? ", " : "",
                             base * between(m, 0.7, 1.3));
    law_say(m->c, at, LAW_FIXED, "unit", "USD/t");
    law_say(m->c, at, LAW_FIXED, "values", "%s]", list);
    law_say(m->c, at, LAW_FIXED, "beyond", "%s", beyond);
  }
  m->n_quotes = n;
  if (n == 2) { /* and one over the first */
    m->quote[2] = law_add(m->c, PL_NOUN_quotation, "price");
    law_say(m->c, m->quote[2], LAW_FIXED, "formula", "0.5 * @%d + 0.25 * @%d + <10|USD/t>",
            m->quote[0], m->quote[1]);
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
    if (m->owner[i] >= 0)
      law_say(m->c, m->site[i], LAW_FIXED, "party", "@%d", m->party[m->owner[i]]);
  }
}

/* --- Materials and processes ---------------------------------------------------------------------
 */

pl_step law_any_step(maker *m) {
  if (m->family != LAW_ANY || chance(m, 55)) return m->f->step;
  int const span = (int)m->f->coarsest - (int)m->f->finest + 1;
  return (pl_step)((int)m->f->finest + law_pick(m->r, span));
}

static int add_material(maker *m, const char *name, int level, double price, const char *unit) {
  material *x = &m->material[m->n_materials];
  *x = (material){
      .id = law_add(m->c, PL_NOUN_material, name), .level = level, .price = price, .unit = unit};
  law_say(m->c, x->id, LAW_FIXED, "unit", "<|%s>", unit);
  law_say(m->c, x->id, LAW_FIXED, "step", "%s", pl_step_name(law_any_step(m)));
  return m->n_materials++;
}

static void make_materials(maker *m) {
  int const raws = 2 + law_pick(m->r, 2), mids = 1 + law_pick(m->r, 2);
  for (int i = 0; i < raws; i++) {
    int const at = add_material(m, "raw", 0, between(m, 30, 90), "t");
    law_say(m->c, m->material[at].id, LAW_FIXED, "composition", "{fe: %.3g %%}",
            1.0 + i * between(m, 1, 4));
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
    list = pl_arena_printf(m->c->arena, "%s%s@%d: %.3g %%", list, glue, m->material[i].id,
                           between(m, 85, 100));
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
    list = pl_arena_printf(m->c->arena, "%s%s@%d: <%.4g|%s>", list, glue, x->id,
                           size * between(m, 0.4, 1.4), x->unit);
    glue = ", ";
  }
  law_say(m->c, p->id, LAW_FIXED, "takes", "{%s}", list);
}

static void make_process(maker *m, int product) {
  process *p = &m->process[m->n_processes++];
  int const level = m->material[product].level;
  double const size = chance(m, 70) ? 1 : between(m, 0.5, 4);
  *p = (process){
      .id = law_add(m->c, PL_NOUN_process, "process"), .product = product, .by_product = -1};
  const char *more = "";
  for (int i = 0; i < m->n_materials; i++)
    if (m->material[i].level == -1 && chance(m, 60)) {
      p->by_product = i;
      more = pl_arena_printf(m->c->arena, ", @%d: <%.4g|t>", m->material[i].id,
                             size * between(m, 0.02, 0.3));
    }
  law_say(m->c, p->id, LAW_FIXED, "makes", "{@%d: <%.4g|t>%s}", m->material[product].id, size,
          more);
  if (level == 1 && chance(m, 25))
    say_blend(m, p);
  else
    say_takes(m, p, level, size);
  if (m->co2 >= 0 && chance(m, 60)) {
    law_say(m->c, p->id, LAW_FIXED, "emits", "{@%d: <%.4g|t>}", m->co2, size * between(m, 0.1, 2));
    p->emits = true;
  }
  if (chance(m, 50))
    law_say(m->c, p->id, LAW_FIXED, "cost", "%s", law_price_text(m, between(m, 2, 30), "t"));
}

static void make_processes(maker *m) {
  for (int i = 0; i < m->n_materials; i++)
    if (m->material[i].level > 0) make_process(m, i);
  while (m->n_processes < PROCESSES_MAX && chance(m, 50))
    make_process(m, any_of_level(m, 1 + law_pick(m->r, 2)));
}

law_case *law_make(pl_arena *a, uint64_t seed, law_family family) {
  law_random r = {seed * 1000003 + (uint64_t)family};
  law_case *c = PL_NEW(a, law_case);
  c->arena = a;
  maker *m = PL_NEW(a, maker);
  *m = (maker){.c = c, .r = &r, .family = family};
  m->f = family == LAW_MIXED ? &short_frame
         : family == LAW_FLAT
             ? &flat_frames[law_pick(&r, (int)(sizeof flat_frames / sizeof *flat_frames))]
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
  law_make_units(m);
  law_make_markets(m);
  law_make_lanes(m);
  law_make_stocks(m);
  law_make_limits(m);
  return c;
}
