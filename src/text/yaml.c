/* YAML through libyaml's events into our own tree; the only file that uses libyaml. What its errors
 * mean is in yaml_error.def, how a mapping is put together in yaml_tree.c. */
#include <string.h>
#include <yaml.h>

#include "text/yaml_tree.h"

typedef struct {
  const char *problem, *context;
  bool at_start;
  const char *words, *hint;
} known_error;

enum { HERE = 0, START = 1 };

static const known_error known_errors[] = {
#define E(problem, context, place, words, hint) {problem, context, place, words, hint},
#include "text/yaml_error.def"
#undef E
};

static const known_error *find_error(const char *problem, const char *context) {
  const known_error *e = known_errors;
  for (; *e->problem; e++) {
    bool const any_context = !*e->context;
    if (strcmp(e->problem, problem) == 0 && (any_context || strcmp(e->context, context) == 0))
      break;
  }
  return e;
}

static pl_place span_place(pl_yaml_tree *t, yaml_mark_t from, yaml_mark_t to) {
  return pl_cursor_place(&t->cursor, from.index, to.index);
}

/* A tab before the first character of a line is the usual cause, whatever libyaml reports. */
static bool fail_at_tab(const pl_source *s, pl_place at, pl_diag *diag) {
  size_t length;
  const char *line = pl_source_line(s, at.line, &length);
  size_t const blank = strspn(line, " \t");
  const char *tab = memchr(line, '\t', blank < length ? blank : length);
  if (!tab) return false;
  pl_place const place = {s->path, at.line, (int)(tab - line) + 1, 1};
  pl_fail(diag, PL_SYNTAX, place, "a tab cannot be used for indentation");
  pl_hint(diag, "use spaces");
  return true;
}

/* An error within [ ] or { } is often caused by a bracket that is missing far above: report where
 * it was opened, and if the file ends before it is closed, report the error there. */
static bool fail_in_flow(pl_yaml_tree *t, const yaml_parser_t *p, pl_place here, const char *words,
                         pl_diag *diag) {
  const char *context = p->context ? p->context : "";
  bool const list = strcmp(context, "while parsing a flow sequence") == 0;
  if (!list && strcmp(context, "while parsing a flow mapping") != 0) return false;
  char const bracket = list ? '[' : '{';
  size_t length;
  const char *rest = pl_source_line(t->source, here.line, &length) + here.column - 1;
  pl_place at = span_place(t, p->context_mark, p->context_mark);
  at.length = 1;
  if (rest >= t->source->text + t->source->length) {
    pl_fail(diag, PL_SYNTAX, at, "a '%c' is opened here and not closed", bracket);
    return true;
  }
  pl_fail(diag, PL_SYNTAX, here, "%s", words);
  pl_hint(diag, "the '%c' was opened on line %d, column %d", bracket, at.line, at.column);
  return true;
}

static pl_status fail_parser(pl_yaml_tree *t, const yaml_parser_t *p, pl_diag *diag) {
  if (p->error == YAML_MEMORY_ERROR)
    return pl_fail(diag, PL_IO, PL_NOWHERE, "'%s' does not fit into memory", t->source->path);
  const char *problem = p->problem ? p->problem : "", *context = p->context ? p->context : "";
  const known_error *e = find_error(problem, context);
  if (p->error == YAML_READER_ERROR) {
    size_t const offset = t->cursor.begin + p->problem_offset;
    size_t const within = offset < t->source->length ? offset : t->source->length;
    return pl_fail(diag, PL_SYNTAX, pl_source_place(t->source, within, 1), "%s", e->words);
  }
  pl_place const here = span_place(t, p->problem_mark, p->problem_mark);
  if (fail_at_tab(t->source, here, diag) || fail_in_flow(t, p, here, e->words, diag))
    return PL_SYNTAX;
  pl_place const at = e->at_start ? span_place(t, p->context_mark, p->context_mark) : here;
  pl_fail(diag, PL_SYNTAX, at, "%s", e->words);
  if (e->hint) pl_hint(diag, "%s", e->hint);
  return PL_SYNTAX;
}

static const char *name_of(const yaml_char_t *anchor) { return (const char *)anchor; }

