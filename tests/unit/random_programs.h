#ifndef RANDOM_PROGRAMS_H
#define RANDOM_PROGRAMS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "lp/lp.h"

/* Random programs with the structure of planning by the hour: every step a balance of buying,
 * selling, making, drawing and filling; stocks that lose a little; ramps; quotas of a day; now and
 * then rows over all time; on/off. From a seed, always the same. */
typedef enum {
  PLAIN,
  TIED,       /* few different prices: many optima, many degenerate corners */
  SCALED,     /* rows and columns by powers of ten up to 1e3 */
  COARSE,     /* rows over all time and columns of a day bind the steps */
  INFEASIBLE, /* in one step more is asked for than there can be */
  UNBOUNDED,  /* in one step money can be made without end */
  TINY,       /* one to four steps */
  KINDS
} kind_of_program;

typedef struct {
  kind_of_program kind;
  int steps, plants, stocks, day; /* day: steps of a quota */
  bool integers;
} shape_of_program;

enum { ROOM = 70000 };

typedef struct {
  pl_lp lp;
  uint64_t state;
  shape_of_program shape;
  int row_of[ROOM], col_of[ROOM]; /* of each entry, before they are sorted by columns */
  double entry[ROOM];
} maker;

static inline double draw(maker *m, double low, double high) { /* splitmix64 */
  uint64_t z = m->state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return low + (high - low) * ((double)((z ^ (z >> 31)) >> 11) * 0x1p-53);
}

static inline int draw_int(maker *m, int low, int high) {
  return low + (int)draw(m, 0, high - low + 0.999999);
}

static inline double price(maker *m, double low, double high) {
  double const p = draw(m, low, high);
  return m->shape.kind == TIED ? round(p / 10) * 10 : p;
}

static inline int add_col(maker *m, int step, double cost, double lower, double upper) {
  int const j = m->lp.n_cols++;
  m->lp.cost[j] = cost;
  m->lp.lower[j] = lower;
  m->lp.upper[j] = upper;
  m->lp.when[j] = (pl_interval){4 * step, 4 * step + 4};
  return j;
}

static inline int add_row(maker *m, double lower, double upper) {
  int const i = m->lp.n_rows++;
  m->lp.row_lower[i] = lower;
  m->lp.row_upper[i] = upper;
  return i;
}

static inline void put(maker *m, int i, int j, double a) {
  long const k = m->lp.n_entries++;
  m->row_of[k] = i;
  m->col_of[k] = j;
  m->entry[k] = a;
}

static inline void add_market(maker *m, const int *balance) {
  for (int t = 0; t < m->shape.steps; t++) {
    double const buy = price(m, 20, 90);
    put(m, balance[t], add_col(m, t, buy, 0, 60), 1);
    put(m, balance[t], add_col(m, t, -(buy - price(m, 1, 12)), 0, 40), -1);
  }
}

static inline void add_ramp(maker *m, int before, int now, double ramp) {
  int const i = add_row(m, -ramp, ramp);
  put(m, i, now, 1);
  put(m, i, before, -1);
}

/* least × on ≤ run ≤ most × on, and a start to pay for where it was off before. */
static inline void add_switch(maker *m, int t, int run, double most, int *on_before) {
  int const on = add_col(m, t, price(m, 0, 30), 0, 1),
            start = add_col(m, t, price(m, 50, 400), 0, 1);
  int const up = add_row(m, -INFINITY, 0), down = add_row(m, 0, INFINITY);
  m->lp.integer[on] = true;
  m->lp.n_integer++;
  put(m, up, run, 1);
  put(m, up, on, -most);
  put(m, down, run, 1);
  put(m, down, on, -0.4 * most);
  int const started = add_row(m, 0, INFINITY);
  put(m, started, start, 1);
  put(m, started, on, -1);
  if (*on_before >= 0) put(m, started, *on_before, 1);
  *on_before = on;
}

