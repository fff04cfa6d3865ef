#ifndef PL_STORE_DB_TABLE_H
#define PL_STORE_DB_TABLE_H

#include "store/db.h"
#include "text/table.h"

/* A table of a report as an SQL table of its name: numbers REAL, the rest TEXT, spaces in names of
 * columns turned to _ so that most queries need no quotes. What each column is, its unit and the
 * table's title are in the table "columns", which is made first. */
void pl_db_describe_begin(pl_db *db);
void pl_db_put_table(pl_db *db, const pl_table *t, pl_arena *scratch);
/* Is there an SQL table of that name? */
bool pl_db_has_table(pl_db *db, const char *name);
/* Add the rows of t's SQL table to t, at most so many: somebody's claims, made safe to show. */
void pl_db_get_table(pl_db *db, pl_table *t, int most);

#endif
