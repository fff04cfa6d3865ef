#ifndef PL_STORE_DB_TABLE_H
#define PL_STORE_DB_TABLE_H

#include "store/db.h"
#include "text/table.h"

/* A table of a report as an SQL table of the same name: numbers REAL, the rest TEXT, spaces in
 * column names replaced by _ so that most queries need no quotes. The kind and unit of each column
 * and the table's title are in the table "columns", which is created first. */
void pl_db_describe_begin(pl_db *db);
void pl_db_put_table(pl_db *db, const pl_table *t, pl_arena *scratch);
/* Is there an SQL table of that name? */
bool pl_db_has_table(pl_db *db, const char *name);
/* Add the rows of t's SQL table to t, up to a limit: untrusted content, made safe to show. */
void pl_db_get_table(pl_db *db, pl_table *t, int most);

#endif
