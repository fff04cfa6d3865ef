/* potline explain: why the plan is as it is, or why there is none. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/case_options.h"
#include "cli/leave.h"
#include "cli/options.h"
#include "cli/plan_case.h"
#include "cli/result_json.h"
#include "cli/say.h"
#include "explain/explain.h"
#include "report/report.h"
#include "text/show.h"

enum { LIMIT = 10, LIMIT_MOST = 100000, NOTHING = INT_MAX };

const pl_option pl_explain_options[] = {
    {"material", 0, "M", "only what this material is worth"},
    {"site", 0, "S", "only at this site"},
    {"unit", 0, "U", "only what this unit does by the hour"},
    {"stock", 0, "K", "only what this stock does by the hour"},
    {"by-hour", 0, NULL,
     "also list values hour by hour (day by day) for materials balanced by the hour (day)"},
    {"limit", 0, "N", "at most N constraints; 10 if not specified"},
    CASE_OPTIONS,
    SOLVE_OPTIONS,
    {0},
};

typedef struct {
  int site, material, unit, stock; /* −1 = all */
  bool by_hour;                    /* list values hour by hour too */
  int limit;
} wanted;

/* --- what is requested --- */

/* Names of one noun, for finding one and for "did you mean". */
typedef struct {
  const char *noun;
  const char **name;
  int n;
} names;

static names names_of(const pl_case *c, pl_noun_id id, const char *word, pl_arena *a) {
  struct head { /* how every noun's struct begins */
    PL_DECLARE_NOUN
  };
  const pl_noun *noun = &pl_nouns[id];
  const char *list = *(char *const *)((const char *)c + noun->list_offset);
  int const n = *(const int *)((const char *)c + noun->count_offset);
  names all = {word, PL_NEW_ARRAY(a, const char *, (size_t)n + 1), n};
  for (int i = 0; i < n; i++) {
    const struct head *thing = (const void *)(list + (size_t)i * noun->size);
    all.name[i] = thing->name;
  }
  return all;
}

static pl_status find(const pl_call *call, names list, int *out) {
  const char *name = pl_option_value(call, list.noun);
  *out = -1;
  if (!name) return PL_OK;
  for (int i = 0; i < list.n; i++)
    if (strcmp(list.name[i], name) == 0) *out = i;
  if (*out >= 0) return PL_OK;
  const char *near = pl_text_nearest(name, list.name, list.n);
  (void)pl_fail(call->diag, PL_NAME, PL_NOWHERE, "the case has no %s '%s'", list.noun,
                pl_text_safe(call->arena, name, strlen(name)));
  if (near) pl_hint(call->diag, "did you mean '%s'?", near);
  return PL_NAME;
}

static pl_status read_wanted(const pl_call *call, const pl_case *c, wanted *w) {
  double limit = LIMIT;
  PL_TRY(find(call, names_of(c, PL_NOUN_site, "site", call->arena), &w->site));
  PL_TRY(find(call, names_of(c, PL_NOUN_material, "material", call->arena), &w->material));
  PL_TRY(find(call, names_of(c, PL_NOUN_unit, "unit", call->arena), &w->unit));
  PL_TRY(find(call, names_of(c, PL_NOUN_stock, "stock", call->arena), &w->stock));
  PL_TRY(pl_option_number(call, "limit", &limit));
  w->by_hour = pl_option_given(call, "by-hour");
  w->limit = limit < LIMIT_MOST ? (int)limit : LIMIT_MOST;
  return PL_OK;
}

/* --- a plan --- */

static bool is_wanted(const wanted *w, const pl_marginal *m) {
  return (!m->fine || w->by_hour) && (w->site < 0 || m->site == w->site) &&
         (w->material < 0 || m->material == w->material);
}

static int keep_wanted(const wanted *w, pl_marginal *m, int n) {
  int kept = 0;
  for (int i = 0; i < n; i++)
    if (is_wanted(w, &m[i])) m[kept++] = m[i];
  return kept;
}

