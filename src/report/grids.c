/* What agreements are worth on several grids, side by side. */
#include "report/grids.h"

#include <math.h>
#include <string.h>

#include "report/page.h"
#include "report/scale.h"
#include "report/valuer.h"

typedef struct {
  int n;
  const pl_grid_worth *const *grid;
  const pl_case *c;
  const char *currency;
  pl_arena *a;
} grids_view;

static grids_view view_of(int n, const pl_grid_worth *const *grid, const pl_case *c, pl_arena *a) {
  return (grids_view){n, grid, c, pl_dim_text(pl_dim_of((pl_dim_name)c->currency), a), a};
}

/* --- For programs ----------------------------------------------------------------------------- */

typedef struct {
  pl_table *t;
  const char *step, *currency;
} writer;

static void put(const writer *w, const char *figure, const char *agreement, const char *of,
                const char *measure, double x) {
  pl_cell *cell = pl_table_add_row(w->t);
  cell[0].text = w->step;
  cell[1].text = figure;
  cell[2].text = agreement;
  cell[3].text = of;
  cell[4].text = measure;
  cell[5].number = isfinite(x) ? x : (double)NAN;
}

static void put_parties(const writer *w, const pl_grid_worth *g, const pl_case *c) {
  put(w, "without", NULL, NULL, w->currency, g->none);
  put(w, "with all", NULL, NULL, w->currency, g->all);
  for (int q = 0; q < g->n_parties; q++) {
    const char *name = c->parties[q].name;
    put(w, "alone", NULL, name, w->currency, g->apart[q]);
    put(w, "without", NULL, name, w->currency, g->account_none[q]);
    put(w, "with all", NULL, name, w->currency, g->account_all[q]);
  }
}

static void put_worth(const writer *w, const pl_grid_worth *g, const pl_case *c) {
  for (int i = 0; i < g->n_agreements; i++) {
    const pl_agreement_worth *x = &g->worth[i];
    const char *name = c->agreements[x->agreement].name;
    put(w, "worth", name, NULL, w->currency, x->joint);
    put(w, "worth alone", name, NULL, w->currency, x->alone);
    for (int q = 0; q < g->n_parties; q++)
      put(w, "worth", name, c->parties[q].name, w->currency, x->party[q]);
    for (int k = 0; k < x->n_ranges; k++) {
      const pl_price_range *r = &x->ranges[k];
      double const size = valuer_price_size(r);
      put(w, "now", name, r->name, valuer_price_unit(r), valuer_price(r, r->now, size));
      put(w, "low", name, r->name, valuer_price_unit(r), valuer_price(r, r->low, size));
      put(w, "high", name, r->name, valuer_price_unit(r), valuer_price(r, r->high, size));
    }
  }
}

static void put_program(const writer *w, const pl_grid_worth *g) {
  put(w, "columns", NULL, NULL, "", g->n_cols);
  put(w, "entries", NULL, NULL, "", (double)g->n_entries);
  put(w, "programs", NULL, NULL, "", g->solves);
  put(w, "solved again", NULL, NULL, "", g->again);
}

pl_table *pl_report_grids_table(int n, const pl_grid_worth *const *grid, const pl_case *c,
                                pl_arena *a) {
  static const pl_col col[] = {{"grid", "", PL_COL_TEXT, 0},      {"figure", "", PL_COL_TEXT, 0},
                               {"agreement", "", PL_COL_TEXT, 0}, {"of", "", PL_COL_TEXT, 0},
                               {"measure", "", PL_COL_TEXT, 0},   {"value", "", PL_COL_NUMBER, 2}};
  grids_view const u = view_of(n, grid, c, a);
  writer w = {.t = pl_table_new(a, "value_grids",
                                "what agreements are worth when the case is planned on other grids",
                                col, sizeof col / sizeof *col),
              .currency = u.currency};
  for (int i = 0; i < n; i++) {
    w.step = pl_step_name(grid[i]->step);
    put_parties(&w, grid[i], c);
    put_worth(&w, grid[i], c);
    put_program(&w, grid[i]);
  }
  return w.t;
}

/* --- For people ------------------------------------------------------------------------------- */

enum { TEXTS = 2 };

static pl_table *new_table(const grids_view *u, const char *first, const char *second,
                           pl_col_kind kind) {
  pl_col *col = PL_NEW_ARRAY(u->a, pl_col, (size_t)(TEXTS + u->n));
  col[0] = (pl_col){first, "", PL_COL_TEXT, 0};
  col[1] = (pl_col){second, "", PL_COL_TEXT, 0};
  for (int i = 0; i < u->n; i++)
    col[TEXTS + i] = (pl_col){pl_step_name(u->grid[i]->step), "", kind, 2};
  return pl_table_new(u->a, "", "", col, TEXTS + u->n);
}

static pl_cell *add_row(pl_table *t, const char *first, const char *second) {
  pl_cell *cell = pl_table_add_row(t);
  cell[0].text = first;
  cell[1].text = second;
  return cell + TEXTS;
}

/* The table's money in one unit, and what is only rounding as 0. */
static void add_money(const grids_view *u, pl_table *t, const char *heading, pl_string *out) {
  int const last = t->n_cols - 1;
  report_scale const s = report_money_scale(report_largest(t, TEXTS, last), u->currency, u->a);
  report_rescale(t, TEXTS, last, &s);
  for (int k = TEXTS; k <= last; k++) t->col[k].unit = "";
  for (int i = 0; i < t->n_rows; i++)
    for (int k = TEXTS; k <= last; k++) {
      pl_cell *cell = &t->cell[(size_t)i * (size_t)t->n_cols + (size_t)k];
      cell->number = valuer_shown(cell->number, s.decimals);
    }
  page_blank_repeats(t);
  pl_string_printf(out, "\n%s, %s\n", heading, s.unit);
  pl_table_to_text(t, out);
}

