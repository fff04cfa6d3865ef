/* Answers a text as the program would, in a process of its own. */
#define _XOPEN_SOURCE 700

#include "law/law_answer.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "diagnose/diagnose.h"
#include "explain/explain.h"
#include "store/run.h"

enum { PATIENCE_S = 60, LIMIT_S = 20 };

static int told(const pl_diag *diag, pl_status s, int outcome) {
  for (int i = 0; outcome >= LAW_PLACELESS && i < pl_diag_size(diag); i++)
    if (pl_diag_at(diag, i)->severity == PL_ERROR)
      (void)printf("    %s: %s\n", pl_status_text(s), pl_diag_at(diag, i)->text);
  return outcome;
}

/* Whether all errors say where. */
static int refused(const pl_diag *diag, pl_status s) {
  for (int i = 0; i < pl_diag_size(diag); i++) {
    const pl_message *m = pl_diag_at(diag, i);
    if (m->severity == PL_ERROR && m->place.line < 1) return told(diag, s, LAW_PLACELESS);
  }
  return LAW_REFUSED;
}

static int why_not(const pl_run *r, pl_status s, pl_diag *diag) {
  pl_relaxation *give;
  int n = 0;
  if (s == PL_UNBOUNDED)
    return told(diag, s,
                pl_diagnose_loops(r->program, NULL, diag) == PL_UNBOUNDED ? LAW_REASONS
                                                                          : LAW_UNANSWERED);
  pl_status const found = pl_diagnose_infeasible(r->program, NULL, &give, &n, r->arena, diag);
  for (int i = 0; found == PL_OK && i < n; i++) /* every reason has a place */
    if (give[i].place.line < 1) return told(diag, found, LAW_PLACELESS);
  return told(diag, found, found == PL_OK && n > 0 ? LAW_REASONS : LAW_UNANSWERED);
}

static int answer(const law_text *t) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_diag *diag = pl_diag_new();
  pl_run *r = NULL;
  pl_case_options const none = {0};
  pl_solve_options options = PL_SOLVE_DEFAULTS;
  options.time_limit_s = LIMIT_S;
  options.gap = 0.01;
  pl_files_prime(files, "case.yaml", t->yaml, strlen(t->yaml));
  for (int i = 0; i < t->n_tables; i++)
    pl_files_prime(files, t->table_name[i], t->table[i], strlen(t->table[i]));
  pl_status s = pl_run_open("case.yaml", &none, files, &r, diag);
  if (s != PL_OK) return refused(diag, s);
  s = pl_run_solve(r, &options, diag);
  if (s == PL_INFEASIBLE || s == PL_UNBOUNDED) return why_not(r, s, diag);
  return told(diag, s, s == PL_OK || s == PL_STOPPED ? LAW_PLANNED : LAW_UNANSWERED);
}

bool law_is_answered(int outcome) { return outcome >= LAW_REFUSED && outcome <= LAW_REASONS; }

int law_answer(const law_text *t) {
  (void)fflush(stdout);
  pid_t const child = fork();
  if (child == 0) {
    (void)alarm(PATIENCE_S);
    int const outcome = answer(t);
    (void)fflush(stdout);
    _exit(outcome);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return -1;
  if (!WIFEXITED(status)) {
    (void)printf("    ended by signal %d\n", WTERMSIG(status));
    return -1;
  }
  return WEXITSTATUS(status);
}
