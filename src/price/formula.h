#ifndef PL_PRICE_FORMULA_H
#define PL_PRICE_FORMULA_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/grid.h"
#include "base/text.h"
#include "unit/unit.h"

/* Formulas over dated quotations: "LME.AL[M-1] + clip(EDP[M], 150 USD/t, 400 USD/t)", "265 kt/year
 * * online", "1.5 t". Every value of a case that may vary in time is one, so a plain number with
 * its unit is the simplest formula. A formula depends on quotations and dates and nothing else, so
 * to the program it is data. Grammar: docs/formulas.md. Names are resolved and units checked when a
 * formula is bound to a set of quotations; after that it is const. */
typedef struct pl_quotes pl_quotes; /* price/quotes.h */
typedef struct pl_formula pl_formula;

/* Parses text, which is at place (places of errors are exact to the byte if the length of place
 * covers the text verbatim). A number without a unit is dimensionless. PL_SYNTAX or PL_UNIT with an
 * error. */
pl_status pl_formula_parse(pl_span text, pl_place place, pl_arena *a, pl_formula **out,
                           pl_diag *diag);
pl_formula *pl_formula_constant(pl_arena *a, double inside_value, pl_dim dim, pl_place place);
/* Steps in time: value[i] holds from from[i] on (ascending); before from[0] the first holds. Each
 * is a formula of its own. */
pl_formula *pl_formula_steps(pl_arena *a, int n, const pl_time *from, pl_formula *const *value,
                             pl_place place);

/* Resolves names against quotes and checks units throughout. want: the dimension the field requires
 * (inside units); a formula whose dimension differs only by its currency is converted to the case
 * currency of quotes by the exchange quotation declared for it. words describes the field in
 * messages ("price", "capacity"). */
pl_status pl_formula_bind(pl_formula *f, const pl_quotes *quotes, pl_dim want, const char *words,
                          pl_arena *a, pl_diag *diag);
/* Binds without a required dimension; *out gets the actual one. For fields that accept several. */
pl_status pl_formula_bind_any(pl_formula *f, const pl_quotes *quotes, const char *words,
                              pl_arena *a, pl_dim *out, pl_diag *diag);

/* Mean value over [from, to) in inside units (calendar units resolved there; how windows are
 * averaged: docs/formulas.md). NAN where a quotation is missing or a division has no result;
 * pl_formula_check reports which quotation and where, once, before anything is evaluated.
 * Thread-safe. quotes: the set bound, or one of the same shape with other values (a scenario's
 * price path). */
double pl_formula_eval(const pl_formula *f, const pl_quotes *quotes, pl_time from, pl_time to);
/* values[v] for every slice of grid. */
/* The same in slice v of grid. In a slice of typical days it is the part of the month's duration
 * curve that falls to the slice (pl_grid_typify). */
double pl_formula_eval_slice(const pl_formula *f, const pl_quotes *quotes, const pl_grid *grid,
                             int v);
void pl_formula_eval_grid(const pl_formula *f, const pl_quotes *quotes, const pl_grid *grid,
                          double *values);

/* f applies only in [from, to): over an interval it is the mean over the part that lies there, and
 * 0 over an interval outside, in which nothing that it prices can happen. So its quotations are
 * needed only there. */
void pl_formula_confine(pl_formula *f, pl_time from, pl_time to);
bool pl_formula_applies(const pl_formula *f, pl_time from,
                        pl_time to); /* to part of the interval */

/* Checks that every quotation that f needs over [from, to), lags included, has its values;
 * otherwise an error names the quotation, the first date of the gap, and its file. */
pl_status pl_formula_check(const pl_formula *f, const pl_quotes *quotes, pl_time from, pl_time to,
                           pl_diag *diag);

bool pl_formula_is_bound(const pl_formula *f);
bool pl_formula_is_constant(const pl_formula *f); /* no quotation, no date step, no calendar unit */
double pl_formula_number(const pl_formula *f);    /* of a constant: its inside value */
pl_dim pl_formula_dim(
    const pl_formula *f); /* after binding: as written (before a currency is converted) */
/* The currency it is written in, as pl_dim_name; −1 if it has none or its steps are in several. */
int pl_formula_currency(const pl_formula *f);
/* The step in the denominator of a rate ("400 kt/year" → PL_YEAR, "5 t/d" → PL_DAY, "5 t/h" →
 * PL_HOUR; "40 MW", which names none, → PL_QUARTER_HOUR: it holds at all times), −1 if the
 * formula's dimension has no 1/time or its parts disagree. "per what" of a trade bound. */
int pl_formula_per(const pl_formula *f);
/* The same for a number of hours per unit of time: "4 h/day" → PL_DAY, though it has no
 * dimension. */
int pl_formula_hours_per(const pl_formula *f);
/* The first two different units of time that its parts are per, "per-month and per-year"; NULL
 * where they agree. */
const char *pl_formula_mixture(const pl_formula *f, pl_arena *a);
pl_place pl_formula_place(const pl_formula *f);
const char *pl_formula_text(const pl_formula *f); /* as written */
/* Writes to ids (capacity max) the indices, ascending, of the quotations that f uses, including
 * those behind quotations that are formulas and its exchange rate; returns how many there are. */
int pl_formula_quotations(const pl_formula *f, int *ids, int max);

#endif
