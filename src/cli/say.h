#ifndef PL_CLI_SAY_H
#define PL_CLI_SAY_H

/* Text for people on standard output. Names are clean, but titles, notes and names of files are
 * whatever somebody wrote: what moves the cursor or cannot be seen is written as an escape. */
void pl_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
