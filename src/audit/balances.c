/* Independent check of goods: every material at every place of every owner, added up from recipes,
 * lanes, markets, stocks and agreements. How much of which goods each kind of column moves is
 * written out here again on purpose; only whether it moves any is read from column.def. */
#include <assert.h>
#include <math.h>

#include "audit/walk.h"

static const double limit = 1e-6;

typedef struct {
  pl_audit_walk *w;
  double *sum;   /* [n_rows] remainder of each balance */
  double *gross; /* all flows in and out, without their signs */
} books;

static const pl_block *book_of(books *k, const pl_block *block, int site, int material, int party) {
  pl_audit_walk *w = k->w;
  const pl_block *book = pl_program_balance(w->p, site, material, party);
  if (book || w->c->materials[material].emission) return book;
  const double *x = pl_audit_amounts(w, block);
  double moved = 0;
  for (int v = 0; v < block->count; v++) moved += fabs(x[v]);
  if (moved > limit && pl_audit_may_complain(w))
    (void)pl_fail(w->diag, PL_AUDIT, w->c->sites[site].place,
                  "%.9g of %s at %s is moved by %s but enters no balance", moved,
                  w->c->materials[material].name, w->c->sites[site].name,
                  pl_block_thing(w->p, block, false, w->scratch));
  return NULL;
}

static void post(books *k, const pl_block *book, int r, double x) {
  k->sum[book->first + r] += x;
  k->gross[book->first + r] += fabs(x);
}

static void post_over(books *k, const pl_block *book, pl_time from, pl_time to, double x) {
  for (pl_share s = pl_share_first(book->grid, from, to); s.ok; pl_share_next(book->grid, &s))
    post(k, book, s.r, x * s.share);
}

static void post_slice(books *k, const pl_block *book, const pl_block *block, int v, double x) {
  for (pl_share s = pl_share_slice(book->grid, block->grid, v); s.ok; pl_share_next(book->grid, &s))
    post(k, book, s.r, x * s.share);
}

/* Adds factor × every amount of the block to a balance. */
static void put_of(books *k, const pl_block *block, int site, int material, int party,
                   double factor) {
  const pl_block *book = book_of(k, block, site, material, party);
  const double *x = pl_audit_amounts(k->w, block);
  for (int v = 0; book && v < block->count; v++) {
    if (x[v] == 0) continue;
    if (book->grid == block->grid)
      post(k, book, v, factor * x[v]);
    else
      post_slice(k, book, block, v, factor * x[v]);
  }
}

static void put(books *k, const pl_block *block, int site, int material, double factor) {
  put_of(k, block, site, material, block->party, factor);
}

static void put_run(books *k, const pl_block *block) {
  const pl_unit *u = &k->w->c->units[block->thing];
  const pl_process *process = &k->w->c->processes[u->runs.index[block->part]];
  double const per = 1 / process->makes.amount[0];
  for (int i = 0; i < process->makes.n; i++)
    put(k, block, u->site, process->makes.material[i], process->makes.amount[i] * per);
  for (int i = 0; i < process->takes.n; i++)
    put(k, block, u->site, process->takes.material[i], -process->takes.amount[i] * per);
}

static void put_start(books *k, const pl_block *block) {
  const pl_unit *u = &k->w->c->units[block->thing];
  for (int i = 0; i < u->start_takes.n; i++)
    put(k, block, u->site, u->start_takes.material[i], -u->start_takes.amount[i]);
}

/* What a unit uses beyond its recipe is of the recipe's inputs. */
static void put_extra(books *k, const pl_block *block) {
  const pl_case *c = k->w->c;
  bool const shared = pl_block_agreement(block, false) >= 0;
  const pl_agreement *agreement = shared ? &c->agreements[block->thing] : NULL;
  const pl_unit *u = &c->units[pl_block_plant(c, block)];
  const pl_process *process = &c->processes[u->runs.index[0]];
  double const per = 1 / (process->makes.amount[0] * u->runs.factor[0]);
  for (int i = 0; i < process->takes.n; i++) {
    if (!shared)
      put(k, block, u->site, process->takes.material[i], -process->takes.amount[i] * per);
    for (int s = 0; shared && s < agreement->shares.n; s++)
      put_of(k, block, u->site, process->takes.material[i], agreement->shares.index[s],
             -process->takes.amount[i] * per * agreement->shares.factor[s]);
  }
}

static void put_feed(books *k, const pl_block *block) {
  const pl_unit *u = &k->w->c->units[block->thing];
  const pl_process *process = &k->w->c->processes[u->runs.index[block->part]];
  put(k, block, u->site, process->blends.index[block->extra], -1);
}

/* With `transit: rounded`, the part of a consignment that arrives in its first or last slice is
 * moved to the neighbouring slice if it is a day or less and at most a fifth of the whole. */
