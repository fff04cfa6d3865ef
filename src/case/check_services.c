/* Requirements of tolls, agencies and ventures beyond those of all agreements: on whose unit, of
 * what, into whose markets, in which shares. */
#include <math.h>

#include "case/reading.h"
#include "chain/clause.h"
#include "chain/goods.h"
#include "chain/recipe.h"

#define OF(field) PL_agreement_##field

/* Some process run under the toll takes (or makes) the material; true where none is known. */
static bool any_run(const pl_case *c, const pl_agreement *a, int material,
                    bool (*test)(const pl_process *p, int material)) {
  for (int i = 0; i < a->runs.n; i++) {
    if (test(&c->processes[a->runs.index[i]], material)) return true;
  }
  return a->runs.n == 0;
}

/* --- Tolls ------------------------------------------------------------------------------------ */

static void check_unit(pl_reading *r, const pl_agreement *a) {
  const pl_case *const c = r->c;
  if (a->unit < 0 || a->toller < 0) return;
  const pl_unit *const u = &c->units[a->unit];
  int const party = pl_unit_party(c, u);
  if (party < 0 || party == a->toller) return;
  (void)pl_fail(r->diag, PL_RANGE, a->said[OF(unit)],
                "the unit '%s' belongs to %s, not to the toller", u->name, c->parties[party].name);
}

/* The ingredients of a blend are not tracked by owner. */
static void want_no_blend(pl_reading *r, const pl_shares *runs, pl_place at, const char *what) {
  for (int i = 0; i < runs->n; i++) {
    const pl_process *const p = &r->c->processes[runs->index[i]];
    if (!pl_process_is_blend(p)) continue;
    (void)pl_fail(r->diag, PL_RANGE, at.line > 0 ? at : runs->place[i],
                  "%s cannot run the blend '%s': specify its inputs under 'takes'", what, p->name);
  }
}

/* What is counted, paid for and bounded together must have one unit. */
static void check_products(pl_reading *r, const pl_agreement *a) {
  const pl_case *const c = r->c;
  pl_dim first;
  if (!pl_wanted_dim(r, PL_NOUN_agreement, a, "quantity", &first)) return;
  for (int i = 1; i < a->runs.n; i++) {
    int const product = pl_process_product(&c->processes[a->runs.index[i]]);
    if (product < 0 || !(c->materials[product].unit.factor > 0)) continue;
    pl_dim const dim = pl_material_dim(c, product);
    if (pl_dim_equal(dim, first)) continue;
    (void)pl_fail(
        r->diag, PL_UNIT, a->runs.place[i], "'%s' makes %s, but the toll is counted in %s",
        c->processes[a->runs.index[i]].name, pl_dim_words(r, dim), pl_dim_words(r, first));
  }
}

static void check_goods(pl_reading *r, const pl_agreement *a) {
  const pl_case *const c = r->c;
  for (int i = 0; i < a->brings.n; i++) {
    int const material = a->brings.index[i];
    if (any_run(c, a, material, pl_process_takes)) continue;
    (void)pl_fail(r->diag, PL_RANGE, a->brings.place[i], "'%s' is not an input of what '%s' runs",
                  c->materials[material].name, a->name);
  }
  for (int i = 0; i < a->leaves.n; i++) {
    int const material = a->leaves.index[i];
    if (any_run(c, a, material, pl_process_makes)) continue;
    (void)pl_fail(r->diag, PL_RANGE, a->leaves.place[i], "'%s' is not a product of what '%s' runs",
                  c->materials[material].name, a->name);
  }
  for (int i = 0; i < a->credits.n; i++) {
    int const material = a->credits.material[i];
    if (a->leaves.n == 0 || pl_refs_has(&a->leaves, material)) continue;
    (void)pl_fail(r->diag, PL_RANGE, a->credits.place[i],
                  "'%s' is not left with the toller: it is not listed under 'leaves'",
                  c->materials[material].name);
  }
}

static void check_toll(pl_reading *r, const pl_agreement *a) {
  check_unit(r, a);
  want_no_blend(r, &a->runs, PL_NOWHERE, "a toll");
  check_products(r, a);
  check_goods(r, a);
}

/* --- Agencies --------------------------------------------------------------------------------- */

