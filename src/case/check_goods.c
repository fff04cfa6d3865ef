/* Checks that materials are in the right places: emissions where emissions belong and goods
 * elsewhere, recipes that make something, blends whose composition can be computed. */
#include <string.h>

#include "case/reading.h"

static void want_good(pl_reading *r, int material, pl_place at) {
  if (material < 0 || !r->c->materials[material].emission) return;
  (void)pl_fail(
      r->diag, PL_RANGE, at,
      "'%s' is an emission: it has no balance and may be listed only under 'emits' and 'levies'",
      r->c->materials[material].name);
}

static void want_emission(pl_reading *r, int material, pl_place at) {
  if (material < 0 || r->c->materials[material].emission) return;
  (void)pl_fail(r->diag, PL_RANGE, at,
                "'%s' is not an emission: its material requires 'emission: yes'",
                r->c->materials[material].name);
}

static double amount_of(const pl_amounts *a, int material) {
  for (int i = 0; i < a->n; i++) {
    if (a->material[i] == material) return a->amount[i];
  }
  return 0;
}

/* --- Blends --------------------------------------------------------------------------------- */

static bool has_element(const pl_contents *of, const char *element) {
  for (int i = 0; i < of->n; i++) {
    if (!strcmp(of->element[i], element)) return true;
  }
  return false;
}

static void check_element(pl_reading *r, const pl_process *process, int element) {
  const char *const name = process->within.element[element];
  const char *candidates[64];
  int n = 0;
  for (int i = 0; i < process->blends.n; i++) {
    const pl_contents *const of = &r->c->materials[process->blends.index[i]].composition;
    if (has_element(of, name)) return;
    for (int k = 0; k < of->n && n < 64; k++) candidates[n++] = of->element[k];
  }
  (void)pl_fail(r->diag, PL_NAME, process->within.place[element],
                "no ingredient of '%s' specifies how much '%s' it contains", process->name, name);
  pl_suggest(r, name, candidates, n);
}

static void check_ingredient(pl_reading *r, const pl_process *process, int i) {
  const pl_case *const c = r->c;
  int const material = process->blends.index[i], product = pl_process_product(process);
  const pl_material *const m = &c->materials[material];
  want_good(r, material, process->blends.place[i]);
  if (!(process->blends.factor[i] > 0)) {
    (void)pl_fail(r->diag, PL_RANGE, process->blends.place[i],
                  "the yield of '%s' must be above 0; to exclude it, leave it out", m->name);
  }
  if (product < 0 || !(m->unit.factor > 0) || !(c->materials[product].unit.factor > 0)) return;
  pl_dim const gives = pl_dim_times(pl_material_dim(c, material), process->blends.dim[i]),
               makes = pl_material_dim(c, product);
  if (pl_dim_equal(gives, makes)) return;
  (void)pl_fail(r->diag, PL_UNIT, process->blends.place[i],
                "'%s' times its yield is %s, but '%s' is counted in %s", m->name,
                pl_dim_words(r, gives), c->materials[product].name, pl_dim_words(r, makes));
}

static void check_blend(pl_reading *r, const pl_process *process) {
  bool const blends = process->said[PL_process_blends].line > 0,
             within = process->said[PL_process_within].line > 0;
  if (within && !blends) {
    (void)pl_fail(r->diag, PL_SYNTAX, process->said[PL_process_within],
                  "'within' limits a blend, but '%s' has no 'blends'", process->name);
    return;
  }
  for (int i = 0; i < process->blends.n; i++) check_ingredient(r, process, i);
  for (int i = 0; process->blends.n > 0 && i < process->within.n; i++) check_element(r, process, i);
}

/* --- All ------------------------------------------------------------------------------------ */

/* What a unit of the first product takes or emits becomes a coefficient of the program. */
static void want_ratio(pl_reading *r, const pl_process *process, const pl_amounts *of) {
  static const double most = 1e6;
  if (process->makes.n == 0) return;
  for (int i = 0; i < of->n; i++) {
    double const ratio = of->amount[i] / process->makes.amount[0];
    if (ratio >= PL_SMALLEST && ratio <= most) continue;
    (void)pl_fail(r->diag, PL_RANGE, of->place[i],
                  "%.3g of '%s' per unit of the first product is too %s a number to plan with",
                  ratio, r->c->materials[of->material[i]].name,
                  ratio < PL_SMALLEST ? "small" : "large");
    pl_hint(r->diag,
            "it must be from 1e-9 to 1e6 in t, MWh, m3 …; or count one of the two in another unit");
  }
}

