#ifndef PL_STORE_DB_H
#define PL_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

/* A thin layer over one SQLite file. Faults persist: after the first, calls do nothing, and
 * pl_db_fault describes it; one check at the end is enough. A database that is read may come from
 * anyone: it is opened read-only and nothing in its schema is trusted. */
typedef struct pl_db pl_db;
typedef struct pl_db_query pl_db_query;

/* Write into the empty file at path, in one transaction that pl_db_finish ends; the caller renames
 * or removes the file; error messages call it shown. */
pl_status pl_db_create(const char *path, const char *shown, pl_db **out, pl_diag *diag);
bool pl_db_finish(pl_db *db); /* commit; false if anything failed */
pl_status pl_db_open(const char *path, pl_db **out, pl_diag *diag);
/* Does it hold only plain tables, with each page used once? To be checked before anything is read
 * from a file that may be hostile: then no result is larger than the file. False is a fault. */
bool pl_db_check(pl_db *db);
void pl_db_close(pl_db *db);              /* NULL allowed */
const char *pl_db_fault(const pl_db *db); /* NULL = none */

void pl_db_run(pl_db *db, const char *sql);
pl_db_query *pl_db_prepare(pl_db *db,
                           const char *sql); /* never NULL; free with pl_db_done before closing */
void pl_db_done(pl_db_query *q);

/* Parameters are numbered from 1. Texts and blobs are borrowed until pl_db_put. NULL and NAN become
 * NULL. */
void pl_db_bind_text(pl_db_query *q, int i, const char *text);
void pl_db_bind_bytes_of_text(pl_db_query *q, int i, const char *text,
                              size_t length); /* may hold zeros */
void pl_db_bind_number(pl_db_query *q, int i, double x);
void pl_db_bind_int(pl_db_query *q, int i, int64_t x);
void pl_db_bind_blob(pl_db_query *q, int i, const void *bytes, size_t size);
void pl_db_put(pl_db_query *q); /* run once, forget the parameters */

bool pl_db_next(pl_db_query *q); /* true = a row; results are borrowed until the next call */
const char *pl_db_text(pl_db_query *q, int col,
                       size_t *length);       /* NULL where it is not a text; length may be NULL */
double pl_db_number(pl_db_query *q, int col); /* NAN where it is not a number */
int64_t pl_db_int(pl_db_query *q, int col);   /* 0 where it is not a number */
const void *pl_db_blob(pl_db_query *q, int col, size_t *size); /* NULL where it is not a blob */

#endif
