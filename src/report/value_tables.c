/* A valuation as tables. */
#include <math.h>

#include "chain/clause.h"
#include "report/reporter.h"
#include "report/value.h"
#include "report/valuer.h"

/* --- rows, cell by cell, in the order of the columns ------------------------------------------ */

typedef struct {
  const valuer_view *u;
  pl_table *t;
  pl_cell *cell;
  int at;
} writer;

static void row(writer *w) {
  w->cell = pl_table_add_row(w->t);
  w->at = 0;
}

static void text(writer *w, const char *x) { w->cell[w->at++].text = x; }

/* What is unbounded or unknown is empty. */
static void number(writer *w, double x) {
  w->cell[w->at++].number = isfinite(x) ? (x == 0 ? 0 : x) : (double)NAN;
}

static void money(writer *w, double x) { number(w, valuer_money(w->u, x)); }

static void put_parties(writer *w) {
  const pl_valuation *v = w->u->v;
  for (int q = 0; q < v->n_parties; q++) {
    row(w);
    text(w, w->u->r.c->parties[q].name);
    number(w, v->v[1u << q]);
    number(w, v->account_none[q]);
    number(w, v->account_all[q]);
    money(w, v->account_all[q] - v->v[1u << q]);
    number(w, v->all_within + v->v_within[1u << q]);
  }
}

static void put_coalitions(writer *w) {
  const pl_valuation *v = w->u->v;
  for (unsigned s = 1; s < 1u << v->n_parties; s++) {
    double apart = 0, within = v->v_within[s];
    bool const alone = (s & (s - 1)) == 0; /* certainly gains nothing */
    for (int q = 0; q < v->n_parties; q++) {
      if (!(s >> q & 1)) continue;
      apart += v->v[1u << q];
      within += v->v_within[1u << q];
    }
    row(w);
    text(w, valuer_coalition(w->u, s));
    number(w, v->v[s]);
    money(w, v->v[s] - apart);
    number(w, alone ? 0 : within);
  }
}

static void put_splits(writer *w) {
  const pl_valuation *v = w->u->v;
  for (int r = 0; r < PL_SPLITS; r++)
    for (int q = 0; q < v->n_parties; q++) {
      row(w);
      text(w, pl_split_name((pl_split_rule)r));
      text(w, w->u->r.c->parties[q].name);
      number(w, v->split[r].part[q]);
      money(w, v->split[r].part[q] - v->v[1u << q]);
      money(w, v->split[r].transfer[q]);
      number(w, v->split_within);
    }
}

static void put_stability(writer *w) {
  const pl_valuation *v = w->u->v;
  for (int r = 0; r < PL_SPLITS; r++) {
    const pl_split *s = &v->split[r];
    row(w);
    text(w, pl_split_name((pl_split_rule)r));
    money(w, s->excess);
    text(w, isfinite(s->excess) ? valuer_coalition(w->u, s->objector) : NULL);
    text(w, valuer_objects_word(w->u, s->excess));
  }
  row(w);
  text(w, "core");
  money(w, v->least_core);
  text(w, NULL);
  text(w, isnan(v->least_core) ? "no" : valuer_objects_word(w->u, v->least_core));
}

static void put_agreements(writer *w) {
  const pl_valuation *v = w->u->v;
  for (int i = 0; i < v->n_agreements; i++) {
    const pl_agreement_worth *x = &v->worth[i];
    const pl_agreement *agreement = &w->u->r.c->agreements[x->agreement];
    row(w);
    text(w, agreement->name);
    text(w, report_agreement_kind(&w->u->r, x->agreement));
    text(w, report_party(&w->u->r, pl_agreement_giver(agreement)));
    text(w, report_party(&w->u->r, pl_agreement_taker(agreement)));
    double const joint = valuer_resolved(w->u, x->joint, x->joint_error);
    money(w, joint);
    money(w, x->alone);
    money(w, x->share);
    money(w, x->share_error);
    text(w, valuer_measure(w->u, x->agreement));
    number(w, x->quantity);
    number(w, joint / x->quantity);
    number(w, x->paid);
    number(w, x->implied);
    number(w, fmax(x->joint_within, fmax(x->alone_within, x->share_within)));
  }
}

static void put_by_party(writer *w) {
  const pl_valuation *v = w->u->v;
  for (int i = 0; i < v->n_agreements; i++)
    for (int q = 0; q < v->n_parties; q++) {
      row(w);
      text(w, w->u->r.c->agreements[v->worth[i].agreement].name);
      text(w, w->u->r.c->parties[q].name);
      money(w, valuer_resolved(w->u, v->worth[i].party[q], v->worth[i].party_error[q]));
      number(w, valuer_worth_within(w->u, &v->worth[i], q));
    }
}

static const char *range_word(const pl_price_range *x) {
  if (isnan(x->low) || isnan(x->high)) return "nowhere";
  if (isinf(x->low)) return isinf(x->high) ? "everywhere" : "up to high";
  return isinf(x->high) ? "from low" : "between";
}