static void post_rounded(books *k, const pl_block *book, pl_time from, pl_time to, double x) {
  enum { DAY = 24 * 60 };
  const pl_time *start = book->grid->start;
  int const first = pl_grid_find(book->grid, from), last = pl_grid_find(book->grid, to - 1);
  for (int r = first; r <= last; r++) {
    pl_time const begins = start[r] > from ? start[r] : from;
    pl_time const minutes = (start[r + 1] < to ? start[r + 1] : to) - begins;
    bool const small = first < last && minutes <= DAY && 5 * minutes <= to - from;
    int const at = small && r == first ? r + 1 : small && r == last ? r - 1 : r;
    post(k, book, at, x * (double)minutes / (double)(to - from));
  }
}

/* What is loaded arrives later, less the loss in transit. */
static void put_arrivals(books *k, const pl_block *block, const pl_lane *l) {
  const pl_case *c = k->w->c;
  const pl_block *book = book_of(k, block, l->to, block->part, block->party);
  const double *x = pl_audit_amounts(k->w, block);
  const double *loss = pl_audit_values(k->w, l->loss, block->grid, 0, false);
  for (int v = 0; book && v < block->count; v++) {
    double const arrives = x[v] * (1 - loss[v]);
    if (arrives == 0) continue;
    pl_time const from = pl_time_after(block->grid->start[v], l->time),
                  to = pl_time_after(pl_grid_end(block->grid, v), l->time);
    if (c->calendar.transit == PL_TRANSIT_ROUNDED && to > from && to <= c->to)
      post_rounded(k, book, from, to, arrives);
    else
      post_over(k, book, from, to > from ? to : from + 1, arrives);
  }
}

/* What was loaded before the start arrives within the first transit time. */
static void put_under_way(books *k, const pl_lane *l) {
  const pl_case *c = k->w->c;
  pl_time const last = pl_time_after(c->from, l->time);
  for (int i = 0; i < l->under_way.n; i++) {
    const pl_block *book =
        pl_program_balance(k->w->p, l->to, l->under_way.material[i], l->parties.index[0]);
    if (book)
      post_over(k, book, c->from, last, l->under_way.amount[i]);
    else if (pl_audit_may_complain(k->w))
      (void)pl_fail(k->w->diag, PL_AUDIT, l->under_way.place[i],
                    "the goods under way on %s enter no balance", l->name);
  }
}

static void put_ship(books *k, const pl_block *block) {
  const pl_lane *l = &k->w->c->lanes[block->thing];
  put(k, block, l->from, block->part, -1);
  put_arrivals(k, block, l);
}

static void put_trade(books *k, const pl_block *block) {
  const pl_market *m = &k->w->c->markets[block->thing];
  if (m->sells >= 0)
    put(k, block, m->site, m->sells, 1);
  else
    put(k, block, m->site, m->buys, -1);
}

/* A stock without fill and draw columns of its own releases what its level falls by, beyond its
 * loss. */
static void put_level(books *k, const pl_block *block) {
  pl_audit_walk *w = k->w;
  const pl_stock *s = &w->c->stocks[block->thing];
  if (pl_audit_block(w, PL_NOUN_stock, block->thing, PL_COLUMN_DRAW)) return;
  const pl_block *book = book_of(k, block, s->site, s->keeps, block->party);
  const double *x = pl_audit_amounts(w, block), *before = pl_audit_before(w, block->thing);
  const double *keep = pl_audit_keep(w, block->thing, block->grid);
  for (int v = 0; book && v < block->count; v++) {
    int const times = pl_grid_times(block->grid, v);
    post(k, book, v, times * before[v] * keep[v]);
    post(k, book, v, -times * x[v]);
  }
}

/* Reserve is a good at the place that provides it. */
static void put_reserve(books *k, const pl_block *block) {
  const pl_case *c = k->w->c;
  bool const unit = pl_block_plant(c, block) >= 0;
  put(k, block, unit ? c->units[block->thing].site : c->stocks[block->thing].site, block->part, 1);
}

/* --- Agreements ------------------------------------------------------------------------------ */

static void put_delivery(books *k, const pl_block *block) {
  const pl_agreement *agreement = &k->w->c->agreements[block->thing];
  put_of(k, block, agreement->at, agreement->material, agreement->seller, -1);
  put_of(k, block, agreement->at, agreement->material, agreement->buyer, 1);
}

/* The owner supplies what it brings and receives the products, except what it leaves to the
 * toller. */
