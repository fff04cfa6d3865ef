/* Why there is no plan, and the cheapest set of changes that makes one possible, in the case's
 * words. The arithmetic is in elastic.c. */
#include <math.h>
#include <string.h>

#include "diagnose/conflict.h"
#include "diagnose/diagnose.h"
#include "diagnose/elastic.h"
#include "diagnose/give.h"
#include "plan/words.h"

enum { CLASHES_MAX = 3, MANY_ROWS = 4000 };
static const char whole[] = " (fractional on/off decisions would suffice, whole ones do not)";

typedef struct {
  const pl_program *p;
  pl_elastic e;
  pl_arena *scratch, *arena;
  bool rough;    /* the elastic program has no certain answer */
  bool integers; /* only integer on/off decisions prevent a plan */
  int *group;    /* [rows of the elastic program] union-find: rows that conflict */
  pl_relaxation *list;
  int n, capacity;
} telling;

/* --- Which bounds conflict: those whose rows have a dual and share columns -------------------- */

static int root_of(int *group, int i) {
  while (group[i] != i) i = group[i] = group[group[i]];
  return i;
}

static bool fights(const telling *t, int row) { return fabs(t->e.answer->row_dual[row]) > 1e-9; }

static void find_fights(telling *t) {
  const pl_lp *lp = &t->e.sketch.lp;
  t->group = PL_NEW_ARRAY(t->scratch, int, (size_t)lp->n_rows + 1);
  for (int i = 0; i < lp->n_rows; i++) t->group[i] = i;
  for (int j = 0; j < lp->n_cols; j++) {
    int first = -1;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
      if (!fights(t, lp->index[k])) continue;
      if (first < 0)
        first = lp->index[k];
      else
        t->group[root_of(t->group, lp->index[k])] = root_of(t->group, first);
    }
  }
}

typedef struct {
  pl_place place;
  const char *words, *thing;
  double weight;
} clash;

static bool same_place(pl_place a, pl_place b) {
  return a.line == b.line && a.column == b.column &&
         (a.file == b.file || (a.file && b.file && strcmp(a.file, b.file) == 0));
}

/* Keep those with the largest duals, each place once. */
static void clash_add(clash *best, clash c) {
  int at = CLASHES_MAX - 1;
  for (int i = 0; i < CLASHES_MAX; i++)
    if (best[i].words && same_place(best[i].place, c.place)) at = i;
  if (best[at].words && c.weight <= best[at].weight) return;
  for (; at > 0 && (!best[at - 1].words || best[at - 1].weight < c.weight); at--)
    best[at] = best[at - 1];
  best[at] = c;
}

/* The group of conflicting rows that a bound belongs to; −1 = none. */
static int group_of(const telling *t, const pl_elastic_side *s, int v) {
  const pl_lp *lp = &t->e.sketch.lp;
  int const row = pl_elastic_row(&t->e, s, v), column = s->block->first + v;
  if (!(fabs(pl_elastic_dual(&t->e, s, v)) > 1e-9)) return -1;
  if (row >= 0) return root_of(t->group, row);
  for (int k = lp->start[column]; k < lp->start[column + 1]; k++)
    if (fights(t, lp->index[k])) return root_of(t->group, lp->index[k]);
  return -1;
}

static bool in_group(const telling *t, int row, int group) {
  return fights(t, row) && root_of(t->group, row) == group;
}

/* The number, or the rule, behind the side in slice v. */
static pl_place place_of(const telling *t, const pl_elastic_side *s, int v, const char **words) {
  const pl_source_of_bound *source = pl_words_source(t->p, s->block, s->is_row, s->upper, v);
  if (!source) return pl_gives_place(t->p, s->block, s->is_row, words);
  *words = source->words;
  return source->place;
}

static void find_bounds(const telling *t, pl_place own, int group, clash *best) {
  for (int i = 0; i < t->e.n_sides; i++) {
    const pl_elastic_side *s = &t->e.sides[i];
    bool const said = s->kind == PL_GIVE_NUMBER || s->kind == PL_GIVE_RULE;
    for (int v = 0; said && v < s->block->count; v++) {
      if (s->slack[v] == PL_ELASTIC_NONE || group_of(t, s, v) != group) continue;
      const char *words;
      pl_place const place = place_of(t, s, v, &words);
      if (same_place(place, own) || pl_elastic_given(&t->e, s, v) > 0) continue;
      clash_add(best, (clash){place, words, pl_block_thing(t->p, s->block, s->is_row, t->scratch),
                              fabs(pl_elastic_dual(&t->e, s, v)) * pl_elastic_weight(&t->e, s, v)});
    }
  }
}

