#ifndef PL_STORE_EXPORT_H
#define PL_STORE_EXPORT_H

#include "store/output.h"

/* Every table of a report in the formats of others; each file is written whole or not at all:
 *
 *     pl_status pl_export_csv(const pl_report *r, const char *title, const char *path,
 *                             pl_diag *diag);
 *
 * csv: a folder (made if it is not there) with one NAME.csv a table; long tables have one row a
 * thing and period. xlsx: one workbook, a first sheet that says what is where, then a sheet a
 * topic, periods across (down where there are too many for a person). netcdf: netCDF-4, one
 * variable a series with its unit, its names as attributes, and a coordinate of time for each step.
 * sqlite: one file; every long table has one row a thing and period, but series finer than a day
 * are blobs (store/blob.h) in "series". */
#define X(name, option, suffix, words, folder, is_marked)
#define E(name, option, suffix, words, folder, is_marked, write)                                   \
  pl_status write(const pl_report *r, const char *title, const char *path, pl_diag *diag);
#include "store/output.def"
#undef E
#undef X

#endif
