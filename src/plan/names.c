/* Columns and rows in the case's words, made when somebody asks: names, units, and the numbers that
 * bound them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plan/program.h"

typedef enum {
  THING_SITE,
  THING_UNIT,
  THING_STOCK,
  THING_LANE,
  THING_MARKET,
  THING_AGREEMENT,
  THING_OUTAGE,
  THING_LIMIT
} thing_kind;

static const char *const column_words[] = {
#define C(name, word, thing, part, unit) word,
#include "plan/column.def"
#undef C
};
static const thing_kind column_things[] = {
#define C(name, word, thing, part, unit) THING_##thing,
#include "plan/column.def"
#undef C
};
static const char *const row_words[] = {
#define R(name, word, thing, part, formula) word,
#include "plan/row.def"
#undef R
};
static const thing_kind row_things[] = {
#define R(name, word, thing, part, formula) THING_##thing,
#include "plan/row.def"
#undef R
};

static const char *thing_section(thing_kind k) {
  static const char *const sections[] = {"sites",   "units",      "stocks",  "lanes",
                                         "markets", "agreements", "outages", "limits"};
  return sections[k];
}

static const char *thing_name(const pl_case *c, thing_kind k, int i) {
  switch (k) {
  case THING_SITE: return c->sites[i].name;
  case THING_UNIT: return c->units[i].name;
  case THING_STOCK: return c->stocks[i].name;
  case THING_LANE: return c->lanes[i].name;
  case THING_MARKET: return c->markets[i].name;
  case THING_AGREEMENT: return c->agreements[i].name;
  case THING_OUTAGE: return c->outages[i].name;
  case THING_LIMIT: return c->limits[i].name;
  }
  return "";
}

static thing_kind kind_of(const pl_block *b, bool is_row) {
  return is_row ? row_things[b->kind] : column_things[b->kind];
}

const char *pl_block_thing(const pl_program *p, const pl_block *b, bool is_row, pl_arena *a) {
  thing_kind const k = kind_of(b, is_row);
  return pl_arena_printf(a, "%s.%s", thing_section(k), thing_name(p->c, k, b->thing));
}

const char *pl_block_slice(const pl_block *b, int v, char *buf, size_t size) {
  if (b->grid->n == 1) { /* one slice for everything */
    (void)snprintf(buf, size, "all the time");
    return buf;
  }
  (void)pl_time_format(b->grid->start[v], b->grid->step, buf, size);
  return buf;
}

static const pl_process *process_of(const pl_program *p, const pl_block *b) {
  return &p->c->processes[p->c->units[b->thing].runs.index[b->part]];
}

static const char *agreement_detail(const pl_program *p, const pl_block *b, pl_arena *a) {
  const pl_case *c = p->c;
  const pl_agreement *g = &c->agreements[b->thing];
  char year[32];
  switch (b->kind) {
  case PL_COLUMN_DELIVER:
    return pl_arena_printf(a, ": %s from %s to %s", c->materials[g->material].name,
                           c->parties[g->seller].name, c->parties[g->buyer].name);
  case PL_COLUMN_TOLL:
    return pl_arena_printf(a, ": %s for %s", c->processes[g->runs.index[b->part]].name,
                           c->parties[g->owner].name);
  case PL_COLUMN_SHARED_RUN:
    return pl_arena_printf(a, ": %s", c->processes[c->units[g->unit].runs.index[b->part]].name);
  case PL_COLUMN_SELL_FOR:
    return pl_arena_printf(a, ": %s for %s", c->markets[g->markets.index[b->part]].name,
                           c->parties[g->principal].name);
  default:
    (void)pl_time_format(b->grid->start[b->part], PL_YEAR, year, sizeof year);
    return pl_arena_printf(a, " of %s", year);
  }
}

/* Of a slice that several others may come before, which of them; of starts, after how long. */
static const char *past_detail(const pl_block *b, pl_arena *a) {
  return b->part > 0 ? pl_arena_printf(a, " (%d)", b->part + 1) : "";
}

