/* Each party's account: its lines by year, and their present value at the case's start. */
#include "report/spans.h"

bool report_has_later(const reporter *r) {
  for (int p = 0; p < r->c->n_parties; p++)
    for (int l = 0; l < PL_LINES; l++)
      if (pl_schedule_account(r->s, p, (pl_line)l, r->s->n_years) != 0) return true;
  return false;
}

/* A table of money: two text columns, the spans, where needed payments after them, total and
 * present value. */
static pl_table *money_table(const reporter *r, const char *name, const char *title,
                             const char *second, const pl_spans *spans) {
  bool const later = report_has_later(r);
  int const n = spans->n + later + 4;
  pl_col *col = PL_NEW_ARRAY(r->a, pl_col, (size_t)n);
  for (int i = 2; i < n; i++) col[i] = (pl_col){"", r->currency, PL_COL_NUMBER, 0};
  col[0] = (pl_col){"party", "", PL_COL_TEXT, 0};
  col[1] = (pl_col){second, "", PL_COL_TEXT, 0};
  for (int i = 0; i < spans->n; i++) col[2 + i].name = spans->name[i];
  if (later) col[n - 3].name = "later";
  col[n - 2].name = "total";
  col[n - 1].name = "present value";
  return pl_table_new(r->a, name, title, col, n);
}

typedef enum { ALL, INCOME, COST } wanted;

typedef struct { /* what a row of money sums: parties and lines from … to, inclusive */
  int party, party_last, line, line_last;
  wanted wanted;
} sum;

static bool counts(wanted w, double present) {
  return w == ALL || (w == INCOME ? present > 0 : present < 0);
}

static void add_row(const reporter *r, pl_table *t, const pl_spans *spans, const char *party,
                    const char *second, sum of) {
  pl_cell *cell = pl_table_add_row(t);
  cell[0].text = party;
  cell[1].text = second;
  for (int i = 2; i < t->n_cols; i++) cell[i].number = 0;
  for (int p = of.party; p <= of.party_last; p++)
    for (int l = of.line; l <= of.line_last; l++) {
      double const present = r->s->present[p * PL_LINES + l];
      if (!counts(of.wanted, present)) continue;
      for (int y = 0; y <= r->s->n_years; y++) {
        double const amount = pl_schedule_account(r->s, p, (pl_line)l, y);
        bool const later = y == r->s->n_years;
        if (!later || amount != 0)
          cell[2 + (later ? spans->n : spans->of_year[y])].number += amount;
        cell[t->n_cols - 2].number += amount;
      }
      cell[t->n_cols - 1].number += present;
    }
}

static bool line_is_used(const reporter *r, int party, int line) {
  for (int y = 0; y <= r->s->n_years; y++)
    if (pl_schedule_account(r->s, party, (pl_line)line, y) != 0) return true;
  return r->s->present[party * PL_LINES + line] != 0;
}

static void add_together(const reporter *r, pl_table *t, const pl_spans *spans) {
  int const n = r->c->n_parties;
  if (n > 1) add_row(r, t, spans, "together", "result", (sum){0, n - 1, 0, PL_LINES - 1, ALL});
}

pl_table *report_accounts(const reporter *r, const pl_spans *spans) {
  pl_table *t = money_table(r, "accounts",
                            "each party's account by line and year of payment; income is positive",
                            "line", spans);
  for (int p = 0; p < r->c->n_parties; p++) {
    const char *party = r->c->parties[p].name;
    for (int l = 0; l < PL_LINES; l++)
      if (line_is_used(r, p, l))
        add_row(r, t, spans, party, pl_line_key((pl_line)l), (sum){p, p, l, l, ALL});
    add_row(r, t, spans, party, "result", (sum){p, p, 0, PL_LINES - 1, ALL});
  }
  add_together(r, t, spans);
  return t;
}

static void add_earned(const reporter *r, pl_table *t, const pl_spans *spans, const char *party,
                       int first, int last) {
  pl_cell *cell = pl_table_add_row(t);
  cell[0].text = party;
  for (int i = 1; i < t->n_cols; i++) cell[i].number = 0;
  for (int p = first; p <= last; p++)
    for (int y = 0; y < r->s->n_years; y++) {
      double const money = pl_schedule_earned(r->s, p, y);
      cell[1 + spans->of_year[y]].number += money;
      cell[t->n_cols - 1].number += money;
    }
}

pl_table *report_earned(const reporter *r, const pl_spans *spans) {
  int const n = spans->n + 2, parties = r->c->n_parties;
  pl_col *col = PL_NEW_ARRAY(r->a, pl_col, (size_t)n);
  for (int i = 1; i < n; i++) col[i] = (pl_col){"total", r->currency, PL_COL_NUMBER, 0};
  col[0] = (pl_col){"party", "", PL_COL_TEXT, 0};
  for (int i = 0; i < spans->n; i++) col[1 + i].name = spans->name[i];
  pl_table *t = pl_table_new(
      r->a, "earned", "each party's result by year of delivery, regardless of when it is paid", col,
      n);
  for (int p = 0; p < parties; p++) add_earned(r, t, spans, r->c->parties[p].name, p, p);
  if (parties > 1) add_earned(r, t, spans, "together", 0, parties - 1);
  return t;
}

pl_table *report_summary(const reporter *r, const pl_spans *spans) {
  static const char *const words[] = {[ALL] = "result", [INCOME] = "income", [COST] = "cost"};
  pl_table *t = money_table(r, "summary",
                            "what each party earns: the lines that earn on balance, the lines that "
                            "cost on balance, and the result",
                            "what", spans);
  for (int p = 0; p < r->c->n_parties; p++) {
    static const wanted order[] = {INCOME, COST, ALL};
    for (int i = 0; i < 3; i++)
      add_row(r, t, spans, r->c->parties[p].name, words[order[i]],
              (sum){p, p, 0, PL_LINES - 1, order[i]});
  }
  add_together(r, t, spans);
  return t;
}
