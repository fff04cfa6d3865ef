/* potline new: a small case to start from. Never changes anything that exists. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/case_options.h"
#include "cli/result_json.h"
#include "cli/say.h"

static const char template_head[] =
    "# A case of potline: one smelter that buys alumina, anodes and power and sells ingot.\n"
    "# Look at it:   potline check .     potline plan .     potline fields unit\n"
    "case:\n";

static const char template_body[] =
    "  from: 2026-01\n"
    "  to: 2026-12          # this month included\n"
    "  step: month\n"
    "  currency: USD\n"
    "  discount: 9 %\n"
    "\n"
    "parties:\n"
    "  smelter-company: {}\n"
    "\n"
    "sites:\n"
    "  smelter: {party: smelter-company}\n"
    "  port: {party: smelter-company}\n"
    "\n"
    "materials:             # name: unit\n"
    "  alumina: t\n"
    "  anode: t\n"
    "  power: MWh\n"
    "  ingot: t\n"
    "\n"
    "processes:             # recipes: what they make and take\n"
    "  smelting:\n"
    "    makes: {ingot: 1 t}\n"
    "    takes: {alumina: 1.92 t, anode: 0.54 t, power: 14.5 MWh}\n"
    "    cost: 250 USD/t\n"
    "\n"
    "units:                 # what is installed, where, and how much of it\n"
    "  potline-1: {site: smelter, runs: smelting, capacity: 100 kt/year}\n"
    "\n"
    "stocks:\n"
    "  alumina-silo: {site: smelter, keeps: alumina, capacity: 30 kt, initial: 10 kt}\n"
    "\n"
    "lanes:\n"
    "  port-to-smelter: {from: port, to: smelter, moves: alumina, cost: 12 USD/t, capacity: 20 "
    "kt/month}\n"
    "\n"
    "quotations:            # prices; they may also come from a CSV file\n"
    "  LME.AL: {values: {2026-01: 2500 USD/t, 2026-07: 2600 USD/t}, beyond: hold}\n"
    "  ALUMINA: {formula: 16 % * LME.AL}\n"
    "\n"
    "markets:\n"
    "  alumina-market: {site: port, sells: alumina, price: ALUMINA}\n"
    "  anode-maker: {site: smelter, sells: anode, price: 650 USD/t}\n"
    "  grid: {site: smelter, sells: power, price: 45 USD/MWh}\n"
    "  ingot-buyers: {site: smelter, buys: ingot, price: LME.AL + 250 USD/t, up to: 9 kt/month}\n"
    "\n"
    "scenarios:             # potline plan . --scenario low-price\n"
    "  low-price:\n"
    "    title: aluminium at 2000 USD/t\n"
    "    set: {quotations.LME.AL.values: {2026-01: 2000 USD/t}}\n";

static pl_status fail_folder(const pl_call *call, const char *folder, int error) {
  char words[128];
  const char *safe = pl_text_safe(call->arena, folder, strlen(folder));
  if (error == EEXIST) {
    (void)pl_fail(call->diag, PL_USAGE, PL_NOWHERE, "'%s' already exists; nothing was changed",
                  safe);
    pl_hint(call->diag, "choose another name");
    return PL_USAGE;
  }
  if (strerror_r(error, words, sizeof words) != 0) words[0] = '\0';
  return pl_fail(call->diag, PL_IO, PL_NOWHERE, "cannot create the folder '%s': %s", safe, words);
}

/* The name as a YAML text in quotes. */
static const char *quoted(const pl_call *call, const char *folder) {
  pl_string out;
  const char *name = pl_case_file_name(folder, NULL, call->arena);
  pl_string_init(&out, call->arena);
  pl_string_add(&out, "'", 1);
  for (const char *c = pl_text_safe(call->arena, name, strlen(name)); *c; c++)
    pl_string_add(&out, *c == '\'' ? "''" : c, *c == '\'' ? 2 : 1);
  pl_string_add(&out, "'", 1);
  return out.text;
}

static pl_status write_case(const pl_call *call, const char *folder, const char *path) {
  pl_file_new *file = NULL;
  PL_TRY(pl_file_new_open(path, &file, call->diag));
  (void)fprintf(pl_file_new_stream(file), "%s  title: %s\n%s", template_head, quoted(call, folder),
                template_body);
  return pl_file_new_commit(file, call->diag);
}

pl_status pl_cmd_new(pl_call *call) {
  const char *folder = call->args[0];
  if (mkdir(folder, 0777) != 0) return fail_folder(call, folder, errno);
  const char *path = pl_arena_printf(call->arena, "%s/case.yaml", folder);
  pl_status const s = write_case(call, folder, path);
  if (s != PL_OK) {
    (void)rmdir(folder); /* leave nothing behind */
    return s;
  }
  if (call->json)
    pl_write_text(call->json, "case", path);
  else
    pl_say("written: %s\nnext: potline plan %s\n", path, pl_text_shell(call->arena, folder));
  return PL_OK;
}
