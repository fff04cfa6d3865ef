/* The page that `potline value` prints: subsets of the agreements, incentives, accounts, and the
 * page itself; its other parts are in value_parties.c and value_worth.c. */
#include <math.h>
#include <stdlib.h>

#include "base/rank.h"
#include "chain/clause.h"
#include "report/page.h"
#include "report/value.h"
#include "report/value_page.h"
#include "value/game.h"

enum { SUBSETS_MOST = 16, SUBSETS_BEST = 8, INCENTIVES_MOST = 12 };

/* --- subsets ---------------------------------------------------------------------------------- */

typedef struct {
  unsigned subset, place;
} placed;

static int by_place(const void *x, const void *y) {
  const placed *a = x, *b = y;
  return (a->place > b->place) - (a->place < b->place);
}

/* The subsets that have a plan, most valuable first, equal ones with fewer agreements first;
 * returns how many. */
static unsigned *sorted_subsets(const valuer_view *u, int *n) {
  const pl_valuation *v = u->v;
  int const subsets = 1 << v->n_agreements;
  const char **names = PL_NEW_ARRAY(u->r.a, const char *, (size_t)v->n_agreements + 1);
  placed *list = PL_NEW_ARRAY(u->r.a, placed, (size_t)subsets);
  double *value = PL_NEW_ARRAY(u->r.a, double, (size_t)subsets);
  int *order = PL_NEW_ARRAY(u->r.a, int, (size_t)subsets);
  unsigned *sorted = PL_NEW_ARRAY(u->r.a, unsigned, (size_t)subsets);
  for (int i = 0; i < v->n_agreements; i++) names[i] = u->r.c->agreements[v->agreement[i]].name;
  *n = 0;
  for (unsigned s = 0; s < (unsigned)subsets; s++)
    if (!isnan(v->joint[s]))
      list[(*n)++] = (placed){s, pl_coalition_place(v->n_agreements, names, s)};
  qsort(list, (size_t)*n, sizeof *list, by_place);
  for (int i = 0; i < *n; i++) value[i] = v->joint[list[i].subset];
  pl_rank(*n, value, 0, order);
  for (int i = 0; i < *n; i++) sorted[i] = list[order[i]].subset;
  return sorted;
}

static void add_subsets(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  if (!v->joint) return;
  int n;
  const unsigned *list = sorted_subsets(u, &n);
  int const best = n <= SUBSETS_MOST ? n : SUBSETS_BEST;
  pl_col const col[] = {valuer_number_column("together", 2), valuer_number_column("gain", 2),
                        valuer_text_column("in force")};
  pl_table *t = valuer_table(u, col, 3);
  double *within = valuer_within(u, t, best);
  for (int i = 0; i < best; i++) {
    pl_cell *cell = pl_table_add_row(t);
    cell[0].number = v->joint[list[i]];
    cell[1].number = v->joint[list[i]] - v->none;
    within[3 * i] = v->joint_within[list[i]];
    within[3 * i + 1] = list[i] == 0 ? 0 : within[3 * i] + v->none_within;
    cell[2].text = valuer_subset(u, list[i]);
  }
  const char *which =
      best == n ? (valuer_is_partial(u) ? "every subset valued before the stop" : "every subset")
                : pl_arena_printf(u->r.a, "the best %d of %d subsets", best, n);
  valuer_add_table(t,
                   pl_arena_printf(u->r.a, "%s of the agreements, %s", which,
                                   valuer_scale_money(u, t, within, valuer_column(1))),
                   out);
}

/* --- incentives ------------------------------------------------------------------------------- */

static const char *verb_of(const pl_agreement *agreement, int party) {
  bool const giver = party == pl_agreement_giver(agreement);
  if (agreement->kind == PL_TOLL) return giver ? "process" : "order";
  if (agreement->kind == PL_AGENCY) return giver ? "sell" : "consign";
  return giver ? "deliver" : "take";
}

static void add_incentive(const valuer_view *u, const pl_incentive *x, pl_string *out) {
  const pl_agreement *agreement = &u->r.c->agreements[x->agreement];
  int const material = pl_agreement_material(u->r.c, agreement);
  const char *unit = valuer_measure(u, x->agreement), *party = u->r.c->parties[x->party].name;
  const char *what = material < 0 ? "" : u->r.c->materials[material].name;
  if (x->year < 0) {
    pl_string_printf(out, "%s would %s %s under agreements.%s without limit: give it an 'up to'\n",
                     party, verb_of(agreement, x->party), what, agreement->name);
    return;
  }
  const char *joint = page_amount(valuer_shown(x->joint_quantity, 2), unit, u->r.a);
  pl_string_printf(out,
                   "%s would %s %s of %s in %s under agreements.%s instead of %s: '%s %s/year' "
                   "would prevent this\n",
                   party, verb_of(agreement, x->party),
                   page_amount(valuer_shown(x->own_quantity, 2), unit, u->r.a), what,
                   valuer_year(u, x->year), agreement->name, joint,
                   x->own_quantity < x->joint_quantity ? "at least" : "up to", joint);
}

/* What a party's own choices earn it is one sum over all its agreements. */
static void add_gains(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  for (int q = 0; q < v->n_parties; q++)
    for (int i = 0; i < v->n_incentives; i++) {
      if (v->incentive[i].party != q || !isfinite(v->incentive[i].gain)) continue;
      pl_string_printf(out, "with these choices %s would earn %s more for itself\n",
                       u->r.c->parties[q].name,
                       valuer_money_text(u, v->incentive[i].gain, v->incentive[i].within));
      break;
    }
}

