/* Requirements of tolls, agencies and ventures beyond those of all agreements: on whose unit, of
 * what, into whose markets, in which shares. */
#include <math.h>

#include "case/reading.h"
#include "chain/clause.h"
#include "chain/goods.h"
#include "chain/recipe.h"

#define OF(field) PL_agreement_##field

/* Some process run under the toll takes (or makes) the material; true where none is known. */
static bool any_run(const pl_case *c, const pl_agreement *agreement, int material,
                    bool (*test)(const pl_process *process, int material)) {
  for (int i = 0; i < agreement->runs.n; i++) {
    if (test(&c->processes[agreement->runs.index[i]], material)) return true;
  }
  return agreement->runs.n == 0;
}

/* --- Tolls ------------------------------------------------------------------------------------ */

static void check_unit(pl_reading *r, const pl_agreement *agreement) {
  const pl_case *const c = r->c;
  if (agreement->unit < 0 || agreement->toller < 0) return;
  const pl_unit *const u = &c->units[agreement->unit];
  int const party = pl_unit_party(c, u);
  if (party < 0 || party == agreement->toller) return;
  (void)pl_fail(r->diag, PL_RANGE, agreement->said[OF(unit)],
                "the unit '%s' belongs to %s, not to the toller", u->name, c->parties[party].name);
}

/* The ingredients of a blend are not tracked by owner. */
static void want_no_blend(pl_reading *r, const pl_shares *runs, pl_place at, const char *what) {
  for (int i = 0; i < runs->n; i++) {
    const pl_process *const process = &r->c->processes[runs->index[i]];
    if (!pl_process_is_blend(process)) continue;
    (void)pl_fail(r->diag, PL_RANGE, at.line > 0 ? at : runs->place[i],
                  "%s cannot run the blend '%s': specify its inputs under 'takes'", what,
                  process->name);
  }
}

/* What is counted, paid for and bounded together must have one unit. */
static void check_products(pl_reading *r, const pl_agreement *agreement) {
  const pl_case *const c = r->c;
  pl_dim first;
  if (!pl_wanted_dim(r, PL_NOUN_agreement, agreement, "quantity", &first)) return;
  for (int i = 1; i < agreement->runs.n; i++) {
    int const product = pl_process_product(&c->processes[agreement->runs.index[i]]);
    if (product < 0 || !(c->materials[product].unit.factor > 0)) continue;
    pl_dim const dim = pl_material_dim(c, product);
    if (pl_dim_equal(dim, first)) continue;
    (void)pl_fail(
        r->diag, PL_UNIT, agreement->runs.place[i], "'%s' makes %s, but the toll is counted in %s",
        c->processes[agreement->runs.index[i]].name, pl_dim_words(r, dim), pl_dim_words(r, first));
  }
}

static void check_goods(pl_reading *r, const pl_agreement *agreement) {
  const pl_case *const c = r->c;
  for (int i = 0; i < agreement->brings.n; i++) {
    int const material = agreement->brings.index[i];
    if (any_run(c, agreement, material, pl_process_takes)) continue;
    (void)pl_fail(r->diag, PL_RANGE, agreement->brings.place[i],
                  "'%s' is not an input of what '%s' runs", c->materials[material].name,
                  agreement->name);
  }
  for (int i = 0; i < agreement->leaves.n; i++) {
    int const material = agreement->leaves.index[i];
    if (any_run(c, agreement, material, pl_process_makes)) continue;
    (void)pl_fail(r->diag, PL_RANGE, agreement->leaves.place[i],
                  "'%s' is not a product of what '%s' runs", c->materials[material].name,
                  agreement->name);
  }
  for (int i = 0; i < agreement->credits.n; i++) {
    int const material = agreement->credits.material[i];
    if (agreement->leaves.n == 0 || pl_refs_has(&agreement->leaves, material)) continue;
    (void)pl_fail(r->diag, PL_RANGE, agreement->credits.place[i],
                  "'%s' is not left with the toller: it is not listed under 'leaves'",
                  c->materials[material].name);
  }
}

static void check_toll(pl_reading *r, const pl_agreement *agreement) {
  check_unit(r, agreement);
  want_no_blend(r, &agreement->runs, PL_NOWHERE, "a toll");
  check_products(r, agreement);
  check_goods(r, agreement);
}

/* --- Agencies --------------------------------------------------------------------------------- */

