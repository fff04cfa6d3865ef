#include "chain/chain.h"

#include <math.h>
#include <string.h>

/* What follows from the fields of a case, in one place for check and plan. */

static const char *const line_keys[] = {
#define L(name, key, meaning) key,
#include "chain/line.def"
#undef L
};

const char *pl_line_key(pl_line l) { return line_keys[l]; }

int pl_line_find(const char *key) {
  for (int i = 0; i < PL_LINES; i++) {
    if (!strcmp(line_keys[i], key)) return i;
  }
  return -1;
}

void pl_case_grid(const pl_case *c, pl_arena *a, pl_step step, pl_grid *out) {
  if (c->typical && step <= PL_DAY)
    pl_grid_typical(out, a, step, c->typical);
  else
    pl_grid_init(out, a, step, c->from, c->to);
}

bool pl_refs_has(const pl_refs *refs, int index) {
  for (int i = 0; i < refs->n; i++) {
    if (refs->index[i] == index) return true;
  }
  return false;
}

pl_step pl_material_step(const pl_case *c, int material) {
  int const own = c->materials[material].step;
  return own >= 0 ? (pl_step)own : c->step;
}

pl_dim pl_material_dim(const pl_case *c, int material) {
  return pl_measure_dim(&c->materials[material].unit);
}

static int site_party(const pl_case *c, int site) { return site < 0 ? -1 : c->sites[site].party; }

int pl_unit_party(const pl_case *c, const pl_unit *u) {
  return u->party >= 0 ? u->party : site_party(c, u->site);
}

int pl_stock_party(const pl_case *c, const pl_stock *s) {
  return s->party >= 0 ? s->party : site_party(c, s->site);
}

pl_step pl_unit_step(const pl_case *c, const pl_unit *u) {
  if (u->step >= 0) return (pl_step)u->step;
  int const product = u->runs.n > 0 ? pl_process_product(&c->processes[u->runs.index[0]]) : -1;
  return product >= 0 ? pl_material_step(c, product) : c->step;
}

bool pl_unit_is_whole(const pl_case *c, const pl_unit *u) {
  return u->on_off == PL_ON_OFF_YES && !c->calendar.relaxed;
}

int pl_market_material(const pl_market *m) { return m->buys >= 0 ? m->buys : m->sells; }

int pl_process_product(const pl_process *process) {
  return process->makes.n > 0 ? process->makes.material[0] : -1;
}

bool pl_process_is_blend(const pl_process *p) { return p->blends.n > 0; }

double pl_process_scale(const pl_process *process) { return 1 / process->makes.amount[0]; }

int pl_agreement_material(const pl_case *c, const pl_agreement *agreement) {
  switch (agreement->kind) {
  case PL_SUPPLY:
  case PL_POWER: return agreement->material;
  case PL_TOLL:
    return agreement->runs.n > 0 ? pl_process_product(&c->processes[agreement->runs.index[0]]) : -1;
  case PL_AGENCY:
    return agreement->markets.n > 0 ? pl_market_material(&c->markets[agreement->markets.index[0]])
                                    : -1;
  case PL_VENTURE: {
    const pl_unit *u = agreement->unit >= 0 ? &c->units[agreement->unit] : NULL;
    return u && u->runs.n > 0 ? pl_process_product(&c->processes[u->runs.index[0]]) : -1;
  }
  default: return -1;
  }
}

double pl_outage_share(const pl_outage *o) { return isnan(o->share) ? 1 : o->share; }

bool pl_outage_may_begin(const pl_case *c, const pl_outage *o, const pl_grid *g, int v,
                         pl_time *begin, pl_time *end) {
  bool const from = o->said[PL_outage_from].line > 0, to = o->said[PL_outage_to].line > 0;
  pl_time const first = from && o->from.from > c->from ? o->from.from : c->from;
  pl_time const last = to && o->to.to < c->to ? o->to.to : c->to;
  *begin = g->start[v] > first ? g->start[v] : first;
  *end = pl_time_after(*begin, o->lasts);
  return *begin < pl_grid_end(g, v) && *end <= last;
}

void pl_agreement_term(const pl_case *c, const pl_agreement *agreement, pl_time *from,
                       pl_time *to) {
  bool const begins = agreement->said[PL_agreement_from].line > 0,
             ends = agreement->said[PL_agreement_to].line > 0;
  *from = begins && agreement->from.from > c->from ? agreement->from.from : c->from;
  *to = ends && agreement->to.to < c->to ? agreement->to.to : c->to;
}
