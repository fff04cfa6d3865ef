/* The only place that writes text for people to the terminal. */
#include "cli/say.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

void pl_say(const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int const length = vsnprintf(NULL, 0, fmt, args);
  va_end(args);
  if (length > 0) {
    pl_arena *a = pl_arena_new();
    char *text = PL_NEW_ARRAY(a, char, (size_t)length + 1);
    (void)vsnprintf(text, (size_t)length + 1, fmt, again);
    (void)fputs(pl_text_safe_lines(a, text, (size_t)length), stdout);
    pl_arena_free(a);
  }
  va_end(again);
}
