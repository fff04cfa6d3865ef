/* Where a run is written, depending on which runs exist. */
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "store/db.h"
#include "store/output.h"
#include "store/run.h"

enum { PLACES_MOST = 1000 };

/* What a run holds, from less to more. */
typedef enum { HOLDS_NOTHING, HOLDS_UNPROVEN, HOLDS_PLAN, HOLDS_PART, HOLDS_VALUATION } holding;
static const char *const holding_words[] = {"no plan", "a plan that is not proven best", "a plan",
                                            "a valuation that was stopped", "a valuation"};

typedef struct {
  bool there;
  holding holds;
  const char *written; /* NULL: not recorded */
  bool same;           /* made with the same scenario and settings */
} found;

static holding holding_of(const pl_run *r) {
  if (!r->schedule) return HOLDS_NOTHING;
  bool const whole = r->status == PL_OK;
  if (r->n_value_tables > 0) return whole ? HOLDS_VALUATION : HOLDS_PART;
  return whole ? HOLDS_PLAN : HOLDS_UNPROVEN;
}

static const char *fact(pl_db *db, const char *key, pl_arena *a) {
  pl_db_query *q = pl_db_prepare(db, "SELECT text FROM meta WHERE key = ?");
  pl_db_bind_text(q, 1, key);
  size_t length = 0;
  const char *text = pl_db_next(q) ? pl_db_text(q, 0, &length) : NULL;
  const char *out = text ? pl_text_safe(a, text, length) : NULL;
  pl_db_done(q);
  return out;
}

static holding holding_in(pl_db *db, pl_arena *a) {
  const char *status = fact(db, "status", a), *valued = NULL;
  pl_db_query *q = pl_db_prepare(db, "SELECT 1 FROM meta WHERE key = 'objective'");
  bool const planned = pl_db_next(q);
  pl_db_done(q);
  if (!planned) return HOLDS_NOTHING;
  q = pl_db_prepare(db, "SELECT name FROM sqlite_schema WHERE name LIKE 'value\\_%' ESCAPE '\\'");
  valued = pl_db_next(q) ? pl_db_text(q, 0, NULL) : NULL;
  bool const has_tables = valued != NULL;
  pl_db_done(q);
  bool const whole = status && strcmp(status, pl_run_status_word(PL_OK)) == 0;
  if (has_tables) return whole ? HOLDS_VALUATION : HOLDS_PART;
  return whole ? HOLDS_PLAN : HOLDS_UNPROVEN;
}

static bool equal(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static bool same_settings(pl_db *db, const pl_run *r, pl_arena *a) {
  if (!equal(fact(db, "scenario", a), r->scenario)) return false;
  int i = 0;
  bool same = true;
  pl_db_query *q = pl_db_prepare(db, "SELECT setting FROM settings ORDER BY nr");
  for (; same && pl_db_next(q); i++)
    same = i < r->n_set && equal(pl_db_text(q, 0, NULL), r->set[i]);
  pl_db_done(q);
  return same && i == r->n_set;
}

/* A run that cannot be read counts as holding nothing. */
static found look(const char *path, const pl_run *r, pl_arena *a) {
  struct stat st;
  found f = {.there = stat(path, &st) == 0 && st.st_size > 0, .same = true};
  pl_db *db = NULL;
  pl_diag *aside = pl_diag_new();
  if (f.there && pl_db_open(path, &db, aside) == PL_OK && pl_db_check(db)) {
    f.holds = holding_in(db, a);
    f.written = fact(db, "written", a);
    f.same = same_settings(db, r, a);
  }
  if (db && pl_db_fault(db)) f = (found){.there = true, .same = true};
  pl_db_close(db);
  pl_diag_free(aside);
  return f;
}

/* "x.run", "x-2.run", "x-3.run" … */
static const char *place_at(const char *path, int i, pl_arena *a) {
  size_t const length = strlen(path);
  bool const ends = length > 4 && strcmp(path + length - 4, ".run") == 0;
  if (i == 1) return path;
  return pl_arena_printf(a, "%.*s-%d%s", (int)(length - (ends ? 4 : 0)), path, i,
                         ends ? ".run" : "");
}

static bool may_take(const char *path, const found *f, const pl_run *r, bool same_only) {
  if (!f->there) return true;
  if (!pl_output_is(path, PL_OUTPUT_RUN)) return false;
  return f->holds <= holding_of(r) && (f->same || !same_only);
}

static const char *written_words(const found *f) {
  return f->written ? f->written : "an unknown time";
}

/* other: it holds no more than this run, but was made with other settings. */
static void say_kept(const char *path, const found *f, const char *taken, bool other,
                     pl_diag *diag) {
  pl_note(diag, PL_NOWHERE, "'%s' holds %s of %s%s and was kept; this run is in '%s'", path,
          holding_words[f->holds], written_words(f), other ? " made with other settings" : "",
          taken);
  pl_hint(diag, "--replace overwrites it; --out specifies another name");
}

pl_status pl_run_place(const pl_run *r, const pl_run_wish *wish, const char **out, pl_arena *a,
                       pl_diag *diag) {
  found first = {.there = false};
  for (int i = 1; i <= PLACES_MOST; i++) {
    const char *path = place_at(wish->path, i, a);
    found const f = look(path, r, a);
    if (i == 1) {
      PL_TRY(pl_output_check(path, PL_OUTPUT_RUN, diag));
      first = f;
    }
    bool const take = may_take(path, &f, r, i > 1 || !wish->named) || (i == 1 && wish->replace);
    if (!take) continue;
    *out = path;
    if (i > 1) say_kept(wish->path, &first, path, first.holds <= holding_of(r), diag);
    if (f.there && !wish->quiet)
      pl_note(diag, PL_NOWHERE, "'%s' replaces the run of %s, which held %s", path,
              written_words(&f), holding_words[f.holds]);
    return PL_OK;
  }
  return pl_fail(diag, PL_USAGE, PL_NOWHERE,
                 "'%s' and %d names after it are taken; nothing was "
                 "changed",
                 wish->path, PLACES_MOST - 1);
}
