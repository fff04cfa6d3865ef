/* Killed at any moment, or with the disk full: the user's file is there unchanged, or the new one is
 * there complete; the next command works, and no other files are left after it. The moment is a
 * system call of the program, counted by ptrace, mostly one of the last, when files are written;
 * where tracing is not allowed it is a point in time.
 *
 *     attack_kill PROGRAM FIRST COUNT      seeds FIRST, FIRST + 1, … */
#define _GNU_SOURCE
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "command.h"
#include "law/law_case.h"

enum { PATIENCE_S = 60, FILES_MAX = 64 };

enum { OLD, NEW, MIXED, WRONG, OUTCOMES };

/* The command that makes the old files, the one that is killed, and the names of the files. */
static const struct {
  const char *before[COMMAND_WORDS], *after[COMMAND_WORDS];
  const char *target[3];
} tasks[] = {
    {{"plan", "smelter", "-q", "-o", "a.run", "--set", "units.potline.capacity=90 kt/year"},
     {"plan", "smelter", "-q", "-o", "a.run", "--replace"},
     {"a.run"}},
    {{"plan", "smelter", "-q", "-o", "a.run", "--mps", "a.mps", "--set",
      "units.potline.capacity=90 kt/year"},
     {"plan", "smelter", "-q", "-o", "a.run", "--mps", "a.mps", "--replace"},
     {"a.run", "a.mps"}},
    {{"plan", "zopa", "-q", "-o", "a.run"},
     {"value", "zopa", "-q", "-o", "a.run", "--replace", "--jobs", "2"},
     {"a.run"}},
    {{"export", "old.run", "--to", "csv", "-o", "tables"},
     {"value", "zopa", "-q", "--format", "csv", "-o", "tables", "--jobs", "2"},
     {"tables"}},
    {{"export", "old.run", "--to", "csv", "-o", "tables"},
     {"export", "new.run", "--to", "csv", "-o", "tables"},
     {"tables"}},
    {{"export", "old.run", "--to", "xlsx", "-o", "a.xlsx"},
     {"export", "new.run", "--to", "xlsx", "-o", "a.xlsx"},
     {"a.xlsx"}},
    {{"export", "old.run", "--to", "netcdf", "-o", "a.nc"},
     {"export", "new.run", "--to", "netcdf", "-o", "a.nc"},
     {"a.nc"}},
    {{"export", "old.run", "--to", "sqlite", "-o", "a.sqlite"},
     {"export", "new.run", "--to", "sqlite", "-o", "a.sqlite"},
     {"a.sqlite"}},
};
enum { TASKS = sizeof tasks / sizeof *tasks };

typedef struct {
  char *name, *bytes;
  size_t size;
} held;

typedef struct {
  int n;
  held file[FILES_MAX];
} snapshot;

typedef struct {
  attack *at;
  uint64_t seed;
  law_random random;
  pl_arena *a;
  const char *const *before, *const *after, *const *target;
  snapshot old, new;
} trial;

/* --- Files ---------------------------------------------------------------------------------------
 */

static void hold(trial *t, snapshot *s, const char *path) {
  pl_diag *diag = pl_diag_new();
  held *f = &s->file[s->n];
  *f = (held){.name = pl_arena_strdup(t->a, path)};
  s->n += s->n < FILES_MAX - 1 && pl_file_read(path, t->a, &f->bytes, &f->size, diag) == PL_OK;
  pl_diag_free(diag);
}

static void hold_targets(trial *t, snapshot *s) {
  s->n = 0;
  for (int i = 0; i < 3 && t->target[i]; i++) {
    struct stat st;
    if (stat(t->target[i], &st) != 0) continue;
    DIR *d = S_ISDIR(st.st_mode) ? opendir(t->target[i]) : NULL;
    if (!d) hold(t, s, t->target[i]);
    for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d))
      if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
          !strstr(e->d_name, ".potline-export") && !strstr(e->d_name, ".new"))
        hold(t, s, pl_arena_printf(t->a, "%s/%s", t->target[i], e->d_name));
    if (d) (void)closedir(d);
  }
}

