/* Runs the program, judges how it ended, and keeps the input of failures. */
#define _XOPEN_SOURCE 700

#include "command.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/text.h"

/* --- The attack ---------------------------------------------------------------------------------
 */

static void shell(const char *line) {
  if (system(line) != 0) (void)printf("  failed: %s\n", line);
}

bool attack_begin(attack *at, int argc, char **argv, uint64_t *first, int *count) {
  static char program[PATH_MAX], self[PATH_MAX], folder[] = "/tmp/potline-attack-XXXXXX",
                                                 kept[PATH_MAX];
  (void)setvbuf(stdout, NULL, _IOLBF, 0);
  if (argc != 4 || !realpath(argv[1], program) || !realpath(argv[0], self)) {
    (void)fprintf(stderr, "usage: %s PROGRAM FIRST-SEED COUNT\n", argv[0]);
    return false;
  }
  const char *wanted = getenv("POTLINE_ATTACK_KEPT");
  char here[PATH_MAX - 100];
  if (!mkdtemp(folder) || !getcwd(here, sizeof here)) return false;
  (void)snprintf(kept, sizeof kept, "%s%s%s", wanted && wanted[0] == '/' ? "" : here,
                 wanted && wanted[0] == '/' ? "" : "/", wanted ? wanted : "attack-kept");
  *at = (attack){.program = program, .self = self, .folder = folder, .kept = kept};
  const char *seed = argv[2], *other = getenv("POTLINE_ATTACK_SEED");
  if (seed[0] == '@') seed = other ? other : seed + 1;
  *first = strtoull(seed, NULL, 10);
  *count = (int)strtol(argv[3], NULL, 10);
  return chdir(folder) == 0;
}

int attack_end(attack *at) {
  pl_arena *a = pl_arena_new();
  if (chdir("/") == 0) shell(pl_arena_printf(a, "rm -rf '%s'", at->folder));
  if (at->n_kept > 0) (void)printf("what failed is in %s\n", at->kept);
  pl_arena_free(a);
  return at->wrong > 0;
}

void attack_clear(const attack *at) {
  pl_arena *a = pl_arena_new();
  shell(pl_arena_printf(a, "cd '%s' && rm -rf -- * .[!.]*", at->folder));
  pl_arena_free(a);
}

/* --- One command --------------------------------------------------------------------------------
 */

_Noreturn static void be_program(const attack *at, const char *const *words) {
  const char *argv[COMMAND_WORDS + 2] = {at->program};
  for (int i = 0; i < COMMAND_WORDS && words[i]; i++) argv[i + 1] = words[i];
  int const out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  int const err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  int const in = open("/dev/null", O_RDONLY);
  struct rlimit const no_core = {0, 0};
  (void)setrlimit(RLIMIT_CORE, &no_core);
  if (out < 0 || err < 0 || in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
    _exit(126);
  (void)execv(at->program, (char *const *)(uintptr_t)argv);
  _exit(127);
}

static double now_s(void) {
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int status_of(int how) { return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how); }

int command_run(const attack *at, const char *const *words, int seconds) {
  double const until = now_s() + seconds;
  struct timespec nap = {0, 500 * 1000};
  int how = 0;
  (void)fflush(stdout);
  pid_t const child = fork();
  if (child == 0) be_program(at, words);
  if (child < 0) return 126;
  while (waitpid(child, &how, WNOHANG) == 0) {
    if (now_s() > until) {
      (void)kill(child, SIGKILL);
      (void)waitpid(child, &how, 0);
      return COMMAND_LATE;
    }
    (void)nanosleep(&nap, NULL);
    if (nap.tv_nsec < 10 * 1000 * 1000) nap.tv_nsec *= 2;
  }
  return status_of(how);
}

const char *command_said(const attack *at, const char *file, pl_arena *a) {
  pl_string s;
  pl_string_init(&s, a);
  char part[4096];
  FILE *f = fopen(pl_arena_printf(a, "%s/%s", at->folder, file), "rb");
  for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;) pl_string_add(&s, part, n);
  if (f) (void)fclose(f);
  return s.text;
}

/* --- What is an answer --------------------------------------------------------------------------
 */

/* An error has a place: FILE:LINE:COLUMN: error: … */
static bool has_placeless_error(const char *err) {
  for (const char *line = err; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
    if (!strncmp(line, "error:", 6)) return true;
  return false;
}

static bool has_place(const char *err) {
  for (const char *p = strstr(err, ": error:"); p; p = strstr(p + 1, ": error:"))
    if (p > err && p[-1] >= '0' && p[-1] <= '9') return true;
  return false;
}

const char *command_fault(int status, const char *err, bool planned) {
  if (strstr(err, "Sanitizer:") || strstr(err, "runtime error:")) return "a sanitizer complains";
  if (status == COMMAND_LATE) return "no answer in time";
  if (status == pl_status_exit(PL_SYNTAX)) {
    if (planned) return "what check accepts is refused";
    return has_placeless_error(err) || !has_place(err) ? "an error without a place" : NULL;
  }
  if (status == pl_status_exit(PL_INFEASIBLE) || status == pl_status_exit(PL_UNBOUNDED))
    return has_place(err) || strstr(err, "cheapest remedy") ? NULL : "no reasons";
  if (status == pl_status_exit(PL_STOPPED) || status == 0) return NULL;
  if (status == pl_status_exit(PL_SOLVER)) return "the solver failed, or the audit";
  if (status > 128) return "ended by a signal";
  return "an exit status that it should not have here";
}

/* --- What is not an answer ----------------------------------------------------------------------
 */

void attack_fault(attack *at, uint64_t seed, const char *fault, const char *const *words) {
  pl_arena *a = pl_arena_new();
  const char *kept = pl_arena_printf(a, "%s/%llu", at->kept, (unsigned long long)seed);
  const char *err = command_said(at, "err", a);
  (void)printf("seed %llu: %s\n  potline", (unsigned long long)seed, fault);
  for (int i = 0; words[i]; i++)
    (void)printf(strpbrk(words[i], " *()[]{}") ? " '%s'" : " %s", words[i]);
  (void)printf("\n  in %s; again: %s %s %llu 1\n  %.400s\n", kept, at->self, at->program,
               (unsigned long long)seed, err);
  shell(pl_arena_printf(a, "mkdir -p '%s' && cp -r '%s'/. '%s'", kept, at->folder, kept));
  at->wrong++;
  at->n_kept++;
  pl_arena_free(a);
}
