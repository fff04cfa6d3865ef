/* The tables that docs/agreements.md ends with: which kind of agreement has which field, and the
 * clauses that are recorded only. */
#include "case/describe.h"
#include "chain/clause.h"

static void write_kinds(FILE *out) {
  static const char *const words[] = {
      [PL_CLAUSE_NEVER] = "", [PL_CLAUSE_MAY] = "may", [PL_CLAUSE_NEEDS] = "needs"};
  const pl_noun *const noun = &pl_nouns[PL_NOUN_agreement];
  fputs("## Which kind has which field\n\n| field | supply | toll | agency | power | venture |\n"
        "|---|---|---|---|---|---|\n",
        out);
  for (int i = 0; i < noun->n_fields; i++) {
    fprintf(out, "| `%s` |", noun->field[i].key);
    for (int k = PL_SUPPLY; k <= PL_VENTURE; k++)
      fprintf(out, " %s |", words[pl_agreement_clause((pl_agreement_kind)k, i)]);
    fputc('\n', out);
  }
}

void pl_case_write_clauses(FILE *out) {
  write_kinds(out);
  fputs("\n## Recorded, not planned\n\nKeys of `recorded`. Each is kept and shown in reports, and "
        "does not change the plan.\n\n| clause | why it is not planned |\n|---|---|\n",
        out);
  for (int i = 0; i < pl_recorded_count; i++)
    fprintf(out, "| `%s` | %s |\n", pl_recorded_clauses[i].key, pl_recorded_clauses[i].reason);
}