static const held *find(const snapshot *s, const char *name) {
  for (int i = 0; i < s->n; i++)
    if (!strcmp(s->file[i].name, name)) return &s->file[i];
  return NULL;
}

static bool is_same(const held *one, const held *other) {
  return one && other && one->size == other->size && !memcmp(one->bytes, other->bytes, one->size);
}

static bool ends_in(const char *name, const char *ending) {
  size_t const n = strlen(name), e = strlen(ending);
  return n > e && !strcmp(name + n - e, ending);
}

/* A file that contains its date is whole if a reader finds its end. */
static bool is_whole(trial *t, const held *f) {
  if (ends_in(f->name, ".run")) {
    const char *const words[] = {"explain", f->name, NULL};
    return command_run(t->at, words, PATIENCE_S) == 0;
  }
  return ends_in(f->name, ".xlsx") && f->size > 22 && !memcmp(f->bytes + f->size - 22, "PK\5\6", 4);
}

static bool is_left_over(const char *folder) {
  bool found = false;
  DIR *d = opendir(folder);
  for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d))
    found |= strstr(e->d_name, ".new") || strstr(e->d_name, "-journal");
  if (d) (void)closedir(d);
  return found;
}

/* OLD, NEW, MIXED (some complete files of each), or WRONG. */
static int judge(trial *t, bool with_new) {
  snapshot now;
  bool old = true, new = true;
  hold_targets(t, &now);
  for (int i = 0; i < now.n; i++) {
    const held *f = &now.file[i], *was = find(&t->old, f->name), *will = find(&t->new, f->name);
    bool const is_old = is_same(f, was);
    bool const is_new = !is_old && (is_same(f, will) || (with_new && is_whole(t, f)));
    if (!is_old && !is_new) return WRONG;
    old &= is_old;
    new &= is_new || is_same(was, will);
  }
  for (int i = 0; i < t->old.n; i++)
    if (!find(&now, t->old.file[i].name) && find(&t->new, t->old.file[i].name)) return WRONG;
  return new && now.n > 0 ? NEW : old ? OLD : MIXED;
}

/* --- Killing -------------------------------------------------------------------------------------
 */

_Noreturn static void be_program(trial *t, bool traced, rlim_t room) {
  const char *argv[COMMAND_WORDS + 2] = {t->at->program};
  for (int i = 0; i < COMMAND_WORDS && t->after[i]; i++) argv[i + 1] = t->after[i];
  struct rlimit const most = {room, room}, no_core = {0, 0};
  (void)setrlimit(RLIMIT_CORE, &no_core);
  if (!freopen("out", "w", stdout) || !freopen("err", "w", stderr)) _exit(126);
  if (room != RLIM_INFINITY) (void)setrlimit(RLIMIT_FSIZE, &most);
  if (traced && ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) _exit(125);
  (void)execv(t->at->program, (char *const *)(uintptr_t)argv);
  _exit(127);
}

/* Kills the program at the stop-th stop at a system call; 0 = never. Returns the number of stops;
 * −1: tracing is not allowed. */
static long trace(trial *t, long stop) {
  int how = 0;
  long n = 0;
  pid_t const child = fork();
  if (child == 0) be_program(t, true, RLIM_INFINITY);
  while (child > 0 && waitpid(child, &how, 0) == child && WIFSTOPPED(how)) {
    int const got = WSTOPSIG(how);
    if (++n == stop) (void)kill(child, SIGKILL);
    int const pass = got == SIGTRAP || got == (SIGTRAP | 0x80) || got == SIGSTOP ? 0 : got;
    (void)ptrace(PTRACE_SYSCALL, child, NULL, (void *)(uintptr_t)pass);
  }
  return WIFEXITED(how) && WEXITSTATUS(how) == 125 ? -1 : n;
}

/* Mostly one of the last, when files are written and renamed. */
static long moment(trial *t, long all) {
  int const tenths = law_pick(&t->random, 10);
  long const last = tenths < 4 ? 60 : tenths < 8 ? 600 : all;
  long const from = all > last ? all - last : 0;
  return all > 0 ? 1 + from + law_pick(&t->random, (int)(all - from)) : 0;
}

