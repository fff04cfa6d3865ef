/* Agreements by year: quantities, payments and the take-or-pay ledger; and their clauses that do
 * not affect the plan. */
#include <math.h>
#include <string.h>

#include "chain/clause.h"
#include "report/spans.h"

/* The columns of the ledger, and the kinds of column that they sum. */
static const struct {
  const char *name;
  int kind;
} ledger[] = {
    {"paid and not taken", PL_COLUMN_DEFICIT},
    {"made up", PL_COLUMN_MAKE_UP},
    {"carried", PL_COLUMN_CARRIED},
    {"missing", PL_COLUMN_MISSING},
    {"called back", PL_COLUMN_CALLED},
};
enum { LEDGER = sizeof ledger / sizeof ledger[0] };
enum {
  NAME,
  KIND,
  GIVER,
  TAKER,
  YEAR,
  MEASURE,
  AMOUNT,
  PRICE,
  PAID,
  CREDITS,
  OBLIGED,
  FIRST_OF_LEDGER
};
enum { COLUMNS = FIRST_OF_LEDGER + LEDGER };

static pl_table *new_table(const reporter *r) {
  pl_col col[COLUMNS] = {
      [NAME] = {"agreement", "", PL_COL_TEXT, 0},
      [KIND] = {"kind", "", PL_COL_TEXT, 0},
      [GIVER] = {"giver", "", PL_COL_TEXT, 0},
      [TAKER] = {"taker", "", PL_COL_TEXT, 0},
      [YEAR] = {"year", "", PL_COL_DATE, 0},
      [MEASURE] = {"measure", "", PL_COL_TEXT, 0},
      [AMOUNT] = {"amount", "", PL_COL_NUMBER, 1},
      [PRICE] = {"price", pl_arena_printf(r->a, "%s/unit", r->currency), PL_COL_NUMBER, 2},
      [PAID] = {"paid", r->currency, PL_COL_NUMBER, 0},
      [CREDITS] = {"credits", r->currency, PL_COL_NUMBER, 0},
      [OBLIGED] = {"obliged", "", PL_COL_NUMBER, 1},
  };
  for (int k = 0; k < LEDGER; k++)
    col[FIRST_OF_LEDGER + k] = (pl_col){ledger[k].name, "", PL_COL_NUMBER, 1};
  return pl_table_new(
      r->a, "agreements",
      "agreements by year: what is delivered, made or sold, its mean price, what the taker pays in "
      "total, the credits in that, the least to take or pay, and the take-or-pay ledger",
      col, COLUMNS);
}

typedef struct { /* amounts of one agreement, by year */
  double *flow, *price_money, *paid, *credits, *obliged, *ledger[LEDGER];
  double obliged_in_all;
} yearly;

static void add_years(const reporter *r, const pl_grid *grid, int v, double x, double *to) {
  if (x == 0) return;
  for (pl_share s = pl_share_slice(&r->s->years, grid, v); s.ok; pl_share_next(&r->s->years, &s))
    to[s.r] += x * s.share;
}

static void add_block(const reporter *r, int block, int giver, const yearly *y) {
  const pl_block *b = &r->p->columns[block];
  bool const flow = pl_block_is_flow(b);
  double *rate = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n + 1);
  double *credit = PL_NEW_ARRAY(r->a, double, (size_t)b->grid->n + 1);
  if (giver >= 0) report_add_rates_of(r, block, giver, REPORT_LINES_AGREED, rate);
  if (giver >= 0) report_add_rates_under(r, block, giver, PL_agreement_credits, credit);
  for (int v = 0; v < b->count; v++) {
    double const x = pl_schedule_value(r->s, b, v);
    add_years(r, b->grid, v, x * rate[v], y->paid);
    if (flow) add_years(r, b->grid, v, x, y->flow);
    if (flow) add_years(r, b->grid, v, x * (rate[v] - credit[v]), y->price_money);
    if (flow) add_years(r, b->grid, v, -x * credit[v], y->credits);
    for (int k = 0; k < LEDGER; k++)
      if (b->kind == ledger[k].kind) add_years(r, b->grid, v, x, y->ledger[k]);
  }
}

/* The amounts that a minimum quantity requires, slice by slice of its own grid. */
static const double *asked(const reporter *r, int row) {
  for (int i = 0; i < r->p->n_sources; i++) {
    const pl_source_of_bound *s = &r->p->sources[i];
    if (s->is_row && s->block == row && !s->upper) return s->amount;
  }
  return NULL;
}

/* Of several minimum quantities the largest counts. One over all of the time is not attributed to a
 * year. */
static void add_obliged(const reporter *r, int row, yearly *y) {
  const pl_block *block = &r->p->rows[row];
  const double *amount = asked(r, row);
  double *by_year = PL_NEW_ARRAY(r->a, double, (size_t)r->s->n_years + 1), sum = 0;
  for (int v = 0; amount && v < block->count; v++) {
    sum += amount[v];
    if (!report_is_whole(r, block->grid) || r->s->n_years == 1)
      add_years(r, block->grid, v, amount[v], by_year);
  }
  for (int k = 0; k < r->s->n_years; k++) y->obliged[k] = fmax(y->obliged[k], by_year[k]);
  y->obliged_in_all = fmax(y->obliged_in_all, sum);
}