static void put_prices(writer *w) {
  const pl_valuation *v = w->u->v;
  for (int i = 0; i < v->n_agreements; i++)
    for (int k = 0; k < v->worth[i].n_ranges; k++) {
      const pl_price_range *x = &v->worth[i].ranges[k];
      row(w);
      text(w, w->u->r.c->agreements[v->worth[i].agreement].name);
      text(w, x->name);
      text(w, valuer_price_unit(x));
      double const size = valuer_price_size(x);
      number(w, valuer_price(x, x->now, size));
      number(w, valuer_price(x, x->low, size));
      number(w, valuer_price(x, x->high, size));
      text(w, range_word(x));
      number(w, valuer_price_within(x));
    }
}

static void put_grid(writer *w) { valuer_put_grid(w->u, w->t); }

static void put_subsets(writer *w) {
  const pl_valuation *v = w->u->v;
  for (unsigned s = 0; v->joint && s < 1u << v->n_agreements; s++) {
    row(w);
    text(w, valuer_subset(w->u, s));
    number(w, v->joint[s]);
    money(w, v->joint[s] - v->none);
    number(w, s == 0 ? 0 : v->joint_within[s] + v->none_within);
  }
}

static void put_polygons(writer *w) {
  const pl_valuation *v = w->u->v;
  for (int i = 0; i < v->n_pairs; i++) {
    const pl_price_pair *p = &v->pair[i];
    const pl_agreement_worth *a = &v->worth[p->first], *b = &v->worth[p->second];
    const pl_price_range *first = &a->ranges[0], *second = &b->ranges[0];
    for (int k = 0; k < p->polygon.count; k++) {
      row(w);
      text(w, w->u->r.c->agreements[a->agreement].name);
      text(w, w->u->r.c->agreements[b->agreement].name);
      number(w, k + 1);
      number(w, valuer_price(first, p->polygon.corner[k].p, valuer_price_size(first)));
      number(w, valuer_price(second, p->polygon.corner[k].q, valuer_price_size(second)));
      text(w, valuer_price_unit(first));
      text(w, valuer_price_unit(second));
    }
  }
}

static void put_incentives(writer *w) {
  const pl_valuation *v = w->u->v;
  for (int i = 0; i < v->n_incentives; i++) {
    const pl_incentive *x = &v->incentive[i];
    row(w);
    text(w, w->u->r.c->parties[x->party].name);
    text(w, w->u->r.c->agreements[x->agreement].name);
    text(w, x->year < 0 ? NULL : valuer_year(w->u, x->year));
    text(w, valuer_measure(w->u, x->agreement));
    number(w, x->joint_quantity);
    number(w, x->own_quantity);
    money(w, x->gain);
    number(w, x->within);
  }
}

static void put_accounts(writer *w) {
  const pl_case *c = w->u->r.c;
  for (int q = 0; q < c->n_parties; q++)
    for (int l = 0; l < PL_LINES; l++) {
      double const without = w->u->none->present[q * PL_LINES + l];
      double const with = w->u->r.s->present[q * PL_LINES + l];
      if (without == 0 && with == 0) continue;
      row(w);
      text(w, c->parties[q].name);
      text(w, pl_line_key((pl_line)l));
      number(w, without);
      number(w, with);
      money(w, with - without);
    }
}

static void (*const put[PL_VALUE_TABLES])(writer *) = {
    [PL_VALUE_TABLE_PARTIES] = put_parties,       [PL_VALUE_TABLE_COALITIONS] = put_coalitions,
    [PL_VALUE_TABLE_SPLITS] = put_splits,         [PL_VALUE_TABLE_STABILITY] = put_stability,
    [PL_VALUE_TABLE_AGREEMENTS] = put_agreements, [PL_VALUE_TABLE_BY_PARTY] = put_by_party,
    [PL_VALUE_TABLE_PRICES] = put_prices,         [PL_VALUE_TABLE_GRID] = put_grid,
    [PL_VALUE_TABLE_SUBSETS] = put_subsets,       [PL_VALUE_TABLE_POLYGONS] = put_polygons,
    [PL_VALUE_TABLE_INCENTIVES] = put_incentives, [PL_VALUE_TABLE_ACCOUNTS] = put_accounts,
};

void pl_report_value_tables(const pl_valuation *v, const pl_schedule *s, pl_table **table,
                            pl_arena *a) {
  valuer_view u;
  valuer_begin(&u, v, s, a);
  for (int k = 0; k < PL_VALUE_TABLES; k++) {
    writer w = {.u = &u, .t = pl_report_value_columns((pl_value_table)k, u.r.c, a)};
    put[k](&w);
    table[k] = w.t;
  }
}

void pl_report_append(pl_report *r, int n, pl_table *const *table, pl_arena *a) {
  pl_table **all = PL_NEW_ARRAY(a, pl_table *, (size_t)(r->n_tables + n) + 1);
  for (int i = 0; i < r->n_tables; i++) all[i] = r->table[i];
  for (int i = 0; i < n; i++) all[r->n_tables + i] = table[i];
  r->table = all;
  r->n_tables += n;
}
