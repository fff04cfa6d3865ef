/* Marks of files: at the beginning, anywhere within, in the header of a database. */
#include "store/mark.h"

#include <string.h>

#include "lp/mps.h"

bool pl_mark_begins(FILE *f, const char *text) {
  char head[128];
  size_t const n = strlen(text);
  return n <= sizeof head && fread(head, 1, n, f) == n && memcmp(head, text, n) == 0;
}

bool pl_mark_is_database(FILE *f, uint32_t application) {
  enum { HEAD = 100, AT = 68 };
  unsigned char head[HEAD];
  if (fread(head, 1, HEAD, f) != HEAD || memcmp(head, "SQLite format 3", 16) != 0) return false;
  uint32_t id = 0;
  for (int i = 0; i < 4; i++) id = id << 8 | head[AT + i];
  return id == application;
}

/* Search the rest of the file for a text, in pieces that overlap by its length. */
bool pl_mark_is_in(FILE *f, const char *text) {
  char piece[1 << 16];
  size_t const length = strlen(text);
  size_t kept = 0;
  for (size_t n; (n = fread(piece + kept, 1, sizeof piece - kept, f)) > 0;) {
    size_t const have = kept + n;
    for (const char *p = piece; have >= length; p++) {
      p = memchr(p, *text, have - length + 1 - (size_t)(p - piece));
      if (!p) break;
      if (memcmp(p, text, length) == 0) return true;
      if ((size_t)(p - piece) == have - length) break;
    }
    kept = have < length ? have : length - 1;
    memmove(piece, piece + have - kept, kept);
  }
  return false;
}

bool pl_mps_is_marked(FILE *f) { return pl_mark_begins(f, PL_MPS_MARK); }
