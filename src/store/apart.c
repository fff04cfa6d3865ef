/* A writer in a child process: whatever happens to it, this process reports it and continues. */
#include "store/apart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 256, DONE = 0, FAILED = 1 };

static atomic_int child_now; /* for the signal handler, which has no other access; 0 = none */

/* --- in the child --- */

void pl_apart_add_reason(char *words, size_t size) {
  static const int limits[] = {ENOSPC, EFBIG, EDQUOT, EMFILE, ENFILE, ENOMEM, EROFS, EIO};
  size_t n = strlen(words);
  if (n > 0 && words[n - 1] == '.') n--;
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
    if (errno == limits[i] && n < size)
      (void)snprintf(words + n, size - n, ": %s", strerror(limits[i]));
}

static void forget_handlers(void) {
  static const int of_parent[] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction act;
  memset(&act, 0, sizeof act);
  act.sa_handler = SIG_DFL;
  for (size_t i = 0; i < sizeof of_parent / sizeof *of_parent; i++)
    (void)sigaction(of_parent[i], &act, NULL);
}

/* For libraries that print errors: the parent reports one message of its own. */
static void hush(void) {
  int const nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) (void)dup2(nowhere, STDERR_FILENO);
}

/* Ends without the exit handlers that libraries register: one for a closed file may crash. */
_Noreturn static void be_child(pl_apart_writer *write_it, const void *user, const char *path,
                               int pipe_end) {
  char words[WORDS] = "";
  struct rlimit const no_core = {0, 0};
  forget_handlers();
  (void)setrlimit(RLIMIT_CORE, &no_core);
  hush();
  if (write_it(user, path, words, sizeof words)) _exit(DONE);
  ssize_t const told = write(pipe_end, words, strlen(words)); /* fits into a pipe: never blocks */
  _exit(told < 0 ? FAILED + 1 : FAILED);
}

/* --- in the parent --- */

static void read_words(int fd, char words[WORDS]) {
  size_t n = 0;
  for (;;) {
    ssize_t const got = read(fd, words + n, WORDS - 1 - n);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    n += (size_t)got;
  }
  words[n] = '\0';
}

/* How the child ended, with a message where it left none itself. */
static pl_status judge(int how, char words[WORDS]) {
  if (WIFEXITED(how) && WEXITSTATUS(how) == DONE) return PL_OK;
  if (WIFEXITED(how) && WEXITSTATUS(how) == pl_status_exit(PL_MEMORY)) {
    (void)snprintf(words, WORDS, "out of memory");
    return PL_MEMORY;
  }
  if (WIFSIGNALED(how))
    (void)snprintf(words, WORDS, "the library for this format crashed (signal %d)", WTERMSIG(how));
  else if (words[0] == '\0')
    (void)snprintf(words, WORDS, "the library for this format ended early");
  return PL_IO;
}

static pl_status await(pid_t child, int fd, char words[WORDS]) {
  int how = 0;
  read_words(fd, words);
  while (waitpid(child, &how, 0) < 0)
    if (errno != EINTR) {
      (void)snprintf(words, WORDS, "its process was lost");
      return PL_IO;
    }
  return judge(how, words);
}

static pl_status run_apart(pl_apart_writer *write_it, const void *user, const char *path,
                           char words[WORDS]) {
  int end[2];
  if (pipe(end) != 0) {
    if (strerror_r(errno, words, WORDS) != 0) words[0] = '\0';
    return PL_IO;
  }
  pid_t const child = fork();
  if (child == 0) {
    (void)close(end[0]);
    be_child(write_it, user, path, end[1]);
  }
  int const error = errno;
  (void)close(end[1]);
  pl_status s = PL_IO;
  if (child > 0) {
    atomic_store(&child_now, (int)child);
    s = await(child, end[0], words);
    atomic_store(&child_now, 0);
  } else if (strerror_r(error, words, WORDS) != 0) {
    words[0] = '\0';
  }
  (void)close(end[0]);
  return s;
}

pl_status pl_apart_write(pl_apart_writer *write_it, const void *user, const char *shown,
                         pl_file_new *file, pl_diag *diag) {
  char words[WORDS] = "";
  pl_status const s = run_apart(write_it, user, pl_file_new_path(file), words);
  if (s == PL_OK) return pl_file_new_commit(file, diag);
  pl_file_new_abandon(file);
  return pl_fail(diag, s, PL_NOWHERE, "cannot write '%s': %s", shown, words);
}

void pl_apart_end(void) {
  int const child = atomic_load(&child_now);
  if (child > 0) (void)kill((pid_t)child, SIGKILL);
}