/* Limits of composition are never relaxed, but they may be what makes a bound too tight. */
static void find_contents(const telling *t, int group, clash *best) {
  for (int i = 0; i < t->p->n_row_blocks; i++) {
    const pl_block *block = &t->p->rows[i];
    for (int v = 0; block->kind == PL_ROW_CONTENT && v < block->count; v++) {
      if (!in_group(t, block->first + v, group)) continue;
      const char *words = NULL;
      pl_place const place =
          pl_program_row_place(t->p, block->first + v, block->extra % 2 == 1, &words, t->scratch);
      double const weight = fabs(t->e.answer->row_dual[block->first + v]) * t->e.typical;
      clash_add(best, (clash){place, words, pl_block_thing(t->p, block, true, t->scratch), weight});
    }
  }
}

/* The other numbers that conflict with the relaxed one, the largest dual first. */
static void say_clashes(const telling *t, pl_place own, const pl_elastic_side *s, pl_string *out) {
  clash best[CLASHES_MAX] = {0};
  int v = 0;
  while (v < s->block->count && (s->slack[v] < 0 || group_of(t, s, v) < 0)) v++;
  if (v == s->block->count) return;
  int const group = group_of(t, s, v);
  find_bounds(t, own, group, best);
  find_contents(t, group, best);
  for (int i = 0; i < CLASHES_MAX && best[i].words; i++) {
    pl_string_printf(out, "%s %s of %s (%s:%d)", i == 0 ? "; in conflict with:" : ",",
                     best[i].words, best[i].thing, best[i].place.file ? best[i].place.file : "",
                     best[i].place.line);
  }
}

/* --- Sentences ------------------------------------------------------------------------------- */

typedef struct {
  const char *most, *least; /* "can carry at most 7.5 kt in 2026-03" */
} verbs;

static verbs verbs_of(const telling *t, const pl_elastic_side *s) {
  if (s->is_row && s->block->kind == PL_ROW_UNDER_WAY) return (verbs){"", "must have at least"};
  switch (pl_words_noun(s->block, s->is_row)) {
  case PL_NOUN_unit: return (verbs){"can make at most", "must make at least"};
  case PL_NOUN_lane: return (verbs){"can carry at most", "must carry at least"};
  case PL_NOUN_market:
    if (t->p->c->markets[s->block->thing].sells >= 0)
      return (verbs){"sells at most", "must sell at least"};
    return (verbs){"takes at most", "requires at least"};
  case PL_NOUN_stock:
    if (!s->is_row && s->block->kind == PL_COLUMN_FILL)
      return (verbs){"can take in at most", "must take in at least"};
    if (!s->is_row && s->block->kind == PL_COLUMN_DRAW)
      return (verbs){"can give out at most", "must give out at least"};
    return (verbs){"can hold at most", "must hold at least"};
  case PL_NOUN_limit: return (verbs){"allows at most", "requires at least"};
  case PL_NOUN_agreement:
  case PL_NOUN_party:
  case PL_NOUN_site:
  case PL_NOUN_material:
  case PL_NOUN_process:
  case PL_NOUN_quotation:
  case PL_NOUN_outage:
  case PL_NOUNS: break;
  }
  return (verbs){"allows at most", "requires at least"};
}

/* "ganja needs 9.2 kt of alumina from it": where a lane is too small, who needs the goods. */
static const char *need_of(const telling *t, const pl_elastic_side *s, const char *need) {
  if (pl_words_noun(s->block, s->is_row) != PL_NOUN_lane)
    return pl_arena_printf(t->scratch, "%s is needed", need);
  const pl_case *c = t->p->c;
  const pl_lane *l = &c->lanes[s->block->thing];
  if (l->moves.n != 1)
    return pl_arena_printf(t->scratch, "%s needs %s from it", c->sites[l->to].name, need);
  return pl_arena_printf(t->scratch, "%s needs %s of %s from it", c->sites[l->to].name, need,
                         c->materials[l->moves.index[0]].name);
}

static const char *percent(const telling *t, double amount, double now) {
  return now == 0 ? ""
                  : pl_arena_printf(t->scratch, " (%s %%)",
                                    pl_words_number(t->scratch, 100 * amount / fabs(now)));
}

/* What to do with the number: a larger turndown lets a unit make less. */
static const char *cure_of(const char *words, bool upper) {
  if (strncmp(words, "turndown", strlen("turndown")) == 0) return "widen";
  return upper ? "raise" : "lower";
}

typedef struct { /* one number over the slices in which it must be relaxed */
  int periods, worst;
  double amount; /* in the worst slice */
  double now;
} giving;

