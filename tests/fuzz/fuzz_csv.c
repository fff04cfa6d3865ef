/* Any bytes as a CSV table, and as a section of a case. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/csv.h"
#include "text/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

/* Every cell that is a part of the source stands where its place says, unless quotes stand before
 * it. */
static void check_cells(const pl_csv *t) {
  int const rows = t->n_rows < 20 ? t->n_rows : 20, cols = t->n_cols < 20 ? t->n_cols : 20;
  for (int row = -1; row < rows; row++)
    for (int col = 0; col < cols; col++) {
      pl_place const at = pl_csv_place(t, row, col);
      pl_span const cell = row < 0 ? t->head[col] : t->cell[row * t->n_cols + col];
      size_t length;
      const char *line = pl_source_line(t->source, at.line, &length);
      require((size_t)at.column - 1 + (size_t)at.length <=
              (size_t)(t->source->text + t->source->length - line));
      const char *stands = line + at.column - 1;
      if (*stands != '"')
        require(cell.length == (size_t)at.length && memcmp(stands, cell.at, cell.length) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_arena *arena = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  const pl_source *source = NULL;
  pl_files_prime(files, "fuzz.csv", (const char *)data, size);
  require(pl_files_open(files, "fuzz.csv", NULL, PL_NOWHERE, &source, diag) == PL_OK);
  pl_csv table;
  pl_node *section = NULL;
  pl_status const s = pl_csv_read(source, arena, &table, diag);
  require((s == PL_OK) == (pl_diag_count(diag, PL_ERROR) == 0));
  check_cells(&table);
  (void)pl_csv_to_node(&table, arena, &section, diag);
  require(section && section->n <= table.n_rows);
  for (int i = 0; i < pl_diag_size(diag) && i < 20; i++) {
    pl_string shown;
    pl_string_init(&shown, arena);
    pl_message_show(pl_diag_at(diag, i), files, &shown);
    require(pl_utf8_valid(shown.text, shown.length) == shown.length);
  }
  pl_diag_free(diag);
  pl_arena_free(arena);
  pl_files_free(files);
  return 0;
}
