/* Run files with damaged bytes or false contents, and every command that reads runs: each must
 * answer, or reject the file with a message, and never crash, hang or report a plan that fails its
 * audit.
 *
 *     attack_run PROGRAM FIRST COUNT      seeds FIRST, FIRST + 1, … */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "command.h"
#include "falsify.h"
#include "unit/hostile_bytes.h"

enum { PATIENCE_S = 60, EACH = 3, ENOUGH = 40 };

enum { ANSWERED, REFUSED, WRONG, OUTCOMES };

/* --- Sound runs ---------------------------------------------------------------------------------
 */

static const struct {
  const char *command, *path, *set;
} makers[] = {
    {"plan", "tests/cases/smelter", NULL},
    {"plan", "tests/law/extreme/works.yaml", NULL},
    {"plan", "tests/law/extreme/prices.yaml", NULL},
    {"plan", "cases/smelter-tutorial", NULL},
    {"value", "tests/cases/agreements/zopa", NULL},
    {"value", "tests/agreements/a08-share-of-output.yaml", NULL},
    {"plan", "tests/law/extreme/papers.yaml", NULL},
    {"plan", "tests/cases/audit/trade.yaml", NULL},
    {"plan", "tests/law/extreme/works.yaml", "markets.alumina.up to=1 t/day"},
};
enum { RUNS = sizeof makers / sizeof *makers };

typedef struct {
  char *bytes;
  size_t size;
} sound;

static int make_runs(attack *at, sound *runs, pl_arena *a) {
  int n = 0;
  for (int i = 0; i < RUNS; i++) {
    const char *path = pl_arena_printf(a, ATTACK_ROOT "/%s", makers[i].path);
    const char *const words[] = {makers[i].command,
                                 path,
                                 "-q",
                                 "--replace",
                                 "--out",
                                 "made.run",
                                 makers[i].set ? "--set" : NULL,
                                 makers[i].set,
                                 NULL};
    (void)remove("made.run");
    (void)command_run(at, words, PATIENCE_S);
    pl_diag *diag = pl_diag_new();
    n += pl_file_read("made.run", a, &runs[n].bytes, &runs[n].size, diag) == PL_OK;
    pl_diag_free(diag);
  }
  return n;
}

static bool put(const char *path, const char *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  if (!f) return false;
  bool const written = fwrite(bytes, 1, n, f) == n;
  return fclose(f) == 0 && written;
}

/* --- One false run ------------------------------------------------------------------------------
 */

static const char *const commands[][COMMAND_WORDS] = {
    {"explain", "a.run"},
    {"explain", "a.run", "--format", "json", "--by-hour"},
    {"compare", "a.run", "b.run"},
    {"compare", "b.run", "a.run", "--format", "json"},
    {"compare", "a.run", "a.run"},
    {"export", "a.run", "--to", "csv", "--out", "tables"},
    {"export", "a.run", "--to", "sqlite", "--out", "a.sqlite"},
    {"export", "a.run", "--to", "xlsx", "--out", "a.xlsx"},
    {"export", "a.run", "--to", "netcdf", "--out", "a.nc"},
    {"plan", "a.run", "-q"},
    {"value", "a.run", "-q"},
    {"check", "a.run"},
    {"plan", "case.yaml", "-q", "--out", "a.run"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const char case_text[] =
    "case: {from: 2026-01, to: 2026-03}\nparties: {company: {}}\nsites: {here: {party: company}}\n"
    "materials: {metal: t}\nmarkets:\n  seller: {site: here, sells: metal, price: 50 USD/t}\n"
    "  buyer: {site: here, buys: metal, price: 60 USD/t, up to: 9 kt/month}\n";

/* A documented exit status, and a message unless it succeeds: explain reports on its output why
 * there is no plan, and JSON has its messages there. */
static const char *fault_of(int status, const char *said) {
  static const pl_status may_be[] = {PL_SYNTAX, PL_IO,         PL_AUDIT,
                                     PL_USAGE,  PL_INFEASIBLE, PL_UNBOUNDED};
  if (status == 0) return NULL;
  if (!strstr(said, "error: ") && !strstr(said, "\"severity\":\"error\""))
    return "refused without a message";
  for (size_t i = 0; i < sizeof may_be / sizeof *may_be; i++)
    if (status == pl_status_exit(may_be[i])) return NULL;
  return command_fault(status, said, true);
}

static int try_seed(attack *at, uint64_t seed, const sound *runs, int n) {
  pl_arena *a = pl_arena_new();
  law_random r = {seed};
  const sound *s = &runs[law_pick(&r, n)], *other = &runs[law_pick(&r, n)];
  char *bytes = PL_NEW_ARRAY(a, char, s->size + 1);
  memcpy(bytes, s->bytes, s->size);
  size_t size = s->size;
  const char *what = "its bytes";
  bool const contents = law_chance(&r, 60);
  if (!contents) size = hostile_bytes(seed, bytes, size);
  attack_clear(at);
  (void)put("a.run", bytes, size);
  (void)put("b.run", other->bytes, other->size);
  (void)put("case.yaml", case_text, strlen(case_text));
  for (int tries = 0; contents && tries < 20 && !(what = falsify("a.run", &r, a)); tries++) {
  }
  int outcome = REFUSED;
  for (int k = 0; k < EACH && outcome != WRONG; k++) {
    const char *const *words = commands[law_pick(&r, COMMANDS)];
    int const status = command_run(at, words, PATIENCE_S);
    const char *fault = fault_of(
        status, pl_arena_printf(a, "%s%s", command_said(at, "err", a), command_said(at, "out", a)));
    if (!fault && status == 0 && strcmp(words[0], "plan") != 0) outcome = ANSWERED;
    if (!fault) continue;
    (void)printf("  what was changed: %.300s\n", what ? what : "nothing");
    attack_fault(at, seed, fault, words);
    outcome = WRONG;
  }
  pl_arena_free(a);
  return outcome;
}

int main(int argc, char **argv) {
  attack at;
  uint64_t first;
  int count, outcomes[OUTCOMES] = {0};
  if (!attack_begin(&at, argc, argv, &first, &count)) return 64;
  pl_arena *a = pl_arena_new();
  sound runs[RUNS];
  int const n = make_runs(&at, runs, a);
  for (int i = 0; i < count; i++) outcomes[try_seed(&at, first + (uint64_t)i, runs, n)]++;
  bool const weak =
      n < RUNS ||
      (count >= ENOUGH && (outcomes[ANSWERED] * 10 < count || outcomes[REFUSED] * 10 < count));
  (void)printf(
      "%d false runs of %d: %d read by some command, %d refused by all that were tried; %d wrong\n",
      count, n, outcomes[ANSWERED], outcomes[REFUSED], outcomes[WRONG]);
  if (weak) (void)printf("too few of them say anything\n");
  at.wrong += weak;
  pl_arena_free(a);
  return attack_end(&at);
}
