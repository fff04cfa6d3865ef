/* Names of coalitions and subsets, and what counts as rounding in a valuation. */
#include "report/valuer.h"

#include <math.h>
#include <string.h>

#include "report/digits.h"
#include "report/page.h"
#include "report/scale.h"

void valuer_begin(valuer_view *u, const pl_valuation *v, const pl_schedule *s, pl_arena *a) {
  pl_schedule *none = NULL;
  report_begin(&u->r, s, a);
  u->v = v;
  (void)pl_schedule_make(v->program, v->plan_none, a, &none); /* cannot fail */
  u->none = none;
}

static void join(pl_string *out, const char *name) {
  pl_string_printf(out, "%s%s", out->length > 0 ? " + " : "", name);
}

const char *valuer_coalition(const valuer_view *u, unsigned coalition) {
  pl_string out;
  pl_string_init(&out, u->r.a);
  for (int q = 0; q < u->v->n_parties; q++)
    if (coalition >> q & 1) join(&out, u->r.c->parties[q].name);
  return out.text;
}

const char *valuer_subset(const valuer_view *u, unsigned agreements) {
  pl_string out;
  pl_string_init(&out, u->r.a);
  for (int i = 0; i < u->v->n_agreements; i++)
    if (agreements >> i & 1) join(&out, u->r.c->agreements[u->v->agreement[i]].name);
  return out.length > 0 ? out.text : "none";
}

const char *valuer_measure(const valuer_view *u, int agreement) {
  int const material = pl_agreement_material(u->r.c, &u->r.c->agreements[agreement]);
  return material < 0 ? "" : report_material_unit(&u->r, material);
}

const char *valuer_year(const valuer_view *u, int year) {
  char buf[32];
  (void)pl_time_format(u->v->years.start[year], PL_YEAR, buf, sizeof buf);
  return pl_arena_strdup(u->r.a, buf);
}

/* Anything smaller, relative to the numbers of which it is a difference, is rounding. */
static const double rounding = 1e-10;

static bool is_share(const pl_price_range *x) {
  return *x->unit == '\0' || strcmp(x->unit, "1") == 0;
}

const char *valuer_price_unit(const pl_price_range *x) { return is_share(x) ? "%" : x->unit; }

double valuer_price_size(const pl_price_range *x) {
  double size = isfinite(x->now) ? fabs(x->now) : 0;
  if (isfinite(x->low)) size = fmax(size, fabs(x->low));
  if (isfinite(x->high)) size = fmax(size, fabs(x->high));
  return size;
}

double valuer_price(const pl_price_range *x, double price, double size) {
  if (fabs(price) <= rounding * size) return 0;
  return is_share(x) ? 100 * price : price;
}

double valuer_shown(double x, int decimals) {
  double const step = pow(10, -decimals);
  return fabs(x) < 0.5 * step ? 0 : x;
}

const char *valuer_price_text(const pl_price_range *x, double price, pl_arena *a) {
  return page_text(valuer_shown(valuer_price(x, price, valuer_price_size(x)), 2), 2, a);
}

const char *valuer_end_text(const pl_price_range *x, double price, pl_arena *a) {
  double const told = valuer_price(x, price, valuer_price_size(x));
  int const decimals = report_digits(valuer_price_within(x), fabs(told), 2);
  return page_text(valuer_shown(told, 2), decimals, a);
}

const char *valuer_range_text(const pl_price_range *x, pl_arena *a) {
  if (isnan(x->low) || isnan(x->high)) return "nowhere";
  if (isinf(x->low) && isinf(x->high)) return "at any";
  if (isinf(x->low)) return pl_arena_printf(a, "up to %s", valuer_end_text(x, x->high, a));
  if (isinf(x->high)) return pl_arena_printf(a, "from %s", valuer_end_text(x, x->low, a));
  return pl_arena_printf(a, "%s … %s", valuer_end_text(x, x->low, a),
                         valuer_end_text(x, x->high, a));
}

static double size_of_values(const valuer_view *u) {
  double size = 0;
  for (unsigned s = 1; s < 1u << u->v->n_parties; s++) size = fmax(size, fabs(u->v->v[s]));
  return size;
}

double valuer_money(const valuer_view *u, double x) {
  return fabs(x) <= rounding * size_of_values(u) ? 0 : x;
}

const char *valuer_money_text(const valuer_view *u, double sum, double within) {
  double const x = valuer_money(u, sum);
  if (report_is_open(x, within))
    return pl_arena_printf(u->r.a, "± %s", report_within(within, u->r.currency, u->r.a));
  report_scale const s = report_known_scale(fabs(x), within, u->r.currency, u->r.a);
  return pl_arena_printf(u->r.a, "%s %s", page_text(x / s.factor, s.decimals, u->r.a), s.unit);
}

double valuer_error(const valuer_view *u, double error) {
  return error <= 1e-8 * size_of_values(u) ? 0 : error;
}

double valuer_resolved(const valuer_view *u, double x, double error) {
  double const open = valuer_error(u, error);
  return open > 0 && fabs(x) <= open ? (double)NAN : x;
}

double valuer_price_within(const pl_price_range *x) {
  return is_share(x) ? 100 * x->within : x->within;
}

double valuer_worth_within(const valuer_view *u, const pl_agreement_worth *w, int party) {
  (void)u, (void)party; /* every party's as the joint worth's, of which it is a part */
  return w->joint_within;
}

bool valuer_objects(const valuer_view *u, double excess) {
  return excess > fmax(u->v->split_within, 1e-7 * size_of_values(u));
}

const char *valuer_objects_word(const valuer_view *u, double excess) {
  if (isnan(excess)) return NULL;
  if (report_is_open(excess, u->v->split_within)) return "open";
  return valuer_objects(u, excess) ? "yes" : "no";
}
