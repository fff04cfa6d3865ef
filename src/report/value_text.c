/* The page that `potline value` prints. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rank.h"
#include "chain/clause.h"
#include "report/digits.h"
#include "report/page.h"
#include "report/scale.h"
#include "report/value.h"
#include "report/valuer.h"
#include "value/game.h"

enum { SUBSETS_MOST = 16, SUBSETS_BEST = 8, PAIRS_MOST = 8, INCENTIVES_MOST = 12 };

static pl_table *new_table(const valuer_view *u, const pl_col *col, int n) {
  return pl_table_new(u->r.a, "", "", col, n);
}

static void add_table(const pl_table *t, const char *heading, pl_string *out) {
  pl_string_printf(out, "\n%s\n", heading);
  pl_table_to_text(t, out);
}

/* What each cell of a table of so many rows is known within: 0 at first. */
static double *new_within(const valuer_view *u, const pl_table *t, int rows) {
  return PL_NEW_ARRAY(u->r.a, double, (size_t)rows *(size_t)t->n_cols);
}

/* The columns from the k-th on, and one alone. */
static unsigned from_column(int k) { return ~0u << k; }
static unsigned column(int k) { return 1u << k; }

/* The numbers of a table are money in the currency: tell them in one size, with the digits that are
 * known. The size's unit. */
static const char *scale_money(const valuer_view *u, pl_table *t, double *within,
                               unsigned differences) {
  double most = 0;
  for (int i = 0; i < t->n_rows; i++)
    for (int k = 0; k < t->n_cols; k++) {
      pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols + (size_t)k];
      if (t->col[k].kind != PL_COL_NUMBER || !isfinite(cell->number)) continue;
      cell->number = valuer_money(u, cell->number);
      most = fmax(most, fabs(cell->number));
    }
  report_scale const s = report_money_scale(most, u->r.currency, u->r.a);
  for (int k = 0; k < t->n_cols; k++) {
    if (t->col[k].kind != PL_COL_NUMBER) continue;
    report_rescale(t, k, k, &s);
    t->col[k].unit = "";
    for (int i = 0; i < t->n_rows; i++) {
      pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols + (size_t)k];
      cell->number = valuer_shown(cell->number, s.decimals);
      within[(size_t)i * (size_t)t->n_cols + (size_t)k] /= s.factor;
    }
  }
  report_show_known(t, within, differences, s.decimals);
  return s.unit;
}

static pl_col number_column(const char *name, int decimals) {
  return (pl_col){name, "", PL_COL_NUMBER, decimals};
}

static pl_col text_column(const char *name) { return (pl_col){name, "", PL_COL_TEXT, 0}; }

/* --- parties -------------------------------------------------------------------------------------
 */

/* Of a row of the table below; the last is together. */
static void set_parties_within(const pl_valuation *v, int q, double *within) {
  double alone = 0;
  for (int k = 0; k < v->n_parties; k++)
    if (k == q || q == v->n_parties) alone += v->v_within[1u << k];
  within[1] = alone, within[2] = v->all_within, within[3] = alone + v->all_within;
  for (int r = 0; r < PL_SPLITS; r++)
    within[4 + r] = q == v->n_parties ? within[3] : v->split_within;
}

