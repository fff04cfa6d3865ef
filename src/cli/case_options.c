/* Cases and runs as named on the command line. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "cli/case_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/data_dir.h"
#include "cli/leave.h"
#include "cli/options.h"
#include "cli/result_json.h"
#include "solve/solve.h"
#include "text/show.h"

/* Settings that turn a case with typical days into one that plans every day. */
static const char *const in_full[] = {"case.typical days=~", "case.typical weeks=~",
                                      "case.typical of=~", "case.typical keep=~",
                                      "case.typical by=~"};
enum { TYPICAL_FIELDS = sizeof in_full / sizeof *in_full };

static const char **sets_given(const pl_call *call, int *n) {
  const char **set =
      PL_NEW_ARRAY(call->arena, const char *, (size_t)call->n_given + 2 + TYPICAL_FIELDS);
  *n = 0;
  for (int i = 0; i < call->n_given; i++)
    if (strcmp(call->given[i]->name, "set") == 0) set[(*n)++] = call->value[i];
  if (pl_option_given(call, "relaxed")) set[(*n)++] = "case.relaxed=yes";
  return set;
}

/* Where the case may read: its own folder, the libraries, and what --allow names. */
static pl_files *files_for(const pl_call *call) {
  int n_dirs = 0;
  const char *const *dirs = pl_data_dirs(&n_dirs);
  pl_files *files = pl_files_new(dirs, n_dirs);
  for (int i = 0; i < call->n_given; i++)
    if (strcmp(call->given[i]->name, "allow") == 0 && !pl_files_allow(files, call->value[i]))
      pl_warn(call->diag, PL_NOWHERE, "--allow: there is no folder '%s'", call->value[i]);
  return files;
}

pl_status pl_check_strict(const pl_call *call) {
  int const n = pl_diag_count(call->diag, PL_WARNING);
  if (n == 0 || !pl_option_given(call, "strict")) return PL_OK;
  return pl_fail(call->diag, PL_SYNTAX, PL_NOWHERE, "%d warning%s, treated as %s by --strict", n,
                 n == 1 ? "" : "s", n == 1 ? "an error" : "errors");
}

pl_status pl_open_case_in_full(pl_call *call, const char *path, pl_files **files, pl_run **out) {
  pl_case_options options = {.scenario = pl_option_value(call, "scenario")};
  const char **set = sets_given(call, &options.n_set);
  for (int i = 0; i < TYPICAL_FIELDS; i++) set[options.n_set++] = in_full[i];
  options.set = set;
  *files = files_for(call);
  return pl_run_open(path, &options, *files, out, call->diag);
}

/* The message when time runs out before there is a case: nothing else has been printed. */
static void say_time_over(pl_call *call, FILE *out) {
  pl_diag *diag = pl_diag_new();
  pl_string text;
  (void)pl_fail(diag, PL_STOPPED, PL_NOWHERE,
                "the time limit expired before the case was read; there is no plan");
  if (call->json) {
    pl_json j;
    pl_json_init(&j, out);
    pl_json_open(&j, false);
    pl_json_key(&j, "command");
    pl_json_text(&j, call->cmd->name);
    (void)pl_write_end(&j, PL_STOPPED, diag);
  } else {
    pl_string_init(&text, call->arena);
    pl_message_show(pl_diag_at(diag, 0), NULL, &text);
    (void)fputs(text.text, out);
  }
  pl_diag_free(diag);
}

/* Reading and building do not check the clock: they leave nothing to keep. */
static void limit_time(pl_call *call, double limit_s) {
  char words[1024] = "";
  FILE *out = fmemopen(words, sizeof words, "w");
  if (!out) return;
  say_time_over(call, out);
  (void)fclose(out);
  pl_leave_after(call->began + limit_s - pl_clock_s(), call->json ? STDOUT_FILENO : STDERR_FILENO,
                 words);
}

pl_status pl_open_case(pl_call *call, const char *path, pl_run **out) {
  pl_case_options options = {.scenario = pl_option_value(call, "scenario")};
  double limit_s = 0;
  PL_TRY(pl_option_number(call, "time-limit", &limit_s));
  options.set = sets_given(call, &options.n_set);
  call->files = files_for(call);
  if (limit_s > 0) limit_time(call, limit_s);
  pl_status const s = pl_run_open(path, &options, call->files, out, call->diag);
  if (limit_s > 0) pl_leave_not_yet();
  return s;
}

static pl_status check_scenario(pl_call *call, const char *path, const char *name) {
  pl_case_options options = {.scenario = name};
  options.set = sets_given(call, &options.n_set);
  pl_case *c = NULL;
  pl_files *files = files_for(call);
  pl_diag *aside = pl_diag_new(); /* warnings are shown only when the scenario is requested */
  pl_status const s = pl_case_read(path, files, &options, &c, aside);
  if (s == PL_OK)
    pl_case_free(c);
  else
    (void)pl_case_read(path, call->files, &options, &c, call->diag);
  pl_diag_free(aside);
  pl_files_free(files);
  return s;
}

pl_status pl_check_scenarios(pl_call *call, const char *path, const pl_case *c) {
  if (pl_option_given(call, "scenario")) return PL_OK;
  for (int i = 0; i < c->n_scenarios; i++) {
    pl_status const s = check_scenario(call, path, c->scenarios[i].name);
    if (s == PL_OK) continue;
    pl_note(call->diag, PL_NOWHERE, "in scenario '%s'; the case without it is sound",
            c->scenarios[i].name);
    return s;
  }
  return PL_OK;
}

bool pl_is_run_file(const char *path) {
  static const char sqlite[] = "SQLite format 3"; /* and a 0: the first 16 bytes */
  char head[sizeof sqlite] = {0};
  struct stat st;
  size_t const length = strlen(path);
  bool const named_so = length > 4 && strcmp(path + length - 4, ".run") == 0;
  bool const there = stat(path, &st) == 0;
  if (!there || named_so) return named_so && !(there && S_ISDIR(st.st_mode));
  if (!S_ISREG(st.st_mode)) return false;
  FILE *f = fopen(path, "rb");
  if (!f) return false;
  size_t const n = fread(head, 1, sizeof head, f);
  (void)fclose(f);
  return n == sizeof head && memcmp(head, sqlite, sizeof sqlite) == 0;
}

static pl_span last_part(const char *path, size_t length) {
  while (length > 1 && path[length - 1] == '/') length--;
  size_t start = length;
  while (start > 0 && path[start - 1] != '/') start--;
  return (pl_span){path + start, length - start};
}

static pl_span without_suffix(pl_span name) {
  for (size_t i = name.length; i-- > 1;)
    if (name.at[i] == '.') return (pl_span){name.at, i};
  return name;
}

/* A folder gives its own name, DIR/case.yaml that of DIR, another file its own. */
static pl_span name_of(const char *path) {
  struct stat st;
  pl_span const last = last_part(path, strlen(path));
  if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) return last;
  if (pl_span_is(last, "case.yaml") && last.at > path)
    return last_part(path, (size_t)(last.at - path));
  return without_suffix(last);
}

const char *pl_case_file_name(const char *case_path, const char *scenario, pl_arena *a) {
  char *real = realpath(case_path, NULL); /* so that "." has a name */
  pl_span const name = name_of(real ? real : case_path);
  const char *out = pl_arena_printf(a, "%.*s%s%s", (int)name.length, name.at, scenario ? "-" : "",
                                    scenario ? scenario : "");
  free(real);
  return out;
}
