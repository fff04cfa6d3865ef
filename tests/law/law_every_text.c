/* Texts of the random cases of every kind, see law_every.def. */
#include "law/law_every_text.h"

#include <string.h>

const char *law_every_part(pl_arena *a, const char *text, const char *mark, int i) {
  for (; text && i > 0; i--) {
    text = strstr(text, mark);
    text = text ? text + strlen(mark) : NULL;
  }
  if (!text || !*text) return NULL;
  const char *end = strstr(text, mark);
  return pl_arena_strndup(a, text, end ? (size_t)(end - text) : strlen(text));
}

const char *law_every_any_part(pl_arena *a, const char *text, law_random *r) {
  int n = 0;
  while (law_every_part(a, text, "|", n)) n++;
  return law_every_part(a, text, "|", law_pick(r, n));
}

const char *law_every_dated(pl_arena *a, const char *text, const char *from, const char *to) {
  pl_string out;
  pl_string_init(&out, a);
  while (*text) {
    bool const is_from = !strncmp(text, "$from", 5), is_to = !strncmp(text, "$to", 3);
    const char *word = is_from ? from : is_to ? to : text;
    pl_string_add(&out, word, is_from || is_to ? strlen(word) : 1);
    text += is_from ? 5 : is_to ? 3 : 1;
  }
  return out.text;
}

void law_every_tables(law_text *text, pl_arena *a) {
  pl_string prices, shape;
  pl_string_init(&prices, a);
  pl_string_init(&shape, a);
  pl_string_printf(&prices, "date,F [USD/t],other [USD/t]\n");
  for (int i = 1; i <= 12; i++) pl_string_printf(&prices, "2026-%02d,%d,%d\n", i, 700 + 9 * i, 8);
  pl_string_printf(&shape, "month,hour,factor\n");
  for (int i = 0; i < 12 * 24; i++)
    pl_string_printf(&shape, "%d,%d,%g\n", i / 24 + 1, i % 24, 0.5 + (i % 24) / 23.0);
  text->n_tables = 2;
  text->table_name[0] = "prices.csv";
  text->table[0] = prices.text;
  text->table_name[1] = "shape.csv";
  text->table[1] = shape.text;
}
