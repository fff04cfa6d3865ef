/* Every case of this folder is planned, settled and audited, and every line "# expect:" that opens
 * it is checked; README.md has the grammar. What the language of agreements does clause by clause
 * is for tests/unit/test_agreements*.c. */
#include <dirent.h>
#include <stdlib.h>

#include "assemble/assemble.h"
#include "chain/clause.h"
#include "unit/agreed.h"
#include "value/worth.h"

/* Numbers must come out to this, relative: what the solver is allowed to be off by, and no more. */
static const double exact = 1e-8;

typedef struct {
  agreed *f;
  const char *file;
  int line;
  pl_span rest; /* of the line, not yet taken */
  int faults;
} sheet;

static void fault(sheet *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void fault(sheet *s, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  print_message("%s:%d: %s\n", s->file, s->line, pl_arena_vprintf(s->f->arena, fmt, ap));
  va_end(ap);
  s->faults++;
}

/* --- Words of a line ------------------------------------------------------------------------- */

static pl_span take_until(sheet *s, char end) {
  const char *at = memchr(s->rest.at, end, s->rest.length);
  size_t const n = at ? (size_t)(at - s->rest.at) : s->rest.length;
  pl_span const taken = pl_span_trim((pl_span){s->rest.at, n});
  s->rest.at += n + (at != NULL);
  s->rest.length -= n + (at != NULL);
  s->rest = pl_span_trim(s->rest);
  return taken;
}

static const char *text_of(const sheet *s, pl_span x) {
  return pl_arena_strndup(s->f->arena, x.at, x.length);
}

/* A date that ends x is cut off and becomes the period; without one it is all of the case's time.
 */
static pl_grid take_period(const sheet *s, pl_span *x) {
  pl_grid g = {.step = PL_YEAR, .n = 1, .start = PL_NEW_ARRAY(s->f->arena, pl_time, 2)};
  g.start[0] = s->f->c->from;
  g.start[1] = s->f->c->to;
  size_t word = x->length;
  while (word > 0 && x->at[word - 1] != ' ') word--;
  pl_time from;
  if (!pl_time_parse(x->at + word, x->length - word, &from, &g.step)) return g;
  g.start[0] = from;
  g.start[1] = pl_step_add(g.step, from, 1);
  *x = pl_span_trim((pl_span){x->at, word});
  return g;
}

static int agreement_of(const sheet *s, pl_span name) {
  for (int i = 0; i < s->f->c->n_agreements; i++)
    if (pl_span_is(name, s->f->c->agreements[i].name)) return i;
  return -1;
}

/* --- What an agreement comes to -----------------------------------------------------------------
 */

typedef struct {
  double number;
  pl_dim dim;
} quantity;

static bool is_of(const pl_block *k, int agreement) {
  return k->thing == agreement && k->kind >= PL_COLUMN_IN_FORCE && k->kind <= PL_COLUMN_SELL_FOR;
}

static void add_spread(const pl_block *k, int v, double x, const pl_grid *g, double *sum) {
  pl_share s = pl_share_first(g, k->grid->start[v], k->grid->start[v + 1]);
  if (s.ok) *sum += s.share * x;
}

static double amount_of(const agreed *f, int agreement, int kind, const pl_grid *g) {
  double sum = 0;
  for (int i = 0; i < f->program->n_column_blocks; i++) {
    const pl_block *k = &f->program->columns[i];
    for (int v = 0; is_of(k, agreement) && k->kind == kind && v < k->count; v++)
      add_spread(k, v, pl_schedule_value(f->schedule, k, v), g, &sum);
  }
  return sum;
}

static double highest_load(const agreed *f, int agreement, const pl_grid *g) {
  double most = 0;
  for (int i = 0; i < f->program->n_column_blocks; i++) {
    const pl_block *k = &f->program->columns[i];
    for (int v = 0; is_of(k, agreement) && k->kind == PL_COLUMN_PEAK && v < k->count; v++)
      if (k->grid->start[v] >= g->start[0] && k->grid->start[v] < g->start[1])
        most = fmax(most, pl_schedule_value(f->schedule, k, v));
  }
  return most;
}

/* What a party receives under the agreement on those lines, money of its own date. */
static double received(const agreed *f, int agreement, int party, const pl_line *line, int n,
                       const pl_grid *g) {
  const pl_program *p = f->program;
  double sum = 0;
  for (int i = 0; i < p->n_entries; i++) {
    const pl_entry *e = &p->entries[i];
    if (e->block < 0 || e->party != party || !is_of(&p->columns[e->block], agreement)) continue;
    const pl_block *k = &p->columns[e->block];
    for (int m = 0; m < n; m++)
      for (int v = 0; e->line == line[m] && v < k->count; v++)
        add_spread(k, v, pl_entry_amount(f->c->quotes, e, v) * pl_schedule_value(f->schedule, k, v),
                   g, &sum);
  }
  return sum;
}

static double payment(const agreed *f, int agreement, const pl_grid *g) {
  static const pl_line lines[] = {PL_LINE_AGREEMENTS, PL_LINE_COMMISSION};
  return -received(f, agreement, pl_agreement_taker(&f->c->agreements[agreement]), lines, 2, g);
}

static double carriage(const agreed *f, int agreement, const pl_grid *g) {
  static const pl_line lines[] = {PL_LINE_FREIGHT};
  return received(f, agreement, pl_agreement_taker(&f->c->agreements[agreement]), lines, 1, g);
}

static double flow(const agreed *f, int agreement, const pl_grid *g) {
  double sum = 0;
  pl_worth_quantities(f->program, f->solution, agreement, g, &sum);
  return sum;
}

static pl_dim money_of(const agreed *f) { return pl_dim_of((pl_dim_name)f->c->currency); }

static pl_dim material_of(const agreed *f, int agreement) {
  return pl_material_dim(f->c, pl_agreement_material(f->c, &f->c->agreements[agreement]));
}

static quantity reckon(const agreed *f, const char *what, int agreement, const pl_grid *g) {
  static const struct {
    const char *what;
    int kind;
  } amounts[] = {{"deficiency", PL_COLUMN_DEFICIT},
                 {"made up", PL_COLUMN_MAKE_UP},
                 {"carried", PL_COLUMN_CARRIED},
                 {"called", PL_COLUMN_CALLED}};
  if (!strcmp(what, "payment")) return (quantity){payment(f, agreement, g), money_of(f)};
  if (!strcmp(what, "carriage")) return (quantity){carriage(f, agreement, g), money_of(f)};
  pl_dim const material = material_of(f, agreement);
  if (!strcmp(what, "amount")) return (quantity){flow(f, agreement, g), material};
  if (!strcmp(what, "peak"))
    return (quantity){highest_load(f, agreement, g), pl_dim_over(material, pl_dim_of(PL_DIM_TIME))};
  for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
    if (!strcmp(what, amounts[i].what))
      return (quantity){amount_of(f, agreement, amounts[i].kind, g), material};
  return (quantity){.number = (double)NAN};
}

/* --- Lines
 * ----------------------------------------------------------------------------------------- */

static void compare(sheet *s, const char *what, quantity got) {
  double want = 0;
  pl_measure unit;
  size_t const used = pl_number_parse(s->rest.at, s->rest.length, &want);
  pl_span const rest = pl_span_trim((pl_span){s->rest.at + used, s->rest.length - used});
  pl_place const place = {.file = s->file, .line = s->line};
  if (used == 0 || pl_measure_read(rest, place, &unit, s->f->diag) != PL_OK) {
    fault(s, "'%s' is no number with a unit", text_of(s, s->rest));
  } else if (!pl_dim_equal(unit.dim, got.dim) || pl_measure_has_calendar(&unit)) {
    fault(s, "%s is in %s", what, pl_dim_text(got.dim, s->f->arena));
  } else if (!(fabs(got.number / unit.factor - want) <= exact * fabs(want))) {
    fault(s, "%s: %.12g was wanted, it is %.12g %s", what, want, got.number / unit.factor,
          text_of(s, rest));
  }
}

static void expect_account(sheet *s, const char *what, pl_span party) {
  pl_grid const g = take_period(s, &party);
  const pl_schedule *plan = s->f->schedule;
  double sum = 0;
  int seen = 0;
  for (int q = 0; q < s->f->c->n_parties; q++)
    for (int y = 0; pl_span_is(party, s->f->c->parties[q].name) && y < plan->n_years; y++) {
      if (plan->years.start[y] < g.start[0] || plan->years.start[y + 1] > g.start[1]) continue;
      for (int l = 0; l < PL_LINES; l++) sum += pl_schedule_account(plan, q, (pl_line)l, y);
      seen++;
    }
  if (seen == 0) {
    fault(s, "'%s': no such party, or not a year of the case", what);
    return;
  }
  compare(s, what, (quantity){sum, money_of(s->f)});
}

static void expect_number(sheet *s, pl_span left) {
  static const char *const words[] = {"amount",  "payment", "carriage", "deficiency", "made up",
                                      "carried", "called",  "peak",     "account"};
  const char *what = text_of(s, left), *word = NULL;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t const n = strlen(words[i]);
    if (left.length > n && !strncmp(left.at, words[i], n) && left.at[n] == ' ') word = words[i];
  }
  if (!word) {
    fault(s, "'%s' does not begin with a word that can be expected", what);
    return;
  }
  pl_span name = pl_span_trim((pl_span){left.at + strlen(word), left.length - strlen(word)});
  if (!strcmp(word, "account")) {
    expect_account(s, what, name);
    return;
  }
  pl_grid const g = take_period(s, &name);
  int const agreement = agreement_of(s, name);
  if (agreement < 0)
    fault(s, "no agreement is called '%s'", text_of(s, name));
  else
    compare(s, what, reckon(s->f, word, agreement, &g));
}

