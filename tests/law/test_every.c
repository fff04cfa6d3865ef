/* What check accepts, plan answers: a plan that passes its audit, or reasons why there is none; of
 * random cases of every kind in the language. Every field of every noun, and every clause of every
 * kind of agreement, has to occur in a case that was accepted.
 *
 *     test_every FIRST COUNT          seeds FIRST, FIRST + 1, …
 *     test_every show SEED            the case's text */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chain/clause.h"
#include "law/law_answer.h"
#include "law/law_every.h"
#include "store/run.h"

enum { KINDS = 5, ENOUGH = 80 };

/* Shared with the processes that the cases are made in. */
typedef struct {
  int field[PL_NOUNS + 1][PL_FIELDS_MAX]; /* accepted cases that say it; the last is the head */
  int clause[KINDS][PL_FIELDS_MAX];
} seen;

/* What no random case says, and why. To be made shorter. */
static const struct {
  const char *noun, *field, *reason;
} exceptions[] = {
    {NULL, NULL, NULL}, /* there are none */
};

static const char *const kinds[KINDS] = {"supply", "toll", "agency", "power", "venture"};

/* --- Making --------------------------------------------------------------------------------------
 */

static bool reading_accepts(void *user, const law_text *t) {
  bool const talk = user != NULL;
  pl_files *files = pl_files_new(NULL, 0);
  pl_diag *diag = pl_diag_new();
  pl_run *r = NULL;
  pl_case_options const none = {0};
  pl_files_prime(files, "case.yaml", t->yaml, strlen(t->yaml));
  for (int i = 0; i < t->n_tables; i++)
    pl_files_prime(files, t->table_name[i], t->table[i], strlen(t->table[i]));
  pl_status const s = pl_run_open("case.yaml", &none, files, &r, diag);
  for (int i = 0; talk && s != PL_OK && i < pl_diag_size(diag); i++)
    if (pl_diag_at(diag, i)->severity == PL_ERROR)
      (void)fprintf(stderr, "not accepted: %s\n", pl_diag_at(diag, i)->text);
  pl_run_free(r);
  pl_diag_free(diag);
  pl_files_free(files);
  return s == PL_OK;
}

static int kind_of(const law_thing *t) {
  for (int k = 0; k < KINDS; k++)
    for (int i = 0; i < t->n; i++)
      if (!strcmp(t->field[i].key, "kind") && !strcmp(t->field[i].text, kinds[k])) return k;
  return -1;
}

static void count_thing(seen *s, const pl_noun *noun, int *field, const law_thing *t) {
  int const kind = noun == &pl_nouns[PL_NOUN_agreement] ? kind_of(t) : -1;
  for (int i = 0; i < t->n; i++) {
    int const f = pl_field_find(noun, t->field[i].key, strlen(t->field[i].key));
    if (f >= 0) field[f]++;
    if (f >= 0 && kind >= 0) s->clause[kind][f]++;
  }
}

static void count(seen *s, const law_case *c) {
  count_thing(s, &pl_calendar_noun, s->field[PL_NOUNS], &c->head);
  for (int i = 0; i < c->n; i++)
    count_thing(s, &pl_nouns[c->thing[i].noun], s->field[c->thing[i].noun], &c->thing[i]);
}

/* In a process of its own, since it reads what may crash. */
static int in_child(uint64_t seed, seen *s) {
  pl_arena *a = pl_arena_new();
  law_case *c;
  law_text const text = law_every_make(a, seed, reading_accepts, NULL, &c);
  int const outcome = law_answer(&text);
  if (outcome == LAW_PLANNED || outcome == LAW_REASONS) count(s, c);
  pl_arena_free(a);
  return outcome;
}

static int try_seed(uint64_t seed, seen *s) {
  int how = 0;
  (void)fflush(stdout);
  pid_t const child = fork();
  if (child == 0) {
    int const outcome = in_child(seed, s);
    (void)fflush(stdout);
    _exit(outcome < 0 ? LAW_UNANSWERED + 1 : outcome);
  }
  bool const ended = child > 0 && waitpid(child, &how, 0) == child && WIFEXITED(how);
  int const outcome = ended ? WEXITSTATUS(how) : -1;
  if (!law_is_answered(outcome)) (void)printf("  seed %llu\n", (unsigned long long)seed);
  return outcome;
}

/* --- What was never said -------------------------------------------------------------------------
 */

static const char *exception(const char *noun, const char *field) {
  for (int i = 0; exceptions[i].noun; i++)
    if (!strcmp(exceptions[i].noun, noun) && !strcmp(exceptions[i].field, field))
      return exceptions[i].reason;
  return NULL;
}

static int check_field(const char *noun, const char *field, int times) {
  const char *reason = exception(noun, field);
  if ((times > 0) == !reason) return 0;
  if (reason)
    (void)printf("  '%s' of a %s is said: take it off the list of exceptions\n", field, noun);
  else
    (void)printf("  no accepted case says '%s' of a %s\n", field, noun);
  return 1;
}

static int check_seen(const seen *s) {
  int wrong = 0;
  for (int n = 0; n <= PL_NOUNS; n++) {
    const pl_noun *noun = n < PL_NOUNS ? &pl_nouns[n] : &pl_calendar_noun;
    for (int f = 0; f < noun->n_fields; f++)
      wrong += check_field(n < PL_NOUNS ? noun->name : "case", noun->field[f].key, s->field[n][f]);
  }
  const pl_noun *agreement = &pl_nouns[PL_NOUN_agreement];
  for (int k = 0; k < KINDS; k++)
    for (int f = 0; f < agreement->n_fields; f++)
      if (pl_agreement_clause((pl_agreement_kind)k, f) != PL_CLAUSE_NEVER)
        wrong += check_field(kinds[k], agreement->field[f].key, s->clause[k][f]);
  return wrong;
}

static int show(uint64_t seed) {
  pl_arena *a = pl_arena_new();
  law_case *c;
  law_text const text = law_every_make(a, seed, reading_accepts, a, &c);
  (void)printf("%s", text.yaml);
  pl_arena_free(a);
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 3) return 64;
  if (!strcmp(argv[1], "show")) return show(strtoull(argv[2], NULL, 10));
  uint64_t const first = strtoull(argv[1], NULL, 10), count = strtoull(argv[2], NULL, 10);
  seen *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (s == MAP_FAILED) return 71;
  int outcomes[LAW_UNANSWERED + 1] = {0}, wrong = 0;
  for (uint64_t i = 0; i < count; i++) {
    int const outcome = try_seed(first + i, s);
    if (law_is_answered(outcome))
      outcomes[outcome]++;
    else
      wrong++;
  }
  if (count >= ENOUGH) wrong += check_seen(s);
  bool const weak = outcomes[LAW_PLANNED] * 2 < (int)count;
  if (weak) (void)printf("too few of them have a plan\n");
  (void)printf("%d cases: %d refused, %d planned, %d with reasons why not; %d wrong\n", (int)count,
               outcomes[LAW_REFUSED], outcomes[LAW_PLANNED], outcomes[LAW_REASONS], wrong);
  return wrong > 0 || weak;
}