static const char *periods_of(const telling *t, const giving *g) {
  return g->periods > 1 ? pl_arena_printf(t->scratch, "; the same in %d periods", g->periods) : "";
}

static const char *when_of(const telling *t, const pl_elastic_side *s, int v) {
  if (s->is_row && s->block->kind == PL_ROW_UNDER_WAY)
    return pl_arena_printf(t->scratch, "of %s under way at the end",
                           t->p->c->materials[s->block->part].name);
  return pl_words_when(t->scratch, s->block->grid, v);
}

static const char *sentence_number(const telling *t, const pl_elastic_side *s,
                                   const pl_source_of_bound *source, const giving *g) {
  pl_string out;
  const char *unit = pl_block_unit(t->p, s->block, s->is_row, t->scratch);
  double const need = s->upper ? g->now + g->amount : g->now - g->amount;
  verbs const v = verbs_of(t, s);
  const char *wanted = pl_words_amount(t->scratch, need, unit);
  pl_string_init(&out, t->scratch);
  pl_string_printf(&out, "%s %s %s %s, but ", pl_block_thing(t->p, s->block, s->is_row, t->scratch),
                   s->upper ? v.most : v.least, pl_words_amount(t->scratch, g->now, unit),
                   when_of(t, s, g->worst));
  if (s->upper)
    pl_string_printf(&out, "%s", need_of(t, s, wanted));
  else
    pl_string_printf(&out, "only %s is available", wanted);
  pl_string_printf(&out, ": %s '%s' by %s%s", cure_of(source->words, s->upper), source->words,
                   pl_words_amount(t->scratch, g->amount, unit), percent(t, g->amount, g->now));
  pl_string_printf(&out, "%s%s", periods_of(t, g), t->integers ? whole : "");
  say_clashes(t, source->place, s, &out);
  return pl_arena_strdup(t->arena, out.text);
}

static pl_relaxation *relaxation_add(telling *t) {
  PL_GROW(t->arena, t->list, t->n, t->capacity);
  return &t->list[t->n++];
}

static void tell(telling *t, const pl_elastic_side *s, const giving *g, pl_place place,
                 const char *sentence) {
  *relaxation_add(t) = (pl_relaxation){
      .sentence = sentence,
      .place = place,
      .amount = g->amount,
      .now = g->now,
      .unit = pl_block_unit(t->p, s->block, s->is_row, t->arena),
      .periods = g->periods,
  };
}

static void giving_add(giving *g, int v, double amount, double now) {
  g->periods++;
  if (amount <= g->amount * (1 + 1e-9)) return; /* the first of equal ones */
  g->amount = amount;
  g->now = now;
  g->worst = v;
}

/* A number is relaxed where the level that the elastic plan needs violates it, whether it is the
 * tightest or not. */
static void tell_source(telling *t, const pl_elastic_side *s, const pl_source_of_bound *source) {
  giving g = {0};
  for (int v = 0; v < s->block->count; v++) {
    double const given = pl_elastic_given(&t->e, s, v);
    if (!pl_elastic_tight(&t->e, s, v)) continue;
    const pl_source_of_bound *tightest = pl_words_source(t->p, s->block, s->is_row, s->upper, v);
    double const needed = tightest->amount[v] + (s->upper ? given : -given);
    double const amount = s->upper ? needed - source->amount[v] : source->amount[v] - needed;
    if (amount > 1e-9 * fmax(1, fabs(needed))) giving_add(&g, v, amount, source->amount[v]);
  }
  if (g.periods > 0) tell(t, s, &g, source->place, sentence_number(t, s, source, &g));
}

static void tell_sources(telling *t, const pl_elastic_side *s) {
  for (int i = 0; i < t->p->n_sources; i++) {
    const pl_source_of_bound *x = &t->p->sources[i];
    const pl_block *block = &(x->is_row ? t->p->rows : t->p->columns)[x->block];
    if (block == s->block && x->is_row == s->is_row && x->upper == s->upper) tell_source(t, s, x);
  }
}

/* --- Beyond plain bounds ---------------------------------------------------------------------- */

static bool side_given(const telling *t, const pl_elastic_side *s, giving *g) {
  *g = (giving){0};
  for (int v = 0; v < s->block->count; v++) {
    double const given = pl_elastic_given(&t->e, s, v);
    if (pl_elastic_tight(&t->e, s, v)) giving_add(g, v, given, 0);
  }
  return g->periods > 0;
}

