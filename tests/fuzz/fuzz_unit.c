/* Any bytes as a unit, a number, a date and a duration: the small languages of a value. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check_unit(const char *text, size_t size) {
  pl_arena *arena = pl_arena_new();
  pl_diag *diag = pl_diag_new();
  pl_measure m, again;
  size_t used;
  bool const ok = pl_measure_parse(text, size, &m, &used);
  require(ok == (used > 0) && used <= size);
  if (ok) {
    double const hours = pl_measure_over_time(&m, 0, 1);
    require(m.factor > 0 && isfinite(m.factor) && hours > 0);
    pl_dim const dim = pl_measure_dim(&m);
    const char *words = pl_dim_text(dim, arena);
    if (pl_measure_parse(words, strlen(words), &again, &used) && used == strlen(words))
      require(pl_dim_equal(again.dim, dim));
  }
  pl_place const at = {"fuzz", 1, 1, (int)size};
  pl_status const s = pl_measure_read((pl_span){text, size}, at, &m, diag);
  require((s == PL_OK) == (pl_diag_count(diag, PL_ERROR) == 0));
  if (s != PL_OK) {
    pl_place const said = pl_diag_at(diag, 0)->place;
    require(said.column >= 1 && (size_t)(said.column + said.length) <= size + 1);
  }
  pl_diag_free(diag);
  pl_arena_free(arena);
}

static void check_number(const char *text, size_t size) {
  double x = 0, back = 0;
  size_t const used = pl_number_parse(text, size, &x);
  require(used <= size && isfinite(x));
  char buf[48];
  size_t const n = pl_number_format(x, buf, sizeof buf);
  require(pl_number_parse(buf, n, &back) == n && back == x);
  require(strtod(buf, NULL) == x);
  require(pl_number_pretty(x, (int)(size % 16), buf, sizeof buf) == strlen(buf));
}

static void check_time(const char *text, size_t size) {
  pl_time t, back;
  pl_step step, same;
  char buf[32];
  if (pl_time_parse(text, size, &t, &step)) {
    size_t const n = pl_time_format(t, step, buf, sizeof buf);
    require(pl_time_parse(buf, n, &back, &same) && back == t && same == step);
  }
  pl_duration d;
  if (pl_duration_parse(text, size, &d)) {
    require(d.months >= 0 && d.minutes >= 0);
    require(pl_time_after(0, d) >= 0 && pl_duration_days(d) >= 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  check_unit(text, size);
  check_number(text, size);
  check_time(text, size);
  return 0;
}
