/* The list of everything in a report. */
#include "report/report.h"

#include <limits.h>
#include <string.h>

#include "report/spans.h"

static pl_panel *(*const topics[])(const reporter *) = {
    report_units,     report_trades, report_shipments,  report_stocks,     report_balances,
    report_emissions, report_limits, report_quotations, report_deliveries, report_reserves,
};
enum { TOPICS = sizeof topics / sizeof topics[0], TABLES = 10 + PL_HOURS_TABLES };
enum { UNITS, TRADES, SHIPMENTS }; /* tables and panels by topic */

static bool is_wanted(const reporter *r, int topic) {
  if (topics[topic] == report_deliveries) return r->c->n_agreements > 0;
  return topics[topic] != report_reserves || report_has_reserves(r);
}

static void add_tables(const reporter *r, pl_report *out, pl_panel *const *panel) {
  pl_spans years;
  report_spans(r, INT_MAX, &years);
  out->table = PL_NEW_ARRAY(r->a, pl_table *, TABLES);
  out->table[out->n_tables++] = report_summary(r, &years);
  out->table[out->n_tables++] = report_accounts(r, &years);
  out->table[out->n_tables++] = report_earned(r, &years);
  out->table[out->n_tables++] = report_production(r, &years, panel[UNITS]);
  out->table[out->n_tables++] = report_turnover(r, &years, panel[TRADES], NULL);
  out->table[out->n_tables++] = report_freight(r, &years, panel[SHIPMENTS]);
  out->n_tables += pl_report_hours_tables(r->s, out->table + out->n_tables, r->a);
  if (r->c->n_outages > 0) out->table[out->n_tables++] = report_outages(r);
  if (r->c->typical) out->table[out->n_tables++] = report_typical(r);
  if (r->c->n_agreements == 0) return;
  out->table[out->n_tables++] = report_agreements(r);
  out->table[out->n_tables++] = report_clauses(r);
}

pl_report *pl_report_make(const pl_schedule *s, pl_arena *a) {
  reporter r;
  report_begin(&r, s, a);
  pl_report *out = PL_NEW(a, pl_report);
  out->panel = PL_NEW_ARRAY(a, pl_panel *, TOPICS);
  for (int i = 0; i < TOPICS; i++)
    if (is_wanted(&r, i)) out->panel[out->n_panels++] = topics[i](&r);
  add_tables(&r, out, out->panel);
  return out;
}

pl_report *pl_report_make_overview(const pl_schedule *s, pl_arena *a) {
  reporter r;
  report_begin(&r, s, a);
  pl_report *out = PL_NEW(a, pl_report);
  pl_panel *panel[SHIPMENTS + 1];
  for (int i = 0; i <= SHIPMENTS; i++) panel[i] = topics[i](&r);
  add_tables(&r, out, panel);
  return out;
}

void pl_report_state(pl_report *r, const char *name, const char *text, pl_arena *a) {
  enum { FACTS_MOST = 16 };
  if (!r->fact) r->fact = PL_NEW_ARRAY(a, pl_fact, FACTS_MOST);
  if (text && r->n_facts < FACTS_MOST) r->fact[r->n_facts++] = (pl_fact){name, text};
}

const pl_table *pl_report_table(const pl_report *r, const char *name) {
  for (int i = 0; i < r->n_tables; i++)
    if (strcmp(r->table[i]->name, name) == 0) return r->table[i];
  return NULL;
}
