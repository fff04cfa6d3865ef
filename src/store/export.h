#ifndef PL_STORE_EXPORT_H
#define PL_STORE_EXPORT_H

#include "base/diag.h"
#include "report/report.h"

/* Every table of a report in the formats of others; each file is written whole or not at all. */

/* A folder (made if it is not there) with one NAME.csv a table; long tables have one row a thing
 * and period. */
pl_status pl_export_csv(const pl_report *r, const char *folder, pl_diag *diag);
/* One SQLite file; every long table has one row a thing and period, but series finer than a day are
 * blobs (store/blob.h) in "series". */
pl_status pl_export_sqlite(const pl_report *r, const char *path, pl_diag *diag);
/* One workbook: a first sheet that says what is where, then a sheet a topic, periods across (down
 * where there are too many for a person). */
pl_status pl_export_xlsx(const pl_report *r, const char *title, const char *path, pl_diag *diag);
/* netCDF-4: one variable a series with its unit, its names as attributes, and a coordinate of time
 * for each step. */
pl_status pl_export_netcdf(const pl_report *r, const char *title, const char *path, pl_diag *diag);

#endif
