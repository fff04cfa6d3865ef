/* Cases that say in comments what is complained of in them: neither more nor less may come, of
 * notes not less. "# expect error [FILE:]LINE:COLUMN: part of the text and hint"; "# set:
 * PATH=VALUE" and
 * "# scenario: NAME" are given to the reader. */
#ifndef PL_UNIT_EXPECTED_H
#define PL_UNIT_EXPECTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "case/case.h"

/* Read the case at path, and whatever else; the status must say whether there were errors. */
typedef pl_status tried(const char *path, const pl_case_options *options, pl_diag *diag);

typedef struct {
  char *text; /* "error 3:36: a unit …" */
  bool met;
} expectation;

typedef struct {
  pl_arena *arena;
  expectation expected[64];
  int n;
  const char *set[8];
  pl_case_options options;
} expectations;

static const char *rest_of(const char *line, const char *start) {
  size_t const length = strlen(start);
  return strncmp(line, start, length) == 0 ? line + length : NULL;
}

static void take_line(expectations *p, char *line) {
  const char *rest;
  if ((rest = rest_of(line, "# expect "))) {
    assert_true(p->n < 64);
    p->expected[p->n++].text = pl_arena_strdup(p->arena, rest);
  } else if ((rest = rest_of(line, "# set: "))) {
    p->set[p->options.n_set++] = pl_arena_strdup(p->arena, rest);
  } else if ((rest = rest_of(line, "# scenario: "))) {
    p->options.scenario = pl_arena_strdup(p->arena, rest);
  }
}

static void read_expectations(expectations *p, const char *path) {
  FILE *f = fopen(path, "r");
  assert_non_null(f);
  char line[2000];
  while (fgets(line, sizeof line, f)) {
    line[strcspn(line, "\n")] = '\0';
    take_line(p, line);
  }
  fclose(f);
  p->options.set = p->set;
}

static const char *message_text(pl_arena *a, const pl_message *m, const char *folder,
                                const char *name) {
  const char *const in_folder = m->place.file ? rest_of(m->place.file, folder) : NULL;
  const char *file = in_folder ? in_folder : m->place.file ? m->place.file : "";
  file = strcmp(file, name) == 0 ? "" : pl_arena_printf(a, "%s:", file);
  static const char *const severity[] = {"error", "warning", "note"};
  return pl_arena_printf(a, "%s %s%d:%d: %s%s%s", severity[m->severity], file, m->place.line,
                         m->place.column, m->text, m->hint ? "; " : "", m->hint ? m->hint : "");
}

/* Texts that name a file do so by its path, which an expectation leaves out. */
static bool matches(const char *got, const char *expected) {
  const char *const text = strstr(expected, ": ");
  size_t const place = text ? (size_t)(text - expected) + 2 : 0;
  return text && strncmp(got, expected, place) == 0 && strstr(got + place, expected + place);
}

static int unexpected(expectations *p, const pl_diag *diag, const char *folder, const char *name) {
  int wrong = 0;
  for (int i = 0; i < pl_diag_size(diag); i++) {
    const pl_message *m = pl_diag_at(diag, i);
    const char *const got = message_text(p->arena, m, folder, name);
    int k = 0;
    while (k < p->n && (p->expected[k].met || !matches(got, p->expected[k].text))) k++;
    if (k < p->n) {
      p->expected[k].met = true;
    } else if (m->severity != PL_NOTE) {
      print_error("%s: not expected: %s\n", name, got);
      wrong++;
    }
  }
  return wrong;
}

static int run(const char *folder, const char *name, tried *try) {
  expectations p = {.arena = pl_arena_new()};
  const char *path = pl_arena_printf(p.arena, "%s%s", folder, name);
  read_expectations(&p, path);
  int wrong = p.n == 0;
  pl_diag *diag = pl_diag_new();
  if ((try(path, &p.options, diag) == PL_OK) != (pl_diag_count(diag, PL_ERROR) == 0)) wrong++;
  wrong += unexpected(&p, diag, folder, name);
  for (int k = 0; k < p.n; k++) {
    if (p.expected[k].met) continue;
    print_error("%s: missing: %s\n", name, p.expected[k].text);
    wrong++;
  }
  pl_diag_free(diag);
  pl_arena_free(p.arena);
  return wrong;
}

/* Every .yaml of folder, of which there are at least so many. */
static void assert_expected(const char *folder, int least, tried *try) {
  DIR *d = opendir(folder);
  assert_non_null(d);
  int wrong = 0, cases = 0;
  for (struct dirent *e; (e = readdir(d));) {
    if (!strstr(e->d_name, ".yaml")) continue;
    wrong += run(folder, e->d_name, try);
    cases++;
  }
  closedir(d);
  assert_int_equal(wrong, 0);
  assert_true(cases >= least);
}

#endif
