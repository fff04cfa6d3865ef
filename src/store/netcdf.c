/* A report as netCDF-4. The only file that uses the netCDF library, which is not thread-safe: one
 * export at a time. */
#include <errno.h>
#include <math.h>
#include <netcdf.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "store/apart.h"
#include "store/export.h"
#include "store/mark.h"

/* Its global attribute "source". */
#define MARK "potline, a plan of a value chain"

enum { DIMENSIONS = PL_STEPS + 1, WHOLE = PL_STEPS, DEFLATE_FROM = 1000, NAME_MOST = 200 };

typedef struct {
  int file;
  int dimension[DIMENSIONS]; /* time dimensions, by step; −1 while there is none */
  pl_map *names;             /* of variables and dimensions */
  pl_arena *a;
  int fault; /* the first */
} writer;

static bool ok(writer *w, int code) {
  if (code != NC_NOERR && w->fault == NC_NOERR) w->fault = code;
  return w->fault == NC_NOERR;
}

/* A unique name that netCDF, and the languages that read it, allow. */
static const char *free_name(writer *w, const char *wanted) {
  char *name =
      pl_arena_strndup(w->a, wanted, strlen(wanted) < NAME_MOST ? strlen(wanted) : NAME_MOST);
  for (char *c = name; *c; c++) {
    bool const letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '_';
    bool const inside = (*c >= '0' && *c <= '9') || *c == '-' || *c == '.';
    if (!letter && !(inside && c > name)) *c = '_';
  }
  const char *unique = name;
  for (int i = 2; pl_map_find(w->names, unique, strlen(unique)) >= 0; i++)
    unique = pl_arena_printf(w->a, "%s_%d", name, i);
  (void)pl_map_add(w->names, unique, strlen(unique));
  return unique;
}

static void put_attribute(writer *w, int variable, const char *name, const char *text) {
  if (text && w->fault == NC_NOERR)
    (void)ok(w, nc_put_att_text(w->file, variable, name, strlen(text), text));
}

static int define(writer *w, const char *name, nc_type type, int dimension) {
  int variable = -1;
  if (w->fault == NC_NOERR) (void)ok(w, nc_def_var(w->file, name, type, 1, &dimension, &variable));
  return variable;
}

static void put_doubles(writer *w, int variable, const double *x) {
  if (w->fault == NC_NOERR) (void)ok(w, nc_put_var_double(w->file, variable, x));
}

/* --- time --- */

/* Typical slices: how many hours of real time each represents. */
static void define_hours(writer *w, const pl_series *s, const char *time, int slot) {
  const char *name = free_name(w, pl_arena_printf(w->a, "%s_hours", time));
  int const variable = define(w, name, NC_DOUBLE, w->dimension[slot]);
  put_attribute(w, variable, "units", "hours");
  put_attribute(w, variable, "long_name", "real time that the typical period stands for");
  put_doubles(w, variable, s->grid->hours);
}

static void define_time(writer *w, const pl_series *s, int slot) {
  int const n = s->grid->n;
  const char *name = free_name(w, s->whole ? "whole" : pl_step_name(s->grid->step));
  if (!ok(w, nc_def_dim(w->file, name, (size_t)n, &w->dimension[slot]))) return;
  int const variable = define(w, name, NC_DOUBLE, w->dimension[slot]);
  put_attribute(w, variable, "units", "minutes since 1970-01-01 00:00:00");
  put_attribute(w, variable, "calendar", "proleptic_gregorian");
  put_attribute(w, variable, "standard_name", "time");
  put_attribute(w, variable, "long_name", "start of the period, UTC");
  double *minutes = PL_NEW_ARRAY(w->a, double, (size_t)n + 1);
  for (int v = 0; v < n; v++) minutes[v] = (double)s->grid->start[v];
  put_doubles(w, variable, minutes);
  if (s->grid->typical) define_hours(w, s, name, slot);
}

static int time_of(writer *w, const pl_series *s) {
  int const slot = s->whole ? (int)WHOLE : (int)s->grid->step;
  if (w->dimension[slot] < 0) define_time(w, s, slot);
  return w->dimension[slot];
}

/* --- panels: a variable per series and value --- */

static const char *series_name(writer *w, const pl_panel *p, const pl_series *s, int value) {
  pl_string name;
  pl_string_init(&name, w->a);
  pl_string_printf(&name, "%s", p->name);
  for (int k = 0; k < p->n_keys; k++)
    if (s->key[k]) pl_string_printf(&name, ".%s", s->key[k]);
  if (p->n_values > 1) pl_string_printf(&name, ".%s", p->value[value].name);
  return free_name(w, name.text);
}

/* "unit=slatina-potlines; process=prebake": one attribute, since more than eight of a variable cost
 * kilobytes. */
static const char *thing_text(const writer *w, const pl_panel *p, const pl_series *s) {
  pl_string text;
  pl_string_init(&text, w->a);
  for (int k = 0; k < p->n_keys; k++)
    if (s->key[k])
      pl_string_printf(&text, "%s%s=%s", text.length ? "; " : "", p->key[k], s->key[k]);
  return text.text;
}