static inline void add_plant(maker *m, const int *balance) {
  double const most = draw_int(m, 10, 40), ramp = draw_int(m, 3, 30), fuel = price(m, 30, 70);
  int before = -1, on_before = -1;
  for (int t = 0; t < m->shape.steps; t++) {
    int const run = add_col(m, t, fuel, 0, most);
    put(m, balance[t], run, 1);
    if (m->shape.integers)
      add_switch(m, t, run, most, &on_before);
    else if (before >= 0)
      add_ramp(m, before, run, ramp);
    before = run;
  }
}

static inline void add_stock(maker *m, const int *balance) {
  double const size = draw_int(m, 5, 120), rate = draw_int(m, 3, 30), keeps = draw(m, 0.85, 1);
  double const stays = draw(m, 0, 1) < 0.7 ? 1 : draw(m, 0.97, 1);
  int before = -1;
  for (int t = 0; t < m->shape.steps; t++) {
    int const level = add_col(m, t, 0, 0, size), fill = add_col(m, t, 0, 0, rate),
              from = add_col(m, t, 0.01, 0, rate);
    double const initial = before < 0 ? size / 2 : 0;
    int const i = add_row(m, initial, initial);
    put(m, i, level, 1);
    put(m, i, fill, -keeps);
    put(m, i, from, 1);
    if (before >= 0) put(m, i, before, -stays);
    put(m, balance[t], fill, -1);
    put(m, balance[t], from, keeps);
    before = level;
  }
}

/* A load that may be moved within the day. */
static inline void add_load(maker *m, const int *balance) {
  double const most = draw_int(m, 8, 25), ramp = draw_int(m, 2, 20);
  int before = -1, quota = -1;
  for (int t = 0; t < m->shape.steps; t++) {
    int const load = add_col(m, t, 0, 0.5 * most, most);
    put(m, balance[t], load, -1);
    if (t % m->shape.day == 0) {
      int const n = t + m->shape.day <= m->shape.steps ? m->shape.day : m->shape.steps - t;
      double const wanted = draw(m, 0.6, 0.9) * most * n;
      quota = add_row(m, wanted, draw(m, 0, 1) < 0.5 ? wanted : (double)INFINITY);
    }
    put(m, quota, load, 1);
    if (before >= 0) add_ramp(m, before, load, ramp);
    before = load;
  }
}

/* What is bought of all in all, and the highest of each day to pay for. */
static inline void add_coarse(maker *m, int first_buy) {
  int const steps = m->shape.steps, year = add_row(m, -INFINITY, draw(m, 15, 30) * steps);
  int const soft = add_col(m, 0, 500, 0, INFINITY);
  put(m, year, soft, -1);
  int peak = -1;
  for (int t = 0; t < steps; t++) {
    int const buy = first_buy + 2 * t;
    if (t % m->shape.day == 0) peak = add_col(m, t, 40, 0, INFINITY);
    int const i = add_row(m, -INFINITY, 0);
    put(m, i, buy, 1);
    put(m, i, peak, -1);
    put(m, year, buy, 1);
  }
}

static inline void spoil(maker *m, const int *balance, int first_buy) {
  int const t = draw_int(m, 0, m->shape.steps - 1);
  if (m->shape.kind == INFEASIBLE) m->lp.row_lower[balance[t]] = m->lp.row_upper[balance[t]] = 1e5;
  if (m->shape.kind != UNBOUNDED) return;
  m->lp.upper[first_buy + 2 * t] = m->lp.upper[first_buy + 2 * t + 1] = INFINITY;
  m->lp.cost[first_buy + 2 * t + 1] = -m->lp.cost[first_buy + 2 * t] - 1;
}

