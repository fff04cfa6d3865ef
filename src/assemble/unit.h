#ifndef PL_ASSEMBLE_UNIT_H
#define PL_ASSEMBLE_UNIT_H

#include "assemble/builder.h"

/* Units: what they run, and the rules that they may have (plan/part.def). */

typedef enum {
#define P(name, run, on) UNIT_##name,
#include "plan/part.def"
#undef P
  UNIT_PARTS
} unit_part_id;

struct unit_rows { /* blocks of one unit that its rules share; the rest is each rule's own */
  const pl_grid *grid;
  int *run;                        /* [runs.n] column blocks */
  int on;                          /* column block, −1 = no on/off */
  int capacity;                    /* row block that others join, −1 = none */
  const double *available, *least; /* [n] capacity units, NULL = no bound */
  bool outages;                    /* it has some: capacity and minimum are rows */
  bool pooled;                     /* other units use its capacity too */
  bool hosts;                      /* an agreement runs on it too */
  members flows;
  void *part[UNIT_PARTS]; /* what each rule keeps, NULL = the unit has no such rule */
};

/* One rule of units. All but the first two are called only for units that have it, with what it
 * keeps of them; each may be NULL. The columns meant are the one at hand, of b->slice. */
struct unit_part {
  /* Its blocks, bounds and payments; what it keeps, NULL = the unit has no such rule. */
  void *(*declare)(builder *b, int unit);
  void (*declare_run)(builder *b, int unit, int run); /* after the column of one of its runs */
  /* Its coefficients in a column that takes use of the unit's capacity; in one of the unit's own
   * runs besides; */
  void (*put)(builder *b, int unit, const void *own, double use);
  void (*put_run)(builder *b, const pl_block *run, const void *own);
  /* in that of its on/off; in a start or stop at position at of its pasts; */
  void (*put_on)(builder *b, int unit, const void *own);
  void (*put_switch)(builder *b, int unit, const void *own, int at, bool stop);
  /* in one that takes a share of what is available in a slice, and of the least load with it: in
   * the rows of the one or of the other. */
  void (*put_out)(builder *b, int unit, const void *own, int slice, double share, bool least);
  /* What a venture on the unit has of it. */
  void (*share)(builder *b, int agreement, void *own);
};

#define P(name, run, on) extern const unit_part plan_unit_##name;
#include "plan/part.def"
#undef P

/* rule_table.c: [UNIT_PARTS], for the builder */
extern const unit_part *const plan_rule_table[];

/* rules.c: the same of all rules that a unit has */
void plan_declare_rules(builder *b, int unit);
void plan_declare_run_rules(builder *b, int unit, int run);
void plan_put_rules(builder *b, int unit, double use);
void plan_put_own_run(builder *b, const pl_block *run);
void plan_put_on(builder *b, int unit);
void plan_put_switch(builder *b, int unit, int at, bool stop);
void plan_put_out(builder *b, int unit, int slice, double share);
void plan_share_rules(builder *b, int agreement);

void plan_declare_units(builder *b);
void plan_declare_outages(builder *b);
/* For runs that are not the unit's own. */
void plan_put_use(builder *b, int unit, int process, double use);
void plan_add_run_entries(builder *b, int unit, int block, const pl_process *p, int party,
                          double factor);

/* For the rules. capacity.c: the available capacity and the least load in capacity units, NULL =
 * no bound */
const double *plan_available(builder *b, const pl_unit *u, const pl_grid *grid);
const double *plan_least(builder *b, const pl_unit *u, const pl_grid *grid,
                         const double *available);
pl_block plan_unit_block(const builder *b, int thing, int kind, int part, const pl_grid *grid);
int plan_add_ranks(builder *b, int unit, int kind, const pl_grid *grid, int n, bool rows,
                   double lower, double upper); /* n blocks with part = 0 …, the first's index */
bool plan_on_before(const pl_unit *u);
pl_place plan_least_place(const pl_unit *u); /* of its minimum or turndown, and how it is said */
const char *plan_least_words(builder *b, const pl_unit *u);

#endif
