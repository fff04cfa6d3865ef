#ifndef PL_TESTS_UNIT_AGREED_H
#define PL_TESTS_UNIT_AGREED_H

/* A case as text, planned, its payments settled and audited; and its accounts by party and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "explain/explain.h"
#include "fixture/case.h"
#include "value/ledger.h"

typedef case_run agreed;

static inline agreed built(const char *head, const char *rest) {
  agreed f = case_begin();
  case_read(&f, "case.yaml", pl_arena_printf(f.arena, "%s%s", head, rest), NULL);
  must(&f, pl_program_build(f.c, &f.program, f.diag));
  return f;
}

static inline void audited(agreed *f) {
  pl_audit const audit = case_audit(f);
  assert_true(audit.passed);
  assert_true(audit.transfers_gap < 0.005);
  assert_true(audit.money_gap < 1);
}

/* Solve, audit, settle, and audit again. */
static inline void plan(agreed *f) {
  must(f, case_solve(f));
  audited(f);
  must(f, pl_value_ledger(f->program, f->solution, f->diag));
  must(f, pl_schedule_make(f->program, f->solution, f->arena, &f->schedule));
  audited(f);
}

static inline agreed planned(const char *head, const char *rest) {
  agreed f = built(head, rest);
  plan(&f);
  return f;
}

static inline void near(double want, double got) {
  if (!(fabs(got - want) <= 1e-6 * fmax(1, fabs(want))))
    fail_msg("want %.12g, got %.12g", want, got);
}

static inline void says(const char *text, const char *part) {
  if (!strstr(text, part)) fail_msg("'%s' is not in '%s'", part, text);
}

static inline int party_of(const agreed *f, const char *name) {
  for (int i = 0; i < f->c->n_parties; i++)
    if (strcmp(f->c->parties[i].name, name) == 0) return i;
  fail_msg("no party %s", name);
  return -1;
}

static inline double in_year(const agreed *f, const char *party, pl_line line, int year) {
  return pl_schedule_account(f->schedule, party_of(f, party), line, year);
}

static inline double account(const agreed *f, const char *party, pl_line line) {
  double sum = 0;
  for (int y = 0; y <= f->schedule->n_years; y++) sum += in_year(f, party, line, y);
  return sum;
}

/* The first block of that kind and part (−1 = any) of the agreement; then its amounts. */
static inline const pl_block *block(const agreed *f, const char *agreement, pl_column_kind kind,
                                    int part) {
  for (int i = 0; i < f->program->n_column_blocks; i++) {
    const pl_block *b = &f->program->columns[i];
    if (b->kind == (int)kind && strcmp(f->c->agreements[b->thing].name, agreement) == 0 &&
        (part < 0 || b->part == part))
      return b;
  }
  fail_msg("%s has no such block", agreement);
  return NULL;
}

static inline double amount(const agreed *f, const char *agreement, pl_column_kind kind, int part,
                            int slice) {
  return pl_schedule_value(f->schedule, block(f, agreement, kind, part), slice);
}

static inline double delivered(const agreed *f, const char *agreement, int slice) {
  return amount(f, agreement, PL_COLUMN_DELIVER, -1, slice);
}

#endif
