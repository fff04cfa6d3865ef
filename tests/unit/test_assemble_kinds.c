/* What column.def and row.def say of each kind, held against the programs that the rules build and
 * against the mathematics in docs/model.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assemble/assemble.h"
#include "base/file.h"
#include "case/case.h"
#include "plan/program.h"

static const char *const column_names[] = {
#define C(name, ...) #name,
#include "plan/column.def"
#undef C
};
static const char *const row_names[] = {
#define R(name, ...) #name,
#include "plan/row.def"
#undef R
};

static const char *name_of(bool is_row, int kind) {
  return (is_row ? row_names : column_names)[kind];
}

/* --- Each row by itself ------------------------------------------------------------------------ */

/* Which things have parts of the kind at all. */
static bool fits(pl_part part, pl_noun_id thing) {
  bool const unit = thing == PL_NOUN_unit, agreement = thing == PL_NOUN_agreement;
  switch (part) {
  case PL_PART_PROCESS: return unit || agreement;
  case PL_PART_INGREDIENT:
  case PL_PART_ELEMENT: return unit;
  case PL_PART_TRADED: return thing == PL_NOUN_market;
  case PL_PART_TIER: return thing == PL_NOUN_market || agreement;
  case PL_PART_TOLLED:
  case PL_PART_DELIVERED:
  case PL_PART_SOLD_FOR:
  case PL_PART_YEAR:
  case PL_PART_CLAUSE:
  case PL_PART_BANK: return agreement;
  case PL_PART_NONE:
  case PL_PART_GOODS:
  case PL_PART_PARTY:
  case PL_PART_RANK:
  case PL_PART_MONTH:
  case PL_PART_BOUND:
  case PL_PARTS: break;
  }
  return true;
}

static void agrees(bool is_row, int kind) {
  const pl_facts *k = is_row ? &pl_row_facts[kind] : &pl_column_facts[kind];
  const char *name = name_of(is_row, kind);
  bool const unit = k->thing == PL_NOUN_unit, agreement = k->thing == PL_NOUN_agreement;
  if (!k->word || !*k->word) fail_msg("%s has no word", name);
  if (!fits(k->part, k->thing)) fail_msg("%s: its thing has no such parts", name);
  if (k->in == PL_IN_CAPACITY && !unit) fail_msg("%s: only units have a capacity", name);
  if ((k->in == PL_IN_LIMIT) != (k->thing == PL_NOUN_limit)) fail_msg("%s: in LIMIT", name);
  if (k->settled != PL_SETTLED_NONE && !agreement) fail_msg("%s: settled by whom?", name);
  if ((k->role == PL_ROLE_SHARE || k->role == PL_ROLE_LOAD) && k->in != PL_IN_CAPACITY)
    fail_msg("%s: no share of a capacity", name);
  if (is_row != (k->role != PL_ROLE_NONE)) fail_msg("%s: rows have roles", name);
}

static void every_kind_agrees(void **state) {
  (void)state;
  for (int k = 0; k < PL_COLUMN_KINDS; k++) agrees(false, k);
  for (int k = 0; k < PL_ROW_KINDS; k++) agrees(true, k);
}

/* --- Against programs -------------------------------------------------------------------------- */

static bool moves[PL_COLUMN_KINDS], seen[PL_COLUMN_KINDS];

static void look_at_column(const pl_program *p, const pl_block *b, int column) {
  const pl_lp *lp = &p->lp;
  seen[b->kind] = true;
  for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
    const pl_block *row = pl_program_row_block(p, lp->index[k]);
    if (row->kind != PL_ROW_BALANCE) continue;
    moves[b->kind] = true;
    if (pl_block_moves(b) == PL_MOVES_NONE)
      fail_msg("%s moves goods, and its row says that it does not", name_of(false, b->kind));
  }
}

/* What has no goods, process, unit or market of its own in the case would be read out of bounds. */
static void look_at_block(const pl_program *p, const pl_block *b, bool is_row) {
  const pl_case *c = p->c;
  const char *name = name_of(is_row, b->kind);
  pl_in const in = pl_block_facts(b, is_row)->in;
  int const material = pl_block_material(c, b, is_row);
  if ((in == PL_IN_GOODS || in == PL_IN_LOAD) && (material < 0 || material >= c->n_materials))
    fail_msg("%s has no goods", name);
  const pl_shares *list = pl_block_processes(c, b, is_row);
  if (list && (b->part < 0 || b->part >= list->n)) fail_msg("%s has no process", name);
  if (is_row) return;
  if (pl_block_moves(b) == PL_MOVES_RUN && pl_block_plant(c, b) < 0) fail_msg("%s: no unit", name);
  if (pl_block_moves(b) == PL_MOVES_TRADE && pl_block_market(c, b) < 0)
    fail_msg("%s: no market", name);
}