static void check_opened(pl_reading *r, const pl_agreement *a, int i, const pl_dim *counted) {
  const pl_case *const c = r->c;
  const pl_market *const m = &c->markets[a->markets.index[i]];
  pl_place const at = a->markets.place[i];
  if (m->site < 0) return;
  if (m->said[PL_market_buys].line == 0) {
    (void)pl_fail(r->diag, PL_RANGE, at, "the market '%s' buys nothing: an agent can only sell",
                  m->name);
    return;
  }
  if (a->agent >= 0 && !pl_market_serves(c, m, a->agent)) {
    (void)pl_fail(r->diag, PL_RANGE, at, "the market '%s' is not open to the agent %s", m->name,
                  c->parties[a->agent].name);
  } else if (a->principal >= 0 && pl_market_serves(c, m, a->principal) &&
             !pl_refs_has(&a->closes, a->markets.index[i])) {
    pl_warn(r->diag, at, "the market '%s' is open to %s without an agent too", m->name,
            c->parties[a->principal].name);
  }
  if (m->said[PL_market_tiers].line > 0) {
    (void)pl_fail(r->diag, PL_RANGE, at, "the market '%s' has tiers: an agent sells at one price",
                  m->name);
  }
  if (m->buys < 0 || !counted || !(c->materials[m->buys].unit.factor > 0)) return;
  pl_dim const dim = pl_material_dim(c, m->buys);
  if (pl_dim_equal(dim, *counted)) return;
  (void)pl_fail(r->diag, PL_UNIT, at, "'%s' buys in %s, but the agency is counted in %s", m->name,
                pl_dim_words(r, dim), pl_dim_words(r, *counted));
}

static void check_agency(pl_reading *r, const pl_agreement *a) {
  const pl_case *const c = r->c;
  pl_dim counted;
  bool const known = pl_wanted_dim(r, PL_NOUN_agreement, a, "quantity", &counted);
  for (int i = 0; i < a->markets.n; i++) check_opened(r, a, i, known ? &counted : NULL);
  for (int i = 0; i < a->closes.n; i++) {
    const pl_market *const m = &c->markets[a->closes.index[i]];
    if (m->site < 0 || a->principal < 0 || pl_market_serves(c, m, a->principal)) continue;
    pl_warn(r->diag, a->closes.place[i], "the market '%s' is not open to %s anyway", m->name,
            c->parties[a->principal].name);
  }
}

/* --- Ventures --------------------------------------------------------------------------------- */

static void check_venture(pl_reading *r, const pl_agreement *a) {
  if (a->unit >= 0)
    want_no_blend(r, &r->c->units[a->unit].runs, a->said[OF(unit)], "partners of a venture");
  double sum = 0;
  bool plain = true;
  for (int i = 0; i < a->shares.n; i++) {
    sum += a->shares.factor[i];
    if (pl_dim_is_none(a->shares.dim[i])) continue;
    plain = false;
    (void)pl_fail(r->diag, PL_UNIT, a->shares.place[i], "a share must be a plain number, not in %s",
                  pl_dim_text(a->shares.dim[i], r->a));
  }
  if (a->shares.n == 0 || !plain || r->incomplete || fabs(sum - 1) <= 1e-9) return;
  char text[32];
  pl_number_format(100 * sum, text, sizeof text);
  (void)pl_fail(r->diag, PL_RANGE, a->said[OF(shares)], "the shares add up to %s %%, not to 100 %%",
                text);
}

/* A unit may have only one set of partners at a time. */
static void check_overlap(pl_reading *r, int one) {
  const pl_case *const c = r->c;
  const pl_agreement *const a = &c->agreements[one];
  pl_time from, to, other_from, other_to;
  pl_agreement_term(c, a, &from, &to);
  for (int i = 0; i < one; i++) {
    const pl_agreement *const b = &c->agreements[i];
    pl_agreement_term(c, b, &other_from, &other_to);
    if (b->kind != PL_VENTURE || b->unit != a->unit || a->unit < 0) continue;
    if (from >= other_to || other_from >= to) continue;
    (void)pl_fail(r->diag, PL_RANGE, a->said[OF(unit)],
                  "the unit '%s' is shared by '%s' at the same time", c->units[a->unit].name,
                  b->name);
  }
}

void pl_check_services(pl_reading *r) {
  for (int i = 0; i < r->c->n_agreements; i++) {
    const pl_agreement *const a = &r->c->agreements[i];
    if (a->kind == PL_TOLL) check_toll(r, a);
    if (a->kind == PL_AGENCY) check_agency(r, a);
    if (a->kind != PL_VENTURE) continue;
    check_venture(r, a);
    check_overlap(r, i);
  }
}