/* Held by its bound at a price; where whole numbers are decided, whose duals hold only with these
 * fixed: at its bound. */
static bool is_held(const agreed *f, bool is_row, bool upper, int i) {
  const pl_solution *x = f->solution;
  const pl_lp *lp = &f->program->lp;
  double const worth = (upper ? -1 : 1) * (is_row ? x->row_dual : x->col_dual)[i];
  if (lp->n_integer == 0) return worth > 1e-6;
  double const bound =
      is_row ? (upper ? lp->row_upper : lp->row_lower)[i] : (upper ? lp->upper : lp->lower)[i];
  return fabs((is_row ? x->row_value : x->col_value)[i] - bound) <= 1e-6 * fmax(1, fabs(bound));
}

/* Does the bound hold the plan somewhere in that time? */
static bool binds_within(const agreed *f, const pl_source_of_bound *b, const pl_grid *g) {
  const pl_block *k = &(b->is_row ? f->program->rows : f->program->columns)[b->block];
  for (int v = 0; v < k->count; v++) {
    bool const inside = k->grid->start[v] < g->start[1] && k->grid->start[v + 1] > g->start[0];
    if (inside && is_held(f, b->is_row, b->upper, k->first + v) &&
        pl_program_source(f->program, k, b->is_row, b->upper, v) == b)
      return true;
  }
  return false;
}

