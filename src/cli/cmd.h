#ifndef PL_CLI_CMD_H
#define PL_CLI_CMD_H

#include "base/arena.h"
#include "base/diag.h"
#include "text/files.h"
#include "text/json.h"

/* A command of the program, its options, and the data of one call. */

typedef struct {
  const char *name;     /* "scenario": --scenario */
  char letter;          /* 'h': -h too; 0 = none */
  const char *argument; /* "NAME"; NULL = takes none */
  const char *help;
} pl_option;

typedef struct pl_cmd pl_cmd;

typedef struct { /* one call of a command */
  const pl_cmd *cmd;
  int n_args;
  const char **args; /* [n_args] words that are not options */
  int n_given;
  const pl_option **given; /* [n_given] options in the order given */
  const char **value;      /* [n_given] NULL for flags */
  double began;            /* pl_clock_s */
  pl_arena *arena;         /* for the whole call */
  pl_diag *diag;
  pl_files *files; /* of the current case, for the lines shown in error messages; NULL = none yet */
  pl_json *json;   /* an open object to add members to; NULL = text output */
} pl_call;

struct pl_cmd {
  const char *group, *name, *arguments, *summary;
  int least, most;          /* arguments */
  const pl_option *options; /* ends with a NULL name; these take precedence over options common to
                               all commands */
  pl_status (*run)(pl_call *call);
};

extern const pl_cmd pl_cmds[]; /* ends with a NULL name */

pl_status pl_cmd_check(pl_call *call);
pl_status pl_cmd_plan(pl_call *call);
pl_status pl_cmd_value(pl_call *call);
pl_status pl_cmd_explain(pl_call *call);
pl_status pl_cmd_compare(pl_call *call);
pl_status pl_cmd_export(pl_call *call);
pl_status pl_cmd_fields(pl_call *call);
pl_status pl_cmd_new(pl_call *call);

extern const pl_option pl_check_options[], pl_plan_options[], pl_value_options_list[],
    pl_explain_options[], pl_export_options[], pl_fields_options[], pl_common_options[];

#endif