static void add_parties(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  enum { ALONE = 1, WITH, GAIN, FIRST_SPLIT, COLUMNS = FIRST_SPLIT + PL_SPLITS };
  pl_col col[COLUMNS] = {text_column("party"), number_column("alone", 2),
                         number_column("with all", 2), number_column("gain", 2)};
  for (int r = 0; r < PL_SPLITS; r++)
    col[FIRST_SPLIT + r] = number_column(pl_split_name((pl_split_rule)r), 2);
  pl_table *t = new_table(u, col, COLUMNS);
  double sum[COLUMNS] = {0}, *within = new_within(u, t, v->n_parties + 1);
  for (int q = 0; q <= v->n_parties; q++) {
    pl_cell *cell = pl_table_add_row(t);
    set_parties_within(v, q, &within[q * COLUMNS]);
    bool const together = q == v->n_parties;
    cell[0].text = together ? "together" : u->r.c->parties[q].name;
    double x[COLUMNS] = {0};
    if (!together) {
      double const alone = v->v[1u << q];
      x[ALONE] = alone, x[WITH] = v->account_all[q], x[GAIN] = v->account_all[q] - alone;
      for (int r = 0; r < PL_SPLITS; r++) x[FIRST_SPLIT + r] = v->split[r].part[q] - alone;
    }
    for (int k = 1; k < COLUMNS; k++) {
      sum[k] += x[k];
      cell[k].number = together ? sum[k] : x[k];
    }
  }
  add_table(t,
            pl_arena_printf(u->r.a,
                            "parties, %s: alone, with all agreements at today's terms, and what "
                            "each split of the gain gives",
                            scale_money(u, t, within, from_column(GAIN))),
            out);
}

/* Stopped before all was valued. */
static bool is_partial(const valuer_view *u) { return u->v->done < u->v->solves; }

/* Who has no plan without the agreements of others: then there is nothing to split. */
static bool add_helpless(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  bool any = false;
  for (unsigned s = 1; s < 1u << v->n_parties; s++) {
    if (!isnan(v->v[s])) continue;
    if (!any)
      pl_string_printf(out,
                       "There is no gain to split. Without agreements with others there is no plan "
                       "for\n");
    any = true;
    pl_string_printf(out, "  %s\n", valuer_coalition(u, s));
  }
  if (any)
    pl_string_printf(out, "or it leaves somebody else without one. Say what each would do without "
                          "the agreements: a market that has what it "
                          "needs, or 'short at' for a demand that may be missed.\n");
  return any;
}

/* Several sets of prices may support the joint plan: what they leave Owen's gain of each party. */
static void add_owen_range(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  bool any = false;
  if (isnan(v->split[PL_SPLIT_OWEN].excess)) return;
  for (int q = 0; q < v->n_parties; q++) {
    const pl_sides *s = &v->owen[q];
    double const alone = v->v[1u << q], width = s->less - s->more;
    if (!s->known || !(width > 5e-6 * fabs(v->v[(1u << v->n_parties) - 1]))) continue;
    pl_string_printf(
        out, "%s %s %s … %s",
        any ? "," : "Owen's gains at other prices that support the plan:", u->r.c->parties[q].name,
        valuer_money_text(u, s->more - alone, 0), valuer_money_text(u, s->less - alone, 0));
    any = true;
  }
  if (any) pl_string_printf(out, "; above, at the lowest prices\n");
  if (!any && !v->owen[0].known)
    pl_string_printf(out,
                     "Owen's gains are at the lowest of several sets of prices that support the "
                     "plan; others were not looked for, the program is too large\n");
}

static void add_stability(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  if (is_partial(u) && isnan(v->split[PL_SPLIT_SHAPLEY].excess)) {
    pl_string_printf(out, "Not every coalition was valued before the stop: no gain is split.\n");
    return;
  }
  if (add_helpless(u, out)) return;
  for (int r = 0; r < PL_SPLITS; r++) {
    const pl_split *s = &v->split[r];
    const char *name = pl_split_name((pl_split_rule)r);
    if (isnan(s->excess))
      pl_string_printf(out, "%s: no such split, together is worth less than apart\n", name);
    else if (valuer_objects(u, s->excess))
      pl_string_printf(out, "%s: %s would gain %s by leaving\n", name,
                       valuer_coalition(u, s->objector),
                       valuer_money_text(u, s->excess, v->split_within));
    else if (report_is_open(s->excess, v->split_within))
      pl_string_printf(out, "%s: no coalition would gain more by leaving than is left open, %s\n",
                       name, valuer_money_text(u, s->excess, v->split_within));
    else
      pl_string_printf(out, "%s: no coalition would gain by leaving\n", name);
  }
  add_owen_range(u, out);
  if (valuer_objects(u, v->least_core))
    pl_string_printf(out,
                     "The core is empty: whatever the split, some coalition earns %s more by "
                     "itself.\n",
                     valuer_money_text(u, v->least_core, v->split_within));
  else if (report_is_open(v->least_core, v->split_within))
    pl_string_printf(out, "Whether the core is empty is left open, %s.\n",
                     valuer_money_text(u, v->least_core, v->split_within));
  else if (isfinite(v->least_core))
    pl_string_printf(out,
                     "The core is not empty: every coalition can be given at least %s beyond "
                     "what it earns by itself.\n",
                     valuer_money_text(u, fmax(0, -v->least_core), v->split_within));
}

