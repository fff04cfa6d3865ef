/* potline check: is a case sound? */
#include <stdio.h>

#include "cli/case_options.h"
#include "cli/cmd.h"
#include "cli/say.h"
#include "diagnose/diagnose.h"
#include "explain/explain.h"
#include "report/report.h"

const pl_option pl_check_options[] = {CASE_OPTIONS, STRICT_OPTION, {0}};

static void count_noun(pl_string *out, int n, const char *one, const char *many) {
  if (n > 0) pl_string_printf(out, ", %d %s", n, n == 1 ? one : many);
}

static const char *sole_bound(const pl_market *m) {
  return m->said[PL_market_exactly].line > 0 ? "exactly"
         : m->said[PL_market_up_to].line > 0 ? "at least = up to"
                                             : "at least";
}

static bool is_unpriced(const pl_market *m) { return !m->price && m->tiers.n == 0; }

/* Markets without a price, which are allowed where the quantity is fixed. */
static void list_unpriced(const pl_case *c, pl_string *out) {
  enum { SHOWN_MAX = 8 };
  int n = 0;
  for (int i = 0; i < c->n_markets; i++) {
    const pl_market *m = &c->markets[i];
    if (!is_unpriced(m) || n++ >= SHOWN_MAX) continue;
    pl_string_printf(out, "%s %s (%s)", n == 1 ? "\nwithout a price: markets" : ",", m->name,
                     sole_bound(m));
  }
  if (n > SHOWN_MAX) pl_string_printf(out, " and %d more", n - (int)SHOWN_MAX);
}

static void say_sound(const pl_run *r, pl_arena *a) {
  const pl_case *c = r->c;
  pl_string out;
  pl_string_init(&out, a);
  pl_string_printf(&out, "sound: %d %s", c->n_parties, c->n_parties == 1 ? "party" : "parties");
  count_noun(&out, c->n_sites, "site", "sites");
  count_noun(&out, c->n_materials, "material", "materials");
  count_noun(&out, c->n_processes, "process", "processes");
  count_noun(&out, c->n_units, "unit", "units");
  count_noun(&out, c->n_stocks, "stock", "stocks");
  count_noun(&out, c->n_lanes, "lane", "lanes");
  count_noun(&out, c->n_markets, "market", "markets");
  count_noun(&out, c->n_quotations, "quotation", "quotations");
  count_noun(&out, c->n_limits, "limit", "limits");
  count_noun(&out, c->n_outages, "outage", "outages");
  count_noun(&out, c->n_agreements, "agreement", "agreements");
  count_noun(&out, c->n_scenarios, "scenario", "scenarios");
  list_unpriced(c, &out);
  pl_string_printf(&out, "\nprogram: ");
  pl_report_size(&r->program->lp, &out);
  pl_say("%s\n", out.text);
}

static void write_count(pl_json *j, const char *key, double n) {
  pl_json_key(j, key);
  pl_json_number(j, n);
}

static void write_sound(const pl_run *r, bool sound, pl_json *j) {
  pl_json_key(j, "sound");
  pl_json_bool(j, sound);
  if (!r) return;
  pl_json_key(j, "counts");
  pl_json_open(j, false);
  write_count(j, "parties", r->c->n_parties);
  write_count(j, "sites", r->c->n_sites);
  write_count(j, "materials", r->c->n_materials);
  write_count(j, "processes", r->c->n_processes);
  write_count(j, "units", r->c->n_units);
  write_count(j, "stocks", r->c->n_stocks);
  write_count(j, "lanes", r->c->n_lanes);
  write_count(j, "markets", r->c->n_markets);
  write_count(j, "quotations", r->c->n_quotations);
  write_count(j, "limits", r->c->n_limits);
  write_count(j, "outages", r->c->n_outages);
  write_count(j, "agreements", r->c->n_agreements);
  write_count(j, "scenarios", r->c->n_scenarios);
  write_count(j, "columns", r->program->lp.n_cols);
  write_count(j, "rows", r->program->lp.n_rows);
  write_count(j, "entries", (double)r->program->lp.n_entries);
  write_count(j, "integers", r->program->lp.n_integer);
  pl_json_close(j);
  pl_json_key(j, "without_price");
  pl_json_open(j, true);
  for (int i = 0; i < r->c->n_markets; i++)
    if (is_unpriced(&r->c->markets[i])) pl_json_text(j, r->c->markets[i].name);
  pl_json_close(j);
}

pl_status pl_cmd_check(pl_call *call) {
  pl_run *r = NULL;
  pl_status s = pl_open_case(call, call->args[0], &r);
  if (s == PL_OK) s = pl_diagnose_loops(r->program, NULL, call->diag);
  if (s == PL_OK) s = pl_check_scenarios(call, call->args[0], r->c);
  if (s == PL_OK) s = pl_check_strict(call);
  if (call->json)
    write_sound(r, s == PL_OK, call->json);
  else if (s == PL_OK)
    say_sound(r, call->arena);
  pl_run_free(r);
  return s;
}