static void kill_in_time(trial *t) {
  struct timespec const nap = {0, law_pick(&t->random, 150) * 1000000L};
  int how;
  pid_t const child = fork();
  if (child == 0) be_program(t, false, RLIM_INFINITY);
  (void)nanosleep(&nap, NULL);
  (void)kill(child, SIGKILL);
  (void)waitpid(child, &how, 0);
}

/* Returns the exit status; files must not grow beyond room. */
static int cramp(trial *t, rlim_t room) {
  int how = 0;
  pid_t const child = fork();
  if (child == 0) be_program(t, false, room);
  (void)waitpid(child, &how, 0);
  return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

/* --- One trial -----------------------------------------------------------------------------------
 */

static bool prepare(trial *t) {
  const char *const old[] = {
      "plan", "smelter", "-q", "-o", "old.run", "--set", "units.potline.capacity=90 kt/year", NULL};
  const char *const new[] = {"plan", "smelter", "-q", "-o", "new.run", NULL};
  attack_clear(t->at);
  if (system("cp -r '" ATTACK_ROOT "/tests/cli/smelter' '" ATTACK_ROOT
             "/tests/cases/agreements/zopa' .") != 0)
    return false;
  bool const fine = command_run(t->at, old, PATIENCE_S) == 0 &&
                    command_run(t->at, new, PATIENCE_S) == 0 &&
                    command_run(t->at, t->before, PATIENCE_S) == 0;
  hold_targets(t, &t->old);
  if (!fine || system("mkdir kept && cp -r a.* tables kept 2>err; true") != 0) return false;
  bool const done = command_run(t->at, t->after, PATIENCE_S) == 0;
  hold_targets(t, &t->new);
  return done && system("rm -rf a.* tables && mv kept/* . && rmdir kept") == 0;
}

static const char *next_works(trial *t) {
  if (command_run(t->at, t->after, PATIENCE_S) != 0) return "the next command fails";
  if (judge(t, true) != NEW) return "the next command leaves something else";
  bool const left = is_left_over(".") || is_left_over("tables");
  return left ? "something is left over" : NULL;
}

static int try_seed(attack *at, uint64_t seed) {
  trial *t = &(trial){.at = at, .seed = seed, .random = {seed}, .a = pl_arena_new()};
  int const task = law_pick(&t->random, TASKS);
  t->before = tasks[task].before;
  t->after = tasks[task].after;
  t->target = tasks[task].target;
  const char *fault = prepare(t) ? NULL : "the command fails as it is";
  int outcome = WRONG;
  if (!fault && law_chance(&t->random, 25)) {
    size_t const size = t->new.file[law_pick(&t->random, t->new.n)].size;
    int const status = cramp(t, (rlim_t)law_pick(&t->random, (int)size + (int)size / 8 + 2));
    outcome = judge(t, status == 0);
    if (status != 0 && status != pl_status_exit(PL_IO)) fault = "another exit status than 74";
    if (!fault && (is_left_over(".") || is_left_over("tables"))) fault = "something is left over";
    if ((status == 0) != (outcome == NEW)) fault = "what it says is not what is there";
  } else if (!fault) {
    long const all = trace(t, 0);
    (void)system("rm -rf a.* tables");
    fault = prepare(t) ? NULL : "the command fails as it is";
    long const stop = moment(t, all);
    if (all > 0)
      (void)trace(t, stop);
    else
      kill_in_time(t);
    outcome = judge(t, true);
  }
  if (outcome == WRONG && !fault) fault = "a file is neither old nor new";
  if (!fault) fault = next_works(t);
  if (fault) attack_fault(at, seed, fault, t->after);
  pl_arena_free(t->a);
  return fault ? WRONG : outcome;
}

int main(int argc, char **argv) {
  attack at;
  uint64_t first;
  int count, outcomes[OUTCOMES] = {0};
  if (!attack_begin(&at, argc, argv, &first, &count)) return 64;
  for (int i = 0; i < count; i++) outcomes[try_seed(&at, first + (uint64_t)i)]++;
  (void)printf(
      "%d killed or out of room: %d left the old files, %d the new, %d some of each; %d wrong\n",
      count, outcomes[OLD], outcomes[NEW], outcomes[MIXED], outcomes[WRONG]);
  return attack_end(&at);
}