/* Ordered as in the case: by site, then material. */
static int by_place(const void *x, const void *y) {
  const pl_marginal *a = x, *b = y;
  if (a->site != b->site) return a->site < b->site ? -1 : 1;
  if (a->material != b->material) return a->material < b->material ? -1 : 1;
  if (a->party != b->party) return a->party < b->party ? -1 : 1;
  return strcmp(a->from, b->from);
}

/* "; one more 427.80, one less 441.10", where these differ. */
static const char *sides_text(const pl_marginal *m, pl_arena *a) {
  char more[48], less[48];
  if (!m->sum) return "";
  if (!m->sides.known) return "; one of several values";
  if (!(m->sides.less - m->sides.more > 5e-3 + 1e-6 * fabs(m->value))) return "";
  (void)pl_number_pretty(m->sides.more, 2, more, sizeof more);
  (void)pl_number_pretty(m->sides.less, 2, less, sizeof less);
  return pl_arena_printf(a, "; one more %s, one less %s",
                         isinf(m->sides.more) ? "is infeasible" : more,
                         isinf(m->sides.less) ? "is infeasible" : less);
}

/* "429.12 USD/t", with its range if periods differ. */
static const char *value_text(const pl_marginal *m, const char *unit, pl_arena *a) {
  char value[48], least[48], most[48];
  (void)pl_number_pretty(m->value, 2, value, sizeof value);
  (void)pl_number_pretty(m->least, 2, least, sizeof least);
  (void)pl_number_pretty(m->most, 2, most, sizeof most);
  const char *sides = sides_text(m, a);
  if (strcmp(least, most) == 0) return pl_arena_printf(a, "%s %s%s", value, unit, sides);
  return pl_arena_printf(a, "%s %s (%s … %s)%s", value, unit, least, most, sides);
}

static const char *worth_unit(const pl_case *c, const pl_marginal *m, pl_arena *a) {
  return pl_arena_printf(a, "%s/%s", pl_dim_text(pl_dim_of((pl_dim_name)c->currency), a),
                         pl_dim_text(pl_material_dim(c, m->material), a));
}

static void show_marginals(const pl_run *r, const pl_marginal *m, int n, bool *any, pl_arena *a) {
  const pl_case *c = r->c;
  const pl_marginal *before = NULL;
  for (int i = 0; i < n; i++) {
    if (!before || before->site != m[i].site || before->material != m[i].material ||
        before->party != m[i].party)
      pl_say("\n%s: %s of %s\n", c->sites[m[i].site].name, c->materials[m[i].material].name,
             c->parties[m[i].party].name);
    before = &m[i];
    *any = true;
    pl_say("  %s%s%s  %s\n      %s\n", m[i].from, strcmp(m[i].from, m[i].to) ? " … " : "",
           strcmp(m[i].from, m[i].to) ? m[i].to : "", value_text(&m[i], worth_unit(c, &m[i], a), a),
           m[i].reason);
  }
}

static void write_marginals(const pl_run *r, const pl_marginal *m, int n, pl_arena *a, pl_json *j) {
  const pl_case *c = r->c;
  pl_json_key(j, "marginals");
  pl_json_open(j, true);
  for (int i = 0; i < n; i++) {
    pl_json_open(j, false);
    pl_write_text(j, "site", c->sites[m[i].site].name);
    pl_write_text(j, "material", c->materials[m[i].material].name);
    pl_write_text(j, "party", c->parties[m[i].party].name);
    pl_write_text(j, "from", m[i].from);
    pl_write_text(j, "to", m[i].to);
    pl_write_number(j, "value", m[i].value);
    pl_write_number(j, "least", m[i].least);
    pl_write_number(j, "most", m[i].most);
    if (m[i].sides.known) pl_write_number(j, "one_more", m[i].sides.more);
    if (m[i].sides.known) pl_write_number(j, "one_less", m[i].sides.less);
    pl_write_text(j, "unit", worth_unit(c, &m[i], a));
    pl_write_text(j, "reason", m[i].reason);
    pl_json_close(j);
  }
  pl_json_close(j);
}