/* Rows and columns of other sizes: the same program in other units. */
static inline void rescale(maker *m, pl_arena *a) {
  pl_lp *lp = &m->lp;
  double *of_row = PL_NEW_ARRAY(a, double, (size_t)lp->n_rows),
         *of_col = PL_NEW_ARRAY(a, double, (size_t)lp->n_cols);
  for (int i = 0; i < lp->n_rows; i++) of_row[i] = pow(10, draw_int(m, -2, 3));
  for (int j = 0; j < lp->n_cols; j++)
    of_col[j] = lp->integer && lp->integer[j] ? 1 : pow(10, draw_int(m, -2, 2));
  for (int i = 0; i < lp->n_rows; i++) lp->row_lower[i] *= of_row[i], lp->row_upper[i] *= of_row[i];
  for (int j = 0; j < lp->n_cols; j++)
    lp->cost[j] *= of_col[j], lp->lower[j] /= of_col[j], lp->upper[j] /= of_col[j];
  for (long k = 0; k < lp->n_entries; k++)
    m->entry[k] *= of_row[m->row_of[k]] * of_col[m->col_of[k]];
}

static inline void sort_entries(maker *m, pl_arena *a) {
  pl_lp *lp = &m->lp;
  int *place = PL_NEW_ARRAY(a, int, (size_t)lp->n_cols + 2);
  for (long k = 0; k < lp->n_entries; k++) place[m->col_of[k] + 1]++;
  for (int j = 0; j < lp->n_cols; j++) place[j + 1] += place[j];
  memcpy(lp->start, place, ((size_t)lp->n_cols + 1) * sizeof(int));
  for (long k = 0; k < lp->n_entries; k++) {
    int const to = place[m->col_of[k]]++;
    lp->index[to] = m->row_of[k];
    lp->value[to] = m->entry[k];
  }
}

static inline maker *new_maker(shape_of_program shape, uint64_t seed, pl_arena *a) {
  maker *m = PL_NEW(a, maker);
  m->state = seed;
  m->shape = shape;
  m->lp = (pl_lp){.cost = PL_NEW_ARRAY(a, double, ROOM),
                  .lower = PL_NEW_ARRAY(a, double, ROOM),
                  .upper = PL_NEW_ARRAY(a, double, ROOM),
                  .row_lower = PL_NEW_ARRAY(a, double, ROOM),
                  .row_upper = PL_NEW_ARRAY(a, double, ROOM),
                  .start = PL_NEW_ARRAY(a, int, ROOM),
                  .index = PL_NEW_ARRAY(a, int, ROOM),
                  .value = PL_NEW_ARRAY(a, double, ROOM),
                  .integer = PL_NEW_ARRAY(a, bool, ROOM),
                  .when = PL_NEW_ARRAY(a, pl_interval, ROOM)};
  return m;
}

static inline pl_lp *random_program(shape_of_program shape, uint64_t seed, pl_arena *a) {
  maker *m = new_maker(shape, seed, a);
  int *balance = PL_NEW_ARRAY(a, int, (size_t)shape.steps);
  for (int t = 0; t < shape.steps; t++) {
    double const demand = price(m, 5, 40);
    balance[t] = add_row(m, demand, demand);
  }
  int const first_buy = m->lp.n_cols;
  add_market(m, balance);
  for (int k = 0; k < shape.plants; k++) add_plant(m, balance);
  for (int k = 0; k < shape.stocks; k++) add_stock(m, balance);
  add_load(m, balance);
  if (shape.kind == COARSE) add_coarse(m, first_buy);
  spoil(m, balance, first_buy);
  if (shape.kind == SCALED) rescale(m, a);
  if (m->lp.n_integer == 0) m->lp.integer = NULL;
  sort_entries(m, a);
  return &m->lp;
}

/* The shape that a seed draws for a kind. */
static inline shape_of_program random_shape(kind_of_program kind, uint64_t seed, bool integers) {
  maker m = {.state = seed * 7919};
  shape_of_program s = {.kind = kind, .integers = integers};
  s.steps = kind == TINY ? draw_int(&m, 1, 4) : draw_int(&m, 20, integers ? 80 : 150);
  s.plants = draw_int(&m, 1, integers ? 2 : 3);
  s.stocks = draw_int(&m, 0, 2);
  s.day = draw_int(&m, 3, 12);
  return s;
}

#endif
