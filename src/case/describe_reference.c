/* docs/case-format.md: what a case file may contain. The prose about files is here; everything
 * about fields, kinds, account lines and units comes from their lists. */
#include <string.h>

#include "case/describe.h"

static const char opening[] =
    "# The case format\n"
    "\n"
    "Generated from the program's own field lists. `potline fields [SECTION]` prints a shorter "
    "version. With\n"
    "[case.schema.json](case.schema.json) editors complete and check a case as it is typed. How "
    "formulas are written: [formulas.md](formulas.md).\n"
    "\n"
    "A case is a folder with a file `case.yaml`, or any one YAML file. This is a complete one:\n"
    "\n"
    "```yaml\n"
    "case: {from: 2026-01, to: 2026-12}\n"
    "parties: {smelter: }\n"
    "sites: {works: smelter}\n"
    "materials: {alumina: t, power: MWh, ingot: t}\n"
    "processes:\n"
    "  smelt: {makes: {ingot: 1 t}, takes: {alumina: 1.92 t, power: 14 MWh}, cost: 280 USD/t}\n"
    "units:\n"
    "  potline: {site: works, runs: smelt, capacity: 100 kt/year}\n"
    "markets:\n"
    "  alumina: {site: works, sells: alumina, price: 400 USD/t}\n"
    "  grid: {site: works, sells: power, price: 45 USD/MWh}\n"
    "  ingot: {site: works, buys: ingot, price: 2500 USD/t}\n"
    "```\n"
    "\n"
    "## Files\n"
    "\n"
    "The keys at the top of a file are `case` (the head), one section for each noun, and these:\n"
    "\n"
    "| key | what it holds |\n"
    "|---|---|\n"
    "| `include` | a file or a list of files with the same keys, looked for beside the including "
    "file, then in the library that comes with potline: `library/aluminium/materials.yaml`. An "
    "included file has no `case` of its own. "
    "Files elsewhere are read only with `--allow DIR` |\n"
    "| `tables` | for a section, a CSV file or a list of them: `units: units.csv` |\n"
    "| `overrides` | changes that always apply: `{units.potline.online: 90 %}` |\n"
    "| `scenarios` | named sets of changes, chosen with `--scenario NAME` |\n"
    "| `x-…` | ignored: a place for YAML anchors |\n"
    "\n"
    "Sections of several files are joined. A name is defined once in a section; a second "
    "definition is an "
    "error that shows both places. "
    "`projects` are not planned by this version.\n"
    "\n"
    "**Tables.** A table has the column `name` and columns headed by field names, with the unit of "
    "plain numbers in the header: "
    "`capacity [kt/year]`. A header `takes.alumina [t]` reaches one key below a field. A cell that "
    "begins with `[` or `{` is a list or "
    "mapping as in YAML. Empty cells are ignored.\n"
    "\n"
    "**Overrides and scenarios.** A path is `SECTION.NAME.FIELD`, `SECTION.NAME.FIELD.KEY` or "
    "`case.FIELD`; items of a list are counted "
    "from 1. Names may hold dots: `quotations.LME.AL.beyond`. A thing that may be written as one "
    "value may be replaced as a whole: "
    "`quotations.LME.AL: 2400 USD/t`. The value `~` removes a field. A path must lead to something "
    "that exists, so a misspelt path is an error, in every scenario, chosen or not.\n"
    "\n"
    "```yaml\n"
    "overrides:\n"
    "  processes.smelt.takes.power: 13.5 MWh\n"
    "scenarios:\n"
    "  dear-power: {title: Power at 60, set: {markets.grid.price: 60 USD/MWh}}\n"
    "  hard-times: {with: dear-power, set: {markets.ingot.price: 2200 USD/t, markets.ingot.up to: "
    "~}}\n"
    "```\n"
    "\n"
    "Overrides apply first, then the scenarios that the chosen one is built `with`, then its own "
    "`set`, and finally the settings of the command line: `--set 'units.potline.online=80 %'`.\n"
    "\n"
    "**Values.** Numbers carry their unit: `1.92 t`. A field that requires a plain number takes "
    "`40 "
    "%` or `0.4`; a bare `0` fits everywhere. "
    "A number other than 0 must be from 1e-9 to 1e15 in t, MWh, m3, hours and money, and no amount "
    "may be above 1e12. "
    "Where a list is required, a single value may be written. `~` means not given.\n"
    "\n"
    "**Limits.** A file has at most 1 GiB, is nested at most 64 levels deep, and grows to at most "
    "2,000,000 values by its aliases; files include one another at most 64 deep. Names must be "
    "visible text, without control characters, characters that change the writing direction or "
    "characters without width.\n"
    "\n";

