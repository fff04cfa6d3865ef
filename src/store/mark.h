#ifndef PL_STORE_MARK_H
#define PL_STORE_MARK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* How a file is recognised as ours, read from f's position without trusting it. */
bool pl_mark_begins(FILE *f, const char *text);
bool pl_mark_is_in(FILE *f, const char *text);           /* anywhere from here on */
bool pl_mark_is_database(FILE *f, uint32_t application); /* SQLite, with that application_id */

/* Is it a file of this kind? */
#define X(name, option, suffix, words, folder, is_marked)        bool is_marked(FILE *f);
#define E(name, option, suffix, words, folder, is_marked, write) bool is_marked(FILE *f);
#include "store/output.def"
#undef E
#undef X

#endif