static void add_incentives(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  pl_string_printf(out,
                   "\nincentives: what each party would choose for itself under these terms\n");
  if (v->n_incentives == 0 && valuer_is_partial(u))
    pl_string_printf(out, "none found before the stop\n");
  else if (v->n_incentives == 0)
    pl_string_printf(out, "no party would choose quantities other than those of the joint plan\n");
  valuer_titled *list = PL_NEW_ARRAY(u->r.a, valuer_titled, (size_t)v->n_incentives + 1);
  for (int i = 0; i < v->n_incentives; i++)
    list[i] = (valuer_titled){u->r.c->parties[v->incentive[i].party].name,
                              u->r.c->agreements[v->incentive[i].agreement].name, i};
  valuer_sort_titled(list, v->n_incentives, INCENTIVES_MOST);
  for (int i = 0; i < v->n_incentives && i < INCENTIVES_MOST; i++)
    add_incentive(u, &v->incentive[list[i].at], out);
  if (v->n_incentives > INCENTIVES_MOST)
    pl_string_printf(out, "and %d more\n", v->n_incentives - INCENTIVES_MOST);
  add_gains(u, out);
}

/* --- accounts --------------------------------------------------------------------------------- */

static void add_account_row(pl_table *t, const char *party, const char *line, double without,
                            double with) {
  pl_cell *cell = pl_table_add_row(t);
  cell[0].text = party;
  cell[1].text = line;
  cell[2].number = without;
  cell[3].number = with;
  cell[4].number = (with - without);
}

static void add_accounts(const valuer_view *u, pl_string *out) {
  const pl_case *c = u->r.c;
  const pl_valuation *v = u->v;
  pl_col const col[] = {valuer_text_column("party"), valuer_text_column("line"),
                        valuer_number_column("without", 2), valuer_number_column("with all", 2),
                        valuer_number_column("change", 2)};
  pl_table *t = valuer_table(u, col, 5);
  for (int q = 0; q < c->n_parties; q++) {
    for (int l = 0; l < PL_LINES; l++) {
      double const without = u->none->present[q * PL_LINES + l];
      double const with = u->r.s->present[q * PL_LINES + l];
      if (without != 0 || with != 0)
        add_account_row(t, c->parties[q].name, pl_line_key((pl_line)l), without, with);
    }
    add_account_row(t, c->parties[q].name, "result", v->account_none[q], v->account_all[q]);
  }
  add_account_row(t, "together", "result", v->none, v->all);
  double *within = valuer_within(u, t, t->n_rows);
  for (int i = 0; i < t->n_rows; i++) {
    within[5 * i + 2] = v->none_within;
    within[5 * i + 3] = v->all_within;
    within[5 * i + 4] = v->none_within + v->all_within;
  }
  page_blank_repeats(t);
  valuer_add_table(t,
                   pl_arena_printf(u->r.a, "accounts, present value, %s",
                                   valuer_scale_money(u, t, within, valuer_column(4))),
                   out);
  pl_string_printf(out, "Payments between the parties (line agreements) cancel in what they earn "
                        "together.\n");
}

/* --- the page --------------------------------------------------------------------------------- */

/* The worst of all values. */
static double least_known(const valuer_view *u) {
  double most = fmax(u->v->split_within, u->v->none_within);
  for (int i = 0; i < u->v->n_agreements; i++)
    most = fmax(most, fmax(u->v->worth[i].joint_within, u->v->worth[i].share_within));
  return most;
}

static void add_head(const valuer_view *u, int jobs, pl_string *out) {
  page_title(&u->r, out);
  pl_string_printf(out, "\nprogram: ");
  pl_report_size(&u->r.p->lp, out);
  pl_string_printf(out, "; %d solves in %s s on %d thread%s\n", u->v->done,
                   page_text(u->v->seconds, 2, u->r.a), jobs, jobs == 1 ? "" : "s");
  page_proven(&u->r, out);
  if (least_known(u) > 0)
    pl_string_printf(out, "± x in place of a worth: the optimality gaps of the plans compared "
                          "leave open whether it is a gain or a loss; it is at most x\n");
  if (valuer_is_partial(u))
    pl_string_printf(
        out, "stopped after %d of %d programs: figures that depend on the others are left empty\n",
        u->v->done, u->v->solves);
}

void pl_report_value(const pl_valuation *v, const pl_schedule *s, const pl_report_facts *f,
                     int jobs, pl_string *out) {
  pl_arena *a = pl_arena_new();
  valuer_view u;
  valuer_begin(&u, v, s, a);
  add_head(&u, jobs, out);
  valuer_add_parties(&u, out);
  valuer_add_stability(&u, out);
  valuer_add_transfers(&u, out);
  valuer_add_worth(&u, out);
  valuer_add_prices(&u, out);
  valuer_add_pairs(&u, out);
  valuer_add_grid(&u, out);
  add_subsets(&u, out);
  add_incentives(&u, out);
  add_accounts(&u, out);
  page_ledger(&u.r, out);
  page_clauses(&u.r, out);
  if (f->n_bottlenecks > 0) {
    pl_string_printf(
        out,
        "\nThe joint plan depends most on these limits of the case, which may be assumptions:\n");
    pl_report_bottlenecks(s, f->bottleneck, f->n_bottlenecks, out);
  }
  pl_string_printf(out, "\naudit: ");
  pl_report_audit(s, f->audit, out);
  pl_string_printf(
      out, "\nThis is a valuation under the prices that the case states, not a forecast.\n");
  if (f->run)
    pl_string_printf(out, "The run is in %s; next: potline explain %s\n", f->run,
                     pl_text_shell(a, f->run));
  pl_arena_free(a);
}