static void look_at_case(const char *path) {
  pl_diag *diag = pl_diag_new();
  pl_files *files = pl_files_new(NULL, 0);
  pl_case_options const none = {0};
  pl_case *c = NULL;
  pl_program *p = NULL;
  if (pl_case_read(path, files, &none, &c, diag) == PL_OK)
    assert_int_equal(PL_OK, pl_program_build(c, &p, diag));
  for (int i = 0; p && i < p->n_column_blocks; i++) {
    const pl_block *b = &p->columns[i];
    if (b->count > 0) look_at_block(p, b, false);
    for (int v = 0; v < b->count; v++) look_at_column(p, b, b->first + v);
  }
  for (int i = 0; p && i < p->n_row_blocks; i++)
    if (p->rows[i].count > 0) look_at_block(p, &p->rows[i], true);
  pl_program_free(p);
  pl_case_free(c);
  pl_files_free(files);
  pl_diag_free(diag);
}

static void what_moves_goods_says_so(void **state) {
  (void)state;
  glob_t found;
  int const flags = GLOB_NOSORT;
  assert_int_equal(0, glob(TESTS_DIR "/cases/audit/*.yaml", flags, NULL, &found));
  assert_int_equal(0, glob(TESTS_DIR "/agreements/*.yaml", flags | GLOB_APPEND, NULL, &found));
  for (size_t i = 0; i < found.gl_pathc; i++) look_at_case(found.gl_pathv[i]);
  look_at_case(TESTS_DIR "/law/extreme/works.yaml");
  globfree(&found);
  for (int k = 0; k < PL_COLUMN_KINDS; k++) {
    if (!seen[k]) fail_msg("%s: in no case", name_of(false, k));
    if (pl_column_facts[k].moves != PL_MOVES_NONE && !moves[k])
      fail_msg("%s moves no goods, and its row says that it does", name_of(false, k));
  }
}

/* --- Against the mathematics -------------------------------------------------------------------- */

static char *read_model(void) {
  pl_diag *diag = pl_diag_new();
  pl_arena *a = pl_arena_new();
  char *text = NULL;
  size_t length = 0;
  pl_status const s = pl_file_read(TESTS_DIR "/../docs/model.md", a, &text, &length, diag);
  assert_int_equal(PL_OK, s);
  char *copy = strdup(text);
  pl_arena_free(a);
  pl_diag_free(diag);
  return copy;
}

/* Is the word alone in the first cell of a row of a table, between commas or semicolons? */
static bool is_in_table(const char *text, const char *word) {
  size_t const n = strlen(word);
  for (const char *line = text; line; line = strchr(line, '\n')) {
    line += *line == '\n';
    const char *end = line[0] == '|' ? strchr(line + 1, '|') : NULL;
    for (const char *at = line; end && (at = strstr(at, word)) && at < end; at++)
      if (at[-1] == ' ' && strchr("|,; ", at[n]) && strchr("|,;", at[-2]) &&
          (at[n] != ' ' || at[n + 1] == '|'))
        return true;
  }
  return false;
}

static void every_kind_is_in_the_mathematics(void **state) {
  (void)state;
  char *text = read_model();
  for (int k = 0; k < PL_COLUMN_KINDS; k++)
    if (!is_in_table(text, pl_column_facts[k].word))
      fail_msg("docs/model.md has no column '%s'", pl_column_facts[k].word);
  for (int k = 0; k < PL_ROW_KINDS; k++) {
    char title[64];
    (void)snprintf(title, sizeof title, "%s", pl_row_facts[k].word);
    bool const small = strstr(text, title) != NULL;
    title[0] = (char)(title[0] - 'a' + 'A');
    if (!small && !strstr(text, title)) fail_msg("docs/model.md has no row '%s'", title);
  }
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_agrees),
      cmocka_unit_test(what_moves_goods_says_so),
      cmocka_unit_test(every_kind_is_in_the_mathematics),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