/* ": alumina of alro", ": prebake", or nothing. */
static const char *column_detail(const pl_program *p, const pl_block *b, pl_arena *a) {
  const pl_case *c = p->c;
  switch (b->kind) {
  case PL_COLUMN_RUN: return pl_arena_printf(a, ": %s", process_of(p, b)->name);
  case PL_COLUMN_FEED:
    return pl_arena_printf(a, ": %s into %s",
                           c->materials[process_of(p, b)->blends.index[b->extra]].name,
                           process_of(p, b)->name);
  case PL_COLUMN_START:
  case PL_COLUMN_STOP:
  case PL_COLUMN_START_OF:
  case PL_COLUMN_SEGMENT:
  case PL_COLUMN_SEGMENT_FULL: return past_detail(b, a);
  case PL_COLUMN_RESERVE:
  case PL_COLUMN_STOCK_RESERVE:
  case PL_COLUMN_LANE_PEAK:
  case PL_COLUMN_SHIP:
    return pl_arena_printf(a, ": %s of %s", c->materials[b->part].name, c->parties[b->party].name);
  case PL_COLUMN_MARKET_PEAK: return pl_arena_printf(a, " of %s", c->parties[b->party].name);
  case PL_COLUMN_TRADE: {
    const pl_market *m = &c->markets[b->thing];
    const char *tier = m->tiers.n > 0 ? pl_arena_printf(a, ", tier %d", b->part + 1) : "";
    return pl_arena_printf(a, ": %s by %s%s", c->materials[pl_market_material(m)].name,
                           c->parties[b->party].name, tier);
  }
  case PL_COLUMN_DELIVER:
  case PL_COLUMN_TOLL:
  case PL_COLUMN_SHARED_RUN:
  case PL_COLUMN_SELL_FOR:
  case PL_COLUMN_MAKE_UP:
  case PL_COLUMN_CARRIED: return agreement_detail(p, b, a);
  default: return "";
  }
}

static bool is_peak_row(const pl_block *b) {
  return b->kind == PL_ROW_LANE_PEAK || b->kind == PL_ROW_MARKET_PEAK ||
         b->kind == PL_ROW_AGREED_PEAK;
}

static const char *row_detail(const pl_program *p, const pl_block *b, pl_arena *a) {
  const pl_case *c = p->c;
  if (b->kind == PL_ROW_BALANCE || b->kind == PL_ROW_UNDER_WAY)
    return pl_arena_printf(a, ": %s of %s", c->materials[b->part].name, c->parties[b->party].name);
  if (b->kind == PL_ROW_RAMP || (b->kind >= PL_ROW_RAMP_UP && b->kind <= PL_ROW_WARM) ||
      b->kind == PL_ROW_LOW_END || b->kind == PL_ROW_SEGMENT_MOST ||
      b->kind == PL_ROW_SEGMENT_LEAST)
    return past_detail(b, a);
  if (is_peak_row(b)) /* of the months that the slice meets, which of them */
    return b->extra > 0 ? pl_arena_printf(a, " (%d)", b->extra + 1) : "";
  if (b->kind == PL_ROW_BLEND) return pl_arena_printf(a, ": %s", process_of(p, b)->name);
  if (b->kind == PL_ROW_CONTENT)
    return pl_arena_printf(a, ": %s in %s", process_of(p, b)->within.element[b->extra / 2],
                           process_of(p, b)->name);
  return "";
}

static const char *name_of(const pl_program *p, const pl_block *b, bool is_row, int i,
                           pl_arena *a) {
  char slice[40];
  return pl_arena_printf(a, "%s %s%s, %s", (is_row ? row_words : column_words)[b->kind],
                         thing_name(p->c, kind_of(b, is_row), b->thing),
                         is_row ? row_detail(p, b, a) : column_detail(p, b, a),
                         pl_block_slice(b, i - b->first, slice, sizeof slice));
}

const char *pl_program_column_name(const pl_program *p, int column, pl_arena *a) {
  return name_of(p, pl_program_column_block(p, column), false, column, a);
}

const char *pl_program_row_name(const pl_program *p, int row, pl_arena *a) {
  return name_of(p, pl_program_row_block(p, row), true, row, a);
}

