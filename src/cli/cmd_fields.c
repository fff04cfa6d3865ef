/* potline fields: what a case can contain. */
#include <stdio.h>

#include "case/case.h"
#include "cli/cmd.h"
#include "cli/options.h"

const pl_option pl_fields_options[] = {
    {"schema", 0, NULL, "a JSON Schema of a case file, for editors"},
    {"markdown", 0, NULL, "the whole reference, as Markdown"},
    {"clauses", 0, NULL, "which kind of agreement has which field, as Markdown"},
    {0},
};

static pl_status write_schema(void) {
  pl_json j;
  pl_json_init(&j, stdout);
  pl_case_write_schema(&j);
  return pl_json_done(&j) ? PL_OK : PL_IO; /* printed by main */
}

pl_status pl_cmd_fields(pl_call *call) {
  const char *noun = call->n_args > 0 ? call->args[0] : NULL;
  bool const clauses = pl_option_given(call, "clauses");
  bool const whole = pl_option_given(call, "schema") || pl_option_given(call, "markdown");
  if (clauses && noun)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "--clauses describes agreements alone");
  if (whole && noun)
    return pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "--schema and --markdown describe all nouns");
  if (call->json) { /* for --format json, the schema is the result */
    pl_json_key(call->json, "schema");
    pl_case_write_schema(call->json);
    return PL_OK;
  }
  if (pl_option_given(call, "schema")) return write_schema();
  if (pl_option_given(call, "markdown")) {
    pl_case_write_reference(stdout);
    return PL_OK;
  }
  if (clauses) {
    pl_case_write_clauses(stdout);
    return PL_OK;
  }
  pl_case_write_fields(stdout, noun, call->diag);
  return pl_diag_status(call->diag);
}
