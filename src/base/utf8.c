/* UTF-8, byte by byte: decoding one code point and checking a whole text. */
#include <string.h>

#include "base/text.h"

static bool is_tail(unsigned char c) { return (c & 0xC0) == 0x80; }

/* Bytes that a lead byte announces, and the bits of the code point it carries; 0 for a byte that is
 * not a lead byte. */
static size_t lead(unsigned char c, uint32_t *bits) {
  if (c < 0x80) return *bits = c, 1;
  if (c >= 0xC2 && c <= 0xDF) return *bits = c & 0x1Fu, 2;
  if (c >= 0xE0 && c <= 0xEF) return *bits = c & 0x0Fu, 3;
  if (c >= 0xF0 && c <= 0xF4) return *bits = c & 0x07u, 4;
  return 0;
}

size_t pl_utf8_next(const char *text, size_t length, uint32_t *code) {
  static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned char *s = (const unsigned char *)text;
  uint32_t c = 0;
  size_t const n = length ? lead(s[0], &c) : 0;
  if (n == 0 || n > length) return 0;
  for (size_t i = 1; i < n; i++) {
    if (!is_tail(s[i])) return 0;
    c = c << 6 | (s[i] & 0x3Fu);
  }
  if (c < smallest[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
  *code = c;
  return n;
}

size_t pl_utf8_valid(const char *text, size_t length) {
  size_t i = 0;
  while (i < length) {
    uint64_t word;
    if (i + 8 <= length && (memcpy(&word, text + i, 8), !(word & 0x8080808080808080u))) {
      i += 8;
      continue;
    }
    uint32_t code;
    size_t const n = pl_utf8_next(text + i, length - i, &code);
    if (n == 0) return i;
    i += n;
  }
  return length;
}
