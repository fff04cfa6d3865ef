/* Lines and places within one file. A line ends with \n or \r\n, and nothing else. */
#include <stdbool.h>
#include <string.h>

#include "text/files.h"

const char *pl_source_begin(const pl_source *s) {
  bool const marked = s->length >= 3 && memcmp(s->text, "\xEF\xBB\xBF", 3) == 0;
  return s->text + (marked ? 3 : 0);
}

const char *pl_source_line(const pl_source *s, int line, size_t *length) {
  const char *p = pl_source_begin(s), *end = s->text + s->length;
  for (int i = 1; i < line && p; i++) {
    p = memchr(p, '\n', (size_t)(end - p));
    if (p) p++;
  }
  if (!p || line < 1) return *length = 0, end;
  const char *stop = memchr(p, '\n', (size_t)(end - p));
  if (!stop) stop = end;
  if (stop > p && stop < end && stop[-1] == '\r') stop--;
  *length = (size_t)(stop - p);
  return p;
}

pl_place pl_source_place(const pl_source *s, size_t offset, int length) {
  int line = 1;
  const char *start = pl_source_begin(s), *at = s->text + offset;
  if (at < start) at = start;
  for (const char *p; (p = memchr(start, '\n', (size_t)(at - start))); start = p + 1) line++;
  return (pl_place){s->path, line, (int)(at - start) + 1, length};
}