static void add_transfers(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  if (isnan(v->split[PL_SPLIT_SHAPLEY].excess)) return; /* no game */
  pl_col col[1 + PL_SPLITS] = {text_column("party")};
  for (int r = 0; r < PL_SPLITS; r++)
    col[1 + r] = number_column(pl_split_name((pl_split_rule)r), 2);
  pl_table *t = new_table(u, col, 1 + PL_SPLITS);
  double *within = new_within(u, t, v->n_parties);
  for (int k = 0; k < v->n_parties * (1 + PL_SPLITS); k++) within[k] = v->split_within;
  for (int q = 0; q < v->n_parties; q++) {
    pl_cell *cell = pl_table_add_row(t);
    cell[0].text = u->r.c->parties[q].name;
    for (int r = 0; r < PL_SPLITS; r++) cell[1 + r].number = v->split[r].transfer[q];
  }
  add_table(
      t,
      pl_arena_printf(u->r.a,
                      "what each party would have to receive (pay, below 0) on top of today's "
                      "terms, %s",
                      scale_money(u, t, within, from_column(1))),
      out);
}

/* --- agreements ----------------------------------------------------------------------------------
 */

/* With a star where its figures are at the mean of a price that changes within the period: the grid's
 * page says what that leaves out. */
static const char *marked_name(const valuer_view *u, const pl_agreement_worth *w) {
  const char *name = u->r.c->agreements[w->agreement].name;
  return w->mean_of && !u->v->grid.why_not ? pl_arena_printf(u->r.a, "%s*", name) : name;
}

static void set_worth_within(const valuer_view *u, const pl_agreement_worth *w, double *within) {
  int const parties = u->v->n_parties;
  within[1] = w->joint_within;
  for (int q = 0; q < parties; q++) within[2 + q] = valuer_worth_within(u, w, q);
  within[2 + parties] = w->alone_within;
  within[3 + parties] = w->share_within;
}

static const char *per_unit_text(const valuer_view *u, double x, double within, const char *unit) {
  return pl_arena_printf(u->r.a, "%s %s/%s", report_known(valuer_shown(x, 2), within, 2, u->r.a),
                         u->r.currency, unit);
}

static void add_worth(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  int const parties = v->n_parties, n = parties + 6;
  pl_col *col = PL_NEW_ARRAY(u->r.a, pl_col, (size_t)n);
  col[0] = text_column("agreement");
  col[1] = number_column("jointly", 2);
  for (int q = 0; q < parties; q++) col[2 + q] = number_column(u->r.c->parties[q].name, 2);
  col[2 + parties] = number_column("if only it", 2);
  col[3 + parties] = number_column("on average", 2);
  col[4 + parties] = text_column("moved");
  col[5 + parties] = text_column("worth per unit");
  pl_table *t = new_table(u, col, n);
  double *within = new_within(u, t, v->n_agreements);
  for (int i = 0; i < v->n_agreements; i++) {
    const pl_agreement_worth *w = &v->worth[i];
    set_worth_within(u, w, &within[i * n]);
    const char *unit = valuer_measure(u, w->agreement);
    pl_cell *cell = pl_table_add_row(t);
    cell[0].text = marked_name(u, w);
    double const joint = valuer_resolved(u, w->joint, w->joint_error);
    cell[1].number = joint;
    for (int q = 0; q < parties; q++)
      cell[2 + q].number = valuer_resolved(u, w->party[q], w->party_error[q]);
    cell[2 + parties].number = w->alone;
    cell[3 + parties].number = w->share;
    cell[4 + parties].text = page_amount(w->quantity, unit, u->r.a);
    if (w->quantity > 0 && !isnan(joint))
      cell[5 + parties].text =
          per_unit_text(u, joint / w->quantity, w->joint_within / w->quantity, unit);
  }
  add_table(t,
            pl_arena_printf(u->r.a,
                            "agreements, %s: worth jointly while the others are in force, and what "
                            "of it falls on whom; on average: Shapley's share",
                            scale_money(u, t, within, from_column(1))),
            out);
  double error = 0;
  for (int i = 0; i < v->n_agreements; i++) error = fmax(error, v->worth[i].share_error);
  if (!v->joint)
    pl_string_printf(out,
                     "Too many agreements for every order: the averages are sampled, with a "
                     "standard error of up to %s.\n",
                     valuer_money_text(u, error, 0));
}

