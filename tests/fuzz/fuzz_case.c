/* Any text as a case: read to the end or complained about, never anything else; what complaints
 * name is in the file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "case/case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static const char prices[] = "date,LME.AL [USD/t]\n2026-01,2400\n2026-02,2450\n2026-03,2500\n";
static const char table[] = "name,site,buys,price [USD/t]\nt1,works,ingot,2400\n";

static void check_messages(const pl_diag *diag, const pl_files *files) {
  for (int i = 0; i < pl_diag_size(diag); i++) {
    const pl_message *const m = pl_diag_at(diag, i);
    require(m->text != NULL);
    if (m->place.line == 0) continue;
    require(m->place.column >= 1 && m->place.length >= 0 && m->place.file);
    require(pl_files_find(files, m->place.file) || !strncmp(m->place.file, "--", 2));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const settings[] = {"units.potline.online=50 %"};
  pl_case_options const options = {.scenario = "s", .set = settings, .n_set = size % 2 != 0};
  pl_files *const files = pl_files_new(NULL, 0);
  pl_diag *const diag = pl_diag_new();
  pl_case *c = NULL;
  pl_files_prime(files, "case.yaml", (const char *)data, size);
  pl_files_prime(files, "prices.csv", prices, sizeof prices - 1);
  pl_files_prime(files, "table.csv", table, sizeof table - 1);
  pl_status const status =
      pl_case_read("case.yaml", files, size % 3 == 0 ? &options : NULL, &c, diag);
  require((status == PL_OK) == (pl_diag_count(diag, PL_ERROR) == 0));
  require((status == PL_OK) == (c != NULL));
  check_messages(diag, files);
  pl_case_free(c);
  pl_diag_free(diag);
  pl_files_free(files);
  return 0;
}
