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

static const pl_block *book_of(books *k, const pl_block *b, int site, int material, int party) {
  pl_audit_walk *w = k->w;
  const pl_block *book = pl_program_balance(w->p, site, material, party);
  if (book || w->c->materials[material].emission) return book;
  const double *x = pl_audit_amounts(w, b);
  double moved = 0;
  for (int v = 0; v < b->count; v++) moved += fabs(x[v]);
  if (moved > limit && pl_audit_may_complain(w))
    (void)pl_fail(w->diag, PL_AUDIT, w->c->sites[site].place,
                  "%.9g of %s at %s is moved by %s but enters no balance", moved,
                  w->c->materials[material].name, w->c->sites[site].name,
                  pl_block_thing(w->p, b, false, w->scratch));
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

static void post_slice(books *k, const pl_block *book, const pl_block *b, int v, double x) {
  for (pl_share s = pl_share_slice(book->grid, b->grid, v); s.ok; pl_share_next(book->grid, &s))
    post(k, book, s.r, x * s.share);
}

/* Adds factor × every amount of b to a balance. */
static void put_of(books *k, const pl_block *b, int site, int material, int party, double factor) {
  const pl_block *book = book_of(k, b, site, material, party);
  const double *x = pl_audit_amounts(k->w, b);
  for (int v = 0; book && v < b->count; v++) {
    if (x[v] == 0) continue;
    if (book->grid == b->grid)
      post(k, book, v, factor * x[v]);
    else
      post_slice(k, book, b, v, factor * x[v]);
  }
}

static void put(books *k, const pl_block *b, int site, int material, double factor) {
  put_of(k, b, site, material, b->party, factor);
}

static void put_run(books *k, const pl_block *b) {
  const pl_unit *u = &k->w->c->units[b->thing];
  const pl_process *p = &k->w->c->processes[u->runs.index[b->part]];
  double const per = 1 / p->makes.amount[0];
  for (int i = 0; i < p->makes.n; i++)
    put(k, b, u->site, p->makes.material[i], p->makes.amount[i] * per);
  for (int i = 0; i < p->takes.n; i++)
    put(k, b, u->site, p->takes.material[i], -p->takes.amount[i] * per);
}

static void put_start(books *k, const pl_block *b) {
  const pl_unit *u = &k->w->c->units[b->thing];
  for (int i = 0; i < u->start_takes.n; i++)
    put(k, b, u->site, u->start_takes.material[i], -u->start_takes.amount[i]);
}

/* What a unit uses beyond its recipe is of the recipe's inputs. */
static void put_extra(books *k, const pl_block *b) {
  const pl_case *c = k->w->c;
  bool const shared = pl_block_agreement(b, false) >= 0;
  const pl_agreement *a = shared ? &c->agreements[b->thing] : NULL;
  const pl_unit *u = &c->units[pl_block_plant(c, b)];
  const pl_process *p = &c->processes[u->runs.index[0]];
  double const per = 1 / (p->makes.amount[0] * u->runs.factor[0]);
  for (int i = 0; i < p->takes.n; i++) {
    if (!shared) put(k, b, u->site, p->takes.material[i], -p->takes.amount[i] * per);
    for (int s = 0; shared && s < a->shares.n; s++)
      put_of(k, b, u->site, p->takes.material[i], a->shares.index[s],
             -p->takes.amount[i] * per * a->shares.factor[s]);
  }
}

static void put_feed(books *k, const pl_block *b) {
  const pl_unit *u = &k->w->c->units[b->thing];
  const pl_process *p = &k->w->c->processes[u->runs.index[b->part]];
  put(k, b, u->site, p->blends.index[b->extra], -1);
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
static void put_arrivals(books *k, const pl_block *b, const pl_lane *l) {
  const pl_case *c = k->w->c;
  const pl_block *book = book_of(k, b, l->to, b->part, b->party);
  const double *x = pl_audit_amounts(k->w, b);
  const double *loss = pl_audit_values(k->w, l->loss, b->grid, 0, false);
  for (int v = 0; book && v < b->count; v++) {
    double const arrives = x[v] * (1 - loss[v]);
    if (arrives == 0) continue;
    pl_time const from = pl_time_after(b->grid->start[v], l->time),
                  to = pl_time_after(pl_grid_end(b->grid, v), l->time);
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

static void put_ship(books *k, const pl_block *b) {
  const pl_lane *l = &k->w->c->lanes[b->thing];
  put(k, b, l->from, b->part, -1);
  put_arrivals(k, b, l);
}

static void put_trade(books *k, const pl_block *b) {
  const pl_market *m = &k->w->c->markets[b->thing];
  if (m->sells >= 0)
    put(k, b, m->site, m->sells, 1);
  else
    put(k, b, m->site, m->buys, -1);
}

/* A stock without fill and draw columns of its own releases what its level falls by, beyond its
 * loss. */
static void put_level(books *k, const pl_block *b) {
  pl_audit_walk *w = k->w;
  const pl_stock *s = &w->c->stocks[b->thing];
  if (pl_audit_block(w, PL_NOUN_stock, b->thing, PL_COLUMN_DRAW)) return;
  const pl_block *book = book_of(k, b, s->site, s->keeps, b->party);
  const double *x = pl_audit_amounts(w, b), *before = pl_audit_before(w, b->thing);
  const double *keep = pl_audit_keep(w, b->thing, b->grid);
  for (int v = 0; book && v < b->count; v++) {
    int const times = pl_grid_times(b->grid, v);
    post(k, book, v, times * before[v] * keep[v]);
    post(k, book, v, -times * x[v]);
  }
}

/* Reserve is a good at the place that provides it. */
static void put_reserve(books *k, const pl_block *b) {
  const pl_case *c = k->w->c;
  bool const unit = pl_block_plant(c, b) >= 0;
  put(k, b, unit ? c->units[b->thing].site : c->stocks[b->thing].site, b->part, 1);
}

/* --- Agreements ------------------------------------------------------------------------------ */

static void put_delivery(books *k, const pl_block *b) {
  const pl_agreement *a = &k->w->c->agreements[b->thing];
  put_of(k, b, a->at, a->material, a->seller, -1);
  put_of(k, b, a->at, a->material, a->buyer, 1);
}

/* The owner supplies what it brings and receives the products, except what it leaves to the
 * toller. */
static void put_toll(books *k, const pl_block *b) {
  const pl_agreement *a = &k->w->c->agreements[b->thing];
  const pl_process *p = &k->w->c->processes[a->runs.index[b->part]];
  int const site = k->w->c->units[a->unit].site;
  double const per = 1 / p->makes.amount[0];
  for (int i = 0; i < p->makes.n; i++)
    put_of(k, b, site, p->makes.material[i],
           pl_refs_has(&a->leaves, p->makes.material[i]) ? a->toller : a->owner,
           p->makes.amount[i] * per);
  for (int i = 0; i < p->takes.n; i++)
    put_of(k, b, site, p->takes.material[i],
           pl_refs_has(&a->brings, p->takes.material[i]) ? a->owner : a->toller,
           -p->takes.amount[i] * per);
}

static void put_shared(books *k, const pl_block *b) {
  const pl_agreement *a = &k->w->c->agreements[b->thing];
  const pl_process *p = &k->w->c->processes[pl_audit_process(k->w, b)];
  int const site = k->w->c->units[a->unit].site;
  for (int s = 0; s < a->shares.n; s++) {
    double const per = a->shares.factor[s] / p->makes.amount[0];
    for (int i = 0; i < p->makes.n; i++)
      put_of(k, b, site, p->makes.material[i], a->shares.index[s], p->makes.amount[i] * per);
    for (int i = 0; i < p->takes.n; i++)
      put_of(k, b, site, p->takes.material[i], a->shares.index[s], -p->takes.amount[i] * per);
  }
}

static void put_sale_for(books *k, const pl_block *b) {
  const pl_agreement *a = &k->w->c->agreements[b->thing];
  const pl_market *m = &k->w->c->markets[a->markets.index[b->part]];
  put_of(k, b, m->site, m->buys, a->principal, -1);
}

static void put_block(books *k, const pl_block *b) {
  switch (b->kind) {
  case PL_COLUMN_RUN: put_run(k, b); break;
  case PL_COLUMN_FEED: put_feed(k, b); break;
  case PL_COLUMN_START: put_start(k, b); break;
  case PL_COLUMN_EXTRA:
  case PL_COLUMN_SHARED_EXTRA: put_extra(k, b); break;
  case PL_COLUMN_SHIP: put_ship(k, b); break;
  case PL_COLUMN_TRADE: put_trade(k, b); break;
  case PL_COLUMN_LEVEL: put_level(k, b); break;
  case PL_COLUMN_DAY_BEGIN: break; /* with the level */
  case PL_COLUMN_FILL:
  case PL_COLUMN_DRAW: {
    const pl_stock *s = &k->w->c->stocks[b->thing];
    put(k, b, s->site, s->keeps, b->kind == PL_COLUMN_FILL ? -1 : 1);
    break;
  }
  case PL_COLUMN_RESERVE:
  case PL_COLUMN_STOCK_RESERVE: put_reserve(k, b); break;
  case PL_COLUMN_DELIVER: put_delivery(k, b); break;
  case PL_COLUMN_TOLL: put_toll(k, b); break;
  case PL_COLUMN_SHARED_RUN: put_shared(k, b); break;
  case PL_COLUMN_SELL_FOR: put_sale_for(k, b); break;
  default: assert(pl_block_moves(b) == PL_MOVES_NONE);
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
