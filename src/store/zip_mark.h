#ifndef PL_STORE_ZIP_MARK_H
#define PL_STORE_ZIP_MARK_H

#include <stdbool.h>
#include <stdio.h>

#define PL_MARK_PROPERTY "written by" /* of a workbook, and its value: */
#define PL_MARK_WORKBOOK "potline"

/* Is this the archive of a workbook whose custom properties are exactly our mark? The archive's
 * directory holds size and checksum of every part, so nothing is unpacked. A workbook saved again
 * by other software has other properties: it belongs to its user. */
bool pl_zip_is_marked(FILE *f);

#endif
