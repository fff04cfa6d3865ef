/* Premature ends. Everything here runs in signal handlers, or when memory has run out. */
#include "cli/leave.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/leftover.h"
#include "solve/solve.h"
#include "store/apart.h"

static void sweep(void) {
  pl_apart_end();
  pl_leftover_remove_pending();
}

void pl_leave_by(int signal_number) {
  struct sigaction act;
  sweep();
  memset(&act, 0, sizeof act);
  act.sa_handler = SIG_DFL;
  (void)sigaction(signal_number, &act, NULL);
  (void)raise(signal_number); /* takes effect when the handler returns */
}

_Noreturn static void leave_without_memory(void) {
  static const char words[] = "error: out of memory\n  hint: a coarser step, fewer --jobs, or more "
                              "memory; nothing was changed\n";
  sweep();
  ssize_t const told = write(STDERR_FILENO, words, sizeof words - 1);
  (void)told;
  _exit(pl_status_exit(PL_MEMORY));
}

static void on_no_memory(void) { leave_without_memory(); }

static struct { /* what the alarm's handler writes, and where */
  int file;
  size_t length;
  char words[1024];
} at_alarm;

static void on_alarm(int signal_number) {
  (void)signal_number;
  sweep();
  ssize_t const told = write(at_alarm.file, at_alarm.words, at_alarm.length);
  (void)told;
  _exit(pl_status_exit(PL_STOPPED));
}

static void alarm_after(double seconds) {
  double const whole = floor(seconds);
  struct itimerval t = {.it_value = {(time_t)whole, (suseconds_t)((seconds - whole) * 1e6)}};
  (void)setitimer(ITIMER_REAL, &t, NULL);
}

void pl_leave_after(double seconds, int file, const char *words) {
  struct sigaction act;
  size_t const n = strlen(words), room = sizeof at_alarm.words;
  at_alarm.file = file;
  at_alarm.length = n < room ? n : room;
  memcpy(at_alarm.words, words, at_alarm.length);
  memset(&act, 0, sizeof act);
  act.sa_handler = on_alarm;
  (void)sigaction(SIGALRM, &act, NULL);
  alarm_after(fmin(fmax(seconds, 1e-6), 1e8));
}

void pl_leave_not_yet(void) { alarm_after(0); }

static void handle(int signal_number, void (*handler)(int)) {
  struct sigaction act;
  memset(&act, 0, sizeof act);
  if (sigaction(signal_number, NULL, &act) == 0 && act.sa_handler == SIG_IGN)
    return; /* ignored under nohup and in background jobs: leave it so */
  memset(&act, 0, sizeof act);
  act.sa_handler = handler;
  (void)sigaction(signal_number, &act, NULL);
}

void pl_leave_on_interrupt(void) { handle(SIGINT, pl_leave_by); }

void pl_leave_prepare(void) {
  handle(SIGINT, pl_leave_by);
  handle(SIGTERM, pl_leave_by);
  handle(SIGHUP, pl_leave_by);
  handle(SIGXFSZ, SIG_IGN);
  pl_arena_when_out(on_no_memory);
  pl_solver_when_out(on_no_memory);
}
