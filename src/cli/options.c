/* Command lines by table: one row per option serves the parser, the help and the error messages. */
#include "cli/options.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"

enum { TABLES = 2, NAMES_MAX = 32, HELP_COLUMN = 26 };

const pl_option pl_common_options[] = {
    {"format", 0, "json", "one JSON object on standard output, for machines"},
    {"help", 'h', NULL, "show this help"},
    {0},
};

/* An option of the command itself, or one common to all. */
static const pl_option *table_of(const pl_cmd *cmd, int i) {
  return i == 0 ? cmd->options : pl_common_options;
}

static const pl_option *find_name(const pl_cmd *cmd, pl_span name) {
  for (int t = 0; t < TABLES; t++)
    for (const pl_option *o = table_of(cmd, t); o && o->name; o++)
      if (pl_span_is(name, o->name)) return o;
  return NULL;
}

static const pl_option *find_letter(const pl_cmd *cmd, char letter) {
  for (int t = 0; t < TABLES; t++)
    for (const pl_option *o = table_of(cmd, t); o && o->name; o++)
      if (o->letter == letter) return o;
  return NULL;
}

static pl_status fail_unknown(const pl_call *call, const char *word, pl_span name) {
  const char *names[NAMES_MAX];
  int n = 0;
  for (int t = 0; t < TABLES; t++)
    for (const pl_option *o = table_of(call->cmd, t); o && o->name && n < NAMES_MAX; o++)
      names[n++] = o->name;
  const char *copy = pl_arena_strndup(call->arena, name.at, name.length);
  const char *near = pl_text_nearest(copy, names, n);
  for (int i = 0; i < n && !near && name.length > 0; i++) /* an abbreviation */
    if (strncmp(names[i], copy, name.length) == 0) near = names[i];
  (void)pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "'%s' has no option '%s'", call->cmd->name,
                pl_text_safe(call->arena, word, strlen(word)));
  if (near)
    pl_hint(call->diag, "did you mean --%s?", near);
  else
    pl_hint(call->diag, "potline %s --help lists them", call->cmd->name);
  return PL_USAGE;
}

/* The remaining words. */
typedef struct {
  int argc, at;
  char **argv;
} words;

static pl_status take(pl_call *call, const pl_option *o, const char *attached, words *w) {
  const char *value = attached;
  if (o->argument && !value) {
    if (w->at >= w->argc)
      return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "--%s requires %s after it", o->name,
                     o->argument);
    value = w->argv[w->at++];
  }
  if (!o->argument && attached)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "--%s takes no value", o->name);
  call->given[call->n_given] = o;
  call->value[call->n_given++] = value;
  return PL_OK;
}

static pl_status take_long(pl_call *call, const char *word, words *w) {
  const char *equals = strchr(word, '=');
  pl_span const name = {word + 2, equals ? (size_t)(equals - word) - 2 : strlen(word) - 2};
  const pl_option *o = find_name(call->cmd, name);
  return o ? take(call, o, equals ? equals + 1 : NULL, w) : fail_unknown(call, word, name);
}

static pl_status take_short(pl_call *call, const char *word, words *w) {
  const pl_option *o = find_letter(call->cmd, word[1]);
  if (!o) return fail_unknown(call, word, (pl_span){word, 0});
  return take(call, o, word[2] ? word + 2 : NULL, w);
}

static pl_status check_count(const pl_call *call) {
  const pl_cmd *cmd = call->cmd;
  if (call->n_args >= cmd->least && call->n_args <= cmd->most) return PL_OK;
  if (pl_option_given(call, "help")) return PL_OK;
  (void)pl_fail(call->diag, PL_USAGE, PL_NOWHERE,
                call->n_args < cmd->least ? "'%s' requires %s" : "too many arguments for '%s' %s",
                cmd->name, cmd->arguments);
  pl_hint(call->diag, "potline %s --help", cmd->name);
  return PL_USAGE;
}

pl_status pl_options_parse(pl_call *call, int argc, char **argv) {
  words w = {argc, 1, argv};
  call->args = PL_NEW_ARRAY(call->arena, const char *, (size_t)argc + 1);
  call->given = PL_NEW_ARRAY(call->arena, const pl_option *, (size_t)argc + 1);
  call->value = PL_NEW_ARRAY(call->arena, const char *, (size_t)argc + 1);
  bool only_arguments = false;
  while (w.at < argc) {
    const char *word = argv[w.at++];
    if (only_arguments || word[0] != '-' || word[1] == '\0')
      call->args[call->n_args++] = word;
    else if (strcmp(word, "--") == 0)
      only_arguments = true;
    else if (word[1] == '-')
      PL_TRY(take_long(call, word, &w));
    else
      PL_TRY(take_short(call, word, &w));
  }
  return check_count(call);
}

bool pl_option_given(const pl_call *call, const char *name) {
  for (int i = 0; i < call->n_given; i++)
    if (strcmp(call->given[i]->name, name) == 0) return true;
  return false;
}

const char *pl_option_value(const pl_call *call, const char *name) {
  for (int i = call->n_given - 1; i >= 0; i--)
    if (strcmp(call->given[i]->name, name) == 0) return call->value[i];
  return NULL;
}

pl_status pl_option_number(const pl_call *call, const char *name, double *out) {
  const char *text = pl_option_value(call, name);
  double x = 0;
  if (!text) return PL_OK;
  size_t const length = strlen(text);
  if (length == 0 || pl_number_parse(text, length, &x) != length || x < 0)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE,
                   "--%s requires a number of at least 0, not '%s'", name,
                   pl_text_safe(call->arena, text, length));
  *out = x;
  return PL_OK;
}

static void help_option(const pl_option *o, FILE *out) {
  char left[64];
  int const n = snprintf(left, sizeof left, "  --%s%s%s", o->name, o->argument ? " " : "",
                         o->argument ? o->argument : "");
  if (o->letter && n > 0 && n < (int)sizeof left)
    (void)snprintf(left + n, sizeof left - (size_t)n, ", -%c", o->letter);
  (void)fprintf(out, "%-*s  %s\n", HELP_COLUMN, left, o->help);
}

/* A command may redescribe an option common to all. */
static bool is_said(const pl_cmd *cmd, int table, const pl_option *o) {
  return table > 0 && find_name(cmd, pl_span_of(o->name)) != o;
}

enum { JOBS_MOST = 256 };

pl_status pl_option_jobs(const pl_call *call, int *out) {
  long const cores = sysconf(_SC_NPROCESSORS_ONLN);
  double jobs = cores > 0 ? (double)cores : 1;
  PL_TRY(pl_option_number(call, "jobs", &jobs));
  if (jobs < 1)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "--jobs requires a number of at least 1");
  *out = jobs < JOBS_MOST ? (int)jobs : JOBS_MOST;
  return PL_OK;
}

void pl_options_help(const pl_cmd *cmd, FILE *out) {
  (void)fprintf(out, "usage: potline %s%s%s [options]\n%s\n\n", cmd->name,
                *cmd->arguments ? " " : "", cmd->arguments, cmd->summary);
  for (int t = 0; t < TABLES; t++)
    for (const pl_option *o = table_of(cmd, t); o && o->name; o++)
      if (!is_said(cmd, t, o)) help_option(o, out);
}