static void check_opened(pl_reading *r, const pl_agreement *agreement, int i,
                         const pl_dim *counted) {
  const pl_case *const c = r->c;
  const pl_market *const m = &c->markets[agreement->markets.index[i]];
  pl_place const at = agreement->markets.place[i];
  if (m->site < 0) return;
  if (m->said[PL_market_buys].line == 0) {
    (void)pl_fail(r->diag, PL_RANGE, at, "the market '%s' buys nothing: an agent can only sell",
                  m->name);
    return;
  }
  if (agreement->agent >= 0 && !pl_market_serves(c, m, agreement->agent)) {
    (void)pl_fail(r->diag, PL_RANGE, at, "the market '%s' is not open to the agent %s", m->name,
                  c->parties[agreement->agent].name);
  } else if (agreement->principal >= 0 && pl_market_serves(c, m, agreement->principal) &&
             !pl_refs_has(&agreement->closes, agreement->markets.index[i])) {
    pl_warn(r->diag, at, "the market '%s' is open to %s without an agent too", m->name,
            c->parties[agreement->principal].name);
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

static void check_agency(pl_reading *r, const pl_agreement *agreement) {
  const pl_case *const c = r->c;
  pl_dim counted;
  bool const known = pl_wanted_dim(r, PL_NOUN_agreement, agreement, "quantity", &counted);
  for (int i = 0; i < agreement->markets.n; i++)
    check_opened(r, agreement, i, known ? &counted : NULL);
  for (int i = 0; i < agreement->closes.n; i++) {
    const pl_market *const m = &c->markets[agreement->closes.index[i]];
    if (m->site < 0 || agreement->principal < 0 || pl_market_serves(c, m, agreement->principal))
      continue;
    pl_warn(r->diag, agreement->closes.place[i], "the market '%s' is not open to %s anyway",
            m->name, c->parties[agreement->principal].name);
  }
}

/* --- Ventures --------------------------------------------------------------------------------- */

static void check_venture(pl_reading *r, const pl_agreement *agreement) {
  if (agreement->unit >= 0)
    want_no_blend(r, &r->c->units[agreement->unit].runs, agreement->said[OF(unit)],
                  "partners of a venture");
  double sum = 0;
  bool plain = true;
  for (int i = 0; i < agreement->shares.n; i++) {
    sum += agreement->shares.factor[i];
    if (pl_dim_is_none(agreement->shares.dim[i])) continue;
    plain = false;
    (void)pl_fail(r->diag, PL_UNIT, agreement->shares.place[i],
                  "a share must be a plain number, not in %s",
                  pl_dim_text(agreement->shares.dim[i], r->a));
  }
  if (agreement->shares.n == 0 || !plain || r->incomplete || fabs(sum - 1) <= 1e-9) return;
  char text[32];
  pl_number_format(100 * sum, text, sizeof text);
  (void)pl_fail(r->diag, PL_RANGE, agreement->said[OF(shares)],
                "the shares add up to %s %%, not to 100 %%", text);
}

/* A unit may have only one set of partners at a time. */
static void check_overlap(pl_reading *r, int one) {
  const pl_case *const c = r->c;
  const pl_agreement *const agreement = &c->agreements[one];
  pl_time from, to, other_from, other_to;
  pl_agreement_term(c, agreement, &from, &to);
  for (int i = 0; i < one; i++) {
    const pl_agreement *const b = &c->agreements[i];
    pl_agreement_term(c, b, &other_from, &other_to);
    if (b->kind != PL_VENTURE || b->unit != agreement->unit || agreement->unit < 0) continue;
    if (from >= other_to || other_from >= to) continue;
    (void)pl_fail(r->diag, PL_RANGE, agreement->said[OF(unit)],
                  "the unit '%s' is shared by '%s' at the same time",
                  c->units[agreement->unit].name, b->name);
  }
}

void pl_check_services(pl_reading *r) {
  for (int i = 0; i < r->c->n_agreements; i++) {
    const pl_agreement *const agreement = &r->c->agreements[i];
    if (agreement->kind == PL_TOLL) check_toll(r, agreement);
    if (agreement->kind == PL_AGENCY) check_agency(r, agreement);
    if (agreement->kind != PL_VENTURE) continue;
    check_venture(r, agreement);
    check_overlap(r, i);
  }
}
