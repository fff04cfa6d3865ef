/* What check accepts, plan must answer: tried with mutants of the project's cases (mutant.h), by
 * running the program. A change that check rejects is mostly undone, so that most mutants reach a
 * plan, by then far from their case; some are kept, to see how they are rejected. Now and then a
 * plan is explained and exported, and agreements are valued.
 *
 *     attack_case PROGRAM FIRST COUNT      seeds FIRST, FIRST + 1, … */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "command.h"
#include "mutant.h"

enum { CHANGES_MAX = 6, TRIES_MAX = 30, PATIENCE_S = 120, ENOUGH = 40 };

enum { REFUSED, PLANNED, REASONS, ENDLESS, STOPPED, WRONG, OUTCOMES };

typedef struct {
  attack *at;
  uint64_t seed;
  mutant m;
  pl_arena *arena;
} trial;

/* Whether the command ended in an allowed way; otherwise reports it. */
static bool is_sound(trial *t, int status, const char *const *words, bool planned) {
  const char *fault = command_fault(status, command_said(t->at, "err", t->arena), planned);
  if (!fault) return true;
  (void)printf("  a mutant of %s\n", t->m.source);
  attack_fault(t->at, t->seed, fault, words);
  return false;
}

static bool is_refused(int status) { return status == pl_status_exit(PL_SYNTAX); }

/* --- Making -------------------------------------------------------------------------------------
 */

/* −1: something is wrong; otherwise whether check accepts it. */
static int check(trial *t, const mutant *m) {
  const char *const words[] = {"check", "case", m->scenario ? "--scenario" : NULL, m->scenario,
                               NULL};
  if (!mutant_write(m, "case")) return -1;
  int const status = command_run(t->at, words, PATIENCE_S);
  if (!is_sound(t, status, words, false)) return -1;
  return !is_refused(status);
}

/* REFUSED, WRONG, or PLANNED if it should be planned. */
static int make(trial *t) {
  int const wanted = 1 + law_pick(&t->m.random, CHANGES_MAX);
  bool const kept = law_chance(&t->m.random, 40); /* one that is rejected stays rejected */
  for (int done = 0, tries = 0; done < wanted && tries < TRIES_MAX; tries++) {
    mutant was;
    const char *what;
    mutant_copy(&was, &t->m);
    if (!mutant_change(&t->m, MUTANT_ANY, &what)) continue;
    int const accepted = check(t, &t->m);
    if (accepted < 0) return WRONG;
    if (!accepted && kept) return REFUSED;
    done += accepted;
    if (accepted) continue;
    was.random = t->m.random;
    t->m = was;
  }
  return mutant_write(&t->m, "case") ? PLANNED : WRONG;
}

/* --- Planning -----------------------------------------------------------------------------------
 */

static bool more(trial *t) {
  static const char *const commands[][COMMAND_WORDS] = {
      {"explain", "a.run"},
      {"export", "a.run", "--to", "sqlite", "--out", "a.sqlite"},
      {"export", "a.run", "--to", "csv", "--out", "a-tables"},
      {"compare", "a.run", "a.run", "--format", "json"},
      {"explain", "a.run", "--format", "json", "--by-hour"},
  };
  const char *const *words = commands[law_pick(&t->m.random, sizeof commands / sizeof *commands)];
  return is_sound(t, command_run(t->at, words, PATIENCE_S), words, true);
}

/* Values its agreements: a plan, reasons, or a rejection if there is nothing to value. */
static bool value(trial *t) {
  const char *const words[] = {
      "value",       "case",  "-q",   "--out",        "b.run", "--jobs",
      "1",           "--gap", "0.01", "--time-limit", "30",    t->m.scenario ? "--scenario" : NULL,
      t->m.scenario, NULL};
  int const status = command_run(t->at, words, PATIENCE_S);
  const char *err = command_said(t->at, "err", t->arena);
  bool const nothing = is_refused(status) && strstr(err, "agreement");
  return nothing || is_sound(t, status, words, true);
}

static int plan(trial *t) {
  const char *const words[] = {
      "plan",        "case",  "-q",   "--out",        "a.run", "--jobs",
      "1",           "--gap", "0.01", "--time-limit", "30",    t->m.scenario ? "--scenario" : NULL,
      t->m.scenario, NULL};
  int const status = command_run(t->at, words, PATIENCE_S);
  if (!is_sound(t, status, words, true)) return WRONG;
  if (status == pl_status_exit(PL_STOPPED)) return STOPPED;
  if (status == pl_status_exit(PL_INFEASIBLE)) return REASONS;
  if (status == pl_status_exit(PL_UNBOUNDED)) return ENDLESS;
  if (law_chance(&t->m.random, 30) && !more(t)) return WRONG;
  return law_chance(&t->m.random, 20) && !value(t) ? WRONG : PLANNED;
}

static int try_seed(attack *at, uint64_t seed) {
  trial *t = &(trial){.at = at, .seed = seed, .arena = pl_arena_new()};
  attack_clear(at);
  int outcome = WRONG;
  if (mutant_begin(&t->m, seed, false, t->arena))
    outcome = make(t);
  else
    (void)printf("seed %llu: %s cannot be read\n", (unsigned long long)seed, t->m.source);
  if (outcome == PLANNED) outcome = plan(t);
  if (outcome == STOPPED)
    (void)printf("seed %llu: stopped by its time limit\n", (unsigned long long)seed);
  pl_arena_free(t->arena);
  return outcome;
}

int main(int argc, char **argv) {
  attack at;
  uint64_t first;
  int count, outcomes[OUTCOMES] = {0};
  if (!attack_begin(&at, argc, argv, &first, &count)) return 64;
  for (int i = 0; i < count; i++) outcomes[try_seed(&at, first + (uint64_t)i)]++;
  bool const weak = count >= ENOUGH && outcomes[PLANNED] * 2 <= count;
  (void)printf("%d mutants: %d planned, %d with reasons why not, %d earn without end, %d refused, "
               "%d stopped; %d wrong\n",
               count, outcomes[PLANNED], outcomes[REASONS], outcomes[ENDLESS], outcomes[REFUSED],
               outcomes[STOPPED], outcomes[WRONG]);
  if (weak) (void)printf("fewer than half of them reach a plan\n");
  at.wrong += weak;
  return attack_end(&at);
}