/* For a run that was valued, what its agreements are worth. */
static void show_valued(const pl_run *r, pl_arena *a) {
  pl_string text;
  pl_string_init(&text, a);
  pl_report_valued(r->value_table, r->n_value_tables, &text);
  pl_say("%s", text.text);
}

static bool is_all(const wanted *w) {
  return w->site < 0 && w->material < 0 && w->unit < 0 && w->stock < 0;
}

/* Which hourly results are requested: a unit or a stock alone, goods alone, or all. */
static pl_hours_wanted hours_wanted(const wanted *w) {
  bool const goods = w->site >= 0 || w->material >= 0, things = w->unit >= 0 || w->stock >= 0;
  return (pl_hours_wanted){.unit = w->unit >= 0 || w->stock < 0 ? w->unit : NOTHING,
                           .stock = w->stock >= 0 || w->unit < 0 ? w->stock : NOTHING,
                           .site = w->site,
                           .material = w->material,
                           .things = things || !goods,
                           .goods = goods || !things};
}

/* Show the requested hourly results; false if there are none. */
static bool show_hours(const pl_run *r, const pl_hours_wanted *w, const char *head, pl_arena *a) {
  pl_string text;
  pl_string_init(&text, a);
  if (!pl_report_hours(r->schedule, w, &text)) return false;
  pl_say("%s%s", head, text.text);
  return true;
}

static void show_things(const pl_run *r, const wanted *w, pl_arena *a) {
  pl_hours_wanted hours = hours_wanted(w);
  if (!hours.things) return;
  hours.goods = false;
  if (show_hours(r, &hours, "by the hour\n", a))
    pl_say("%s", is_all(w) ? "\n" : "");
  else if (!is_all(w))
    pl_say("nothing to show: it is not planned by the hour\n");
}

static void show_goods(const pl_run *r, const wanted *w, const pl_marginal *m, int n, pl_arena *a) {
  pl_hours_wanted hours = hours_wanted(w);
  if (!hours.goods) return;
  hours.things = false;
  pl_say("what one more unit is worth (marginal value), and why; where one less costs more than "
         "that, both are given\n");
  bool any = show_hours(r, &hours, "", a);
  show_marginals(r, m, n, &any, a);
  if (!any) pl_say("\nnothing to show: no such material has a balance in this plan\n");
}

static void show_plan(const pl_run *r, const wanted *w, const pl_bottleneck *tight, int n_tight,
                      pl_arena *a) {
  pl_string text;
  pl_string_init(&text, a);
  if (is_all(w) || hours_wanted(w).goods) pl_report_proven(r->schedule, &text);
  if (text.length > 0) pl_string_add(&text, "\n", 1);
  if (is_all(w)) pl_report_bottlenecks(r->schedule, tight, n_tight, &text);
  if (text.length > 0) pl_say("%s%s", text.text, is_all(w) ? "\n" : "");
  if (is_all(w)) show_valued(r, a);
  show_things(r, w, a);
}