static void cell(FILE *out, const char *text) {
  for (; *text; text++) {
    if (*text == '|') fputc('\\', out);
    fputc(*text, out);
  }
}

static void row(FILE *out, const char *const *cells, int n) {
  for (int i = 0; i < n; i++) {
    fputs("| ", out);
    cell(out, cells[i]);
    fputc(' ', out);
  }
  fputs("|\n", out);
}

static void write_noun(FILE *out, const pl_noun *noun, pl_arena *a) {
  fprintf(out, "### %s\n\n", noun->section);
  fprintf(out, "`%s`: %s.", noun->section, noun->meaning);
  if (noun->shorthand)
    fprintf(out, " A plain value in the place of the fields is its `%s`.", noun->shorthand);
  fputs("\n\n| field | holds | unit | default | meaning |\n|---|---|---|---|---|\n", out);
  for (int i = 0; i < noun->n_fields; i++) {
    const pl_field *const f = &noun->field[i];
    const char *const cells[] = {pl_arena_printf(a, "`%s`", f->key), pl_field_holds(f, a),
                                 pl_field_unit(f), pl_field_default(f), f->help};
    row(out, cells, 5);
  }
  fputc('\n', out);
}

static void write_kinds(FILE *out, pl_arena *a) {
  fputs("## Kinds of value\n\n| kind | example | how it is written |\n|---|---|---|\n", out);
  for (int i = 0; i < pl_kind_count; i++) {
    const pl_kind_text *const k = &pl_kinds[i];
    const char *const cells[] = {k->words, pl_arena_printf(a, "`%s`", k->example), k->help};
    row(out, cells, 3);
  }
  fputs("\nIn the unit column, *quantity* is the unit of what the thing is about: a market's or a "
        "stock's material, a lane's first, the\n"
        "first product of a process, of a unit's first process or of a toll's, what an agreement "
        "delivers or sells. *Money* is the case's currency; "
        "a price in another one is converted by\nthe `exchange` quotation declared for it.\n\n",
        out);
}

static void write_lines(FILE *out, pl_arena *a) {
  static const char *const meaning[] = {
#define L(name, key, meaning) meaning,
#include "chain/line.def"
#undef L
  };
  fputs("## Account lines\n\nThe keys of `charges`, and the lines of every party's account.\n\n| "
        "line | what it holds |\n|---|---|\n",
        out);
  for (int i = 0; i < PL_LINES; i++) {
    const char *const cells[] = {pl_arena_printf(a, "`%s`", pl_line_key((pl_line)i)), meaning[i]};
    row(out, cells, 2);
  }
  fputc('\n', out);
}

static void write_units(FILE *out, pl_arena *a) {
  int n;
  const pl_unit_symbol *const u = pl_unit_symbols(&n);
  fputs("## Units\n\nAnd products and quotients of these: `USD/t`, `kt/year`, `USD/(t*km)`.\n\n| "
        "unit | meaning |\n|---|---|\n",
        out);
  for (int i = 0; i < n; i++) {
    const char *const cells[] = {pl_arena_printf(a, "`%s`", u[i].symbol), u[i].meaning};
    row(out, cells, 2);
  }
}

void pl_case_write_reference(FILE *out) {
  pl_arena *const a = pl_arena_new();
  fputs(opening, out);
  fputs("## Sections\n\n", out);
  write_noun(out, &pl_calendar_noun, a);
  for (int i = 0; i < pl_noun_count; i++) write_noun(out, &pl_nouns[i], a);
  write_kinds(out, a);
  write_lines(out, a);
  write_units(out, a);
  pl_arena_free(a);
}