/* One price, or the range that the prices that support the plan leave it. */
static const char *implied_text(const valuer_view *u, const pl_price_range *x) {
  const pl_sides *s = &x->implied_sides;
  const char *one = valuer_price_text(x, x->implied, u->r.a);
  if (!s->known) return pl_arena_printf(u->r.a, "%s, one of several", one);
  if (!(s->less - s->more > 5e-3 + 1e-6 * fabs(x->implied))) return one;
  return pl_arena_printf(u->r.a, "%s … %s",
                         isinf(s->more) ? "" : valuer_price_text(x, s->more, u->r.a),
                         isinf(s->less) ? "" : valuer_price_text(x, s->less, u->r.a));
}

static void add_prices(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  pl_col const col[] = {text_column("agreement"), text_column("what"),
                        text_column("now"),       text_column("both gain between"),
                        text_column("unit"),      text_column("joint plan implies")};
  pl_table *t = new_table(u, col, (int)(sizeof col / sizeof col[0]));
  for (int i = 0; i < v->n_agreements; i++)
    for (int k = 0; k < v->worth[i].n_ranges; k++) {
      const pl_agreement_worth *w = &v->worth[i];
      const pl_price_range *x = &w->ranges[k];
      pl_cell *cell = pl_table_add_row(t);
      cell[0].text = marked_name(u, w);
      cell[1].text = x->name;
      cell[2].text = isnan(x->now) ? "" : valuer_price_text(x, x->now, u->r.a);
      cell[3].text = valuer_range_text(x, u->r.a);
      cell[4].text = valuer_price_unit(x);
      if (!isnan(x->implied)) cell[5].text = implied_text(u, x);
    }
  if (t->n_rows == 0) return;
  page_blank_repeats(t);
  add_table(t, "prices between which both sides gain, quantities as planned", out);
}

typedef struct {
  const char *one, *other;
  int at;
} titled;

static int by_title(const void *x, const void *y) {
  const titled *a = x, *b = y;
  int const one = strcmp(a->one, b->one), other = strcmp(a->other, b->other);
  return one ? one : other ? other : (a->at > b->at) - (a->at < b->at);
}

/* What is not shown whole is shown from the first name on, so that the case's order does not say
 * which. */
static void sort_titled(titled *list, int n, int most) {
  if (n > most) qsort(list, (size_t)n, sizeof *list, by_title);
}