static pl_status explain_plan(pl_call *call, const pl_run *r) {
  wanted w;
  pl_marginal *m = NULL;
  pl_table *hours[PL_HOURS_TABLES];
  PL_TRY(read_wanted(call, r->c, &w));
  pl_bottleneck *tight = PL_NEW_ARRAY(call->arena, pl_bottleneck, (size_t)w.limit + 1);
  int const n_tight = pl_explain_bottlenecks(r->schedule, w.limit, tight, call->arena);
  int n = pl_explain_marginals(r->schedule, &m, call->arena);
  n = keep_wanted(&w, m, n);
  if (n > 0) qsort(m, (size_t)n, sizeof *m, by_place);
  pl_solve_options by = PL_SOLVE_DEFAULTS;
  PL_TRY(pl_explain_bottleneck_sides(r->schedule, &by, tight, n_tight, call->diag));
  PL_TRY(pl_explain_marginal_sides(r->schedule, &by, m, n, call->diag));
  if (call->json) {
    pl_write_number(call->json, "resolution", pl_schedule_resolution(r->schedule));
    pl_write_bottlenecks(tight, n_tight, call->json);
    write_marginals(r, m, n, call->arena, call->json);
    pl_write_tables(pl_report_hours_tables(r->schedule, hours, call->arena), hours, call->json);
    pl_write_tables(r->n_value_tables, r->value_table, call->json);
    return PL_OK;
  }
  show_plan(r, &w, tight, n_tight, call->arena);
  show_goods(r, &w, m, n, call->arena);
  return PL_OK;
}

/* --- a run or a case --- */

static bool is_yaml(const char *path) {
  const char *dot = strrchr(path, '.');
  return dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

/* An existing file that is neither a case by its name nor a run by its contents. */
static pl_status check_path(const pl_call *call, const char *path) {
  struct stat st;
  if (is_yaml(path) || stat(path, &st) != 0 || !S_ISREG(st.st_mode)) return PL_OK;
  (void)pl_fail(call->diag, PL_IO, PL_NOWHERE, "'%s' is neither a run nor a case",
                pl_text_safe(call->arena, path, strlen(path)));
  pl_hint(call->diag, "a case is a folder with a case.yaml, or a file that ends in .yaml");
  return PL_IO;
}

static pl_status open_run_or_case(pl_call *call, pl_run **out) {
  const char *path = call->args[0];
  if (!pl_is_run_file(path)) {
    PL_TRY(check_path(call, path));
    PL_TRY(pl_open_case(call, path, out));
    return pl_plan_case(call, *out);
  }
  if (pl_option_given(call, "scenario") || pl_option_given(call, "set"))
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE,
                   "--scenario and --set are for a case; '%s' is a run", path);
  call->files = pl_files_new(NULL, 0);
  PL_TRY(pl_run_read(path, call->files, out, call->diag));
  return (*out)->status;
}

/* The reasons are the requested output; the exit status, as that of plan, says that there is no
 * plan. */
static pl_status explain_no_plan(pl_call *call, const pl_run *r, pl_status s) {
  pl_diag *why = pl_diag_new();
  pl_string text;
  pl_string_init(&text, call->arena);
  pl_status const said = pl_say_why_not(call, r, s, why);
  if (call->json) {
    pl_json_key(call->json, "why");
    pl_json_open(call->json, true);
  }
  for (int i = 0; i < pl_diag_size(why); i++) {
    if (call->json)
      pl_message_to_json(pl_diag_at(why, i), call->json);
    else
      pl_message_show(pl_diag_at(why, i), call->files, &text);
  }
  if (call->json) pl_json_close(call->json);
  if (text.length > 0) pl_say("%s", text.text);
  pl_diag_free(why);
  return said;
}

static pl_status explain(pl_call *call, const pl_run *r, pl_status s) {
  if (r->schedule) pl_leave_on_interrupt(); /* nothing is kept from here on */
  if (r->schedule && r->status == PL_STOPPED)
    pl_warn(call->diag, PL_NOWHERE,
            r->n_value_tables > 0
                ? "the valuation was stopped: what had not been valued by then is empty"
                : "the solver was stopped before it had proven this plan optimal: the worth of its "
                  "limits is not proven either");
  if (r->schedule) return explain_plan(call, r);
  return s == PL_INFEASIBLE || s == PL_UNBOUNDED ? explain_no_plan(call, r, s) : s;
}

pl_status pl_cmd_explain(pl_call *call) {
  pl_run *r = NULL;
  pl_status s = open_run_or_case(call, &r);
  if (r) s = explain(call, r, s);
  pl_run_free(r);
  return s;
}
