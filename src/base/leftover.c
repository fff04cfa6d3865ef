/* Names of temporary files, and the two ways in which they are cleaned up: a signal handler removes
 * those of this process, and the next writer in the same folder those of processes that were
 * killed. */
#include "base/leftover.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  PENDING_MOST = 128,
  PATH_BYTES = 1024,
  BASE_BYTES = 180, /* of the target's own name: a file name has 255 bytes */
  HOST_BYTES = 256,
};

static const char mark[] = ".potline-", ending[] = ".new";

/* A signal handler cannot find them in any other way: names are in fixed places, each free, being
 * filled, or set. */
enum { FREE, FILLING, SET };
static struct {
  atomic_int state;
  char path[PATH_BYTES];
} pending[PENDING_MOST];

/* Identifies this machine: process numbers are meaningless on another machine that shares the
 * folder. */
static uint32_t host_number(void) {
  char name[HOST_BYTES] = "";
  (void)gethostname(name, sizeof name - 1);
  uint32_t h = 0x811C9DC5u; /* FNV-1a */
  for (const char *c = name; *c; c++) h = (h ^ (unsigned char)*c) * 0x01000193u;
  return h;
}

static size_t base_offset(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? (size_t)(slash - path) + 1 : 0;
}

const char *pl_leftover_name(pl_arena *a, const char *path, int n) {
  size_t const folder = base_offset(path), length = strlen(path + folder);
  size_t const kept = folder + (length < BASE_BYTES ? length : BASE_BYTES);
  return pl_arena_printf(a, "%.*s%s%08x-%ld-%d%s", (int)kept, path, mark, (unsigned)host_number(),
                         (long)getpid(), n, ending);
}

/* The digits at *at as a number, advancing *at; -1 where there are none or too many. */
static long digits(const char **at) {
  char *end;
  if (**at < '0' || **at > '9') return -1;
  errno = 0;
  long const x = strtol(*at, &end, 10);
  *at = end;
  return errno == 0 ? x : -1;
}

/* The process that a name of ours, made on this machine, names; 0 for any other name. */
static long maker(const char *name) {
  char host[16];
  const char *at = NULL;
  for (const char *p = strstr(name, mark); p; p = strstr(p + 1, mark)) at = p;
  if (!at || at == name) return 0;
  (void)snprintf(host, sizeof host, "%08x-", (unsigned)host_number());
  at += sizeof mark - 1;
  if (strncmp(at, host, strlen(host)) != 0) return 0;
  at += strlen(host);
  long const process = digits(&at);
  if (process <= 0 || *at++ != '-') return 0;
  return digits(&at) >= 0 && strcmp(at, ending) == 0 ? process : 0;
}

static bool is_gone(long process) {
  return (long)(pid_t)process == process && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

void pl_leftover_sweep(const char *path) {
  pl_arena *a = pl_arena_new();
  size_t const length = base_offset(path);
  const char *folder = length ? pl_arena_strndup(a, path, length) : ".";
  DIR *dir = opendir(folder);
  struct stat st;
  for (struct dirent *e; dir && (e = readdir(dir));) {
    long const process = maker(e->d_name);
    if (process == 0 || !is_gone(process)) continue;
    if (fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (S_ISREG(st.st_mode) && st.st_uid == geteuid()) (void)unlinkat(dirfd(dir), e->d_name, 0);
  }
  if (dir) (void)closedir(dir);
  pl_arena_free(a);
}

int pl_leftover_pend(const char *temporary) {
  size_t const bytes = strlen(temporary) + 1;
  for (int i = 0; i < PENDING_MOST && bytes <= PATH_BYTES; i++) {
    int expected = FREE;
    if (!atomic_compare_exchange_strong(&pending[i].state, &expected, FILLING)) continue;
    memcpy(pending[i].path, temporary, bytes);
    atomic_store(&pending[i].state, SET);
    return i;
  }
  return -1;
}

void pl_leftover_settle(int number) {
  if (number >= 0) atomic_store(&pending[number].state, FREE);
}

void pl_leftover_remove_pending(void) {
  for (int i = 0; i < PENDING_MOST; i++)
    if (atomic_load(&pending[i].state) == SET) (void)unlink(pending[i].path);
}