static void add_pairs(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  titled *list = PL_NEW_ARRAY(u->r.a, titled, (size_t)v->n_pairs + 1);
  for (int i = 0; i < v->n_pairs; i++) {
    const char *one = u->r.c->agreements[v->worth[v->pair[i].first].agreement].name;
    const char *other = u->r.c->agreements[v->worth[v->pair[i].second].agreement].name;
    bool const turned = strcmp(one, other) > 0;
    list[i] = (titled){turned ? other : one, turned ? one : other, i};
  }
  sort_titled(list, v->n_pairs, PAIRS_MOST);
  for (int i = 0; i < v->n_pairs && i < PAIRS_MOST; i++) {
    const pl_price_pair *p = &v->pair[list[i].at];
    const pl_agreement_worth *a = &v->worth[p->first], *b = &v->worth[p->second];
    const pl_price_range *one = &a->ranges[0], *other = &b->ranges[0];
    const char *first = u->r.c->agreements[a->agreement].name;
    const char *second = u->r.c->agreements[b->agreement].name;
    if (p->polygon.count == 0) {
      pl_string_printf(out,
                       "%s and %s together: no prices up to twice today's at which both gain\n",
                       first, second);
      continue;
    }
    pl_string_printf(out, "%s [%s] and %s [%s] together: both gain inside", first,
                     valuer_price_unit(one), second, valuer_price_unit(other));
    for (int k = 0; k < p->polygon.count; k++)
      pl_string_printf(out, " (%s, %s)", valuer_end_text(one, p->polygon.corner[k].p, u->r.a),
                       valuer_end_text(other, p->polygon.corner[k].q, u->r.a));
    pl_string_printf(out, "\n");
  }
  if (v->n_pairs > PAIRS_MOST)
    pl_string_printf(out, "and %d more pairs: value_polygons of the run\n",
                     v->n_pairs - PAIRS_MOST);
}

/* --- subsets -------------------------------------------------------------------------------------
 */

typedef struct {
  unsigned subset, place;
} placed;

static int by_place(const void *x, const void *y) {
  const placed *a = x, *b = y;
  return (a->place > b->place) - (a->place < b->place);
}

/* Those that have a plan, how many; the dearest first, of equals those of fewer agreements. */
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
  pl_col const col[] = {number_column("together", 2), number_column("gain", 2),
                        text_column("in force")};
  pl_table *t = new_table(u, col, 3);
  double *within = new_within(u, t, best);
  for (int i = 0; i < best; i++) {
    pl_cell *cell = pl_table_add_row(t);
    cell[0].number = v->joint[list[i]];
    cell[1].number = v->joint[list[i]] - v->none;
    within[3 * i] = v->joint_within[list[i]];
    within[3 * i + 1] = list[i] == 0 ? 0 : within[3 * i] + v->none_within;
    cell[2].text = valuer_subset(u, list[i]);
  }
  const char *which = best == n
                          ? (is_partial(u) ? "every subset valued before the stop" : "every subset")
                          : pl_arena_printf(u->r.a, "the best %d of %d subsets", best, n);
  add_table(t,
            pl_arena_printf(u->r.a, "%s of the agreements, %s", which,
                            scale_money(u, t, within, column(1))),
            out);
}

/* --- incentives ----------------------------------------------------------------------------------
 */

static const char *verb_of(const pl_agreement *a, int party) {
  bool const giver = party == pl_agreement_giver(a);
  if (a->kind == PL_TOLL) return giver ? "process" : "have processed";
  if (a->kind == PL_AGENCY) return giver ? "sell" : "have sold";
  return giver ? "deliver" : "take";
}

static void add_incentive(const valuer_view *u, const pl_incentive *x, pl_string *out) {
  const pl_agreement *a = &u->r.c->agreements[x->agreement];
  int const material = pl_agreement_material(u->r.c, a);
  const char *unit = valuer_measure(u, x->agreement), *party = u->r.c->parties[x->party].name;
  const char *what = material < 0 ? "" : u->r.c->materials[material].name;
  if (x->year < 0) {
    pl_string_printf(out, "%s would %s %s under agreements.%s without end: give it an 'up to'\n",
                     party, verb_of(a, x->party), what, a->name);
    return;
  }
  const char *joint = page_amount(valuer_shown(x->joint_quantity, 2), unit, u->r.a);
  pl_string_printf(out,
                   "%s would %s %s of %s in %s under agreements.%s instead of %s: '%s %s/year' "
                   "would close it\n",
                   party, verb_of(a, x->party),
                   page_amount(valuer_shown(x->own_quantity, 2), unit, u->r.a), what,
                   valuer_year(u, x->year), a->name, joint,
                   x->own_quantity < x->joint_quantity ? "at least" : "up to", joint);
}