static pl_dim material_dim(const pl_program *p, int material) {
  return pl_material_dim(p->c, material);
}

static pl_dim unit_dim(const pl_program *p, const pl_block *b, bool capacity) {
  const pl_unit *u = &p->c->units[b->thing];
  if (capacity && u->capacity) {
    pl_dim const d = pl_formula_dim(u->capacity);
    return pl_dim_times(d, pl_dim_of(PL_DIM_TIME));
  }
  if (u->runs.n == 0) return (pl_dim){{0}};
  return material_dim(p, pl_process_product(&p->c->processes[u->runs.index[0]]));
}

static pl_dim limit_dim(const pl_program *p, const pl_block *b) {
  const pl_limit *l = &p->c->limits[b->thing];
  const pl_bounds *some = l->up_to.n ? &l->up_to : l->at_least.n ? &l->at_least : &l->exactly;
  if (some->n == 0 || l->counts.n > 0) return (pl_dim){{0}};
  pl_dim const d = pl_formula_dim(some->formula[0]);
  return some->per[0] >= 0 ? pl_dim_times(d, pl_dim_of(PL_DIM_TIME)) : d;
}

/* A load is an amount an hour. */
static pl_dim load_dim(const pl_program *p, const pl_block *b, bool is_row) {
  thing_kind const k = kind_of(b, is_row);
  int const material = k == THING_LANE ? b->part
                       : k == THING_MARKET
                           ? pl_market_material(&p->c->markets[b->thing])
                           : pl_agreement_material(p->c, &p->c->agreements[b->thing]);
  return pl_dim_over(material_dim(p, material), pl_dim_of(PL_DIM_TIME));
}

static pl_dim column_dim(const pl_program *p, const pl_block *b) {
  const pl_case *c = p->c;
  switch (b->kind) {
  case PL_COLUMN_RUN: return material_dim(p, pl_process_product(process_of(p, b)));
  case PL_COLUMN_FEED: return material_dim(p, process_of(p, b)->blends.index[b->extra]);
  case PL_COLUMN_RESERVE:
  case PL_COLUMN_STOCK_RESERVE:
  case PL_COLUMN_SHIP: return material_dim(p, b->part);
  case PL_COLUMN_LANE_PEAK:
  case PL_COLUMN_MARKET_PEAK:
  case PL_COLUMN_PEAK: return load_dim(p, b, false);
  case PL_COLUMN_TRADE:
  case PL_COLUMN_SHORT: return material_dim(p, pl_market_material(&c->markets[b->thing]));
  case PL_COLUMN_HELD:
  case PL_COLUMN_DAY_BEGIN:
  case PL_COLUMN_MOST_ABOVE:
  case PL_COLUMN_MOST_BELOW:
  case PL_COLUMN_LEVEL:
  case PL_COLUMN_FILL:
  case PL_COLUMN_DRAW: return material_dim(p, c->stocks[b->thing].keeps);
  case PL_COLUMN_SEGMENT:
  case PL_COLUMN_EXTRA: return unit_dim(p, b, true);
  case PL_COLUMN_OVER:
  case PL_COLUMN_UNDER: return limit_dim(p, b);
  case PL_COLUMN_ON:
  case PL_COLUMN_START:
  case PL_COLUMN_STOP:
  case PL_COLUMN_START_OF:
  case PL_COLUMN_SEGMENT_FULL:
  case PL_COLUMN_LOW:
  case PL_COLUMN_LOW_END:
  case PL_COLUMN_BEGIN:
  case PL_COLUMN_LANE_USED:
  case PL_COLUMN_MARKET_USED:
  case PL_COLUMN_IN_FORCE:
  case PL_COLUMN_LOTS:
  case PL_COLUMN_CHOICE: return (pl_dim){{0}};
  default: return material_dim(p, pl_agreement_material(c, &c->agreements[b->thing]));
  }
}

