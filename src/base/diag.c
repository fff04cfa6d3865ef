/* The list of messages that calls leave for the user. Identical complaints about the same place are
 * kept once, identical complaints about many places of a file a few times with a count, and a flood
 * is cut off: counted, not kept. Nothing here prints. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"

enum {
  KEPT_MAX = 1000,
  ALIKE_MAX = 5,
  KNOWN_MAX = 100000,
  COUNT_SIZE = 80,
  SEVERITIES = PL_NOTE + 1
};

typedef struct { /* messages of one severity and file with one text */
  int n;
  int last; /* index of the last one kept */
  size_t length;
  char *text; /* of that one, with room for a count; NULL while it needs none */
} alike;

struct pl_diag {
  pl_arena *arena;
  pl_message *messages;
  int count, capacity;
  int seen[SEVERITIES];
  int cut[SEVERITIES];      /* of those seen, how many were not kept */
  int repeated[SEVERITIES]; /* of those seen, how many are only counted in one like them */
  pl_arena *scratch;        /* for the text at hand */
  pl_map *known;            /* the texts of the messages kept, with their places */
  pl_map *texts;            /* their texts, file by file */
  alike *groups;            /* [count of texts] */
  int group_capacity;
  bool skipping;   /* the last message was not kept, so its hint and notes go the same way */
  pl_message rest; /* says what was cut, in rest_text */
  char rest_text[96];
  pl_status status;
};

const char *pl_status_text(pl_status s) {
  switch (s) {
#define X(name, code, text, exit_code)                                                             \
  case PL_##name: return text;
#include "base/status.def"
#undef X
  }
  return "unknown status";
}

int pl_status_exit(pl_status s) {
  switch (s) {
#define X(name, code, text, exit_code)                                                             \
  case PL_##name: return exit_code;
#include "base/status.def"
#undef X
  }
  return EXIT_FAILURE;
}

pl_diag *pl_diag_new(void) {
  pl_arena *arena = pl_arena_new();
  pl_diag *d = PL_NEW(arena, pl_diag);
  d->arena = arena;
  d->scratch = pl_arena_new();
  d->known = pl_map_new(arena);
  d->texts = pl_map_new(arena);
  return d;
}

void pl_diag_free(pl_diag *d) {
  if (!d) return;
  pl_arena_free(d->scratch);
  pl_arena_free(d->arena);
}

static void message_push(pl_diag *d, pl_message m) {
  PL_GROW(d->arena, d->messages, d->count, d->capacity);
  d->messages[d->count++] = m;
}

/* Messages may outlive the files they refer to. */
static const char *file_name(pl_diag *d, const char *file) {
  if (!file) return NULL;
  const char *last = d->count ? d->messages[d->count - 1].place.file : NULL;
  return last && strcmp(last, file) == 0 ? last : pl_arena_strdup(d->arena, file);
}

static bool is_known(pl_diag *d, pl_place at, const char *text) {
  if (at.line <= 0) return false;
  const char *file = at.file ? at.file : "";
  const char *key = pl_arena_printf(d->arena, "%s:%d:%d:%s", file, at.line, at.column, text);
  int const before = pl_map_count(d->known);
  return pl_map_add(d->known, key, strlen(key)) < before;
}

static alike *group_of(pl_diag *d, pl_severity severity, pl_place at, const char *text) {
  const char *key =
      pl_arena_printf(d->scratch, "%d:%s:%s", (int)severity, at.file ? at.file : "", text);
  int const i = pl_map_add(d->texts, key, strlen(key));
  PL_GROW(d->arena, d->groups, i, d->group_capacity);
  return &d->groups[i];
}

/* One more of a message that was repeated often enough: the last one kept shows how many there
 * are. */
static void count_alike(pl_diag *d, alike *g, pl_severity severity, int line) {
  pl_message *m = &d->messages[g->last];
  if (!g->text) {
    g->length = strlen(m->text);
    g->text = PL_NEW_ARRAY(d->arena, char, g->length + COUNT_SIZE);
    memcpy(g->text, m->text, g->length + 1);
    m->text = g->text;
  }
  (void)snprintf(g->text + g->length, COUNT_SIZE, " (and %d more like it in this file, to line %d)",
                 ++g->n - ALIKE_MAX, line);
  d->seen[severity]++;
  d->repeated[severity]++;
  d->skipping = true;
}

static void count_rest(pl_diag *d) {
  int const errors = d->cut[PL_ERROR], warnings = d->cut[PL_WARNING];
  (void)snprintf(d->rest_text, sizeof d->rest_text, "and %d more error%s, %d more warning%s",
                 errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
  d->rest = (pl_message){.severity = PL_NOTE, .text = d->rest_text};
}

__attribute__((format(printf, 5, 0))) static void add(pl_diag *d, pl_severity severity, pl_status s,
                                                      pl_place at, const char *fmt, va_list ap) {
  if (severity == PL_ERROR && d->status == PL_OK) d->status = s;
  if (severity == PL_NOTE && d->skipping) return;
  pl_arena_reset(d->scratch);
  const char *text = pl_arena_vprintf(d->scratch, fmt, ap);
  alike *g = at.line > 0 ? group_of(d, severity, at, text) : NULL;
  if (g && g->n >= ALIKE_MAX && severity != PL_NOTE) {
    d->skipping = true;
    if (g->n < KNOWN_MAX && is_known(d, at, text)) return;
    count_alike(d, g, severity, at.line);
    return;
  }
  if (d->seen[severity] - d->repeated[severity] >= KEPT_MAX) {
    d->seen[severity]++;
    d->cut[severity]++;
    d->skipping = true;
    if (severity != PL_NOTE) count_rest(d);
    return;
  }
  d->skipping = is_known(d, at, text);
  if (d->skipping) return;
  if (g) g->n++, g->last = d->count;
  text = pl_arena_strdup(d->arena, text);
  at.file = file_name(d, at.file);
  message_push(d, (pl_message){severity, s, at, text, NULL});
  d->seen[severity]++;
}

pl_status pl_fail(pl_diag *d, pl_status s, pl_place at, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  add(d, PL_ERROR, s, at, fmt, ap);
  va_end(ap);
  return s;
}

void pl_warn(pl_diag *d, pl_place at, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  add(d, PL_WARNING, PL_OK, at, fmt, ap);
  va_end(ap);
}

void pl_note(pl_diag *d, pl_place at, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  add(d, PL_NOTE, PL_OK, at, fmt, ap);
  va_end(ap);
}

void pl_hint(pl_diag *d, const char *fmt, ...) {
  if (d->skipping || d->count == 0) return;
  va_list ap;
  va_start(ap, fmt);
  d->messages[d->count - 1].hint = pl_arena_vprintf(d->arena, fmt, ap);
  va_end(ap);
}

int pl_diag_count(const pl_diag *d, pl_severity severity) { return d->seen[severity]; }

int pl_diag_size(const pl_diag *d) { return d->count + (d->rest.text != NULL); }

const pl_message *pl_diag_at(const pl_diag *d, int i) {
  if (i == d->count && d->rest.text) return &d->rest;
  return i >= 0 && i < d->count ? &d->messages[i] : NULL;
}

pl_status pl_diag_status(const pl_diag *d) { return d->status; }