static void check_process(pl_reading *r, const pl_process *process) {
  want_ratio(r, process, &process->makes);
  want_ratio(r, process, &process->takes);
  want_ratio(r, process, &process->emits);
  for (int i = 0; i < process->makes.n; i++)
    want_good(r, process->makes.material[i], process->makes.place[i]);
  for (int i = 0; i < process->takes.n; i++)
    want_good(r, process->takes.material[i], process->takes.place[i]);
  for (int i = 0; i < process->emits.n; i++)
    want_emission(r, process->emits.material[i], process->emits.place[i]);
  check_blend(r, process);
  int const product = pl_process_product(process);
  if (product < 0 || amount_of(&process->takes, product) < process->makes.amount[0]) return;
  (void)pl_fail(r->diag, PL_RANGE, process->makes.place[0],
                "'%s' takes as much '%s' as it makes, so on balance it makes none", process->name,
                r->c->materials[product].name);
}

static void check_agreement(pl_reading *r, const pl_agreement *agreement) {
  want_good(r, agreement->material, agreement->said[PL_agreement_material]);
  for (int i = 0; i < agreement->brings.n; i++)
    want_good(r, agreement->brings.index[i], agreement->brings.place[i]);
  for (int i = 0; i < agreement->leaves.n; i++)
    want_good(r, agreement->leaves.index[i], agreement->leaves.place[i]);
}

/* Allowances are valued at the levy, and must belong to a party. */
static void check_allocation(pl_reading *r, const pl_site *s) {
  for (int i = 0; i < s->allocation.n; i++) {
    bool levied = false;
    for (int k = 0; k < s->levies.n; k++)
      levied = levied || s->levies.material[k] == s->allocation.material[i];
    if (levied) continue;
    (void)pl_fail(r->diag, PL_SYNTAX, s->allocation.place[i],
                  "'%s' has no levy at '%s', so a free allocation of it is worth nothing",
                  r->c->materials[s->allocation.material[i]].name, s->name);
  }
  if (s->allocation.n > 0 && s->said[PL_site_party].line == 0) {
    (void)pl_fail(r->diag, PL_SYNTAX, s->said[PL_site_allocation],
                  "'free allocation' requires the site's 'party', which receives it");
  }
}

static void want_goods(pl_reading *r, const pl_prices *list) {
  for (int i = 0; i < list->n; i++) want_good(r, list->material[i], list->place[i]);
}

static void check_unit(pl_reading *r, const pl_unit *u) {
  const pl_amounts *const takes = &u->start_takes, *const emits = &u->start_emits;
  for (int i = 0; i < takes->n; i++) want_good(r, takes->material[i], takes->place[i]);
  for (int i = 0; i < emits->n; i++) want_emission(r, emits->material[i], emits->place[i]);
}

void pl_check_goods(pl_reading *r) {
  const pl_case *const c = r->c;
  for (int i = 0; i < c->n_processes; i++) check_process(r, &c->processes[i]);
  for (int i = 0; i < c->n_units; i++) check_unit(r, &c->units[i]);
  for (int i = 0; i < c->n_sites; i++) {
    const pl_prices *const levies = &c->sites[i].levies;
    for (int k = 0; k < levies->n; k++) want_emission(r, levies->material[k], levies->place[k]);
    check_allocation(r, &c->sites[i]);
  }
  for (int i = 0; i < c->n_stocks; i++)
    want_good(r, c->stocks[i].keeps, c->stocks[i].said[PL_stock_keeps]);
  for (int i = 0; i < c->n_stocks; i++) {
    want_goods(r, &c->stocks[i].room_draw);
    want_goods(r, &c->stocks[i].room_fill);
  }
  for (int i = 0; i < c->n_units; i++) {
    want_goods(r, &c->units[i].room_above);
    want_goods(r, &c->units[i].room_below);
  }
  for (int i = 0; i < c->n_lanes; i++) {
    const pl_lane *const l = &c->lanes[i];
    for (int k = 0; k < l->moves.n; k++) want_good(r, l->moves.index[k], l->moves.place[k]);
    for (int k = 0; k < l->emits.n; k++) want_emission(r, l->emits.material[k], l->emits.place[k]);
  }
  for (int i = 0; i < c->n_markets; i++) {
    const pl_market *const m = &c->markets[i];
    want_good(r, m->buys, m->said[PL_market_buys]);
    want_good(r, m->sells, m->said[PL_market_sells]);
    for (int k = 0; k < m->emits.n; k++) want_emission(r, m->emits.material[k], m->emits.place[k]);
  }
  for (int i = 0; i < c->n_agreements; i++) check_agreement(r, &c->agreements[i]);
}