static void tell_initial(telling *t, const pl_elastic_side *s, giving *g) {
  const pl_case *c = t->p->c;
  const char *unit = pl_block_unit(t->p, s->block, s->is_row, t->scratch);
  for (int i = 0; i < c->n_stocks; i++) {
    const pl_stock *k = &c->stocks[i];
    bool const own = s->block->kind == PL_ROW_STOCK
                         ? s->block->thing == i
                         : k->site == s->block->thing && k->keeps == s->block->part &&
                               pl_stock_party(c, k) == s->block->party;
    if (!own || k->said[PL_stock_initial].line <= 0) continue;
    g->now = pl_formula_eval(k->initial, c->quotes, s->block->grid->start[0],
                             pl_grid_end(s->block->grid, 0));
    const char *text = pl_arena_printf(
        t->arena, "stocks.%s holds %s at the start, but %s is needed: raise 'initial %s' by %s%s",
        k->name, pl_words_amount(t->scratch, g->now, unit),
        pl_words_amount(t->scratch, g->now + g->amount, unit), pl_formula_text(k->initial),
        pl_words_amount(t->scratch, g->amount, unit), percent(t, g->amount, g->now));
    tell(t, s, g, k->said[PL_stock_initial], text);
    return;
  }
}

/* What arrives decreases in proportion, at all times of arrival. */
static void tell_under_way(telling *t, const pl_elastic_side *s, giving *g) {
  const pl_lane *l = &t->p->c->lanes[s->lane];
  const pl_amounts *on = &l->under_way;
  const char *unit = pl_block_unit(t->p, s->block, true, t->scratch);
  const char *what = t->p->c->materials[on->material[s->way]].name;
  double part = 0;
  for (int v = 0; v < s->block->count; v++)
    if (s->arrives[v] > 0) part = fmax(part, pl_elastic_given(&t->e, s, v) / s->arrives[v]);
  g->now = on->amount[s->way];
  g->amount = fmin(1, part) * g->now;
  const char *text = pl_arena_printf(
      t->arena,
      "%s of %s under way on lanes.%s at the start arrive, but only %s can be used: lower "
      "'under way {%s: %s}' by %s%s",
      pl_words_amount(t->scratch, g->now, unit), what, l->name,
      pl_words_amount(t->scratch, g->now - g->amount, unit), what, on->text[s->way],
      pl_words_amount(t->scratch, g->amount, unit), percent(t, g->amount, g->now));
  tell(t, s, g, on->place[s->way], text);
}

/* The number that multiplies the decision. */
static pl_place coefficient_place(const telling *t, const pl_block *block, const char **words) {
  pl_place const place = pl_gives_place(t->p, block, true, words);
  if (!**words) *words = "its bound while used";
  return place;
}

/* "lanes.ship must carry at least 10 kt while used in 2026-02, but only 6 kt is available: lower
 * 'minimum when used' by 4 kt (40 %)" */
static void tell_coefficient(telling *t, const pl_elastic_side *s, giving *g) {
  const char *words, *unit = pl_block_unit(t->p, s->block, s->is_row, t->scratch);
  pl_place const place = coefficient_place(t, s->block, &words);
  verbs const v = verbs_of(t, s);
  const char *when = pl_words_when(t->scratch, s->block->grid, g->worst),
             *thing = pl_block_thing(t->p, s->block, true, t->scratch);
  const char *by = pl_words_amount(t->scratch, g->amount, unit), *fixed = t->integers ? whole : "",
             *text;
  g->now = t->e.coefficient[s->block->first + g->worst];
  if (g->now == 0) {
    text = pl_arena_printf(t->arena, "%s lacks %s of its '%s' %s: lower it%s", thing, by, words,
                           when, periods_of(t, g));
  } else {
    const char *now = pl_words_amount(t->scratch, g->now, unit);
    const char *need =
        pl_words_amount(t->scratch, s->upper ? g->now + g->amount : g->now - g->amount, unit);
    text = pl_arena_printf(
        t->arena,
        s->upper ? "%s %s %s while used %s, but %s is needed: %s '%s' by %s%s%s%s"
                 : "%s %s %s while used %s, but only %s is available: %s '%s' by %s%s%s%s",
        thing, s->upper ? v.most : v.least, now, when, need, cure_of(words, s->upper), words, by,
        percent(t, g->amount, g->now), periods_of(t, g), fixed);
  }
  tell(t, s, g, place, text);
}