static void add_series(writer *w, const pl_panel *p, const pl_series *s, int value) {
  double const missing = (double)NAN;
  int const dimension = time_of(w, s);
  int const variable = define(w, series_name(w, p, s, value), NC_DOUBLE, dimension);
  if (w->fault != NC_NOERR) return;
  (void)ok(w, nc_put_att_double(w->file, variable, "_FillValue", NC_DOUBLE, 1, &missing));
  if (s->grid->n >= DEFLATE_FROM) (void)ok(w, nc_def_var_deflate(w->file, variable, 1, 1, 1));
  put_attribute(w, variable, "units", pl_panel_unit(p, value, s, w->a));
  put_attribute(w, variable, "table", p->name);
  put_attribute(w, variable, "value", p->value[value].name);
  put_attribute(w, variable, "thing", thing_text(w, p, s));
  put_doubles(w, variable, pl_series_values(s, value));
}

/* --- tables: a variable per column --- */

static void put_text_column(writer *w, const pl_table *t, int col, int variable) {
  const char **text = PL_NEW_ARRAY(w->a, const char *, (size_t)t->n_rows + 1);
  for (int i = 0; i < t->n_rows; i++) {
    const char *here = t->cell[(size_t)i * (size_t)t->n_cols + (size_t)col].text;
    text[i] = here ? here : "";
  }
  if (w->fault == NC_NOERR) (void)ok(w, nc_put_var_string(w->file, variable, text));
}

static void put_number_column(writer *w, const pl_table *t, int col, int variable) {
  double *x = PL_NEW_ARRAY(w->a, double, (size_t)t->n_rows + 1);
  for (int i = 0; i < t->n_rows; i++)
    x[i] = t->cell[(size_t)i * (size_t)t->n_cols + (size_t)col].number;
  put_doubles(w, variable, x);
}

static void add_table(writer *w, const pl_table *t) {
  int dimension = -1;
  if (t->n_rows == 0 || w->fault != NC_NOERR) return;
  if (!ok(w, nc_def_dim(w->file, free_name(w, t->name), (size_t)t->n_rows, &dimension))) return;
  for (int k = 0; k < t->n_cols; k++) {
    bool const number = t->col[k].kind == PL_COL_NUMBER;
    const char *name = free_name(w, pl_arena_printf(w->a, "%s.%s", t->name, t->col[k].name));
    int const variable = define(w, name, number ? NC_DOUBLE : NC_STRING, dimension);
    put_attribute(w, variable, "long_name", t->col[k].name);
    if (number) put_attribute(w, variable, "units", t->col[k].unit);
    if (number)
      put_number_column(w, t, k, variable);
    else
      put_text_column(w, t, k, variable);
  }
}

typedef struct {
  const pl_report *report;
  const char *title;
} request;

static int write_netcdf(const request *asked, const char *path) {
  const pl_report *r = asked->report;
  writer w = {.fault = NC_NOERR};
  for (int i = 0; i < DIMENSIONS; i++) w.dimension[i] = -1;
  if (!ok(&w, nc_create(path, NC_NETCDF4 | NC_CLOBBER, &w.file))) return w.fault;
  (void)ok(&w, nc_set_fill(w.file, NC_NOFILL, NULL)); /* every value is written */
  w.a = pl_arena_new();
  w.names = pl_map_new(w.a);
  put_attribute(&w, NC_GLOBAL, "title", asked->title);
  put_attribute(&w, NC_GLOBAL, "source", MARK);
  put_attribute(&w, NC_GLOBAL, "comment",
                "a valuation under the prices that the case states, not a forecast");
  for (int i = 0; i < r->n_panels; i++)
    for (int s = 0; s < r->panel[i]->n_series; s++)
      for (int v = 0; v < r->panel[i]->n_values; v++)
        add_series(&w, r->panel[i], &r->panel[i]->series[s], v);
  for (int i = 0; i < r->n_tables; i++) add_table(&w, r->table[i]);
  (void)ok(&w, nc_close(w.file));
  pl_arena_free(w.a);
  return w.fault;
}

static bool write_apart(const void *user, const char *path, char *words, size_t size) {
  errno = 0;
  int const code = write_netcdf(user, path);
  if (code == NC_NOERR) return true;
  int const error = errno;
  (void)snprintf(words, size, "%s", nc_strerror(code));
  errno = error;
  pl_apart_add_reason(words, size);
  return false;
}

bool pl_netcdf_is_marked(FILE *f) {
  return pl_mark_begins(f, "\x89HDF\r\n\x1a\n") && pl_mark_is_in(f, MARK);
}

pl_status pl_export_netcdf(const pl_report *r, const char *title, const char *path, pl_diag *diag) {
  pl_file_new *file = NULL;
  request const asked = {r, title};
  PL_TRY(pl_output_open(path, PL_OUTPUT_NETCDF, &file, diag));
  return pl_apart_write(write_apart, &asked, path, file, diag);
}