static pl_dim row_dim(const pl_program *p, const pl_block *b) {
  const pl_case *c = p->c;
  if (is_peak_row(b)) return load_dim(p, b, true);
  if (b->kind == PL_ROW_UNDER_WAY) return material_dim(p, b->part);
  switch (row_things[b->kind]) {
  case THING_SITE: return material_dim(p, b->part);
  case THING_STOCK: return material_dim(p, c->stocks[b->thing].keeps);
  case THING_LANE: return material_dim(p, c->lanes[b->thing].moves.index[0]);
  case THING_MARKET: return material_dim(p, pl_market_material(&c->markets[b->thing]));
  case THING_AGREEMENT:
    if (b->kind == PL_ROW_AGREED_MONEY) return pl_dim_of((pl_dim_name)c->currency);
    return material_dim(p, pl_agreement_material(c, &c->agreements[b->thing]));
  case THING_OUTAGE: break;
  case THING_LIMIT: return limit_dim(p, b);
  case THING_UNIT:
    if (b->kind == PL_ROW_LOW_HOURS) return pl_dim_of(PL_DIM_TIME);
    if (b->kind == PL_ROW_STARTED || b->kind == PL_ROW_UP || b->kind == PL_ROW_DOWN ||
        b->kind == PL_ROW_CLASSED || b->kind == PL_ROW_WARM || b->kind == PL_ROW_LOW_END ||
        b->kind == PL_ROW_RECOVERY || b->kind == PL_ROW_LONGEST || b->kind == PL_ROW_OUT)
      return (pl_dim){{0}};
    return unit_dim(
        p, b, b->kind != PL_ROW_UNIT_BOUND && b->kind != PL_ROW_BLEND && b->kind != PL_ROW_CONTENT);
  }
  return (pl_dim){{0}};
}

const char *pl_block_unit(const pl_program *p, const pl_block *b, bool is_row, pl_arena *a) {
  return pl_dim_text(is_row ? row_dim(p, b) : column_dim(p, b), a);
}

/* The first of the sources of (is_row, block). They are sorted so. */
static int first_source(const pl_program *p, bool is_row, int block) {
  int low = 0, high = p->n_sources;
  while (low < high) {
    int const middle = (low + high) / 2;
    const pl_source_of_bound *s = &p->sources[middle];
    if (s->is_row < is_row || (s->is_row == is_row && s->block < block))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

const pl_source_of_bound *pl_program_source(const pl_program *p, const pl_block *b, bool is_row,
                                            bool upper, int v) {
  const pl_source_of_bound *best = NULL;
  int const block = (int)(b - (is_row ? p->rows : p->columns));
  for (int i = first_source(p, is_row, block); i < p->n_sources; i++) {
    const pl_source_of_bound *s = &p->sources[i];
    if (s->is_row != is_row || s->block != block) break;
    if (s->upper != upper) continue;
    if (!best || (upper ? s->amount[v] < best->amount[v] : s->amount[v] > best->amount[v]))
      best = s;
  }
  return best;
}

static pl_place place_of(const pl_program *p, const pl_block *b, int v, bool is_row, bool upper,
                         const char **words) {
  const pl_source_of_bound *best = pl_program_source(p, b, is_row, upper, v);
  *words = best ? best->words : "";
  return best ? best->place : PL_NOWHERE;
}

pl_place pl_program_column_place(const pl_program *p, int column, bool upper, const char **words,
                                 pl_arena *a) {
  (void)a;
  const pl_block *b = pl_program_column_block(p, column);
  return place_of(p, b, column - b->first, false, upper, words);
}

/* A blend's limit of composition is a coefficient, not a bound, but it has its place too. */
pl_place pl_program_row_place(const pl_program *p, int row, bool upper, const char **words,
                              pl_arena *a) {
  const pl_block *b = pl_program_row_block(p, row);
  if (b->kind == PL_ROW_CONTENT) {
    const pl_process *q = process_of(p, b);
    *words = pl_arena_printf(a, "within %s", q->within.element[b->extra / 2]);
    return (b->extra % 2 == 1) == upper ? q->within.place[b->extra / 2] : PL_NOWHERE;
  }
  return place_of(p, b, row - b->first, true, upper, words);
}