/* "outages.overhaul cannot take place once as required: shorten it, …; in conflict with: …" */
static void tell_rule(telling *t, const pl_elastic_side *s, const giving *g) {
  const pl_gives *rule = pl_gives_of(s->block, s->is_row);
  const char *words;
  pl_place const place = pl_gives_place(t->p, s->block, s->is_row, &words);
  bool const dated = s->block->grid && s->block->grid->n > 1;
  pl_string out;
  pl_string_init(&out, t->scratch);
  pl_string_printf(&out, "%s %s", pl_block_thing(t->p, s->block, s->is_row, t->scratch),
                   rule->says);
  if (dated)
    pl_string_printf(&out, " %s",
                     pl_words_when(t->scratch, s->block->grid, g->worst % s->block->grid->n));
  pl_string_printf(&out, ": %s%s%s", rule->cure, periods_of(t, g), t->integers ? whole : "");
  say_clashes(t, place, s, &out);
  tell(t, s, g, place, pl_arena_strdup(t->arena, out.text));
}

static void tell_side(telling *t, const pl_elastic_side *s) {
  giving g;
  if (!side_given(t, s, &g)) return;
  switch (s->kind) {
  case PL_GIVE_NUMBER: tell_sources(t, s); break;
  case PL_GIVE_INITIAL: tell_initial(t, s, &g); break;
  case PL_GIVE_UNDER_WAY: tell_under_way(t, s, &g); break;
  case PL_GIVE_COEFFICIENT: tell_coefficient(t, s, &g); break;
  case PL_GIVE_RULE: tell_rule(t, s, &g); break;
  }
}

static pl_status relax(telling *t, bool integers, bool rules, const pl_solve_options *by,
                       pl_diag *diag) {
  t->integers = integers;
  pl_elastic_way const way = integers                      ? PL_ELASTIC_INTEGERS
                             : t->p->lp.n_rows > MANY_ROWS ? PL_ELASTIC_PARTS
                                                           : PL_ELASTIC_WHOLE;
  PL_TRY(pl_elastic_solve(t->p, way, rules, by, t->scratch, &t->e, diag));
  t->rough = t->e.answer->is_rough;
  find_fights(t);
  for (int i = 0; i < t->e.n_sides; i++) tell_side(t, &t->e.sides[i]);
  return PL_OK;
}

/* *parts: fractional on/off decisions would suffice. */
static pl_status relax_by(telling *t, bool rules, bool *parts, const pl_solve_options *by,
                          pl_diag *diag) {
  pl_status status = *parts ? PL_OK : relax(t, false, rules, by, diag);
  *parts = status == PL_OK && t->n == 0;
  if (*parts && t->p->lp.n_integer > 0) status = relax(t, true, rules, by, diag);
  return status;
}

static pl_status find_conflict(telling *t, const pl_solve_options *by, pl_diag *diag) {
  pl_relaxation found = {0};
  pl_status const status = pl_conflict_find(t->p, by, t->arena, &found, diag);
  if (status == PL_STOPPED) return status;
  if (status != PL_OK) pl_conflict_suspects(t->p, t->arena, &found);
  t->rough = false;
  if (found.sentence) *relaxation_add(t) = found;
  return status == PL_OK || found.sentence ? PL_OK : status;
}

/* Numbers alone first, then rules too, and finally only the conflict itself. */
static pl_status answer(telling *t, const pl_solve_options *by, pl_diag *diag) {
  bool parts = false;
  pl_status status = relax_by(t, false, &parts, by, diag);
  if (status == PL_STOPPED || (status == PL_OK && t->n > 0)) return status;
  status = relax_by(t, true, &parts, by, diag);
  if (status == PL_STOPPED || (status == PL_OK && t->n > 0)) return status;
  return find_conflict(t, by, diag);
}

/* The solver's messages are about plans, which these programs are not, so they are dropped. */
pl_status pl_diagnose_infeasible(const pl_program *p, const pl_solve_options *by,
                                 pl_relaxation **out, int *n, pl_arena *a, pl_diag *diag) {
  telling t = {.p = p, .arena = a, .scratch = pl_arena_new()};
  pl_diag *aside = pl_diag_new();
  pl_status const status = answer(&t, by, aside);
  pl_diag_free(aside);
  pl_arena_free(t.scratch);
  *out = t.list;
  *n = t.n;
  if (status == PL_OK && t.rough && t.n > 0)
    pl_note(diag, PL_NOWHERE,
            "the case is numerically difficult: no plan can meet it, but these amounts are "
            "approximate, and a cheaper remedy may exist");
  if (status == PL_OK) return PL_OK;
  if (status == PL_STOPPED)
    return pl_fail(diag, PL_STOPPED, PL_NOWHERE, "stopped before what prevents a plan was found");
  (void)pl_fail(diag, PL_INFEASIBLE, PL_NOWHERE,
                "no plan can meet the case, but which of its numbers prevent one was not found");
  pl_hint(diag,
          "its numbers may differ too much in size: look for one that is far too large or too "
          "small");
  return PL_INFEASIBLE;
}