static void put_toll(books *k, const pl_block *block) {
  const pl_agreement *agreement = &k->w->c->agreements[block->thing];
  const pl_process *process = &k->w->c->processes[agreement->runs.index[block->part]];
  int const site = k->w->c->units[agreement->unit].site;
  double const per = 1 / process->makes.amount[0];
  for (int i = 0; i < process->makes.n; i++)
    put_of(k, block, site, process->makes.material[i],
           pl_refs_has(&agreement->leaves, process->makes.material[i]) ? agreement->toller
                                                                       : agreement->owner,
           process->makes.amount[i] * per);
  for (int i = 0; i < process->takes.n; i++)
    put_of(k, block, site, process->takes.material[i],
           pl_refs_has(&agreement->brings, process->takes.material[i]) ? agreement->owner
                                                                       : agreement->toller,
           -process->takes.amount[i] * per);
}

static void put_shared(books *k, const pl_block *block) {
  const pl_agreement *agreement = &k->w->c->agreements[block->thing];
  const pl_process *process = &k->w->c->processes[pl_audit_process(k->w, block)];
  int const site = k->w->c->units[agreement->unit].site;
  for (int s = 0; s < agreement->shares.n; s++) {
    double const per = agreement->shares.factor[s] / process->makes.amount[0];
    for (int i = 0; i < process->makes.n; i++)
      put_of(k, block, site, process->makes.material[i], agreement->shares.index[s],
             process->makes.amount[i] * per);
    for (int i = 0; i < process->takes.n; i++)
      put_of(k, block, site, process->takes.material[i], agreement->shares.index[s],
             -process->takes.amount[i] * per);
  }
}

static void put_sale_for(books *k, const pl_block *block) {
  const pl_agreement *agreement = &k->w->c->agreements[block->thing];
  const pl_market *m = &k->w->c->markets[agreement->markets.index[block->part]];
  put_of(k, block, m->site, m->buys, agreement->principal, -1);
}

static void put_block(books *k, const pl_block *block) {
  switch (block->kind) {
  case PL_COLUMN_RUN: put_run(k, block); break;
  case PL_COLUMN_FEED: put_feed(k, block); break;
  case PL_COLUMN_START: put_start(k, block); break;
  case PL_COLUMN_EXTRA:
  case PL_COLUMN_SHARED_EXTRA: put_extra(k, block); break;
  case PL_COLUMN_SHIP: put_ship(k, block); break;
  case PL_COLUMN_TRADE: put_trade(k, block); break;
  case PL_COLUMN_LEVEL: put_level(k, block); break;
  case PL_COLUMN_DAY_BEGIN: break; /* with the level */
  case PL_COLUMN_FILL:
  case PL_COLUMN_DRAW: {
    const pl_stock *s = &k->w->c->stocks[block->thing];
    put(k, block, s->site, s->keeps, block->kind == PL_COLUMN_FILL ? -1 : 1);
    break;
  }
  case PL_COLUMN_RESERVE:
  case PL_COLUMN_STOCK_RESERVE: put_reserve(k, block); break;
  case PL_COLUMN_DELIVER: put_delivery(k, block); break;
  case PL_COLUMN_TOLL: put_toll(k, block); break;
  case PL_COLUMN_SHARED_RUN: put_shared(k, block); break;
  case PL_COLUMN_SELL_FOR: put_sale_for(k, block); break;
  default: assert(pl_block_moves(block) == PL_MOVES_NONE);
  }
}

static void close_book(books *k, const pl_block *book) {
  pl_audit_walk *w = k->w;
  pl_audit *out = w->out;
  bool const free = w->c->materials[book->part].free;
  for (int r = 0; r < book->count; r++) {
    int const row = book->first + r;
    double const left = isnan(k->sum[row]) ? (double)INFINITY
                        : free             ? fmin(0, k->sum[row])
                                           : k->sum[row];
    double const relative = fabs(left) / fmax(1, k->gross[row] / 2);
    out->balance_worst = fmax(out->balance_worst, fabs(left));
    if (relative > out->balance_relative) {
      out->balance_relative = relative;
      out->balance_where = pl_program_row_name(w->p, row, w->keep);
    }
    if (relative > limit && pl_audit_may_complain(w))
      (void)pl_fail(w->diag, PL_AUDIT, w->c->sites[book->thing].place,
                    "'%s' does not close: %.9g is left over",
                    pl_program_row_name(w->p, row, w->scratch), left);
  }
}

void pl_audit_balances(pl_audit_walk *w) {
  books k = {w, PL_NEW_ARRAY(w->keep, double, (size_t)w->p->lp.n_rows + 1),
             PL_NEW_ARRAY(w->keep, double, (size_t)w->p->lp.n_rows + 1)};
  for (int i = 0; i < w->p->n_column_blocks; i++) {
    put_block(&k, &w->p->columns[i]);
    pl_arena_reset(w->scratch);
  }
  for (int i = 0; i < w->c->n_lanes; i++) put_under_way(&k, &w->c->lanes[i]);
  for (int i = 0; i < w->p->n_row_blocks; i++)
    if (w->p->rows[i].kind == PL_ROW_BALANCE) close_book(&k, &w->p->rows[i]);
}
