/* Where the shipped libraries are. */
#include "cli/data_dir.h"

#include <stdlib.h>

const char *const *pl_data_dirs(int *count) {
  static const char *dirs[3] = {POTLINE_SOURCE_DIR, POTLINE_INSTALL_DATADIR, NULL};
  const char *own = getenv("POTLINE_DATA");
  *count = 2;
  if (!own || !*own) return dirs;
  dirs[0] = own;
  dirs[1] = POTLINE_SOURCE_DIR;
  dirs[2] = POTLINE_INSTALL_DATADIR;
  *count = 3;
  return dirs;
}
