/* What is asked of all the rules that a unit has: the builder has their table. */
#include "assemble/unit.h"

/* In the order of their entries in the columns of runs, and of on/off. */
static const unit_part_id in_run[] = {
#define P(name, run, on) [run] = UNIT_##name,
#include "plan/part.def"
#undef P
};
static const unit_part_id in_on[] = {
#define P(name, run, on) [on] = UNIT_##name,
#include "plan/part.def"
#undef P
};
_Static_assert(sizeof in_run / sizeof *in_run == UNIT_PARTS, "each place once");
_Static_assert(sizeof in_on / sizeof *in_on == UNIT_PARTS, "each place once");

void plan_declare_rules(builder *b, int unit) {
  for (int i = 0; i < UNIT_PARTS; i++)
    if (b->rules[i]->declare) b->units[unit].part[i] = b->rules[i]->declare(b, unit);
}

void plan_declare_run_rules(builder *b, int unit, int run) {
  for (int i = 0; i < UNIT_PARTS; i++)
    if (b->rules[i]->declare_run) b->rules[i]->declare_run(b, unit, run);
}

void plan_put_rules(builder *b, int unit, double use) {
  void *const *own = b->units[unit].part;
  for (int i = 0; i < UNIT_PARTS; i++) {
    unit_part_id const id = in_run[i];
    if (own[id] && b->rules[id]->put) b->rules[id]->put(b, unit, own[id], use);
  }
}

void plan_put_own_run(builder *b, const pl_block *run) {
  void *const *own = b->units[run->thing].part;
  for (int i = 0; i < UNIT_PARTS; i++)
    if (own[i] && b->rules[i]->put_run) b->rules[i]->put_run(b, run, own[i]);
}

void plan_put_on(builder *b, int unit) {
  void *const *own = b->units[unit].part;
  for (int i = 0; i < UNIT_PARTS; i++) {
    unit_part_id const id = in_on[i];
    if (own[id] && b->rules[id]->put_on) b->rules[id]->put_on(b, unit, own[id]);
  }
}

void plan_put_switch(builder *b, int unit, int at, bool stop) {
  void *const *own = b->units[unit].part;
  for (int i = 0; i < UNIT_PARTS; i++)
    if (own[i] && b->rules[i]->put_switch) b->rules[i]->put_switch(b, unit, own[i], at, stop);
}

void plan_put_out(builder *b, int unit, int slice, double share) {
  void *const *own = b->units[unit].part;
  for (int least = 0; least < 2; least++)
    for (int i = 0; i < UNIT_PARTS; i++)
      if (own[i] && b->rules[i]->put_out)
        b->rules[i]->put_out(b, unit, own[i], slice, share, least);
}

void plan_share_rules(builder *b, int agreement) {
  void **own = b->units[b->c->agreements[agreement].unit].part;
  for (int i = 0; i < UNIT_PARTS; i++)
    if (own[i] && b->rules[i]->share) b->rules[i]->share(b, agreement, own[i]);
}
