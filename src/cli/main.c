/* The program: finds the command, calls it, shows its messages, ends with the status's exit
 * code. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/errand.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/leave.h"
#include "cli/options.h"
#include "cli/result_json.h"
#include "solve/solve.h"
#include "text/show.h"

const pl_cmd pl_cmds[] = {
    {"start", "new", "NAME", "Start a case: a small folder with comments, ready to plan.", 1, 1,
     NULL, pl_cmd_new},
    {"start", "fields", "[NOUN]",
     "What can a case contain? Describes a section, a kind of agreement, kinds or measures.", 0, 1,
     pl_fields_options, pl_cmd_fields},
    {"start", "check", "CASE",
     "Is a case sound? Reports all errors at once, each with file, line and column.", 1, 1,
     pl_check_options, pl_cmd_check},
    {"plan", "plan", "CASE", "What should everyone do, and what does it earn, year by year?", 1, 1,
     pl_plan_options, pl_cmd_plan},
    {"plan", "value", "CASE",
     "What is each agreement worth, to whom, at what prices; what is a fair split?", 1, 1,
     pl_value_options_list, pl_cmd_value},
    {"look", "explain", "RUN|CASE",
     "Why? What binds and what it is worth; or why there is no plan.", 1, 1, pl_explain_options,
     pl_cmd_explain},
    {"look", "compare", "RUN RUN", "What changed between two runs?", 2, 2, NULL, pl_cmd_compare},
    {"look", "export", "RUN", "The results as CSV, a spreadsheet, netCDF or SQLite.", 1, 1,
     pl_export_options, pl_cmd_export},
    {0},
};

static const pl_cmd *find_cmd(const char *name) {
  for (const pl_cmd *c = pl_cmds; c->name; c++)
    if (strcmp(c->name, name) == 0) return c;
  return NULL;
}

static void print_usage(FILE *out) {
  const char *group = "";
  (void)fprintf(out, "usage: potline <command> [arguments]\n"
                     "Plans an aluminium value chain that several companies share.\n");
  for (const pl_cmd *c = pl_cmds; c->name; c++) {
    if (strcmp(group, c->group) != 0) (void)fprintf(out, "\n");
    group = c->group;
    (void)fprintf(out, "  %-8s %-9s %s\n", c->name, c->arguments, c->summary);
  }
  (void)fprintf(out,
                "\nMore: potline help COMMAND or potline COMMAND --help; potline --version.\n");
}

static pl_status fail_no_command(const char *word, pl_diag *diag) {
  const char *names[32];
  int n = 0;
  pl_arena *a = pl_arena_new();
  for (const pl_cmd *c = pl_cmds; c->name && n < 32; c++) names[n++] = c->name;
  const char *near = pl_text_nearest(word, names, n);
  (void)pl_fail(diag, PL_USAGE, PL_NOWHERE, "there is no command '%s'",
                pl_text_safe(a, word, strlen(word)));
  if (near)
    pl_hint(diag, "did you mean %s?", near);
  else
    pl_hint(diag, "potline help lists them");
  pl_arena_free(a);
  return PL_USAGE;
}

/* --- messages and exit of a call --- */

static void count_words(int n, const char *word, const char *before) {
  if (n > 0) (void)fprintf(stderr, "%s%d %s%s", before, n, word, n == 1 ? "" : "s");
}

static void show_messages(const pl_call *call) {
  pl_string text;
  pl_string_init(&text, call->arena);
  for (int i = 0; i < pl_diag_size(call->diag); i++)
    pl_message_show(pl_diag_at(call->diag, i), call->files, &text);
  if (text.length > 0) (void)fputs(text.text, stderr);
  int const errors = pl_diag_count(call->diag, PL_ERROR);
  int const warnings = pl_diag_count(call->diag, PL_WARNING);
  if (errors + warnings < 2) return;
  count_words(errors, "error", "");
  count_words(warnings, "warning", errors ? ", " : "");
  (void)fputc('\n', stderr);
}

/* Standard output is checked once, at the end: a full disk must not look like success. */
static pl_status finish(const pl_call *call, pl_status s) {
  bool ok = true;
  if (call->json)
    ok = pl_write_end(call->json, s, call->diag);
  else
    show_messages(call);
  if (fflush(stdout) != 0 || ferror(stdout)) ok = false;
  if (ok) return s;
  (void)fputs("error: cannot write to standard output\n", stderr);
  return s == PL_OK ? PL_IO : s;
}

static pl_status begin_json(pl_call *call, pl_json *j) {
  const char *format = pl_option_value(call, "format");
  if (!format || strcmp(format, "text") == 0) return PL_OK;
  if (strcmp(format, "csv") == 0 && call->cmd->run == pl_cmd_value) return PL_OK;
  if (strcmp(format, "json") != 0)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "--format is text or json, not '%s'",
                   pl_text_safe(call->arena, format, strlen(format)));
  pl_json_init(j, stdout);
  pl_json_open(j, false);
  pl_json_key(j, "command");
  pl_json_text(j, call->cmd->name);
  call->json = j;
  return PL_OK;
}

static pl_status run_call(pl_call *call, pl_json *j, int argc, char **argv) {
  PL_TRY(pl_options_parse(call, argc, argv));
  if (pl_option_given(call, "help")) {
    pl_options_help(call->cmd, stdout);
    return PL_OK;
  }
  PL_TRY(begin_json(call, j));
  return call->cmd->run(call);
}

static pl_status run_cmd(const pl_cmd *cmd, int argc, char **argv, pl_diag *diag) {
  pl_json json;
  pl_call call = {.cmd = cmd, .arena = pl_arena_new(), .diag = diag, .began = pl_clock_s()};
  pl_status s = cmd ? run_call(&call, &json, argc, argv) : fail_no_command(argv[0], diag);
  s = finish(&call, s);
  pl_files_free(call.files);
  pl_arena_free(call.arena);
  return s;
}

static int help(int argc, char **argv, pl_diag *diag) {
  const pl_cmd *cmd = argc > 2 ? find_cmd(argv[2]) : NULL;
  if (argc > 2 && !cmd) return pl_status_exit(run_cmd(NULL, 1, argv + 2, diag));
  if (cmd)
    pl_options_help(cmd, stdout);
  else
    print_usage(stdout);
  return fflush(stdout) == 0 ? 0 : pl_status_exit(PL_IO);
}

static int dispatch(int argc, char **argv, pl_diag *diag) {
  const char *name = argv[1];
  if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
    return help(argc, argv, diag);
  if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
    (void)printf("potline " POTLINE_VERSION " with %s\n", pl_solver_version());
    return fflush(stdout) == 0 ? 0 : pl_status_exit(PL_IO);
  }
  return pl_status_exit(run_cmd(find_cmd(name), argc - 1, argv + 1, diag));
}

int main(int argc, char **argv) {
  pl_leave_prepare();
  if (argc < 2) {
    print_usage(stderr);
    return pl_status_exit(PL_USAGE);
  }
  pl_diag *diag = pl_diag_new();
  int const code = dispatch(argc, argv, diag);
  pl_diag_free(diag);
  if (pl_errands_left() > 0) _exit(code); /* all output has been flushed */
  return code;
}
