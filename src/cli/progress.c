/* The line that a long solve draws, and Ctrl-C. */
#include "cli/progress.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/leave.h"

static volatile sig_atomic_t interrupted; /* a signal handler has no other way to communicate */

/* A second Ctrl-C ends the program at once, with the default action. */
static void on_interrupt(int signal_number) {
  if (interrupted) pl_leave_by(signal_number);
  interrupted = 1;
}

static void listen(void) {
  struct sigaction act;
  memset(&act, 0, sizeof act);
  act.sa_handler = on_interrupt;
  (void)sigaction(SIGINT, &act, NULL);
  (void)sigaction(SIGTERM, &act, NULL);
}

static bool may_draw(bool quiet) {
  const char *term = getenv("TERM");
  bool const plain = !term || strcmp(term, "dumb") == 0;
  return !quiet && !plain && isatty(STDERR_FILENO);
}

void pl_progress_begin(pl_progress_line *line, bool quiet, const char *currency) {
  *line = (pl_progress_line){.next = 1, .currency = currency};
  line->draw = may_draw(quiet);
  listen();
}

static void draw(const pl_progress_line *line, const pl_progress *p) {
  char seconds[48], best[48], most[48];
  (void)pl_number_pretty(p->seconds, 0, seconds, sizeof seconds);
  (void)pl_number_pretty(-p->objective / 1e6, 2, best, sizeof best);
  (void)pl_number_pretty(-p->bound / 1e6, 2, most, sizeof most);
  (void)fprintf(stderr, "\r%s s  %s, %ld iterations", seconds, p->stage, p->iterations);
  /* for other methods the numbers do not belong to a plan yet */
  bool const plans = strcmp(p->stage, "branch and bound") == 0;
  if (plans && isfinite(p->objective))
    (void)fprintf(stderr, "; best plan %s M %s", best, line->currency);
  if (plans && isfinite(p->bound))
    (void)fprintf(stderr, "; no plan above %s M %s", most, line->currency);
  (void)fputs("\x1b[K", stderr);
  (void)fflush(stderr);
}

/* Finding the prices of the best plan so far may still take some seconds. */
static void draw_stopping(pl_progress_line *line) {
  if (!line->draw) return;
  (void)fputs("\rstopping with the best plan so far; press Ctrl-C again to end at once\x1b[K",
              stderr);
  (void)fflush(stderr);
  line->drawn = true;
}

bool pl_progress_told(const pl_progress *p, void *user) {
  pl_progress_line *line = user;
  line->last = *p;
  if (interrupted) {
    draw_stopping(line);
    return false;
  }
  if (line->draw && p->seconds >= line->next) {
    draw(line, p);
    line->drawn = true;
    line->next = p->seconds + 0.2;
  }
  return true;
}

void pl_progress_end(pl_progress_line *line) {
  if (line->drawn) (void)fputs("\r\x1b[K", stderr);
  line->drawn = false;
}

static double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void pl_progress_count_begin(pl_progress_count *c, bool quiet) {
  double const now = now_s();
  *c = (pl_progress_count){.draw = may_draw(quiet), .started = now, .next = now + 1};
  listen();
}

bool pl_progress_counted(int done, int of, void *count) {
  pl_progress_count *c = count;
  double const now = now_s();
  if (c->draw && now >= c->next) {
    (void)fprintf(stderr, "\r%.0f s  %d of %d programs\x1b[K", now - c->started, done, of);
    (void)fflush(stderr);
    c->drawn = true;
    c->next = now + 0.2;
  }
  return !interrupted && !(c->limit > 0 && now - c->started > c->limit);
}

void pl_progress_count_end(pl_progress_count *c) {
  if (c->drawn) (void)fputs("\r\x1b[K", stderr);
  c->drawn = false;
}