static void add_parties(const grids_view *u, pl_string *out) {
  pl_table *t = new_table(u, "party", "", PL_COL_NUMBER);
  pl_cell *without = add_row(t, "together", "without");
  for (int i = 0; i < u->n; i++) without[i].number = u->grid[i]->none;
  pl_cell *all = add_row(t, "together", "with all");
  for (int i = 0; i < u->n; i++) all[i].number = u->grid[i]->all;
  for (int q = 0; q < u->c->n_parties; q++) {
    const char *name = u->c->parties[q].name;
    pl_cell *apart = add_row(t, name, "alone");
    for (int i = 0; i < u->n; i++) apart[i].number = u->grid[i]->apart[q];
    pl_cell *with = add_row(t, name, "with all");
    for (int i = 0; i < u->n; i++) with[i].number = u->grid[i]->account_all[q];
  }
  add_money(u, t, "parties, with all agreements at today's terms, and alone", out);
}

static void add_worth(const grids_view *u, pl_string *out) {
  pl_table *t = new_table(u, "agreement", "to", PL_COL_NUMBER);
  for (int k = 0; k < u->grid[0]->n_agreements; k++) {
    const char *name = u->c->agreements[u->grid[0]->worth[k].agreement].name;
    pl_cell *joint = add_row(t, name, "all");
    for (int i = 0; i < u->n; i++) joint[i].number = u->grid[i]->worth[k].joint;
    for (int q = 0; q < u->c->n_parties; q++) {
      pl_cell *party = add_row(t, name, u->c->parties[q].name);
      for (int i = 0; i < u->n; i++) party[i].number = u->grid[i]->worth[k].party[q];
    }
  }
  add_money(u, t, "what each agreement is worth while the others are in force, and to whom", out);
}

/* The range of that name that grid g has of agreement k, NULL where there is none. */
static const pl_price_range *range_of(const pl_grid_worth *g, int k, const char *name) {
  for (int r = 0; r < g->worth[k].n_ranges; r++)
    if (strcmp(g->worth[k].ranges[r].name, name) == 0) return &g->worth[k].ranges[r];
  return NULL;
}

/* Ranges of agreement k that grid i has but no earlier grid. */
static void add_ranges(const grids_view *u, int k, int i, pl_table *t) {
  const pl_agreement_worth *w = &u->grid[i]->worth[k];
  for (int r = 0; r < w->n_ranges; r++) {
    const pl_price_range *x = &w->ranges[r];
    bool told = false;
    for (int j = 0; j < i; j++) told = told || range_of(u->grid[j], k, x->name);
    if (told) continue;
    const char *unit = valuer_price_unit(x);
    pl_cell *cell =
        add_row(t, u->c->agreements[w->agreement].name,
                isfinite(x->now) ? pl_arena_printf(u->a, "%s, now %s %s", x->name,
                                                   valuer_price_text(x, x->now, u->a), unit)
                                 : pl_arena_printf(u->a, "%s, %s", x->name, unit));
    for (int j = 0; j < u->n; j++) {
      const pl_price_range *own = range_of(u->grid[j], k, x->name);
      cell[j].text = own ? valuer_range_text(own, u->a) : "unused";
    }
  }
}

static void add_prices(const grids_view *u, pl_string *out) {
  pl_table *t = new_table(u, "agreement", "what", PL_COL_TEXT);
  for (int k = 0; k < u->grid[0]->n_agreements; k++)
    for (int i = 0; i < u->n; i++) add_ranges(u, k, i, t);
  if (t->n_rows == 0) return;
  page_blank_repeats(t);
  pl_string_printf(out, "\nprices between which both sides gain, with quantities as planned\n");
  pl_table_to_text(t, out);
}

static void add_programs(const grids_view *u, pl_string *out) {
  pl_table *t = new_table(u, "program", "", PL_COL_TEXT);
  pl_cell *columns = add_row(t, "columns", "");
  for (int i = 0; i < u->n; i++) columns[i].text = page_text(u->grid[i]->n_cols, 0, u->a);
  pl_cell *entries = add_row(t, "entries", "");
  for (int i = 0; i < u->n; i++)
    entries[i].text = page_text((double)u->grid[i]->n_entries, 0, u->a);
  pl_cell *again = add_row(t, "solved again", pl_arena_printf(u->a, "of %d", u->grid[0]->solves));
  for (int i = 0; i < u->n; i++) again[i].text = page_text(u->grid[i]->again, 0, u->a);
  pl_cell *seconds = add_row(t, "seconds", "");
  for (int i = 0; i < u->n; i++) seconds[i].text = page_text(u->grid[i]->seconds, 1, u->a);
  pl_string_printf(out, "\n");
  pl_table_to_text(t, out);
}

void pl_report_grids(int n, const pl_grid_worth *const *grid, const pl_case *c, pl_string *out) {
  pl_arena *a = pl_arena_new();
  grids_view const u = view_of(n, grid, c, a);
  pl_string_printf(out, "%s%s%s on %d grid%s\n", c->calendar.title,
                   c->scenario ? ", scenario " : "", c->scenario ? c->scenario : "", n,
                   n == 1 ? "" : "s");
  add_parties(&u, out);
  add_worth(&u, out);
  add_prices(&u, out);
  add_programs(&u, out);
  pl_arena_free(a);
}