/* What a party's other choices earn it is one sum over all its agreements. */
static void add_gains(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  for (int q = 0; q < v->n_parties; q++)
    for (int i = 0; i < v->n_incentives; i++) {
      if (v->incentive[i].party != q || !isfinite(v->incentive[i].gain)) continue;
      pl_string_printf(out, "%s would so earn %s more for itself\n", u->r.c->parties[q].name,
                       valuer_money_text(u, v->incentive[i].gain, v->incentive[i].within));
      break;
    }
}

static void add_incentives(const valuer_view *u, pl_string *out) {
  const pl_valuation *v = u->v;
  pl_string_printf(out,
                   "\nincentives: what each party would choose for itself under these terms\n");
  if (v->n_incentives == 0 && is_partial(u))
    pl_string_printf(out, "none found before the stop\n");
  else if (v->n_incentives == 0)
    pl_string_printf(out, "nobody would choose other quantities than the joint plan\n");
  titled *list = PL_NEW_ARRAY(u->r.a, titled, (size_t)v->n_incentives + 1);
  for (int i = 0; i < v->n_incentives; i++)
    list[i] = (titled){u->r.c->parties[v->incentive[i].party].name,
                       u->r.c->agreements[v->incentive[i].agreement].name, i};
  sort_titled(list, v->n_incentives, INCENTIVES_MOST);
  for (int i = 0; i < v->n_incentives && i < INCENTIVES_MOST; i++)
    add_incentive(u, &v->incentive[list[i].at], out);
  if (v->n_incentives > INCENTIVES_MOST)
    pl_string_printf(out, "and %d more\n", v->n_incentives - INCENTIVES_MOST);
  add_gains(u, out);
}

/* --- accounts ------------------------------------------------------------------------------------
 */

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
  pl_col const col[] = {text_column("party"), text_column("line"), number_column("without", 2),
                        number_column("with all", 2), number_column("change", 2)};
  pl_table *t = new_table(u, col, 5);
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
  double *within = new_within(u, t, t->n_rows);
  for (int i = 0; i < t->n_rows; i++) {
    within[5 * i + 2] = v->none_within;
    within[5 * i + 3] = v->all_within;
    within[5 * i + 4] = v->none_within + v->all_within;
  }
  page_blank_repeats(t);
  add_table(
      t,
      pl_arena_printf(u->r.a, "accounts, present value, %s", scale_money(u, t, within, column(4))),
      out);
  pl_string_printf(out, "Payments between the parties (line agreements) cancel in what they earn "
                        "together.\n");
}

/* --- the page ------------------------------------------------------------------------------------
 */

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
    pl_string_printf(
        out, "± x in place of a worth: the gaps of the plans compared leave open whether it "
             "is a gain or a loss, of at most x\n");
  if (is_partial(u))
    pl_string_printf(out,
                     "stopped after %d of %d programs: what rests on the others is left empty\n",
                     u->v->done, u->v->solves);
}

void pl_report_value(const pl_valuation *v, const pl_schedule *s, const pl_report_facts *f,
                     int jobs, pl_string *out) {
  pl_arena *a = pl_arena_new();
  valuer_view u;
  valuer_begin(&u, v, s, a);
  add_head(&u, jobs, out);
  add_parties(&u, out);
  add_stability(&u, out);
  add_transfers(&u, out);
  add_worth(&u, out);
  add_prices(&u, out);
  add_pairs(&u, out);
  valuer_add_grid(&u, out);
  add_subsets(&u, out);
  add_incentives(&u, out);
  add_accounts(&u, out);
  page_ledger(&u.r, out);
  page_clauses(&u.r, out);
  if (f->n_bottlenecks > 0) {
    pl_string_printf(out, "\nThe joint plan rests most on these limits of the case, which may be "
                          "assumptions:\n");
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
