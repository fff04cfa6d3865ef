#ifndef PL_STORE_ZIP_MARK_H
#define PL_STORE_ZIP_MARK_H

#include <stdbool.h>
#include <stdio.h>

#define PL_MARK_PROPERTY "written by" /* of a workbook, and its value: */
#define PL_MARK_WORKBOOK "potline"

/* Is this the archive of a workbook whose custom properties are exactly the mark that ours get? The
 * archive's directory holds size and checksum of every part, so nothing is unpacked. A workbook
 * that was saved again by other software has other properties: it is its user's. */
bool pl_zip_is_marked(FILE *f);

#endif