static yearly add_up(const reporter *r, int agreement) {
  size_t const n = (size_t)r->s->n_years + 1;
  yearly y = {.flow = PL_NEW_ARRAY(r->a, double, n),
              .price_money = PL_NEW_ARRAY(r->a, double, n),
              .paid = PL_NEW_ARRAY(r->a, double, n),
              .credits = PL_NEW_ARRAY(r->a, double, n),
              .obliged = PL_NEW_ARRAY(r->a, double, n)};
  for (int k = 0; k < LEDGER; k++) y.ledger[k] = PL_NEW_ARRAY(r->a, double, n);
  for (int k = 0; k < r->p->n_column_blocks; k++)
    if (pl_block_agreement(&r->p->columns[k], false) == agreement)
      add_block(r, k, pl_agreement_giver(&r->c->agreements[agreement]), &y);
  for (int k = 0; k < r->p->n_row_blocks; k++) {
    const pl_block *block = &r->p->rows[k];
    if ((block->kind == PL_ROW_AGREED_LEAST || block->kind == PL_ROW_TAKE_OR_PAY) &&
        block->thing == agreement)
      add_obliged(r, k, &y);
  }
  return y;
}

static double sum_of(const reporter *r, const double *by_year) {
  double sum = 0;
  for (int k = 0; k < r->s->n_years; k++) sum += by_year[k];
  return sum;
}

report_agreed_sum report_agreement_in_all(const reporter *r, int agreement) {
  yearly const y = add_up(r, agreement);
  return (report_agreed_sum){.obliged = y.obliged_in_all,
                             .flow = sum_of(r, y.flow),
                             .not_taken = sum_of(r, y.ledger[0]),
                             .price_money = sum_of(r, y.price_money),
                             .credits = sum_of(r, y.credits),
                             .paid = sum_of(r, y.paid)};
}

static const char *year_name(const reporter *r, int y) {
  char buf[32];
  (void)pl_time_format(r->s->years.start[y], PL_YEAR, buf, sizeof buf);
  return pl_arena_strdup(r->a, buf);
}

static bool has_ledger(const reporter *r, int agreement, int kind) {
  for (int k = 0; k < r->p->n_column_blocks; k++)
    if (r->p->columns[k].kind == kind && r->p->columns[k].thing == agreement) return true;
  return false;
}

static void add_agreement(const reporter *r, int i, pl_table *t) {
  const pl_agreement *agreement = &r->c->agreements[i];
  yearly const y = add_up(r, i);
  int const material = pl_agreement_material(r->c, agreement);
  for (int v = 0; v < r->s->n_years; v++) {
    pl_cell *cell = pl_table_add_row(t);
    cell[NAME].text = agreement->name;
    cell[KIND].text = report_agreement_kind(r, i);
    cell[GIVER].text = report_party(r, pl_agreement_giver(agreement));
    cell[TAKER].text = report_party(r, pl_agreement_taker(agreement));
    cell[YEAR].text = year_name(r, v);
    cell[MEASURE].text = material < 0 ? NULL : report_material_unit(r, material);
    cell[AMOUNT].number = y.flow[v];
    if (y.flow[v] > 0 && cell[GIVER].text) cell[PRICE].number = y.price_money[v] / y.flow[v];
    if (cell[GIVER].text) cell[PAID].number = y.paid[v];
    if (agreement->credits.n > 0) cell[CREDITS].number = y.credits[v];
    if (y.obliged_in_all > 0) cell[OBLIGED].number = y.obliged[v];
    for (int k = 0; k < LEDGER; k++)
      if (has_ledger(r, i, ledger[k].kind)) cell[FIRST_OF_LEDGER + k].number = y.ledger[k][v];
  }
}

pl_table *report_agreements(const reporter *r) {
  pl_table *t = new_table(r);
  for (int i = 0; i < r->c->n_agreements; i++)
    if (r->c->agreements[i].active) add_agreement(r, i, t);
  return t;
}

static const char *section_of(const pl_agreement *agreement, const char *clause) {
  for (int k = 0; k < agreement->sections.n; k++)
    if (strcmp(agreement->sections.key[k], clause) == 0) return agreement->sections.text[k];
  return NULL;
}

static void add_clause(pl_table *t, const pl_agreement *agreement, const char *clause,
                       const char *text, const char *reason) {
  pl_cell *cell = pl_table_add_row(t);
  cell[0].text = agreement->name;
  cell[1].text = clause;
  cell[2].text = text;
  cell[3].text = reason;
  cell[4].text = agreement->document;
  cell[5].text = section_of(agreement, clause);
}

pl_table *report_clauses(const reporter *r) {
  static const char *const names[] = {"agreement",       "clause",   "text",
                                      "why not planned", "document", "section"};
  pl_col col[sizeof names / sizeof names[0]];
  for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
    col[k] = (pl_col){names[k], "", PL_COL_TEXT, 0};
  pl_table *t =
      pl_table_new(r->a, "clauses", "clauses that are recorded but do not affect the plan, and why",
                   col, (int)(sizeof names / sizeof names[0]));
  for (int i = 0; i < r->c->n_agreements; i++) {
    const pl_agreement *agreement = &r->c->agreements[i];
    if (!agreement->active)
      add_clause(t, agreement, "active", "no", "not in force, so nothing of it is planned");
    for (int k = 0; k < agreement->recorded.n; k++) {
      const pl_recorded_clause *known = pl_recorded_find(agreement->recorded.key[k]);
      add_clause(t, agreement, agreement->recorded.key[k], agreement->recorded.text[k],
                 known ? known->reason : "not known to the planner");
    }
  }
  return t;
}
