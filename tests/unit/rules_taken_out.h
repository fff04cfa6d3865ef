#ifndef PL_TESTS_UNIT_RULES_TAKEN_OUT_H
#define PL_TESTS_UNIT_RULES_TAKEN_OUT_H

/* A rule is taken out of the program, which then earns more by breaking it; the independent check
 * must say which rule, where it is written, when, by how much and how much is allowed. */
#include "agreed.h"

typedef struct {
  pl_row_kind kind;   /* the rows of it bind nothing; ON: neither do the bounds of what is on */
  const char *within; /* replaces the %s of the case */
  const char *says;
  int line; /* where the rule is written */
} rule;

static inline void open_rows(const pl_program *p, pl_row_kind kind) {
  int opened = 0;
  for (int i = 0; i < p->n_row_blocks; i++) {
    const pl_block *k = &p->rows[i];
    if (k->kind != (int)kind) continue;
    for (int v = 0; v < k->count; v++) {
      p->lp.row_lower[k->first + v] = -INFINITY;
      p->lp.row_upper[k->first + v] = INFINITY;
      opened++;
    }
  }
  assert_true(opened > 0);
}

enum { ON = PL_ROW_KINDS };

/* What is on may be anything from 0 to 1. */
static inline void open_on(const pl_program *p) {
  for (int i = 0; i < p->n_column_blocks; i++) {
    const pl_block *k = &p->columns[i];
    for (int v = 0; k->kind == PL_COLUMN_ON && v < k->count; v++) {
      p->lp.lower[k->first + v] = 0;
      p->lp.upper[k->first + v] = 1;
    }
  }
}

static inline void solve_again(agreed *f) {
  pl_solver *solver = NULL;
  must(f, pl_solver_new(&f->program->lp, &PL_SOLVE_DEFAULTS, &solver, f->diag));
  must(f, pl_solver_run(solver, f->arena, &f->solution, f->diag));
  pl_solver_free(solver);
  must(f, pl_schedule_make(f->program, f->solution, f->arena, &f->schedule));
}

static inline void is_said(const agreed *f, const rule *r) {
  pl_audit audit;
  pl_diag *diag = pl_diag_new();
  assert_int_equal(PL_AUDIT, pl_audit_run(f->schedule, 1e-6, f->arena, &audit, diag));
  bool found = false;
  for (int i = 0; i < pl_diag_size(diag); i++) {
    const pl_message *m = pl_diag_at(diag, i);
    found = found || (strstr(m->text, r->says) && m->place.line == r->line);
  }
  for (int i = 0; i < pl_diag_size(diag) && !found; i++)
    print_message("%d: %s\n", pl_diag_at(diag, i)->place.line, pl_diag_at(diag, i)->text);
  if (!found) fail_msg("%s: '%s' is not said of line %d", r->within, r->says, r->line);
  pl_diag_free(diag);
}

static inline void rules_are_seen(const char *head, const char *tail, const rule *rules, int n) {
  for (int i = 0; i < n; i++) {
    pl_arena *a = pl_arena_new();
    agreed f = planned(pl_arena_printf(a, "%s%s", head, rules[i].within), tail);
    if ((int)rules[i].kind == ON)
      open_on(f.program);
    else
      open_rows(f.program, rules[i].kind);
    solve_again(&f);
    is_said(&f, &rules[i]);
    done(&f);
    pl_arena_free(a);
  }
}

#define SEEN(head, tail, rules)                                                                    \
  rules_are_seen(head, tail, rules, (int)(sizeof rules / sizeof *rules))

#endif
