#ifndef PL_CLI_SAY_H
#define PL_CLI_SAY_H

/* Text for people on standard output. Names are checked, but titles, notes and file names may
 * contain anything: control characters and invisible ones are written as escapes. */
void pl_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