static pl_status take_scalar(pl_yaml_tree *t, const yaml_event_t *e) {
  const char *text = (const char *)e->data.scalar.value;
  size_t const length = e->data.scalar.length;
  pl_place const at = span_place(t, e->start_mark, e->end_mark);
  bool const quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  if (e->data.scalar.tag) pl_yaml_tree_tag(t, at);
  return pl_yaml_tree_scalar(t, (pl_span){text, length}, quoted, name_of(e->data.scalar.anchor),
                             at);
}

static pl_status take_start(pl_yaml_tree *t, const yaml_event_t *e, pl_node_kind kind, bool flow,
                            const yaml_char_t *anchor, bool tagged) {
  pl_place at = span_place(t, e->start_mark, e->start_mark);
  at.length = flow;
  if (tagged) pl_yaml_tree_tag(t, at);
  return pl_yaml_tree_open(t, kind, name_of(anchor), at);
}

static pl_status take_event(pl_yaml_tree *t, const yaml_event_t *e) {
  switch (e->type) {
  case YAML_DOCUMENT_START_EVENT:
    return pl_yaml_tree_document(t, span_place(t, e->start_mark, e->end_mark));
  case YAML_ALIAS_EVENT:
    return pl_yaml_tree_alias(t, name_of(e->data.alias.anchor),
                              span_place(t, e->start_mark, e->end_mark));
  case YAML_SCALAR_EVENT: return take_scalar(t, e);
  case YAML_SEQUENCE_START_EVENT:
    return take_start(t, e, PL_LIST, e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                      e->data.sequence_start.anchor, e->data.sequence_start.tag);
  case YAML_MAPPING_START_EVENT:
    return take_start(t, e, PL_MAPPING, e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
                      e->data.mapping_start.anchor, e->data.mapping_start.tag);
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT: pl_yaml_tree_close(t); return PL_OK;
  case YAML_NO_EVENT:
  case YAML_STREAM_START_EVENT:
  case YAML_STREAM_END_EVENT:
  case YAML_DOCUMENT_END_EVENT: break;
  }
  return PL_OK;
}

static pl_status parse(pl_yaml_tree *t, yaml_parser_t *parser, pl_diag *diag) {
  bool at_end = false;
  while (!at_end) {
    yaml_event_t event;
    if (!yaml_parser_parse(parser, &event)) return fail_parser(t, parser, diag);
    at_end = event.type == YAML_STREAM_END_EVENT;
    pl_status const s = take_event(t, &event);
    yaml_event_delete(&event);
    PL_TRY(s);
  }
  return PL_OK;
}

/* libyaml's own message about bytes that are not text has no place. */
static pl_status check_bytes(const pl_source *s, pl_diag *diag) {
  size_t const bad = pl_utf8_valid(s->text, s->length);
  if (bad < s->length) {
    pl_fail(diag, PL_SYNTAX, pl_source_place(s, bad, 1), "this byte is not UTF-8 text");
    pl_hint(diag, "save the file as UTF-8");
    return PL_SYNTAX;
  }
  for (size_t i = 0; i < s->length; i++) {
    unsigned char const c = (unsigned char)s->text[i];
    if ((c >= 0x20 && c != 0x7F) || c == '\n' || c == '\r' || c == '\t') continue;
    return pl_fail(diag, PL_SYNTAX, pl_source_place(s, i, 1),
                   "a control character (\\x%02x) is not allowed", c);
  }
  return PL_OK;
}

pl_status pl_yaml_read(const pl_source *source, pl_arena *a, pl_node **out, pl_diag *diag) {
  PL_TRY(check_bytes(source, diag));
  pl_yaml_tree tree;
  pl_yaml_tree_init(&tree, source, a, diag);
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser))
    return pl_fail(diag, PL_IO, PL_NOWHERE, "'%s' does not fit into memory", source->path);
  size_t const begin = tree.cursor.begin;
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, (const unsigned char *)source->text + begin,
                               source->length - begin);
  pl_status s = parse(&tree, &parser, diag);
  yaml_parser_delete(&parser);
  if (s == PL_OK) s = pl_yaml_tree_done(&tree, out);
  pl_yaml_tree_free(&tree);
  return s;
}
