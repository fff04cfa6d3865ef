#ifndef PL_STORE_EXPORT_H
#define PL_STORE_EXPORT_H

#include "store/output.h"

/* Every table of a report in other formats; each file is written completely or not at all:
 *
 *     pl_status pl_export_csv(const pl_report *r, const char *title, const char *path,
 *                             pl_diag *diag);
 *
 * csv: a folder (created if it does not exist) with one NAME.csv per table; long tables have one
 * row per thing and period.
 * xlsx: one workbook, a first sheet with the contents, then a sheet per topic, periods across
 * (down where there are too many to read).
 * netcdf: netCDF-4, one variable per series with its unit, its names as attributes, and a time
 * coordinate for each step.
 * sqlite: one file; every long table has one row per thing and period, except that series finer
 * than a day are blobs (store/blob.h) in "series". */
#define X(name, option, suffix, words, folder, is_marked)
#define E(name, option, suffix, words, folder, is_marked, write)                                   \
  pl_status write(const pl_report *r, const char *title, const char *path, pl_diag *diag);
#include "store/output.def"
#undef E
#undef X

#endif