static void expect_binding(sheet *s, pl_span path) {
  pl_grid const g = take_period(s, &path);
  const char *want = text_of(s, path);
  const pl_program *p = s->f->program;
  bool known = false, binds = false;
  for (int i = 0; i < p->n_sources && !binds; i++) {
    const pl_source_of_bound *b = &p->sources[i];
    const pl_block *k = &(b->is_row ? p->rows : p->columns)[b->block];
    const char *thing = pl_block_thing(p, k, b->is_row, s->f->arena);
    size_t const n = strlen(thing);
    if (strncmp(want, thing, n) != 0 || want[n] != '.') continue;
    size_t const m = strlen(want + n + 1);
    if (strncmp(b->words, want + n + 1, m) != 0 || !strchr(" ", b->words[m])) continue;
    known = true;
    binds = binds_within(s->f, b, &g);
  }
  if (!known) fault(s, "'%s' bounds nothing in this case", want);
  if (known && !binds) fault(s, "'%s' does not bind", want);
}

static void expect(sheet *s) {
  bool const equation = memchr(s->rest.at, '=', s->rest.length) != NULL;
  pl_span const left = take_until(s, equation ? '=' : '\n');
  size_t const n = strlen("binds ");
  if (equation)
    expect_number(s, left);
  else if (left.length > n && !strncmp(left.at, "binds ", n))
    expect_binding(s, pl_span_trim((pl_span){left.at + n, left.length - n}));
  else if (!pl_span_is(left, "integers"))
    fault(s, "'%s' is nothing that can be expected", text_of(s, left));
  else if (s->f->program->lp.n_integer == 0)
    fault(s, "the program has no integer columns");
}

/* --- Sheets
 * ---------------------------------------------------------------------------------------- */

static agreed read_sheet(const char *path) {
  agreed f = {.diag = pl_diag_new(), .files = pl_files_new(NULL, 0), .arena = pl_arena_new()};
  pl_case_options const none = {0};
  must(&f, pl_case_read(path, f.files, &none, &f.c, f.diag));
  must(&f, pl_program_build(f.c, &f.program, f.diag));
  return f;
}

static void sheet_holds(void **state) {
  const char *name = *state;
  agreed f = read_sheet(name);
  plan(&f);
  sheet s = {.f = &f, .file = name};
  const pl_source *text = pl_files_at(f.files, 0);
  int expected = 0;
  size_t const n = strlen("# expect:");
  for (s.line = 1;; s.line++) {
    size_t length;
    const char *at = pl_source_line(text, s.line, &length);
    if (length == 0 || at[0] != '#') break;
    if (length <= n || strncmp(at, "# expect:", n) != 0) continue;
    s.rest = pl_span_trim((pl_span){at + n, length - n});
    expect(&s);
    expected++;
  }
  assert_true(expected > 0);
  assert_int_equal(0, s.faults);
  done(&f);
}

static int is_sheet(const struct dirent *d) {
  const char *dot = strrchr(d->d_name, '.');
  return dot && !strcmp(dot, ".yaml");
}

int main(void) {
  enum { SHEETS = 64 };
  struct CMUnitTest tests[SHEETS];
  struct dirent **list;
  int const n = scandir(TESTS_DIR "/agreements", &list, is_sheet, alphasort);
  if (n <= 0 || n > SHEETS) {
    print_error("%d sheets in %s\n", n, TESTS_DIR "/agreements");
    return 1;
  }
  pl_arena *a = pl_arena_new();
  for (int i = 0; i < n; i++) {
    char *path = pl_arena_printf(a, "%s/agreements/%s", TESTS_DIR, list[i]->d_name);
    tests[i] = (struct CMUnitTest){
        .name = strrchr(path, '/') + 1, .test_func = sheet_holds, .initial_state = path};
    free(list[i]);
  }
  free(list);
  int const failed = _cmocka_run_group_tests("sheets", tests, (size_t)n, NULL, NULL);
  pl_arena_free(a);
  return failed;
}
