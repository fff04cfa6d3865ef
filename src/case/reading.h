#ifndef PL_CASE_READING_H
#define PL_CASE_READING_H

#include "base/map.h"
#include "case/case.h"

/* What the files of case/ share while one case is read; not included from outside. The steps, in
 * order, each carrying on after errors: load (files to one tree), override (the tree changed),
 * fields (tree to structs), quotes, bind, check. */

typedef struct { /* a mapping that grows, with its keys found fast */
  pl_node *node;
  pl_map *names;
  int capacity;
} pl_section;

typedef struct {
  pl_case *c;
  pl_arena *a; /* the case's */
  pl_files *files;
  pl_diag *diag;
  const char *main; /* the case's own file, as shown */
  pl_place top;     /* its first character, as the place of what is missing */
  pl_section sections[PL_NOUNS];
  pl_section scenarios;
  pl_node *head; /* the value of "case", NULL = absent */
  pl_place head_place;
  const pl_node **overrides; /* in the order in which they apply */
  int n_overrides;
  struct pl_csv *table; /* of quotations, read last */
  pl_map *loaded;       /* files read */
  const char *inner;    /* replaces the file while flow.c reads, with a diag of its own */
  pl_diag *inner_diag;
  bool *broken[PL_NOUNS]; /* [things] not a mapping: no field is reported as missing */
  bool incomplete; /* a file could not be read: what it may contain is not reported as missing */
  const pl_quotes *nothing; /* no quotations: what fixed numbers are bound to */
  bool bound;               /* the formulas are; a faulty one is NULL */
  bool *used;               /* [quotations] seen by a formula of a thing */
  pl_grid grid;          /* where values over time are checked: months, or longer in a long case */
  double *value, *other; /* [grid.n] scratch */
} pl_reading;

/* --- load.c */
pl_status pl_case_load(pl_reading *r, const char *path);

/* --- flow.c: YAML inside other text, which begins at a place */
pl_status pl_flow_read(pl_reading *r, const char *text, pl_place at, pl_node **out);

/* --- override.c */
void pl_case_override(pl_reading *r, const pl_case_options *options);

/* --- path.c: SECTION.NAME.FIELD[.KEY…] in the tree */
typedef struct {
  pl_place place;
  pl_span text,
      key;         /* the whole path, and what follows the field; key.length 0 = the field itself */
  int noun, thing; /* noun −1 = the head of the case */
  const pl_field *field; /* NULL = the whole thing, where its noun has a shorthand */
} pl_path;
bool pl_case_path_find(pl_reading *r, const char *text, pl_place at, pl_path *out);
void pl_case_path_set(pl_reading *r, const pl_path *path, pl_node *value);

/* --- fields.c, and one reader for each kind of value in value_*.c */
void pl_case_fields(pl_reading *r);

typedef struct { /* the value being read: which field of what */
  pl_reading *r;
  const pl_noun *noun;
  const char *thing; /* the name of what it belongs to */
  const pl_field *field;
} pl_slot;

typedef void pl_read_kind(const pl_slot *s, const pl_node *value, void *member);
pl_read_kind pl_read_text, pl_read_date, pl_read_duration, pl_read_flag, pl_read_choice,
    pl_read_number, pl_read_yearly, pl_read_measure, pl_read_point, pl_read_exchange,
    pl_read_values, pl_read_texts, pl_read_curve;
pl_read_kind pl_read_formula, pl_read_prices, pl_read_charges, pl_read_bounds, pl_read_tiers,
    pl_read_stages;
pl_read_kind pl_read_ref, pl_read_refs, pl_read_amounts, pl_read_shares, pl_read_composition,
    pl_read_ranges, pl_read_sum;

/* --- words.c: what readers and checks share */
bool pl_node_is_null(const pl_node *n); /* ~ or null */
const char *pl_node_words(const pl_node *n);
/* A scalar with text, or an error. */
bool pl_want_scalar(const pl_slot *s, const pl_node *n);
/* A name without control characters and others that cannot be seen, or an error. */
bool pl_want_visible(pl_reading *r, const char *name, pl_place at);
void pl_suggest(pl_reading *r, const char *name, const char *const *candidates, int count);
void pl_suggest_field(pl_reading *r, const char *name, const pl_noun *noun);
/* The index of a noun's thing, or an error and −1. */
int pl_want_thing(pl_reading *r, const char *name, pl_place at, int noun);
/* A number that holds for all time, "1.92 t" or "1 h / 200 t", as inside value and dimension; false
 * after an error. */
bool pl_want_fixed(const pl_slot *s, const pl_node *n, double *value, pl_dim *dim);
/* Stores what a text was read as, so that the audit can read it again: a value, or a formula, or
 * (neither) a unit. */
void pl_note_literal(pl_reading *r, const pl_node *n, double value, const pl_formula *f);
/* Checks that it is within the field's bounds and, unless 0, of a size that can be planned with:
 * solvers drop coefficients below 1e-9 and refuse those above 1e15. text: how the value was
 * written. */
#define PL_SMALLEST 1e-9
#define PL_LARGEST  1e15
bool pl_in_bounds(const pl_slot *s, pl_place at, const char *text, double value);
/* Also true of a lane that names nothing known. */
bool pl_lane_moves(const pl_lane *l, int material);
/* "USD/t", "a plain number" */
const char *pl_dim_words(const pl_reading *r, pl_dim dim);
/* Lists and mappings as pairs: a scalar is one item, a list gives items without value, a mapping
 * items with one. */
typedef struct {
  const char *text;
  pl_place place;
  const pl_node *value; /* NULL in a list */
} pl_item;
int pl_items(const pl_slot *s, const pl_node *n, pl_item **out);

/* --- quotes.c: the section of quotations as price series; false if one is unusable, so that
 * formulas cannot be bound */
bool pl_case_quotes(pl_reading *r);

/* --- bind.c: every formula is bound to names and units and checked against its field's bounds; one
 * that fails becomes NULL */
void pl_case_bind(pl_reading *r);
/* --- wanted.c: the dimension that a field's argument requires for a thing; false if it cannot be
 * known (an error has been reported) */
bool pl_wanted_dim(pl_reading *r, int noun, const void *thing, const char *argument, pl_dim *out);
void pl_check_capacity(pl_reading *r, const pl_unit *u);
void pl_check_toll_capacity(pl_reading *r, const pl_agreement *a);
bool pl_term_dim(const pl_case *c, const struct pl_term *t, pl_dim *out);

/* --- typical.c: the typical days or weeks chosen, and how well they fit; requires a case without
 * errors */
void pl_case_typical(pl_reading *r);

/* --- check_*.c: checks of things that have been read */
void pl_check_things(pl_reading *r); /* each by itself */
void pl_check_bounds(pl_reading *r); /* least above most, over time */
void pl_check_prices(pl_reading *r); /* what would cost nothing */
void pl_check_goods(pl_reading *r);  /* goods and emissions, recipes and blends */
void pl_check_limits(pl_reading *r);
/* Flows added up: each exists, and all have one unit; want: NULL, or the unit required. */
void pl_check_sum(pl_reading *r, const pl_sum *sum, const pl_dim *want);
void pl_check_agreements(pl_reading *r); /* what all kinds share */
void pl_check_services(pl_reading *r);   /* tolls, agencies, ventures */
void pl_check_typical(pl_reading *r);    /* what cannot be combined with typical days */
void pl_check_reach(pl_reading *r); /* goods that cannot come or go, in a case without errors */

#endif
