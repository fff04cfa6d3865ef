/* Checks that every quotation that a formula needs over an interval has its values, lags included,
 * and reports those that do not. Evaluates nothing. */
#include "price/formula_tree.h"

typedef struct {
  const pl_formula *formula;
  const pl_quotes *quotes;
  pl_diag *diag;
} checker;

static const char *date_text(pl_time t, char *buf, size_t size) {
  int year, month, day, minute;
  pl_time_civil(t, &year, &month, &day, &minute);
  pl_step const fine = minute ? PL_HOUR : day > 1 ? PL_DAY : PL_MONTH;
  if (pl_time_format(t, fine, buf, size) == 0) buf[0] = 0;
  return buf;
}

/* Reported at the row of the file that has no value, or that follows the missing one; at the
 * quotation if the row is not known. */
static pl_status fail_row(const checker *c, const pl_quotation *q, pl_place used, int line,
                          const char *date) {
  pl_place const row = q->line ? (pl_place){.file = q->file, .line = line, .column = 1} : q->place;
  pl_status const status =
      pl_fail(c->diag, PL_RANGE, row, "quotation '%s' has no value for %s", q->name, date);
  pl_hint(c->diag, "fill in the value, or add the row if it is missing");
  pl_note(c->diag, used, "'%s' is needed here", q->name);
  return status;
}

static pl_status fail_gap(const checker *c, const pl_quotation *q, pl_place place, pl_time at,
                          int index) {
  char date[40], edge[40];
  (void)date_text(at, date, sizeof date);
  const char *where = q->file ? q->file : q->place.file ? q->place.file : "the case";
  if (index >= 0 && index < q->n) return fail_row(c, q, place, q->line ? q->line[index] : 0, date);
  if (index < 0) {
    pl_status const status = pl_fail(
        c->diag, PL_RANGE, place, "quotation '%s' has no value for %s: it begins with %s (%s)",
        q->name, date, date_text(q->from[0], edge, sizeof edge), where);
    pl_hint(c->diag, "a window such as [M-1] requires values from before the start of the case");
    return status;
  }
  pl_status const status = pl_fail(
      c->diag, PL_RANGE, place, "quotation '%s' has no value for %s: its last one is for %s (%s)",
      q->name, date, date_text(q->from[q->n - 1], edge, sizeof edge), where);
  pl_hint(c->diag, "specify what applies after the last value: beyond: hold, or beyond: repeat");
  return status;
}

static pl_status check_formula(const checker *c, pl_time from, pl_time to);

static pl_status check_quotation(const checker *c, int i, pl_place place, pl_time from,
                                 pl_time to) {
  const pl_quotation *q = pl_quotes_at(c->quotes, i);
  if (q->formula) {
    checker const inner = {q->formula, c->quotes, c->diag};
    if (!q->hours) return check_formula(&inner, from, to);
    pl_time const last = pl_step_floor(PL_MONTH, to - 1); /* months are needed as a whole */
    return check_formula(&inner, pl_step_floor(PL_MONTH, from), pl_step_add(PL_MONTH, last, 1));
  }
  pl_time at;
  int index;
  return price_series_gap(q, from, to, &at, &index) ? fail_gap(c, q, place, at, index) : PL_OK;
}

static pl_status check_observed(const checker *c, const node *n, pl_time from, pl_time to) {
  if (n->windowed) {
    pl_time unused;
    pl_time const last = to - 1;
    price_window_range(n->window, from, &from, &unused);
    price_window_range(n->window, last, &unused, &to);
  }
  return check_quotation(c, n->quotation, price_node_place(c->formula, n), from, to);
}

static pl_status check_node(const checker *c, const node *n, pl_time from, pl_time to) {
  if (n->kind == NODE_OBSERVED) return check_observed(c, n, from, to);
  if (n->kind == NODE_INDEX && n->has_base)
    PL_TRY(check_quotation(c, n->child[0]->quotation, price_node_place(c->formula, n), n->base_from,
                           n->base_to));
  for (int i = 0; i < n->n; i++) PL_TRY(check_node(c, n->child[i], from, to));
  return PL_OK;
}

static pl_status check_steps(const checker *c, pl_time from, pl_time to) {
  const pl_formula *f = c->formula;
  for (int i = 0; i < f->n_steps; i++) {
    pl_time const start = i > 0 && f->from[i] > from ? f->from[i] : from;
    pl_time const end = i + 1 < f->n_steps && f->from[i + 1] < to ? f->from[i + 1] : to;
    checker const inner = {f->step[i], c->quotes, c->diag};
    if (start < end) PL_TRY(check_formula(&inner, start, end));
  }
  return PL_OK;
}

static pl_status check_formula(const checker *c, pl_time from, pl_time to) {
  const pl_formula *f = c->formula;
  if (!f->root) return check_steps(c, from, to);
  PL_TRY(check_node(c, f->root, from, to));
  return f->exchange >= 0 ? check_quotation(c, f->exchange, price_node_place(f, f->root), from, to)
                          : PL_OK;
}

pl_status pl_formula_check(const pl_formula *f, const pl_quotes *quotes, pl_time from, pl_time to,
                           pl_diag *diag) {
  checker const c = {f, quotes, diag};
  if (f->confined && f->confined_from > from) from = f->confined_from;
  if (f->confined && f->confined_to < to) to = f->confined_to;
  return to > from ? check_formula(&c, from, to) : PL_OK;
}
